"""RFC 3339 times with an offset, to and from integer microseconds since 1970-01-01T00:00Z."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_MICROSECOND = timedelta(microseconds=1)
FIRST_US = (datetime.min.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
LAST_US = (datetime.max.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND

_RFC_3339 = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]"
    r"(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]{1,20}))?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2}))"
)
_WITHOUT_OFFSET = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)


class TimeUnreadableError(ValueError):
    """A text is no RFC 3339 time with an offset; `naive` when only the offset is missing."""

    def __init__(self, text: str, *, naive: bool) -> None:
        wrong = "has no offset from UTC" if naive else "is no RFC 3339 time"
        super().__init__(f"{text!r} {wrong}; right would be 2027-02-01T10:00:00+01:00")
        self.text = text
        self.naive = naive


def parse_time(text: str) -> int:
    """Microseconds (UTC) of an RFC 3339 time; digits beyond the microsecond are cut off.

    An offset is required. A leap second (":60") is refused: UTC here has 86,400 s a day.
    """
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise TimeUnreadableError(text, naive=_WITHOUT_OFFSET.fullmatch(text) is not None)
    try:
        wall = datetime.fromisoformat(f"{match['date']}T{match['clock']}+00:00")
    except ValueError:
        raise TimeUnreadableError(text, naive=False) from None
    at_us = (wall - EPOCH) // _MICROSECOND + int((match["fraction"] or "0")[:6].ljust(6, "0"))
    if match["sign"]:
        hours, minutes = int(match["hours"]), int(match["minutes"])
        if hours > 23 or minutes > 59:
            raise TimeUnreadableError(text, naive=False)
        at_us -= (hours * HOUR + minutes * MINUTE) * (1 if match["sign"] == "+" else -1)
    if not FIRST_US <= at_us <= LAST_US:
        raise TimeUnreadableError(text, naive=False)
    return at_us


def to_datetime(at_us: int) -> datetime:
    """The aware UTC datetime of microseconds since the epoch."""
    return EPOCH + timedelta(microseconds=at_us)


def from_datetime(moment: datetime) -> int:
    """Microseconds since the epoch of an aware datetime; a naive one is refused."""
    if moment.utcoffset() is None:
        raise ValueError(
            f"{moment.isoformat()} has no zone; give an aware datetime, "
            f"such as {moment.isoformat()}+00:00"
        )
    return (moment - EPOCH) // _MICROSECOND


def format_time(at_us: int) -> str:
    """The RFC 3339 text of an instant in UTC, with as many digits as it needs."""
    return to_datetime(at_us).isoformat().replace("+00:00", "Z")
