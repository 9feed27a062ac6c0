"""Help: a first screen that says what there is, and a page for each command."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable

from uphold.cli.commands import COMMANDS, Command
from uphold.cli.parsing import option_fields
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
}
_OPTIONS = (
    "json", "lang", "no_color", "zone", "at", "known", "as_if_in_force", "summary", "to", "out",
    "check", "customer", "account",
)  # fmt: skip

MESSAGE_IDS = tuple(f"option.{name.replace('_', '-')}" for name in _OPTIONS)


def first_screen(screen: Screen) -> str:
    """What Uphold is, its commands, and where to read on."""
    widest = max(map(len, COMMANDS))
    rows = [
        f"  {screen.styled(name.ljust(widest), 'bold')}  {screen.say(Message(f'help.{name}'))}"
        for name in COMMANDS
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


def command_page(command: Command, screen: Screen) -> str:
    """How a command is used: its arguments, what it does, its options and an example."""
    function = command.load()
    rows = [(_option(name, function), _meaning(command, name)) for name in option_fields(function)]
    widest = max(len(option) for option, _ in rows)
    return "\n".join(
        (
            screen.styled(f"{command.usage} [{screen.say(message('help.options'))}]", "bold"),
            "",
            screen.say(Message(f"help.{command.name}")),
            screen.say(Message(f"about.{command.name}")),
            "",
            *(f"  {option.ljust(widest)}  {screen.say(meaning)}" for option, meaning in rows),
            "",
            f"  {screen.styled(f'$ {command.example}', 'dim')}",
        )
    )


def _option(name: str, function: Callable[..., int]) -> str:
    written = f"--{name.replace('_', '-')}"
    parameter = inspect.signature(function).parameters.get(name)
    hints = typing.get_type_hints(function)
    is_flag = name in ("json", "no_color") or (parameter is not None and hints.get(name) is bool)
    return written if is_flag else f"{written} {_VALUES[name]}"


def _meaning(command: Command, name: str) -> Message:
    if (command.name, name) == ("convert", "zone"):
        return message("option.zone-of-file")
    return Message(f"option.{name.replace('_', '-')}")
