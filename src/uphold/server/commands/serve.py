"""`uphold serve`: the service desk, from an empty folder to a page, in one process tree."""

from __future__ import annotations

from uphold.cli.options import Shared
from uphold.cli.screen import Screen
from uphold.server.running.starting import started


def serve(*, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Serves pages and the API, and does what is due, until it is told to stop."""
    screen = Screen(shared)
    with started() as environment:
        from uphold.server.running.serving import serve as serving

        return serving(screen, environment)
