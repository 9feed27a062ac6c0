"""The commands: one table that running, help and spelling hints are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Command:
    """A command by name: what it takes, and an example of its use.

    `brief` commands read pages alone, which are small, and no facts, of which there may be
    millions.
    """

    name: str
    arguments: str
    example: str
    brief: bool = True

    @property
    def usage(self) -> str:
        """The command with its arguments, without options."""
        return f"uphold {self.name} {self.arguments}"

    @property
    def id(self) -> str:
        """The name as message ids have it: `evidence-import`."""
        return self.name.replace(" ", "-")

    def load(self) -> Callable[..., int]:
        """The command's function; nothing of it is imported before."""
        own = self.name.replace(" ", "_")
        function: Callable[..., int] = getattr(import_module(f"uphold.cli.command_{own}"), own)
        return function


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("check", "FILE...", "uphold check agreements/*.md"),
        Command("test", "FILE...", "uphold test agreements/*.md"),
        Command(
            "clocks",
            "AGREEMENT... FACTS...",
            "uphold clocks agreement.md facts.jsonl --at 2027-02-08T10:00:00+01:00",
            brief=False,
        ),
        Command(
            "explain",
            "AGREEMENT... FACTS... SUBJECT[/CLOCK[/CYCLE]]",
            "uphold explain agreement.md facts.jsonl request:4711/response",
            brief=False,
        ),
        Command(
            "due",
            "AGREEMENT CALENDAR START DURATION",
            'uphold due agreement.md oslo-office 2027-02-05T15:00:00+01:00 "8 business hours"',
        ),
        Command("compare", "OLD NEW", "uphold compare revision-2.md revision-3.md"),
        Command("render", "FILE", "uphold render agreement.md --to html --out agreement.html"),
        Command("fmt", "FILE...", "uphold fmt --check agreement.md"),
        Command(
            "convert",
            "servicenow FILE",
            "uphold convert servicenow log.csv --zone Europe/Oslo > facts.jsonl",
            brief=False,
        ),
        Command("schema", "agreement|facts", "uphold schema facts > facts.schema.json"),
    )
}

MESSAGE_IDS = (
    *(f"help.{command.id}" for command in COMMANDS.values()),
    *(f"about.{command.id}" for command in COMMANDS.values()),
)
