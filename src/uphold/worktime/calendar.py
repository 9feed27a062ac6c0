"""When people work: a zone, weekly hours, holidays and exceptions, and arithmetic on them.

A `Calendar` takes and gives aware datetimes. It writes itself out a few years at a time,
as questions reach further; `compiled` writes a stretch out for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from uphold.worktime.compiled import CompiledCalendar
from uphold.worktime.errors import EmptyCalendar, OutOfRange
from uphold.worktime.growing import GrowingTable
from uphold.worktime.rules import Operation
from uphold.worktime.source import CombinedSource, Source, weekly_source
from uphold.worktime.special_days import instant_us
from uphold.worktime.working_days import Begins, Ends
from uphold.worktime.zone import DAY, day_date, day_number, find_zone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DEFAULT_SINCE = day_number(date(2000, 1, 1))
_YEAR = 366


class Calendar:
    """Opening hours in a zone; immutable.

    `zone` is an IANA name. `hours` maps weekdays to hours: {"mon-fri": "08:00-12:00,
    13:00-17:00", "sat": "22:00-06:00"}. `holidays` is a country or region ("NO", "US-RI"),
    an .ics path, dates, or a list of these. `closed` and `opened` are dates, pairs, dates
    with hours or ISO 8601 intervals, in the zone's wall time unless they say otherwise.

    A shift belongs to the date it begins on: a holiday closes the shifts that begin on it,
    and the tail of the night shift from the day before is worked to its end. A date opened
    as a whole has its weekday's usual hours, holiday or not. `closed` stretches are cut
    out of any shift; `opened` stretches are added last.
    """

    def __init__(
        self,
        zone: str,
        hours: Mapping[str, object],
        holidays: object = None,
        closed: object = (),
        opened: object = (),
        name: str | None = None,
    ) -> None:
        """Read the calendar, or raise a CalendarError that says what cannot be read."""
        self._set(weekly_source(zone, hours, holidays, closed, opened), name)

    def _set(self, source: Source, name: str | None) -> None:
        self._growing = GrowingTable(source, name)
        # The datetime at 1970-01-01T00:00Z in the zone last answered in; see `_datetime`.
        self._epoch = _EPOCH

    @classmethod
    def always(cls, zone: str) -> Calendar:
        """Return the calendar that never closes, with its dates counted in a zone."""
        return cls(zone, {"mon-sun": "00:00-24:00"}, name="always")

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
            result = self._growing.table.add_us(begins, us)
        except (OutOfRange, EmptyCalendar):
            result = self._add(begins, us)
        return zone.fromutc(epoch + _MICROSECOND * result)

    def _add(self, start: int, amount: int) -> int:
        return self._growing.asked(start, lambda table: table.add_us(start, amount))

    def sub(self, end: datetime, amount: timedelta) -> datetime:
        """Return the latest instant with `amount` of working time from it to `end`."""
        if not isinstance(amount, timedelta):
            raise _no_timedelta(amount)
        return self._datetime(self._add(instant_us(end), -(amount // _MICROSECOND)), end)

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """Return the working time from one instant to another; negative if back in time."""
        first, last = instant_us(begin), instant_us(end)
        self._growing.reach(last)
        us = self._growing.asked(first, lambda table: table.between_us(first, last))
        return timedelta(microseconds=us)

    def add_days(self, start: datetime, count: int, ends: Ends = "closing") -> datetime:
        """Return when `count` working days from `start` end.

        The own date of `start` is not counted, even when closed or before opening; any day
        with opening hours is a working day; the last one ends at its "closing", at the
        "same time" as `start` moved into that day's hours, or at "end of day" (24:00).
        """
        us = instant_us(start)
        return self._datetime(
            self._growing.asked(us, lambda table: table.add_days_us(us, count, ends)), start
        )

    def sub_days(self, start: datetime, count: int, begins: Begins = "opening") -> datetime:
        """Return when `count` whole working days before a planned `start` begin."""
        us = instant_us(start)
        return self._datetime(
            self._growing.asked(us, lambda table: table.sub_days_us(us, count, begins)), start
        )

    def is_open(self, moment: datetime) -> bool:
        """Tell whether an instant lies in opening hours, which are half-open."""
        us = instant_us(moment)
        return self._growing.asked(us, lambda table: table.is_open_us(us))

    def next_open(self, moment: datetime) -> datetime:
        """Return the first open instant from `moment` on: itself if it is open."""
        us = instant_us(moment)
        result = self._growing.asked(us, lambda table: table.next_open_us(us))
        return self._datetime(result, moment)

    def previous_close(self, moment: datetime) -> datetime:
        """Return the last closing at or before `moment`, also when it is open then."""
        us = instant_us(moment)
        return self._datetime(
            self._growing.asked(us, lambda table: table.previous_close_us(us)), moment
        )

    def spans(self, begin: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """Return the half-open spans of working time within, in UTC."""
        first, last = instant_us(begin), instant_us(end)
        self._growing.reach(last)
        found = self._growing.asked(first, lambda table: table.spans_us(first, last))
        return tuple(
            (_EPOCH + timedelta(0, 0, start), _EPOCH + timedelta(0, 0, stop))
            for start, stop in found
        )

    def add_many(self, starts: ArrayLike, amounts: ArrayLike | timedelta) -> NDArray[np.datetime64]:
        """Return `add` of each datetime64, taken as UTC, and timedelta64; they broadcast."""
        from uphold.worktime import arrays, ask_many

        first, second = arrays.instants("starts", starts), arrays.amounts("amounts", amounts)
        return arrays.as_instants(ask_many.add(self._growing, first, second))

    def between_many(self, begins: ArrayLike, ends: ArrayLike) -> NDArray[np.timedelta64]:
        """Return `between` of each pair of datetime64, taken as UTC; they broadcast."""
        from uphold.worktime import arrays, ask_many

        first, second = arrays.instants("begins", begins), arrays.instants("ends", ends)
        return arrays.as_amounts(ask_many.between(self._growing, first, second))

    def holiday_name(self, day: date) -> str | None:
        """Return the name of a holiday ("" if it was only listed); None for other dates."""
        return self._growing.asked(day_number(day) * DAY, lambda table: table.holiday_name(day))

    def compiled(self, until: date, since: date | None = None) -> CompiledCalendar:
        """Return the calendar with holidays and zone changes written out.

        Both dates are included; an aware datetime counts as its date in the calendar's
        zone. Without `since` it begins on 2000-01-01, or a year before `until` if that is
        earlier, or when its holidays are first known if that is later.
        """
        last = self._day(until)
        earliest = max(min(_DEFAULT_SINCE, last - _YEAR), self._growing.first_known)
        first = earliest if since is None else self._day(since)
        return self._growing.written(min(first, last), last)

    def _day(self, value: date) -> int:
        if isinstance(value, datetime):
            instant_us(value)
            return day_number(value.astimezone(find_zone(self.zone_name)).date())
        return day_number(value)

    @property
    def name(self) -> str | None:
        """What people call it."""
        return self._growing.name

    @property
    def zone_name(self) -> str:
        """The IANA name of the zone that its hours and dates are in."""
        return self._growing.source.zone_name

    @property
    def known(self) -> tuple[date, date]:
        """The first and last date it can answer for, both included."""
        return day_date(self._growing.first_known), day_date(self._growing.last_known)

    def union(self, other: Calendar, name: str | None = None) -> Calendar:
        """Return the calendar that is open when either is."""
        return self._combined("union", other, name)

    def intersection(self, other: Calendar, name: str | None = None) -> Calendar:
        """Return the calendar that is open when both are."""
        return self._combined("intersection", other, name)

    def difference(self, other: Calendar, name: str | None = None) -> Calendar:
        """Return the calendar that is open when this one is and the other is not."""
        return self._combined("difference", other, name)

    __or__ = union
    __and__ = intersection
    __sub__ = difference

    def _combined(self, operation: Operation, other: Calendar, name: str | None) -> Calendar:
        calendar = Calendar.__new__(Calendar)
        sources = self._growing.source, other._growing.source
        calendar._set(CombinedSource(operation, *sources), name)
        return calendar

    def _datetime(self, instant: int, like: datetime) -> datetime:
        """Return an instant as a datetime in the zone of another."""
        zone, epoch = like.tzinfo, self._epoch
        assert zone is not None
        if epoch.tzinfo is not zone:
            # The wall time at the epoch in UTC, marked with the zone, as fromutc wants it.
            self._epoch = epoch = datetime(1970, 1, 1, tzinfo=zone)
        return zone.fromutc(epoch + _MICROSECOND * instant)

    def __repr__(self) -> str:
        """Name the calendar and its zone."""
        label = f"{self.name!r}, " if self.name else ""
        return f"Calendar({label}{self.zone_name!r})"


def _no_timedelta(amount: object) -> TypeError:
    return TypeError(f"expected a timedelta, got {amount!r}; say timedelta(hours=8)")
