"""Instants of the kernel as readers meet them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)

EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _STEP
LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _STEP


def instant(microseconds: int) -> datetime:
    """Microseconds since 1970-01-01T00:00Z as an aware datetime, from year 1 to 9999."""
    return _EPOCH + timedelta(microseconds=min(max(microseconds, EARLIEST), LATEST))
