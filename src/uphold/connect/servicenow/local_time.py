"""The log's local times, `dd-mm-yyyy HH:MM` or ServiceNow's own `yyyy-mm-dd HH:MM:SS`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from uphold.connect.servicenow.report import Tally

_DAY_FIRST = re.compile(
    "(?P<day>[0-9]{2})-(?P<month>[0-9]{2})-(?P<year>[0-9]{4})"
    "[ T](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
)
_YEAR_FIRST = re.compile(
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    "[ T](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """Instants of the wall times of one zone; what daylight saving makes doubtful is noted.

    A time that the clock skipped moves to the end of the gap. Of a time that the clock showed
    twice the first is taken, or the second where the row before it is later than the first.
    """

    zone: ZoneInfo
    tally: Tally

    def instant(self, text: str, line: int, after: datetime | None = None) -> datetime | None:
        """The instant of a wall time, with the offset it had; None if it is no time."""
        wall = _wall(text)
        if wall is None:
            return None
        first, second = (self._held(wall.replace(tzinfo=self.zone, fold=fold)) for fold in (0, 1))
        if first is None or second is None:
            return None
        if first.utcoffset() == second.utcoffset():
            return first
        if first > second:  # the gap: either reading leads to a time that was not shown
            self.tally.note("time-skipped", line)
            return _end_of_gap(second, first, self.zone)
        self.tally.note("time-repeated", line)
        return second if after is not None and after > first else first

    def _held(self, moment: datetime) -> datetime | None:
        """The moment again by way of UTC, None at the very ends of time."""
        try:
            return _with_offset(moment.astimezone(UTC), self.zone)
        except OverflowError:
            return None


def _wall(text: str) -> datetime | None:
    match = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if match is None:
        return None
    parts = {name: int(figures or 0) for name, figures in match.groupdict().items()}
    try:
        return datetime(**parts)  # type: ignore[arg-type]  # noqa: DTZ001  # a wall time, zoned next
    except ValueError:
        return None


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, to the second, that has the later offset, between two instants."""
    low, high = before.astimezone(UTC), after.astimezone(UTC)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == after.utcoffset():
            high = middle
        else:
            low = middle
    return _with_offset(high, zone)


def _with_offset(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant with the offset alone: Python compares times of one zone by the wall clock."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return instant.astimezone(timezone(offset))
