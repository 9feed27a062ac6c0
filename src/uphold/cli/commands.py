"""The commands: one table that running, help and spelling hints are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

GROUP: Final = "uphold.commands"
"""The group of entry points by which other rooms add commands: each names a tuple of them."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command by name: what it takes, and an example of its use.

    `brief` commands read pages alone, which are small, and no facts, of which there may be
    millions. `home` is what the name of the command's module begins with.
    """

    name: str
    arguments: str
    example: str
    brief: bool = True
    home: str = "uphold.cli.command_"

    @property
    def usage(self) -> str:
        """The command with its arguments, without options."""
        return f"uphold {self.name} {self.arguments}".rstrip()

    @property
    def id(self) -> str:
        """The name as message ids have it: `evidence-import`."""
        return self.name.replace(" ", "-")

    def load(self) -> Callable[..., int]:
        """The command's function; nothing of it is imported before."""
        own = self.name.replace(" ", "_").replace("-", "_")
        function: Callable[..., int] = getattr(import_module(f"{self.home}{own}"), own)
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
        Command(
            "uptime",
            "AGREEMENT... EVIDENCE...",
            "uphold uptime agreement.md checks.csv --interval 5m --window 2026-08",
            brief=False,
        ),
        Command(
            "outages",
            "AGREEMENT... EVIDENCE...",
            "uphold outages agreement.md checks.csv --facts facts.jsonl",
            brief=False,
        ),
        Command(
            "credits",
            "AGREEMENT... [EVIDENCE...]",
            "uphold credits agreement.md checks.csv --facts facts.jsonl --window 2026-08",
            brief=False,
        ),
        Command(
            "statement",
            "AGREEMENT...",
            "uphold statement agreement.md --facts facts.jsonl --evidence checks.csv"
            " --customer acme --window 2026-08 --out acme-2026-08.json --key uphold.key --html",
            brief=False,
        ),
        Command(
            "verify", "FILE", "uphold verify acme-2026-08.json --key provider.pub", brief=False
        ),
        Command(
            "backtest",
            "DRAFT --against AGREEMENT...",
            "uphold backtest draft.md --against agreement.md --facts facts.jsonl",
            brief=False,
        ),
        Command(
            "evidence import",
            "FILES...",
            "uphold evidence import checks/*.csv --interval 1m --out runs.parquet",
            brief=False,
        ),
        Command("key new", "", "uphold key new --out provider.key"),
        Command("schema", "agreement|facts", "uphold schema facts > facts.schema.json"),
    )
}


@cache
def every_command() -> Mapping[str, Command]:
    """The commands above and those that are registered by entry points, in the order of both.

    Looking for entry points takes time that `uphold check` has not: it is done only for a name
    that is not in the table, and for the first screen of help.
    """
    from importlib.metadata import entry_points

    found = dict(COMMANDS)
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        found |= {command.name: command for command in point.load()}
    return found


MESSAGE_IDS = (
    *(f"help.{command.id}" for command in COMMANDS.values()),
    *(f"about.{command.id}" for command in COMMANDS.values()),
)
