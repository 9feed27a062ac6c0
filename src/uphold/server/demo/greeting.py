"""What `uphold demo` does before it serves, and what it says: the world made, or freshened."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from ipaddress import ip_address

from uphold.cli.screen import Screen
from uphold.messages import Message, message
from uphold.server import clock
from uphold.server.demo.folder import clear
from uphold.server.environment import Environment
from uphold.server.running.address import free_port
from uphold.server.running.preparing import alone, migrate
from uphold.server.running.serving import Greeting


def make_ready(screen: Screen, environment: Environment, *, fresh: bool, quiet: bool) -> None:
    """Makes the world where there is none yet, or anew; else brings it up to now.

    Raises `Refusal` while somebody serves the folder, or where the address is taken.
    """
    with alone(environment):
        free_port(environment)
        if fresh:
            clear(environment)
        migrate()
        said = _made(screen, quiet=quiet)
    if said and not quiet:
        screen.result(screen.say(said))


def _made(screen: Screen, *, quiet: bool) -> Message | None:
    from uphold.server.demo.freshening import freshen
    from uphold.server.demo.loading import is_loaded, load

    if is_loaded():
        count = freshen(clock.now_us())
        return message("demo.topped-up", count=count) if count else None
    if not quiet:
        screen.result(screen.say(message("demo.making")))
        sys.stdout.flush()
    load(clock.now_us())
    return None


def greeting(environment: Environment, *, quiet: bool) -> Greeting:
    """What to print behind the address: where to begin, and who else can."""

    def greet(address: str) -> Sequence[Message]:
        told = [] if quiet else _where_to_begin(environment)
        if not is_local(environment.host):
            told.append(message("demo.open-to-others", address=address))
        return told

    return greet


def _where_to_begin(environment: Environment) -> list[Message]:
    return [
        message("demo.look-first"),
        message("demo.kept", folder=str(environment.data)),
    ]


def is_local(host: str) -> bool:
    """Whether only this machine can reach the host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
