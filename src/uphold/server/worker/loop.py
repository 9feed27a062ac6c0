"""A worker: does what is due, sleeps until the next is, and says that it lives."""

from __future__ import annotations

import logging
import os
import socket
from threading import Event
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from uphold.server import clock
from uphold.server.worker.doing import next_look_us, open_rows, work_due
from uphold.server.worker.kinds import periodic
from uphold.server.worker.models import Beat, Due
from uphold.server.worker.waking import SOON_US, sleep

log = logging.getLogger("uphold.worker")

BEAT_US: Final = 10_000_000
LATE_US: Final = 60_000_000
"""A worker that has not said for so long that it lives is taken for dead."""
_PAUSE_US: Final = 1_000_000


def run_worker(stopping: Event) -> None:
    """Works until `stopping` is set; a row in hand is finished, others are given back.

    A database that is away is waited for: nothing is lost, for nothing is marked done.
    """
    name = f"{socket.gethostname()[:40]}:{os.getpid()}"
    since = clock.now_us()
    queued = False
    last = 0
    log.info("worker begins", extra={"worker": name})
    while not stopping.is_set():
        try:
            close_old_connections()
            if not queued:
                queue_periodic()
                queued = True
            if clock.now_us() - last >= BEAT_US:
                last = clock.now_us()
                _beat(name, since, last)
            work_due(stopping=stopping.is_set)
            pause = _pause()
        except (DatabaseError, InterfaceError) as error:
            log.warning("the database is away", extra={"reason": str(error).strip()})
            connections.close_all()
            pause = _PAUSE_US
        if not stopping.is_set():
            sleep(pause)
    _end(name)


def queue_periodic() -> None:
    """Every kind of work that comes back by itself has its row."""
    now = clock.now_us()
    Due.objects.bulk_create(
        [Due(key=f"every:{kind.name}", kind=kind.name, due_us=now) for kind in periodic()],
        ignore_conflicts=True,
    )


def last_beat_us() -> int | None:
    """When a worker last said that it lives, in microseconds; None where none ever did."""
    return Beat.objects.order_by("-last_us").values_list("last_us", flat=True).first()


def is_anybody_working() -> bool:
    """Whether some worker of the installation lives."""
    last = last_beat_us()
    return last is not None and clock.now_us() - last < LATE_US


def parked_again() -> int:
    """Puts everything that is parked back in line; gives how many rows that is."""
    return Due.objects.filter(parked_us__isnull=False, done_us__isnull=True).update(
        parked_us=None, attempts=0, lease_us=0, holder=""
    )


def waiting() -> tuple[int, int, int]:
    """Rows that are due and wait, rows that are parked, and how long the oldest is due, in µs."""
    now = clock.now_us()
    due = open_rows().filter(due_us__lte=now)
    oldest = due.order_by("due_us").values_list("due_us", flat=True).first()
    parked = Due.objects.filter(parked_us__isnull=False, done_us__isnull=True).count()
    return due.count(), parked, 0 if oldest is None else now - oldest


def _pause() -> int:
    following = next_look_us()
    return SOON_US if following is None else min(SOON_US, max(0, following - clock.now_us()))


def _beat(name: str, since: int, now: int) -> None:
    Beat.objects.bulk_create(
        [Beat(worker=name, since_us=since, last_us=now)],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["since_us", "last_us"],
    )


def _end(name: str) -> None:
    try:
        Beat.objects.filter(worker=name).delete()
    except (DatabaseError, InterfaceError) as error:
        log.warning("the database is away", extra={"reason": str(error).strip()})
    connections.close_all()
    log.info("worker ends", extra={"worker": name})
