"""Taking rows that are due, doing each in one transaction, and what becomes of those that fail.

A row is taken with a lease under a name that is used once. The work and the mark that it is done
are one transaction, and the mark asks for that name: whoever lost the row meanwhile, because the
lease ran out or because facts moved the time, marks nothing and rolls back. So each row takes
effect once, whatever is killed when. The mark comes last, behind every lock that the work itself
takes, in the order in which an append takes them: the ledger's, then the row's.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F, QuerySet

from uphold.server import clock
from uphold.server.worker.kinds import Work, in_hand, kind_of, known
from uphold.server.worker.models import Due

log = logging.getLogger("uphold.worker")

LEASE_US: Final = 60_000_000
BATCH: Final = 20
MOST_ATTEMPTS: Final = 8
_FIRST_WAIT_US: Final = 1_000_000
_LONGEST_WAIT_US: Final = 3_600_000_000
_ERROR_LENGTH: Final = 4_000


class _Lost(Exception):
    """Somebody else has the row now, or its time was moved: this doing of it must not count."""


def work_due(limit: int | None = None, stopping: Callable[[], bool] = lambda: False) -> int:
    """Does what is due now, the longest due first; gives how many rows are done.

    Stops after `limit` rows, when nothing is due, or, between two rows, once `stopping` says so;
    rows that were taken and not begun are given back.
    """
    done = taken = 0
    while limit is None or taken < limit:
        rows = take(BATCH if limit is None else min(BATCH, limit - taken))
        if not rows:
            break
        taken += len(rows)
        for index, row in enumerate(rows):
            if stopping():
                give_back(rows[index:])
                return done
            done += do(row)
    return done


def open_rows() -> QuerySet[Due]:
    """What is neither done nor parked."""
    return Due.objects.filter(done_us__isnull=True, parked_us__isnull=True)


def next_look_us() -> int | None:
    """When there will be something to do that this process can do: microseconds, or None."""
    now = clock.now_us()
    rows = open_rows().filter(kind__in=known())
    later = rows.filter(due_us__gt=now).order_by("due_us").values_list("due_us", flat=True).first()
    waits = (
        rows.filter(due_us__lte=now).order_by("lease_us").values_list("lease_us", flat=True).first()
    )
    return min((each for each in (later, waits) if each is not None), default=None)


def _ready(now: int) -> QuerySet[Due]:
    return open_rows().filter(due_us__lte=now, lease_us__lte=now, kind__in=known())


def take(most: int) -> list[Due]:
    """Up to so many rows, leased to this call alone."""
    now = clock.now_us()
    if not _ready(now).exists():
        return []
    holder = uuid4().hex
    with transaction.atomic():
        rows = _ready(now).order_by("due_us", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows[:most])
        dead = [row for row in found if _is_last(row)]
        taken = [row for row in found if not _is_last(row)]
        _bury(dead, now)
        Due.objects.filter(pk__in=[row.pk for row in taken]).update(
            holder=holder, lease_us=now + LEASE_US, attempts=F("attempts") + 1
        )
    for row in taken:
        row.holder, row.lease_us, row.attempts = holder, now + LEASE_US, row.attempts + 1
    return taken


def _is_last(row: Due) -> bool:
    """Whether the row has had all its tries; work that comes back is tried for ever."""
    return row.attempts >= MOST_ATTEMPTS and kind_of(row.kind).every_us is None


def _bury(rows: list[Due], now: int) -> None:
    """Parks rows whose workers all ended while they held them: the row may be what ended them."""
    for row in rows:
        log.error("work parked", extra={"key": row.key, "kind": row.kind})
        error = row.error or "each worker that began this ended before it was done"
        Due.objects.filter(pk=row.pk).update(parked_us=now, holder="", error=error)


def give_back(rows: list[Due]) -> None:
    """Gives rows back as if they had never been taken."""
    if rows:
        Due.objects.filter(pk__in=[row.pk for row in rows], holder=rows[0].holder).update(
            holder="", lease_us=0, attempts=F("attempts") - 1
        )


def do(row: Due) -> bool:
    """Does one row; gives whether it is done."""
    if clock.now_us() >= row.lease_us:
        give_back([row])
        return False
    try:
        with transaction.atomic(), in_hand(row.key):
            kind_of(row.kind).do(_work(row))
            _mark(row)
    except _Lost:
        log.info("work lost to another", extra={"key": row.key, "kind": row.kind})
        return False
    except Exception as error:  # noqa: BLE001 - whatever one row's work raises, the others go on
        _failed(row, error)
        return False
    return True


def _work(row: Due) -> Work:
    return Work(
        row.key, row.kind, row.provider_id, row.subject, row.payload, row.due_us, row.attempts
    )


def _mark(row: Due) -> None:
    """Sets the row done, or to its next time; raises `_Lost` where it is not ours any more."""
    now = clock.now_us()
    every_us = kind_of(row.kind).every_us
    ours = Due.objects.filter(pk=row.pk, holder=row.holder, done_us__isnull=True)
    if kind_of(row.kind).is_forgotten:
        marked, _ = ours.delete()
    elif every_us is None:
        marked = ours.update(done_us=now, holder="", lease_us=0, error="")
    else:
        marked = ours.update(
            due_us=now - now % every_us + every_us, holder="", lease_us=0, attempts=0, error=""
        )
    if not marked:
        raise _Lost


def _failed(row: Due, error: Exception) -> None:
    """Keeps the error and lets the row wait, longer each time; parks it after the last try."""
    now = clock.now_us()
    last = _is_last(row)
    log.log(
        logging.ERROR if last else logging.WARNING,
        "work parked" if last else "work failed and is tried again",
        exc_info=error,
        extra={"key": row.key, "kind": row.kind, "attempt": row.attempts},
    )
    wait = min(_FIRST_WAIT_US * 4 ** (row.attempts - 1), _LONGEST_WAIT_US)
    Due.objects.filter(pk=row.pk, holder=row.holder, done_us__isnull=True).update(
        holder="",
        lease_us=now + wait,
        parked_us=now if last else None,
        error="".join(traceback.format_exception(error))[-_ERROR_LENGTH:],
    )
