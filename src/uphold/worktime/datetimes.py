"""Questions of working time in aware datetimes, whatever table holds the answers.

Datetimes become integer microseconds since 1970-01-01T00:00Z and the answers datetimes in
the zone of the question. A `Calendar` has answers that grow, a `CompiledCalendar` its own;
both take questions by this one face.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from uphold.worktime.errors import EmptyCalendar, OutOfRange
from uphold.worktime.special_days import instant_us
from uphold.worktime.working_days import Begins, Ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from uphold.worktime.compiled import CompiledCalendar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_T = TypeVar("_T")


class Answers(Protocol):
    """A compiled calendar, and what can be done when it does not reach far enough."""

    @property
    def table(self) -> CompiledCalendar:
        """What is written out now."""

    def asked(self, instant: int, question: Callable[[CompiledCalendar], _T]) -> _T:
        """Return the answer to a question about an instant, or raise a CalendarError."""

    def reach(self, instant: int) -> None:
        """See to it that the table holds an instant, where that can be done."""


class FixedAnswers:
    """The answers of one compiled calendar, which refuses by itself what it does not hold."""

    __slots__ = ("table",)

    def __init__(self, table: CompiledCalendar) -> None:
        """Take the calendar that answers."""
        self.table = table

    def asked(self, instant: int, question: Callable[[CompiledCalendar], _T]) -> _T:
        """Return the calendar's answer."""
        return question(self.table)

    def reach(self, instant: int) -> None:
        """Do nothing: the calendar is written out for good."""


class AskedInDatetimes:
    """Working time between aware datetimes, answered in the zone of the question.

    A datetime without a zone raises NaiveDatetime; a question beyond what is known raises
    OutOfRange; one that needs working time where there is none at all, EmptyCalendar.
    """

    if TYPE_CHECKING:

        @property
        def _answers(self) -> Answers: ...

    # The datetime at 1970-01-01T00:00Z in the zone last answered in; see `_datetime`.
    _epoch: datetime = _EPOCH

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Return the earliest instant with `amount` of working time since `start`.

        In the zone of `start`. A zero amount gives `start` itself; a negative one counts
        back, as `sub` does.
        """
        # Written out in full and not called, since this is asked the most. In the zone last
        # answered in, Python need not look an offset up twice.
        zone, epoch = start.tzinfo if isinstance(start, datetime) else None, self._epoch
        try:
            us = (amount.days * 86_400 + amount.seconds) * 1_000_000 + amount.microseconds
        except AttributeError:
            raise _no_timedelta(amount) from None
        if zone is None or zone is not epoch.tzinfo:
            return self._datetime(self._add(instant_us(start), us), start)
        since = (start - epoch) - start.utcoffset()  # type: ignore[operator]
        begins = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        try:
            result = self._answers.table.add_us(begins, us)
        except (OutOfRange, EmptyCalendar):
            result = self._add(begins, us)
        return zone.fromutc(epoch + _MICROSECOND * result)

    def _add(self, start: int, amount: int) -> int:
        return self._answers.asked(start, lambda table: table.add_us(start, amount))

    def sub(self, end: datetime, amount: timedelta) -> datetime:
        """Return the latest instant with `amount` of working time from it to `end`."""
        if not isinstance(amount, timedelta):
            raise _no_timedelta(amount)
        return self._datetime(self._add(instant_us(end), -(amount // _MICROSECOND)), end)

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """Return the working time from one instant to another; negative if back in time."""
        first, last = instant_us(begin), instant_us(end)
        self._answers.reach(last)
        us = self._answers.asked(first, lambda table: table.between_us(first, last))
        return timedelta(microseconds=us)

    def add_days(self, start: datetime, count: int, ends: Ends = "closing") -> datetime:
        """Return when `count` working days from `start` end.

        The own date of `start` is not counted, even when closed or before opening; any day
        with opening hours is a working day; the last one ends at its "closing", at the
        "same time" as `start` moved into that day's hours, or at "end of day" (24:00).
        """
        us = instant_us(start)
        return self._datetime(
            self._answers.asked(us, lambda table: table.add_days_us(us, count, ends)), start
        )

    def sub_days(self, start: datetime, count: int, begins: Begins = "opening") -> datetime:
        """Return when `count` whole working days before a planned `start` begin."""
        us = instant_us(start)
        return self._datetime(
            self._answers.asked(us, lambda table: table.sub_days_us(us, count, begins)), start
        )

    def is_open(self, moment: datetime) -> bool:
        """Tell whether an instant lies in opening hours, which are half-open."""
        us = instant_us(moment)
        return self._answers.asked(us, lambda table: table.is_open_us(us))

    def next_open(self, moment: datetime) -> datetime:
        """Return the first open instant from `moment` on: itself if it is open."""
        us = instant_us(moment)
        result = self._answers.asked(us, lambda table: table.next_open_us(us))
        return self._datetime(result, moment)

    def previous_close(self, moment: datetime) -> datetime:
        """Return the last closing at or before `moment`, also when it is open then."""
        us = instant_us(moment)
        return self._datetime(
            self._answers.asked(us, lambda table: table.previous_close_us(us)), moment
        )

    def spans(self, begin: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """Return the half-open spans of working time within, in UTC."""
        first, last = instant_us(begin), instant_us(end)
        self._answers.reach(last)
        found = self._answers.asked(first, lambda table: table.spans_us(first, last))
        return tuple(
            (_EPOCH + timedelta(0, 0, start), _EPOCH + timedelta(0, 0, stop))
            for start, stop in found
        )

    def add_many(self, starts: ArrayLike, amounts: ArrayLike | timedelta) -> NDArray[np.datetime64]:
        """Return `add` of each datetime64, taken as UTC, and timedelta64; they broadcast."""
        from uphold.worktime import arrays, ask_many

        first, second = arrays.instants("starts", starts), arrays.amounts("amounts", amounts)
        return arrays.as_instants(ask_many.add(self._answers, first, second))

    def between_many(self, begins: ArrayLike, ends: ArrayLike) -> NDArray[np.timedelta64]:
        """Return `between` of each pair of datetime64, taken as UTC; they broadcast."""
        from uphold.worktime import arrays, ask_many

        first, second = arrays.instants("begins", begins), arrays.instants("ends", ends)
        return arrays.as_amounts(ask_many.between(self._answers, first, second))

    def _datetime(self, instant: int, like: datetime) -> datetime:
        """Return an instant as a datetime in the zone of another."""
        zone, epoch = like.tzinfo, self._epoch
        assert zone is not None
        if epoch.tzinfo is not zone:
            # The wall time at the epoch in UTC, marked with the zone, as fromutc wants it.
            self._epoch = epoch = datetime(1970, 1, 1, tzinfo=zone)
        return zone.fromutc(epoch + _MICROSECOND * instant)


def _no_timedelta(amount: object) -> TypeError:
    return TypeError(f"expected a timedelta, got {amount!r}; say timedelta(hours=8)")
