"""Adding any duration to an instant: each type of duration by its own rule.

Instants are microseconds since 1970-01-01T00:00Z, in and out.
"""

from __future__ import annotations

from typing import Literal

from uphold.agreement.phrases.lengths import Duration
from uphold.agreement.phrases.targets import DayRule
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed, Working

CLOSING = DayRule("closing")


def add_plain(
    calendar: CompiledCalendar, start: int, duration: Duration, days: DayRule = CLOSING
) -> int:
    """The instant at which the duration since `start` is over (design, "Working time").

    Working time counts in the calendar's hours, working days end by `days`, calendar days and
    months keep the wall time of the calendar's zone unless `days` says `end of day`.
    """
    if isinstance(duration, Elapsed):
        return start + duration.us
    if isinstance(duration, Working):
        return calendar.add_us(start, duration.us)
    calendar_ends: Literal["end of day", "same time"]
    calendar_ends = "end of day" if days.ends == "end of day" else "same time"
    if isinstance(duration, CalendarDays):
        return calendar.add_calendar_days_us(start, duration.n, calendar_ends)
    if isinstance(duration, CalendarMonths):
        moved = calendar.add_months_us(start, duration.n)
        return calendar.day_end_us(moved) if calendar_ends == "end of day" else moved
    if days.hours is not None:
        return calendar.add_us(start, duration.n * days.hours.us)
    return calendar.add_days_us(start, duration.n, days.ends)


def subtract_plain(calendar: CompiledCalendar, end: int, duration: Duration) -> int:
    """The latest instant that lies at least the duration before `end`.

    Calendar days and months keep the wall time; working days count back from the end's date.
    """
    if isinstance(duration, Elapsed):
        return end - duration.us
    if isinstance(duration, Working):
        return calendar.sub_us(end, duration.us)
    if isinstance(duration, CalendarDays):
        return calendar.add_calendar_days_us(end, -duration.n, "same time")
    if isinstance(duration, CalendarMonths):
        return calendar.add_months_us(end, -duration.n)
    return calendar.sub_days_us(end, duration.n)


def is_working(duration: Duration) -> bool:
    """Whether the duration counts in a calendar's hours rather than round the clock."""
    return not isinstance(duration, Elapsed | CalendarDays | CalendarMonths)
