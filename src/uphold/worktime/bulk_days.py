"""Working days and local dates for millions of instants at once.

Arrays are int64 microseconds, instants since 1970-01-01T00:00Z, and counts of days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from uphold.worktime.chunks import ChunkWork, Scratch, answer_each, one_by_one
from uphold.worktime.lookup import Flags, Integers, PieceLookup
from uphold.worktime.working_days import ENDS, Ends, check_count
from uphold.worktime.zone import DAY

if TYPE_CHECKING:
    from uphold.worktime.compiled import CompiledCalendar


class BulkDays:
    """The dates of a compiled calendar as arrays, and what they answer in bulk."""

    def __init__(self, calendar: CompiledCalendar) -> None:
        """Turn a calendar's dates into arrays."""
        self._calendar = calendar
        self._since, self._until = calendar.since_us, calendar.until_us
        zone, table = calendar.zone, calendar.working_days
        self._offsets = np.array((zone.first_offset, *zone.offsets), dtype=np.int64)
        changes = np.array(zone.transitions, dtype=np.int64)
        self._changes = PieceLookup(changes, self._since, self._until)
        # A shift may belong to the date before the first, an instant to the one after the last.
        self._first = calendar.first_day - 2
        every = np.arange(self._first, calendar.last_day + 3, dtype=np.int64)
        days = np.array(table.days, dtype=np.int64)
        self._rank = np.searchsorted(days, every, side="right").astype(np.int64)
        self._closes = np.array(table.closes, dtype=np.int64)
        self._day_ends = np.array(
            [zone.closing_us((day + 1) * DAY) for day in every.tolist()], dtype=np.int64
        )
        self._late_from = np.array([late.begins for late in table.late_shifts], dtype=np.int64)
        self._late_to = np.array([late.ends for late in table.late_shifts], dtype=np.int64)
        self._late_day = np.array([late.day for late in table.late_shifts], dtype=np.int64)
        self._days = days

    def add_days(self, starts: Any, counts: Any, rule: Ends) -> Integers:
        """Return `add_days_us` of each start and count."""
        check_count(0, rule, ENDS)

        def single(start: int, count: int) -> int:
            return self._calendar.add_days_us(start, count, rule)

        work = one_by_one if rule == "same time" else self._working_days(rule)
        return answer_each(("starts", "counts"), starts, counts, work, single)

    def day_end(self, instants: Any) -> Integers:
        """Return `day_end_us` of each instant."""

        def work(instant: Integers, _: Integers, out: Integers, scratch: Scratch) -> bool:
            day, spare, _two, _three, flags = scratch.cut(len(instant))
            if instant.min() < self._since or instant.max() > self._until:
                return False
            self._day(instant, day, spare, flags)
            np.take(self._day_ends, day, out=out, mode="clip")
            return True

        def single(instant: int, _: int) -> int:
            return self._calendar.day_end_us(instant)

        return answer_each(("instants", "instants"), instants, 0, work, single)

    def _working_days(self, rule: Ends) -> ChunkWork:
        limits = self._closes
        if rule == "end of day":
            limits = self._day_ends[self._days - self._first]

        def work(start: Integers, count: Integers, out: Integers, scratch: Scratch) -> bool:
            day, index, spare, _three, flags = scratch.cut(len(start))
            if start.min() < self._since or start.max() > self._until:
                return False
            if count.min() < 1 or count.max() > len(limits):
                return False
            self._day(start, day, spare, flags)
            if len(self._late_day):
                self._own(start, day)
            np.take(self._rank, day, out=index, mode="clip")
            np.add(index, count, out=index)
            np.subtract(index, 1, out=index)
            if index.max() >= len(limits):
                return False
            np.take(limits, index, out=out, mode="clip")
            return bool(out.max() <= self._until)

        return work

    def _day(self, instant: Integers, out: Integers, spare: Integers, flags: Flags) -> None:
        """Write the local date of each instant, counted from the first of the arrays."""
        self._changes.find(instant, out, spare, flags)
        np.add(out, 1, out=out)
        np.take(self._offsets, out, out=spare, mode="clip")
        np.add(instant, spare, out=out)
        np.floor_divide(out, DAY, out=out)
        np.subtract(out, self._first, out=out)

    def _own(self, instant: Integers, day: Integers) -> None:
        """Give instants inside a shift over midnight the date of that shift."""
        late = np.searchsorted(self._late_from, instant, side="right") - 1
        inside = (late >= 0) & (instant < self._late_to[late])
        day[inside] = self._late_day[late[inside]] - self._first
