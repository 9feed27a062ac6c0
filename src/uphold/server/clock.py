"""The server's one clock: everything that asks what time it is asks here.

Tests and the demo set it; nothing else in the server reads the machine's time for what it records
or judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import time_ns

from uphold.facts.times import to_datetime


def _machine() -> int:
    return time_ns() // 1_000


_now: Callable[[], int] = _machine


def now_us() -> int:
    """The present in microseconds since 1970-01-01T00:00Z."""
    return _now()


def now() -> datetime:
    """The present as an aware datetime in UTC."""
    return to_datetime(_now())


def set_clock(source: Callable[[], int] | None) -> None:
    """Lets another source tell the time, in microseconds; None goes back to the machine's."""
    global _now
    _now = source or _machine


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The clock stands still at an aware moment inside the block."""
    before = _now
    at = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // (to_datetime(1) - to_datetime(0))
    set_clock(lambda: at)
    try:
        yield
    finally:
        set_clock(before)
