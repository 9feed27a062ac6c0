"""Where the server is found: the address that it is printed with, and whether it is free."""

from __future__ import annotations

import socket

from uphold.cli.refusal import Refusal
from uphold.messages import message
from uphold.server.environment import Environment


def address_of(environment: Environment, port: int | None = None) -> str:
    """The address to open in a browser, without a slash at its end.

    Behind HTTPS it is the first host name that the server answers to.
    """
    if environment.https:
        name = environment.hosts[0].lstrip(".") if environment.hosts else environment.host
        return f"https://{name}"
    shown = "localhost" if environment.host in ("0.0.0.0", "::") else environment.host
    if ":" in shown:
        shown = f"[{shown}]"
    return f"http://{shown}:{environment.port if port is None else port}"


def free_port(environment: Environment) -> int:
    """The port to serve at, found free; any free one where port 0 is set. Raises `Refusal`.

    The server itself shares its port with others of its kind, so that a second one would take
    half of the first one's requests without a word: hence this look first.
    """
    where = f"{environment.host}:{environment.port}"
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            environment.host, environment.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise Refusal(
            message("running.address-unknown", address=where), message("running.address-form")
        ) from error
    with socket.socket(family, kind) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(place)
            trial.listen(1)
        except OSError as error:
            raise Refusal(
                message(
                    "running.address-taken", address=where, reason=error.strerror or str(error)
                ),
                message("running.address-other"),
            ) from error
        return int(trial.getsockname()[1])
