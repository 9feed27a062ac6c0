"""A second, simple account of working time, minute by minute, to judge the real one.

It shares no code with the package: shifts are (first minute, last minute) after midnight,
instants are whole minutes since 1970-01-01T00:00Z, and every question is answered by
walking over minutes one at a time. zoneinfo alone knows the zones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

Shift = tuple[int, int]


def minute_of(moment: datetime) -> int:
    """An aware datetime as minutes; it must be a whole one."""
    minutes, rest = divmod(moment - EPOCH, MINUTE)
    assert not rest, "the oracle knows whole minutes only"
    return minutes


def moment_of(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def wall_to_minute(zone: ZoneInfo, wall: datetime, closing: bool) -> int:
    """A wall time as an instant: gap to its end, overlap first to open, second to close."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return minute_of(second if closing else first)
    # No clock shows it. The gap ends at the first minute whose clock shows a later time.
    moment = min(first, second) - 2 * DAY
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += MINUTE
    return minute_of(moment)


@dataclass(frozen=True)
class Days:
    """What a calendar is given, in the oracle's own terms."""

    zone: ZoneInfo
    weekly: Mapping[int, tuple[Shift, ...]]
    holidays: frozenset[date]
    closed_dates: frozenset[date]
    closed_parts: tuple[tuple[date, Shift], ...]
    opened_parts: tuple[tuple[date, Shift], ...]


class Oracle:
    """A calendar on the minutes of the dates from `first` to `last`."""

    def __init__(self, days: Days, first: date, last: date) -> None:
        self.zone = days.zone
        self.base = self._edge(first, (0, 0))[0]
        self.flags = bytearray(self._edge(last, (0, 1440))[1] - self.base)
        self.pieces: dict[date, Shift] = {}
        closed = [self._edge(day, part) for day, part in days.closed_parts]
        opened = [(day, self._edge(day, part)) for day, part in days.opened_parts]
        regular = bytearray(len(self.flags))
        day = first
        while day <= last:
            shut = day in days.holidays or day in days.closed_dates
            shifts = (
                [] if shut else [self._edge(day, s) for s in days.weekly.get(day.weekday(), ())]
            )
            self._paint(regular, shifts, 1)
            own = bytearray(len(self.flags))
            self._paint(own, shifts, 1)
            self._paint(own, closed, 0)
            self._paint(own, [part for opened_day, part in opened if opened_day == day], 1)
            if 1 in own:
                self.pieces[day] = (self.base + own.find(1), self.base + own.rfind(1) + 1)
            day += DAY
        self._paint(regular, closed, 0)
        self._paint(regular, [part for _, part in opened], 1)
        self.flags = regular

    def _paint(self, flags: bytearray, parts: list[Shift], value: int) -> None:
        for start, end in parts:
            low = min(max(start - self.base, 0), len(flags))
            high = min(max(end - self.base, low), len(flags))
            flags[low:high] = bytes([value]) * (high - low)

    def _edge(self, day: date, shift: Shift) -> Shift:
        midnight = datetime.combine(day, time())
        start = wall_to_minute(self.zone, midnight + shift[0] * MINUTE, closing=False)
        return start, wall_to_minute(self.zone, midnight + shift[1] * MINUTE, closing=True)

    def is_open(self, minute: int) -> bool:
        return self.flags[minute - self.base] == 1

    def between(self, start: int, end: int) -> int:
        if end < start:
            return -self.between(end, start)
        return sum(self.flags[start - self.base : end - self.base])

    def add(self, start: int, amount: int) -> int | None:
        """The end of the amount-th open minute from start on; None past the last date."""
        at = start - self.base
        while amount:
            if at >= len(self.flags):
                return None
            amount -= self.flags[at]
            at += 1
        return at + self.base

    def sub(self, end: int, amount: int) -> int | None:
        """The beginning of the amount-th open minute back from end."""
        at = end - self.base
        while amount:
            at -= 1
            if at < 0:
                return None
            amount -= self.flags[at]
        return at + self.base

    def local_date(self, minute: int) -> date:
        return moment_of(minute).astimezone(self.zone).date()

    def own_date(self, minute: int) -> date:
        """The date of an event: that of a shift from the day before that still runs."""
        today = self.local_date(minute)
        yesterday = today - DAY
        midnight = self._edge(yesterday, (1440, 1440))[0]
        _, close = self.pieces.get(yesterday, (0, 0))
        return yesterday if midnight <= minute < close else today

    def add_days(self, start: int, count: int) -> int | None:
        day = self.own_date(start)
        last = max(self.pieces, default=day)
        while count:
            day += DAY
            if day > last:
                return None
            count -= day in self.pieces
        # Where shifts overlap, no date closes before one of the dates before it.
        return max(close for other, (_, close) in self.pieces.items() if other <= day)

    def sub_days(self, start: int, count: int) -> int | None:
        day = self.own_date(start)
        first = min(self.pieces, default=day)
        while count:
            day -= DAY
            if day < first:
                return None
            count -= day in self.pieces
        return self.pieces[day][0]

    def next_open(self, minute: int) -> int | None:
        while minute - self.base < len(self.flags):
            if self.is_open(minute):
                return minute
            minute += 1
        return None

    def previous_close(self, minute: int) -> int | None:
        """The last minute at or before, that follows an open one and is not itself open."""
        while minute - self.base > 0:
            if self.is_open(minute - 1) and not self.is_open(minute):
                return minute
            minute -= 1
        return None

    def day_end(self, minute: int) -> int:
        return self._edge(self.local_date(minute), (0, 1440))[1]
