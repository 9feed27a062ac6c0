"""`uphold demo`: the service desk on a ready-made ledger, with a switch between people."""

from __future__ import annotations

import os

from uphold.cli.options import Shared
from uphold.cli.screen import Screen
from uphold.server.running.starting import started


def demo(
    *,
    bind: str | None = None,
    fresh: bool = False,
    quiet: bool = False,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Serves four invented providers; `fresh` makes them anew, `quiet` prints the address alone.

    `bind` is the address and port, as UPHOLD_BIND gives them; the folder is UPHOLD_DATA, else
    build/demo.
    """
    from uphold.server.demo.folder import prepare

    screen = Screen(shared)
    prepare(os.environ, bind)
    with started() as environment:
        from uphold.server.demo.greeting import greeting, make_ready
        from uphold.server.running.serving import serve

        make_ready(screen, environment, fresh=fresh, quiet=quiet)
        return serve(screen, environment, greeting(environment, quiet=quiet))
