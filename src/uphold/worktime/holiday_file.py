"""Holidays from an iCalendar (.ics) file, RFC 5545.

An all-day event is a holiday on each of its dates; a timed event closes its own time, in
the calendar's zone if it names none. Recurring events recur. Cancelled events are left
out; whether an event is "free" or "busy" is not asked, since holiday feeds are "free".
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from uphold.worktime.errors import HolidayFileProblem
from uphold.worktime.public_holidays import Holiday, HolidaysFound
from uphold.worktime.special_days import (
    InstantStretch,
    SpecialDay,
    WallStretch,
    instant_us,
    wall_us,
)
from uphold.worktime.zone import day_date, day_number

_MOST_BYTES = 10_000_000
_MOST_COUNTED = 10_000
# A rule without an end is trusted for a lifetime, not for ever.
_YEARS_OF_A_RULE = 100
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


class HolidayFile:
    """The events of one file, known for the years they lie in."""

    __slots__ = ("_calendar", "known", "path")

    def __init__(self, path: Path) -> None:
        """Read a file, or raise HolidayFileProblem."""
        self.path = path
        self._calendar = _read(path)
        events = [event for event in self._calendar.walk("VEVENT") if "DTSTART" in event]
        years = [year for event in events for year in _years(path, event)]
        if not years:
            raise HolidayFileProblem(path, "it holds no event")
        self.known = (
            day_number(date(min(years), 1, 1)),
            day_number(date(max(years), 12, 31)),
        )

    def between(self, first_day: int, last_day: int) -> HolidaysFound:
        """Return what falls within, recurrences too."""
        days: dict[int, str] = {}
        closed: list[SpecialDay] = []
        for event in self._occurrences(first_day, last_day):
            begins, ends = event["DTSTART"].dt, event["DTEND"].dt
            if isinstance(begins, datetime):
                stretch = _stretch(begins, ends)
                closed += [] if stretch is None else [stretch]
            else:
                last = max(day_number(ends), day_number(begins) + 1)
                for day in range(day_number(begins), last):
                    days.setdefault(day, str(event.get("SUMMARY", "")))
        within: tuple[Holiday, ...] = tuple(
            (day, name) for day, name in sorted(days.items()) if first_day <= day <= last_day
        )
        return HolidaysFound(within, tuple(sorted(closed, key=str)))

    def _occurrences(self, first_day: int, last_day: int) -> Iterator[Any]:
        from recurring_ical_events import of

        first, last = max(first_day, self.known[0]), min(last_day, self.known[1])
        if first > last:
            return
        begins, ends = day_date(first), day_date(last) + timedelta(days=1)
        for event in of(self._calendar).between(begins, ends):
            if str(event.get("STATUS", "")).upper() != "CANCELLED":
                yield event

    def __str__(self) -> str:
        """Name the source."""
        return self.path.name


def _read(path: Path) -> Any:
    from icalendar import Calendar

    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise HolidayFileProblem(path, f"it has {size} bytes; at most {_MOST_BYTES} are read")
        return Calendar.from_ical(path.read_bytes())
    except OSError as error:
        raise HolidayFileProblem(path, (error.strerror or str(error)).lower()) from error
    except HolidayFileProblem:
        raise
    except ValueError as error:
        raise HolidayFileProblem(path, f"it is no iCalendar file ({error})") from error


def _years(path: Path, event: Any) -> Iterator[int]:
    """Yield the years that an event and its last recurrence lie in."""
    begins = event["DTSTART"].dt
    yield begins.year
    if "DTEND" in event:
        ends = event["DTEND"].dt
        yield ends.year if isinstance(ends, datetime) else (ends - timedelta(days=1)).year
    yield from (extra.dt.year for extra in _extra_dates(event) if hasattr(extra.dt, "year"))
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        yield _last_year(path, begins, rule)


def _extra_dates(event: Any) -> Iterator[Any]:
    lists = event.get("RDATE", [])
    for entry in lists if isinstance(lists, list) else [lists]:
        yield from entry.dts


def _last_year(path: Path, begins: date, rule: Any) -> int:
    if _TOO_OFTEN & {str(often).upper() for often in rule.get("FREQ", [])}:
        raise HolidayFileProblem(path, "an event recurs more often than daily")
    if "UNTIL" in rule:
        return int(rule["UNTIL"][0].year)
    if "COUNT" not in rule:
        return begins.year + _YEARS_OF_A_RULE
    if rule["COUNT"][0] > _MOST_COUNTED:
        raise HolidayFileProblem(path, f"an event recurs more than {_MOST_COUNTED} times")
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    start = datetime(begins.year, begins.month, begins.day)
    return max(
        (day.year for day in rrulestr(rule.to_ical().decode(), dtstart=start)), default=begins.year
    )


def _stretch(begins: datetime, ends: datetime) -> SpecialDay | None:
    """Return the time of an event; one without length closes nothing."""
    if ends <= begins:
        return None
    if begins.tzinfo is None:
        return WallStretch(wall_us(begins), wall_us(ends))
    return InstantStretch(instant_us(begins), instant_us(ends))
