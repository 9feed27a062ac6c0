"""Instants of the kernel as readers meet them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(microseconds: int) -> datetime:
    """Microseconds since 1970-01-01T00:00Z as an aware datetime; clipped to what years allow."""
    least, most = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    step = timedelta(microseconds=1)
    return _EPOCH + timedelta(
        microseconds=min(max(microseconds, (least - _EPOCH) // step), (most - _EPOCH) // step)
    )
