"""Doing a piece of work again when another writer was in its way, a bounded number of times.

How long one attempt waits for others is the connection's to say (`environment`).
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import OperationalError, connection

Result = TypeVar("Result")

ATTEMPTS: Final = 6
LONGEST_MS: Final = 10_000
"""Behind so long nothing is begun anew: whoever waits for an answer has waited long enough."""
_FIRST_PAUSE_MS: Final = 10
# serialization_failure, deadlock_detected, lock_not_available (PostgreSQL, appendix A)
_PASSING_STATES: Final = frozenset({"40001", "40P01", "55P03"})
_PASSING_CODES: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class Busy(Exception):
    """Others kept writing: nothing of this was written, and it may be tried again later."""

    def __init__(self) -> None:
        super().__init__(
            "the database was held by other writers; nothing was written, try again in a moment"
        )


def again(work: Callable[[], Result]) -> Result:
    """What the work gives; it is one transaction, begun anew where another writer broke it off.

    Inside a transaction of the caller's only the caller can begin anew, so it is done once. Raises
    `Busy` when every attempt was broken off, or when that took too long.
    """
    most = 1 if connection.in_atomic_block else ATTEMPTS
    until_ns = time.monotonic_ns() + LONGEST_MS * 1_000_000
    for attempt in range(1, most + 1):
        try:
            return work()
        except OperationalError as error:
            if not is_passing(error):
                raise
            if attempt == most or time.monotonic_ns() > until_ns:
                raise Busy from error
        time.sleep(random.uniform(0.5, 1.0) * _FIRST_PAUSE_MS * 2**attempt / 1_000)
    raise AssertionError(most)


def is_passing(error: OperationalError) -> bool:
    """Whether another writer was the cause, so that the same may well succeed the next time."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    code = getattr(cause, "sqlite_errorcode", None)
    return state in _PASSING_STATES or (code is not None and code & 0xFF in _PASSING_CODES)
