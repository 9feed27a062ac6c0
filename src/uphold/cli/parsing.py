"""From words on the command line to a command and its arguments, or to a clear refusal."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

from cyclopts import App, CycloptsError, Parameter
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from uphold.agreement.problem import nearest
from uphold.cli.commands import COMMANDS, Command, every_command
from uphold.cli.refusal import Refusal
from uphold.cli.sources import STDIN
from uphold.messages import Message, message

_FLAGS = ("--help", "--version")


def command_of(words: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that the words begin with, of one word or of two, and the words behind it.

    Raises `Refusal` with the nearest name, or with all.
    """
    name, pair = words[0], " ".join(words[:2])
    if name in COMMANDS:
        return COMMANDS[name], list(words[1:])
    if pair in COMMANDS:
        return COMMANDS[pair], list(words[2:])
    commands = every_command()
    if name in commands:
        return commands[name], list(words[1:])
    longer = beginning_with(name)
    if longer:
        alone = len(words) == 1 or words[1].startswith("-")
        said = message("cli.command-half", command=name)
        raise Refusal(
            said if alone else message("cli.command-unknown", command=pair),
            message("cli.nearest", names=tuple(each.name for each in longer)),
        )
    near = nearest(name, (*commands, *_FLAGS))
    hint = (
        message("cli.nearest", names=(near,))
        if near
        else message("cli.commands", names=tuple(commands))
    )
    if name.startswith("-"):
        raise Refusal(message("cli.option-before-command", option=name), hint)
    raise Refusal(message("cli.command-unknown", command=name), hint)


def beginning_with(word: str) -> tuple[Command, ...]:
    """The commands of two words that begin with this one."""
    return tuple(each for name, each in every_command().items() if name.startswith(f"{word} "))


def bind(command: Command, arguments: Sequence[str]) -> Callable[[], int]:
    """The command with its arguments, ready to be called; raises `Refusal`.

    A lone `-` would be read as an option; it stands for stdin.
    """
    function = command.load()
    app = App(
        name=command.name,
        help_flags=[],
        version_flags=[],
        default_parameter=Parameter(negative=""),
        end_of_options_delimiter="--",
    )
    app.default(function)
    try:
        called, bound, _ = app.parse_args(
            [STDIN if each == "-" else each for each in arguments],
            print_error=False,
            exit_on_error=False,
            help_on_error=False,
        )
    except CycloptsError as error:
        raise _refusal(command, function, error) from error
    return lambda: called(*bound.args, **bound.kwargs)


def _refusal(command: Command, function: Callable[..., int], error: CycloptsError) -> Refusal:
    usage = message("cli.usage", usage=command.usage)
    match error:
        case UnknownOptionError():
            option = (error.token.keyword or error.token.value).partition("=")[0]
            near = nearest(option, options_of(function))
            hint = message("cli.nearest", names=(near,)) if near else _more(command)
            return Refusal(message("cli.option-unknown", option=option), hint)
        case RepeatArgumentError():
            name = error.token.keyword or ""
            return Refusal(message("cli.option-twice", option=name), _more(command))
        case MissingArgumentError():
            name = error.argument.name if error.argument else ""
            if name.startswith("--"):
                return Refusal(_option_missing(command, name, error), _more(command))
            return Refusal(message("cli.argument-missing", command=command.name), usage)
        case UnusedCliTokensError():
            token = (error.unused_tokens or [""])[0]
            if token.startswith("-"):
                near = nearest(token, options_of(function))
                hint = message("cli.nearest", names=(near,)) if near else _more(command)
                return Refusal(message("cli.option-unknown", option=token), hint)
            return Refusal(message("cli.argument-extra", found=token), usage)
        case CoercionError():
            name = error.argument.name if error.argument else ""
            found = error.token.value if error.token else ""
            return Refusal(message("cli.value-unreadable", name=name, found=found), _more(command))
        case _:
            return Refusal(message("cli.arguments-unreadable", reason=str(error)), usage)


def _option_missing(command: Command, name: str, error: MissingArgumentError) -> Message:
    """That an option has no value behind it, or that one which must be given is not there."""
    tokens = error.argument.tokens if error.argument else ()
    if error.keyword is not None or tokens:
        return message("cli.option-without-value", option=name)
    return message("cli.option-missing", command=command.name, option=name)


def _more(command: Command) -> Message:
    return message("cli.more", command=f"uphold {command.name} --help")


def options_of(function: Callable[..., int]) -> tuple[str, ...]:
    """The names of a command's options, as they are written: `--as-if-in-force`."""
    return tuple(f"--{name.replace('_', '-')}" for name in option_fields(function))


def option_fields(function: Callable[..., int]) -> tuple[str, ...]:
    """The parameters of a command's function that are options; those it shares come last."""
    from dataclasses import fields, is_dataclass

    own: list[str] = []
    shared: list[str] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            continue
        if is_dataclass(parameter.default):
            shared += [each.name for each in fields(parameter.default)]
        else:
            own.append(name)
    return (*own, *shared)
