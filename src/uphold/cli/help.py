"""Help: a first screen that says what there is, and a page for each command."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Sequence

from uphold.cli.commands import COMMANDS, Command
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
        f"  {screen.styled(each.name.ljust(widest), 'bold')}  {screen.say(_what(each))}"
        for each in COMMANDS.values()
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
    parameter = inspect.signature(function).parameters.get(name)
    hints = typing.get_type_hints(function)
    is_flag = name in ("json", "no_color") or (parameter is not None and hints.get(name) is bool)
    return written if is_flag else f"{written} {_VALUES[name]}"


def _meaning(command: Command, name: str) -> Message:
    if (command.name, name) == ("convert", "zone"):
        return message("option.zone-of-file")
    return Message(f"option.{name.replace('_', '-')}")
