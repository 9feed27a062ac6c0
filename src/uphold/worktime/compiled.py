"""A calendar compiled for a stretch of time: sorted spans with running totals.

Everything it needs is written out within it; no zone database, holiday library or file is
read. All instants and amounts are integer microseconds, instants since
1970-01-01T00:00Z. One question is one or two bisections; many at once go through numpy.
The same questions in aware datetimes are those of `AskedInDatetimes`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NoReturn

from uphold.worktime import local_days
from uphold.worktime.datetimes import AskedInDatetimes, FixedAnswers
from uphold.worktime.errors import EmptyCalendar, OutOfRange
from uphold.worktime.rules import Rule, joined
from uphold.worktime.working_days import (
    BEGINS,
    ENDS,
    Begins,
    Ends,
    WorkingDaysTable,
    check_count,
    working_days_table,
)
from uphold.worktime.written import read_form, rule_to_json
from uphold.worktime.zone import DAY, ZoneTable, day_date, day_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from uphold.worktime.bulk import BulkTable
    from uphold.worktime.bulk_days import BulkDays

FORM_VERSION = 1


class CompiledCalendar(AskedInDatetimes):
    """Working time from `since_us` to `until_us`, which are local midnights.

    Questions about other times raise OutOfRange; those that need working time where there
    is none at all raise EmptyCalendar. Two are equal if their rules and stretches are.

    Methods that end in `_us` take and give integer microseconds; `add`, `between` and the
    others without it take and give aware datetimes, as those of `Calendar` do.
    """

    def __init__(
        self,
        rule: Rule,
        first_day: int,
        last_day: int,
        name: str | None = None,
        known: tuple[str, str] | None = None,
        why: str = "as far as it was compiled",
    ) -> None:
        """Work out the spans of a rule for dates from first to last, both included.

        `known` and `why` are for errors, where more is known than is compiled.
        """
        self.rule = rule
        self.first_day = first_day
        self.last_day = last_day
        self.name = name
        self._known_dates = known or (str(day_date(first_day)), str(day_date(last_day)))
        self._why = why
        self.zone: ZoneTable = rule.zone
        self.since_us = self.zone.opening_us(first_day * DAY)
        self.until_us = self.zone.closing_us((last_day + 1) * DAY)
        # A shift of the day before may reach into the first day.
        self._openings = rule.openings(first_day - 1, last_day + 1)
        spans = [
            (max(start, self.since_us), min(end, self.until_us))
            for start, end in joined((start, end) for start, end, _ in self._openings)
            if start < self.until_us and end > self.since_us
        ]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._worked = [0, *accumulate(end - start for start, end in spans)]
        self._shifts = [
            start - worked for start, worked in zip(self._starts, self._worked, strict=False)
        ]
        self._total = self._worked[-1]

    def add_us(self, start: int, amount: int) -> int:
        """Return the earliest instant with an amount of working time since `start`.

        A zero amount gives `start`; a negative one counts back, as `sub_us` does.
        """
        if amount <= 0:
            return self.sub_us(start, -amount) if amount else self._known(start, start)
        starts, worked = self._starts, self._worked
        index = bisect_right(starts, start) - 1
        if index < 0:
            if start < self.since_us:
                self._refuse(start)
            target = amount
        elif start < self._ends[index]:
            if start + amount <= self._ends[index]:
                return start + amount
            target = start - self._shifts[index] + amount
        else:
            target = worked[index + 1] + amount
        if target > self._total:
            self._refuse(start, amount)
        return target + self._shifts[bisect_left(worked, target) - 1]

    def sub_us(self, end: int, amount: int) -> int:
        """Return the latest instant with an amount of working time from it to `end`."""
        if amount <= 0:
            return self.add_us(end, -amount) if amount else self._known(end, end)
        target = self._worked_us(end) - amount
        if target < 0:
            self._refuse(end, -amount)
        return target + self._shifts[bisect_right(self._worked, target) - 1]

    def between_us(self, begin: int, end: int) -> int:
        """Return the working time from one instant to another; negative if back in time."""
        return self._worked_us(end) - self._worked_us(begin)

    def is_open_us(self, instant: int) -> bool:
        """Tell whether an instant lies in opening hours, which are half-open."""
        index = bisect_right(self._starts, instant) - 1
        if index >= 0 and instant < self._ends[index]:
            return True
        self._check(instant)
        if instant == self.until_us:
            self._refuse(instant)  # open or not, the next date says, and it was not compiled
        return False

    def next_open_us(self, instant: int) -> int:
        """Return the first open instant from `instant` on: itself if it is open."""
        self._check(instant)
        index = bisect_right(self._ends, instant)
        if index == len(self._starts):
            self._refuse(instant, 1)
        return max(instant, self._starts[index])

    def previous_close_us(self, instant: int) -> int:
        """Return the last closing at or before an instant, also when it is open."""
        self._check(instant)
        index = bisect_right(self._ends, instant) - 1
        if index < 0:
            self._refuse(instant, -1)
        if self._ends[index] == self.until_us:
            self._refuse(instant)  # where the compiled stretch ends need not be a closing
        return self._ends[index]

    def spans_us(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the half-open spans of working time from one instant to another."""
        self._check(begin)
        self._check(end)
        if begin >= end:
            return ()
        first = bisect_right(self._ends, begin)
        last = bisect_left(self._starts, end)
        pairs = zip(self._starts[first:last], self._ends[first:last], strict=True)
        return tuple((max(start, begin), min(stop, end)) for start, stop in pairs)

    def add_days_us(self, start: int, count: int, ends: Ends = "closing") -> int:
        """Return when `count` working days from `start` end.

        The own date of `start` is not counted. `ends` says when the last one ends: at its
        "closing"; at the "same time" of day as `start`, moved into that day's opening
        hours; or at "end of day", 24:00 (Regulation 1182/71, article 3). No days are no
        time, so 0 gives `start`, or the end of its own date for "end of day".
        """
        check_count(count, ends, ENDS)
        self._check(start)
        table = self.working_days
        if count == 0:
            return (
                start
                if ends != "end of day"
                else local_days.day_end(self.zone, table.own_day(start))
            )
        index = table.after(start, count)
        if index >= len(table.days):
            self._refuse(start, DAY * count)
        return self._known(table.end(index, start, ends), start)

    def sub_days_us(self, start: int, count: int, begins: Begins = "opening") -> int:
        """Return when `count` working days before a planned `start` begin.

        The mirror of `add_days_us`: the own date of `start` is not counted, so that many
        whole working days lie between. `begins` is "opening", "same time" (moved into
        opening hours) or "start of day" (00:00).
        """
        check_count(count, begins, BEGINS)
        self._check(start)
        table = self.working_days
        if count == 0:
            return (
                start
                if begins != "start of day"
                else self.zone.opening_us(table.own_day(start) * DAY)
            )
        index = table.before(start, count)
        if index < 0:
            self._refuse(start, -DAY * count)
        return table.begin(index, start, begins)

    def next_working_day_close_us(self, instant: int) -> int:
        """Return the closing time of the first working day after an instant's own date."""
        return self.add_days_us(instant, 1)

    def day_end_us(self, instant: int) -> int:
        """Return 24:00 of the local date that holds an instant, whatever the shifts."""
        self._check(instant)
        return local_days.day_end(self.zone, self.zone.day_of(instant))

    def add_calendar_days_us(
        self, instant: int, count: int, ends: local_days.CalendarEnds = "same time"
    ) -> int:
        """Return the instant `count` dates on, open or not; `count` may be negative.

        The wall time is kept, or "end of day" is 24:00 of the date reached. A wall time
        in a spring gap moves to its end; of a repeated one the second counts going
        forward, the first going back, so that the stretch is never shortened.
        """
        self._check(instant)
        return self._known(local_days.add_days(self.zone, instant, count, ends), instant)

    def add_months_us(
        self, instant: int, count: int, ends: local_days.CalendarEnds = "same time"
    ) -> int:
        """Return the instant `count` months on, at the same day or the month's last.

        Wall time and `ends` are as in `add_calendar_days_us`.
        """
        self._check(instant)
        return self._known(local_days.add_months(self.zone, instant, count, ends), instant)

    def local(self, instant: int) -> datetime:
        """Return an instant as an aware datetime in the zone, at its written-out offset."""
        self._check(instant)
        return self.zone.local(instant)

    def date_us(self, instant: int) -> date:
        """Return the local date that holds an instant."""
        self._check(instant)
        return day_date(self.zone.day_of(instant))

    def own_date_us(self, instant: int) -> date:
        """Return the date an event belongs to: that of a shift over midnight, or its own."""
        self._check(instant)
        return day_date(self.working_days.own_day(instant))

    def holiday_name(self, day: date) -> str | None:
        """Return the name of a holiday ("" if it was only listed); None for other dates."""
        return self._holiday_names.get(day_number(day))

    def add_many_us(
        self, starts: NDArray[np.int64], amounts: NDArray[np.int64] | int
    ) -> NDArray[np.int64]:
        """Return `add_us` of each start and amount, to the microsecond; they broadcast."""
        return self._bulk.add(starts, amounts)

    def between_many_us(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64] | int
    ) -> NDArray[np.int64]:
        """Return `between_us` of each pair; they broadcast."""
        return self._bulk.between(begins, ends)

    def add_days_many_us(
        self, starts: NDArray[np.int64], counts: NDArray[np.int64] | int, ends: Ends = "closing"
    ) -> NDArray[np.int64]:
        """Return `add_days_us` of each start and count; they broadcast."""
        return self._bulk_days.add_days(starts, counts, ends)

    def day_end_many_us(self, instants: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return `day_end_us` of each instant."""
        return self._bulk_days.day_end(instants)

    def to_json(self) -> dict[str, Any]:
        """Return a plain dict from which `from_json` rebuilds the calendar anywhere."""
        return {
            "version": FORM_VERSION,
            "name": self.name,
            "since": str(day_date(self.first_day)),
            "until": str(day_date(self.last_day)),
            "rule": rule_to_json(self.rule),
        }

    @classmethod
    def from_json(cls, form: Mapping[str, Any]) -> CompiledCalendar:
        """Return the calendar of a written form, or raise UnreadableForm."""
        rule, first_day, last_day, name = read_form(form, FORM_VERSION)
        return cls(rule, first_day, last_day, name)

    @property
    def is_empty(self) -> bool:
        """Whether it is never open from `since_us` to `until_us`."""
        return not self._starts

    @cached_property
    def working_days(self) -> WorkingDaysTable:
        """The working days, from the first date to the last that closes in time."""
        return working_days_table(self.zone, self._openings, self.first_day, self.until_us)

    @cached_property
    def _answers(self) -> FixedAnswers:
        return FixedAnswers(self)

    @cached_property
    def _bulk(self) -> BulkTable:
        from uphold.worktime.bulk import BulkTable

        return BulkTable(self, self._starts, self._ends, self._worked)

    @cached_property
    def _bulk_days(self) -> BulkDays:
        from uphold.worktime.bulk_days import BulkDays

        return BulkDays(self)

    @cached_property
    def _holiday_names(self) -> dict[int, str]:
        return dict(self.rule.holidays)

    def _worked_us(self, instant: int) -> int:
        """Return the working time from `since_us` to an instant."""
        index = bisect_right(self._starts, instant) - 1
        if index >= 0 and instant < self._ends[index]:
            return instant - self._shifts[index]
        self._check(instant)
        return self._worked[index + 1]

    def _check(self, instant: int) -> None:
        if not self.since_us <= instant <= self.until_us:
            self._refuse(instant)

    def _known(self, result: int, start: int) -> int:
        """Return a result that lies in the known stretch, or refuse it."""
        if not self.since_us <= result <= self.until_us:
            self._refuse(start, result - start)
        return result

    def _refuse(self, instant: int, amount: int = 0) -> NoReturn:
        raise self.refusal(instant, amount)

    def refusal(self, instant: int, amount: int = 0) -> EmptyCalendar | OutOfRange:
        """Return the error of a question from `instant` on, or back if the amount is negative."""
        if not self.since_us <= instant <= self.until_us:
            return self.out_of_range("before" if instant < self.since_us else "after", instant)
        if self.is_empty and amount:
            return EmptyCalendar(self._label(), *self._known_dates)
        what = f"what is asked, counted from {_utc_text(instant)},"
        return self.out_of_range("before" if amount < 0 else "after", instant, what)

    def out_of_range(self, direction: str, instant: int, what: str | None = None) -> OutOfRange:
        """Return the error of an instant, or of something else, beyond what is known."""
        return OutOfRange(
            self._label(), *self._known_dates, direction, what or _utc_text(instant), self._why
        )

    def _label(self) -> str:
        return f'calendar "{self.name}"' if self.name else f"this {self.zone.name} calendar"

    def __eq__(self, other: object) -> bool:
        """Compare rule, stretch and name."""
        if not isinstance(other, CompiledCalendar):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash rule, stretch and name."""
        return hash(self._identity())

    def _identity(self) -> tuple[Rule, int, int, str | None]:
        return self.rule, self.first_day, self.last_day, self.name

    def __repr__(self) -> str:
        """Name the zone and the stretch."""
        label = f"{self.name!r}, " if self.name else ""
        return (
            f"CompiledCalendar({label}{self.zone.name!r}, {day_date(self.first_day)} to "
            f"{day_date(self.last_day)})"
        )


def _utc_text(instant: int) -> str:
    """Return an instant as RFC 3339, or as a count when it is outside datetime's years."""
    try:
        moment = datetime(1970, 1, 1) + timedelta(microseconds=instant)
    except OverflowError:
        return f"{instant} microseconds from 1970-01-01T00:00Z"
    return moment.isoformat() + "Z"
