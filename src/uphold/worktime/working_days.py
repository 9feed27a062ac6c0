"""Counting working days: which dates open at all, and when each begins and ends.

"n working days" from an event: the event's own date is not counted, even when closed or
before opening, and the n-th working day after it ends at closing time. Inside a shift over
midnight the event belongs to the shift's date.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from uphold.worktime.errors import BadCount
from uphold.worktime.rules import Opening
from uphold.worktime.zone import DAY, ZoneTable

Ends = Literal["closing", "same time", "end of day"]
Begins = Literal["opening", "same time", "start of day"]
ENDS: tuple[Ends, ...] = ("closing", "same time", "end of day")
BEGINS: tuple[Begins, ...] = ("opening", "same time", "start of day")


@dataclass(frozen=True, slots=True)
class LateShift:
    """The part of a shift that runs past midnight: events in it belong to `day`."""

    begins: int
    ends: int
    day: int


@dataclass(frozen=True, slots=True)
class WorkingDaysTable:
    """The working days of a calendar, one tuple a column, in order of their date."""

    zone: ZoneTable
    days: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    openings: tuple[tuple[Opening, ...], ...]
    late_shifts: tuple[LateShift, ...]

    def after(self, instant: int, count: int) -> int:
        """Return the index of the count-th working day after an instant's own date.

        It may lie past the last one known.
        """
        return bisect_right(self.days, self.own_day(instant)) + count - 1

    def before(self, instant: int, count: int) -> int:
        """Return the index of the count-th working day before an instant's own date.

        It may be negative: before the first one known.
        """
        return bisect_left(self.days, self.own_day(instant)) - count

    def own_day(self, instant: int) -> int:
        """Return the date an event belongs to: that of a shift over midnight, or its own."""
        if self.late_shifts:
            index = bisect_right(self.late_shifts, instant, key=_begins) - 1
            if index >= 0 and instant < self.late_shifts[index].ends:
                return self.late_shifts[index].day
        return self.zone.day_of(instant)

    def end(self, index: int, start: int, ends: Ends) -> int:
        """Return when a working day ends by a stated rule, for an event at `start`."""
        if ends == "closing":
            return self.closes[index]
        if ends == "end of day":
            return self.zone.closing_us((self.days[index] + 1) * DAY)
        wall = self.zone.wall_us(start) + (self.days[index] - self.own_day(start)) * DAY
        due = self.zone.closing_us(wall)
        later = [start for start, end, _ in self.openings[index] if end >= due]
        return max(due, min(later)) if later else max(end for _, end, _ in self.openings[index])

    def begin(self, index: int, start: int, begins: Begins) -> int:
        """Return when a working day begins by a stated rule, for a planned `start`."""
        if begins == "opening":
            return self.opens[index]
        if begins == "start of day":
            return self.zone.opening_us(self.days[index] * DAY)
        wall = self.zone.wall_us(start) + (self.days[index] - self.own_day(start)) * DAY
        due = self.zone.opening_us(wall)
        earlier = [end for start, end, _ in self.openings[index] if start <= due]
        return min(due, max(earlier)) if earlier else self.opens[index]


def working_days_table(
    zone: ZoneTable, openings: Iterable[Opening], first_day: int, until: int
) -> WorkingDaysTable:
    """Return the working days from a date on that close by `until`, an instant."""
    by_day: dict[int, list[Opening]] = {}
    for opening in openings:
        by_day.setdefault(opening[2], []).append(opening)
    days = sorted(by_day)
    ends = (max(end for _, end, _ in by_day[day]) for day in days)
    # Where shifts overlap, a date is not closed before the last of the dates before it is.
    closes = dict(zip(days, accumulate(ends, max), strict=True))
    known = [day for day in days if day >= first_day and closes[day] <= until]
    return WorkingDaysTable(
        zone,
        days=tuple(known),
        opens=tuple(by_day[day][0][0] for day in known),
        closes=tuple(closes[day] for day in known),
        openings=tuple(tuple(by_day[day]) for day in known),
        late_shifts=_late_shifts(zone, [(day, closes[day]) for day in days]),
    )


def _late_shifts(zone: ZoneTable, closes: list[tuple[int, int]]) -> tuple[LateShift, ...]:
    """Return the time past midnight that still belongs to each date, without overlap."""
    late: list[LateShift] = []
    for day, close in closes:
        begins = zone.opening_us((day + 1) * DAY)
        if late:
            begins = max(begins, late[-1].ends)
        if begins < close:
            late.append(LateShift(begins, close, day))
    return tuple(late)


def _begins(late: LateShift) -> int:
    return late.begins


def check_count(count: int, rule: str, known: tuple[str, ...]) -> None:
    """Refuse a negative count of days and a rule for the last one that is not known."""
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"a count of days is a whole number, not {count!r}")
    if count < 0:
        raise BadCount(
            f"{count} working days is negative",
            "count back from a planned time with sub_days, forward with add_days",
        )
    if rule not in known:
        raise BadCount(
            f'"{rule}" is no rule for the day\'s limit',
            "use " + ", ".join(f'"{name}"' for name in known),
        )
