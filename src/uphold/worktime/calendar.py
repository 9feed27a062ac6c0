"""When people work: a zone, weekly hours, holidays and exceptions, and arithmetic on them.

A `Calendar` takes and gives aware datetimes. It writes itself out a few years at a time,
as questions reach further; `compiled` writes a stretch out for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from uphold.worktime.compiled import CompiledCalendar
from uphold.worktime.datetimes import AskedInDatetimes
from uphold.worktime.growing import GrowingTable
from uphold.worktime.rules import Operation
from uphold.worktime.source import CombinedSource, Source, weekly_source
from uphold.worktime.special_days import instant_us
from uphold.worktime.zone import DAY, day_date, day_number, find_zone

_DEFAULT_SINCE = day_number(date(2000, 1, 1))
_YEAR = 366


class Calendar(AskedInDatetimes):
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

    _answers: GrowingTable

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
        self._answers = GrowingTable(source, name)

    @classmethod
    def always(cls, zone: str) -> Calendar:
        """Return the calendar that never closes, with its dates counted in a zone."""
        return cls(zone, {"mon-sun": "00:00-24:00"}, name="always")

    def holiday_name(self, day: date) -> str | None:
        """Return the name of a holiday ("" if it was only listed); None for other dates."""
        return self._answers.asked(day_number(day) * DAY, lambda table: table.holiday_name(day))

    def compiled(self, until: date, since: date | None = None) -> CompiledCalendar:
        """Return the calendar with holidays and zone changes written out.

        It takes the same questions in datetimes, and gives the same answers as far as it
        was written out; beyond that it raises OutOfRange.
        Both dates are included; an aware datetime counts as its date in the calendar's
        zone. Without `since` it begins on 2000-01-01, or a year before `until` if that is
        earlier, or when its holidays are first known if that is later.
        """
        last = self._day(until)
        earliest = max(min(_DEFAULT_SINCE, last - _YEAR), self._answers.first_known)
        first = earliest if since is None else self._day(since)
        return self._answers.written(min(first, last), last)

    def _day(self, value: date) -> int:
        if isinstance(value, datetime):
            instant_us(value)
            return day_number(value.astimezone(find_zone(self.zone_name)).date())
        return day_number(value)

    @property
    def name(self) -> str | None:
        """What people call it."""
        return self._answers.name

    @property
    def zone_name(self) -> str:
        """The IANA name of the zone that its hours and dates are in."""
        return self._answers.source.zone_name

    @property
    def known(self) -> tuple[date, date]:
        """The first and last date it can answer for, both included."""
        return day_date(self._answers.first_known), day_date(self._answers.last_known)

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
        sources = self._answers.source, other._answers.source
        calendar._set(CombinedSource(operation, *sources), name)
        return calendar

    def __repr__(self) -> str:
        """Name the calendar and its zone."""
        label = f"{self.name!r}, " if self.name else ""
        return f"Calendar({label}{self.zone_name!r})"
