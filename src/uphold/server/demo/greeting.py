"""What `uphold demo` does once its tables are there: the world made or freshened, and told of."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from ipaddress import ip_address

from uphold.cli.screen import Screen
from uphold.messages import Message, message
from uphold.server import clock
from uphold.server.environment import Environment
from uphold.server.running.serving import Greeting


def greeting(screen: Screen, environment: Environment, *, quiet: bool) -> Greeting:
    """Makes the world ready before the first page, and says where to begin."""

    def greet(address: str) -> Sequence[Message]:
        said = _made_ready(screen, quiet=quiet)
        told = [] if quiet else [*said, *_where_to_begin(environment)]
        if not is_local(environment.host):
            told.append(message("demo.open-to-others", address=address))
        return told

    return greet


def _made_ready(screen: Screen, *, quiet: bool) -> list[Message]:
    """The world made where there is none yet, else brought up to now."""
    from uphold.server.demo.freshening import freshen
    from uphold.server.demo.loading import is_loaded, load

    if not is_loaded():
        if not quiet:
            screen.result(screen.say(message("demo.making")))
            sys.stdout.flush()
        load(clock.now_us())
        return []
    count = freshen(clock.now_us())
    return [message("demo.topped-up", count=count)] if count else []


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
