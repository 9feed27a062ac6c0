"""`uphold worker`: does what is due, in a process of its own."""

from __future__ import annotations

from uphold.cli.options import Shared
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message
from uphold.server.running.starting import started


def worker(
    *,
    once: bool = False,
    again: bool = False,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Does what is due until it is told to stop; `once` only what is due now.

    `again` puts parked work back in line first.
    """
    screen = Screen(shared)
    with started() as environment:
        from uphold.server.running import logs
        from uphold.server.running.preparing import check_migrated
        from uphold.server.running.signals import until_told
        from uphold.server.worker.services import parked_again, run_worker, work_due

        logs.configure(environment)
        check_migrated()
        if again:
            screen.result(screen.say(message("worker.again", count=parked_again())))
        if once:
            screen.result(screen.say(message("worker.done", count=work_due())))
            return FINE
        with until_told() as stopping:
            run_worker(stopping)
    return FINE
