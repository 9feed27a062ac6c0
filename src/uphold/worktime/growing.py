"""A compiled calendar that is written out further as questions reach further.

It starts with a few years around the first question and doubles on the side that ran out,
up to what the holidays are known for and at most from 1900 to 2399. A question without an
answer so ends in bounded time.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from uphold.worktime.compiled import CompiledCalendar
from uphold.worktime.errors import EmptyCalendar, OutOfRange
from uphold.worktime.rules import WeeklyRule
from uphold.worktime.source import Source
from uphold.worktime.zone import DAY, ZoneTable, day_date, day_number

FIRST_DAY = day_number(date(1900, 1, 1))
LAST_DAY = day_number(date(2399, 12, 31))
# No question can lie on this date, so the table of it answers none.
_NO_DAY = day_number(date(1, 1, 3))

_T = TypeVar("_T")


class GrowingTable:
    """The compiled calendar of a source, as far as it was needed until now."""

    __slots__ = ("first_known", "last_known", "name", "source", "table")

    def __init__(self, source: Source, name: str | None) -> None:
        """Begin with a table that answers nothing; it costs nothing."""
        self.source = source
        self.name = name
        first, last = source.known
        self.first_known = FIRST_DAY if first is None else max(first, FIRST_DAY)
        self.last_known = LAST_DAY if last is None else min(last, LAST_DAY)
        nothing = WeeklyRule(ZoneTable(source.zone_name, 0, (), ()), ((),) * 7, (), (), ())
        self.table = CompiledCalendar(
            nothing, _NO_DAY, _NO_DAY, name, self._known_text(), self._why()
        )

    def asked(self, instant: int, question: Callable[[CompiledCalendar], _T]) -> _T:
        """Return the answer to a question about an instant, growing as far as it needs."""
        self.reach(instant)
        while True:
            try:
                return question(self.table)
            except OutOfRange as error:
                if not self._grow(error.direction):
                    raise
            except EmptyCalendar:
                # Openings may lie on either side, so the error is true only of it all.
                if not self._grow_fully():
                    raise

    def reach(self, instant: int) -> None:
        """Grow until a known instant is within, or raise OutOfRange."""
        day = instant // DAY
        # The local date may be the one before or after; the table itself knows which.
        within = self.first_known - 1 <= day <= self.last_known + 1
        if not within or self.last_known < self.first_known:
            raise self._unknown(instant)
        if self.table.first_day == _NO_DAY:
            year = day_date(day).year
            self._write(day_number(date(year - 1, 1, 1)), day_number(date(year + 3, 12, 31)))
        while instant < self.table.since_us and self._grow("before"):
            pass
        while instant >= self.table.until_us and self._grow("after"):
            pass

    def written(self, first_day: int, last_day: int) -> CompiledCalendar:
        """Return a table for a stretch of dates, which must be known."""
        for day in (first_day, last_day):
            if not self.first_known <= day <= self.last_known:
                raise self._unknown(day * DAY)
        rule = self.source.rule(first_day, last_day)
        return CompiledCalendar(rule, first_day, last_day, self.name)

    def _unknown(self, instant: int) -> OutOfRange:
        direction = "before" if instant // DAY < self.first_known else "after"
        return self.table.out_of_range(direction, instant)

    def _grow(self, direction: str) -> bool:
        """Double the table on one side; False if it cannot grow there."""
        first, last = self.table.first_day, self.table.last_day
        more = last - first + 1
        if direction == "before":
            return self._write(first - more, last)
        return self._write(first, last + more)

    def _grow_fully(self) -> bool:
        return self.source.has_openings and self._write(self.first_known, self.last_known)

    def _write(self, first_day: int, last_day: int) -> bool:
        """Write the table out anew; False if it would be no larger."""
        first, last = max(first_day, self.first_known), min(last_day, self.last_known)
        if (first, last) == (self.table.first_day, self.table.last_day):
            return False
        rule = self.source.rule(first, last)
        self.table = CompiledCalendar(rule, first, last, self.name, self._known_text(), self._why())
        return True

    def _known_text(self) -> tuple[str, str]:
        return str(day_date(self.first_known)), str(day_date(self.last_known))

    def _why(self) -> str:
        knower = self.source.knower
        return f"as far as holidays are ({knower})" if knower else "as far as any calendar is"
