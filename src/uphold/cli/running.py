"""One run of the program: from its arguments to its exit code, never with a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from uphold.cli import surroundings
from uphold.cli.refusal import Refusal
from uphold.messages import Reader, message

FINE, FOUND, UNUSABLE = 0, 1, 2
INTERRUPTED = 130
"""As shells report a program that Ctrl-C ended: 128 and the signal's number."""
CUT_OFF = 141
"""As shells report a program whose reader left, as `head` does."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that the arguments name; every way in which it can end has a code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return CUT_OFF
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whoever runs a command never meets a traceback
        return _own_mistake(given, error)
    return code


def _run(given: list[str]) -> int:
    try:
        return _command(given)
    except Refusal as refusal:
        reader = Reader(surroundings.language(os.environ, given))
        sys.stdout.flush()
        for line in refusal.lines(reader):
            sys.stderr.write(line + "\n")
        return UNUSABLE
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        reader = Reader(surroundings.language(os.environ, given))
        reason = error.strerror or str(error)
        told = message("cli.system", file=str(error.filename or "stdout"), reason=reason)
        sys.stderr.write(f"uphold: {reader.text(told)}\n")
        return UNUSABLE


def _command(given: list[str]) -> int:
    from uphold.cli.parsing import bind, command_of

    name, rest = (given[0], given[1:]) if given else ("--help", [])
    if name in ("--help", "-h", "help"):
        return _help(rest)
    if name in ("--version", "-V"):
        from uphold.cli.version import version

        sys.stdout.write(f"uphold {version()}\n")
        return FINE
    options = rest[: rest.index("--")] if "--" in rest else rest
    if "--help" in options or "-h" in options:
        return _help(given)
    command, rest = command_of(given)
    with _uncollected():
        call = bind(command, rest)
        if command.brief:
            return call()
    return call()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage.

    Importing and reading a page make many objects, and nearly all of them stay until the end:
    looking for garbage among them takes a fifth of the time that `uphold check` has.
    """
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _help(arguments: Sequence[str]) -> int:
    from uphold.cli.help import command_pages, first_screen
    from uphold.cli.options import Shared
    from uphold.cli.screen import Screen

    screen = Screen(
        Shared(
            lang=surroundings.language(os.environ, arguments), no_color="--no-color" in arguments
        )
    )
    names = [
        each
        for before, each in zip(("", *arguments), arguments, strict=False)
        if not each.startswith("-") and before != "--lang"
    ]
    screen.result(command_pages(names, screen) if names else first_screen(screen))
    return FINE


def _close_quietly() -> None:
    """Sends what is left unwritten nowhere, so that closing the stream does not fail once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # a stream without a file behind it has nothing left to write


def _own_mistake(given: Sequence[str], error: Exception) -> int:
    """Says that Uphold itself is wrong, and where, in two lines that can be passed on."""
    reader = Reader(surroundings.language(os.environ, given))
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "-"
    what = f"{type(error).__name__}: {error}"
    sys.stderr.write(f"uphold: {reader.text(message('cli.own-mistake'))}\n")
    sys.stderr.write(f"  {place}: {what}\n")
    if os.environ.get("UPHOLD_TRACEBACK"):
        raise error
    return UNUSABLE
