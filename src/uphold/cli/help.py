"""Help: a first screen that says what there is, and a page for each command."""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from typing import Any

from uphold.cli.commands import Command, every_command
from uphold.cli.parsing import beginning_with, command_of, option_fields
from uphold.cli.screen import Screen
from uphold.messages import Message, message

_VALUES = {
    "lang": "LANGUAGE",
    "zone": "ZONE",
    "at": "TIME",
    "known": "TIME",
    "to": "html|json",
    "out": "FILE",
    "customer": "NAME",
    "account": "NAME",
    "facts": "FILE...",
    "evidence": "FILE...",
    "window": "WINDOW",
    "per": "account|service",
    "interval": "LENGTH",
    "change_log": "LENGTH",
    "kind": "checks|logs",
    "source": "NAME",
    "rename": "OLD=NEW...",
    "column": "OURS=THEIRS...",
    "times_in": "ZONE",
    "unit": "UNIT",
    "start": "TIME",
    "end": "TIME",
    "step": "LENGTH",
    "key": "FILE",
    "previous": "FILE",
    "restates": "FILE",
    "restated": "FILE",
    "reason": "TEXT",
    "agreement": "FILE...",
    "against": "FILE...",
    "instead_of": "NAME",
    "bind": "ADDRESS",
}
_FLAGS = (
    "json", "no_color", "as_if_in_force", "summary", "check", "why", "keep_going", "html", "pdf",
    "once", "again", "fresh", "quiet",
)  # fmt: skip
_OTHERWISE = {
    ("convert", "zone"): "option.zone-of-file",
    ("credits", "customer"): "option.only-customer",
    ("statement", "customer"): "option.statement-customer",
    ("statement", "window"): "option.statement-window",
    ("statement", "out"): "option.statement-out",
    ("key new", "out"): "option.key-out",
    ("evidence import", "out"): "option.runs-out",
    ("verify", "key"): "option.pinned",
}
"""Options that mean something else to one command than to the others."""

MESSAGE_IDS = (
    *(f"option.{name.replace('_', '-')}" for name in (*_VALUES, *_FLAGS)),
    *_OTHERWISE.values(),
)


def first_screen(screen: Screen) -> str:
    """What Uphold is, its commands, and where to read on."""
    commands = every_command()
    widest = max(map(len, commands))
    rows = [
        f"  {screen.styled(each.name.ljust(widest), 'bold')}  {screen.say(_what(each))}"
        for each in commands.values()
    ]
    return "\n".join(
        (
            screen.say(message("help.what")),
            "",
            f"  uphold {screen.say(message('help.command'))} …",
            "",
            *rows,
            "",
            screen.say(message("help.more")),
            screen.say(message("help.exit")),
        )
    )


def command_pages(words: Sequence[str], screen: Screen) -> str:
    """The page of the command that the words name; of a first word alone, all that it begins.

    Raises `Refusal` where they name none.
    """
    named = beginning_with(words[0]) if len(words) == 1 else ()
    return "\n\n".join(
        command_page(command, screen) for command in named or (command_of(words)[0],)
    )


def command_page(command: Command, screen: Screen) -> str:
    """How a command is used: its arguments, what it does, its options and an example."""
    function = command.load()
    rows = [(_option(name, function), _meaning(command, name)) for name in option_fields(function)]
    widest = max(len(option) for option, _ in rows)
    return "\n".join(
        (
            screen.styled(f"{command.usage} [{screen.say(message('help.options'))}]", "bold"),
            "",
            screen.say(_what(command)),
            screen.say(Message(f"about.{command.id}")),
            "",
            *(f"  {option.ljust(widest)}  {screen.say(meaning)}" for option, meaning in rows),
            "",
            f"  {screen.styled(f'$ {command.example}', 'dim')}",
        )
    )


def _what(command: Command) -> Message:
    return Message(f"help.{command.id}")


def _option(name: str, function: Callable[..., int]) -> str:
    written = f"--{name.replace('_', '-')}"
    return written if _types(function)[name] is bool else f"{written} {_VALUES[name]}"


def _types(function: Callable[..., int]) -> dict[str, Any]:
    """The types of all parameters, those that commands share in a dataclass among them."""
    found = typing.get_type_hints(function)
    for kind in tuple(found.values()):
        if is_dataclass(kind):
            found |= typing.get_type_hints(kind)
    return found


def _meaning(command: Command, name: str) -> Message:
    own = _OTHERWISE.get((command.name, name))
    return Message(own or f"option.{name.replace('_', '-')}")
