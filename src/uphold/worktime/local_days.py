"""Counting dates and months on the calendar of a zone, open or closed.

A result keeps the wall time. One in a spring gap moves to the gap's end; of a repeated
one the second counts going forward and the first going back, as closing and opening do.
"""

from calendar import monthrange
from datetime import date
from typing import Literal

from uphold.worktime.errors import BadCount
from uphold.worktime.zone import DAY, ZoneTable, day_date, day_number

CalendarEnds = Literal["same time", "end of day"]


def day_end(zone: ZoneTable, day: int) -> int:
    """Return 24:00 of a date, as an instant."""
    return zone.closing_us((day + 1) * DAY)


def add_days(zone: ZoneTable, instant: int, count: int, ends: CalendarEnds) -> int:
    """Return the instant `count` dates on."""
    day, clock = divmod(zone.wall_us(instant), DAY)
    return _reach(zone, instant, day + count, clock, count, ends)


def add_months(zone: ZoneTable, instant: int, count: int, ends: CalendarEnds) -> int:
    """Return the instant `count` months on; the 31st becomes the last day there is."""
    number, clock = divmod(zone.wall_us(instant), DAY)
    day = day_date(number)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise BadCount(f"{count} months from {day} is in year {year}", "count fewer months")
    last = monthrange(year, month + 1)[1]
    reached = day_number(date(year, month + 1, min(day.day, last)))
    return _reach(zone, instant, reached, clock, count, ends)


def _reach(
    zone: ZoneTable, instant: int, day: int, clock: int, count: int, ends: CalendarEnds
) -> int:
    if ends == "end of day":
        return day_end(zone, day)
    if ends != "same time":
        raise BadCount(f'"{ends}" is no rule for the day\'s limit', 'use "same time", "end of day"')
    if count == 0:
        return instant
    wall = day * DAY + clock
    return zone.closing_us(wall) if count > 0 else zone.opening_us(wall)
