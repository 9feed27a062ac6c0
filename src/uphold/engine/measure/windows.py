"""The windows that figures are for: months, lengths of months, years of a contract, fixed days.

Whole dates in one zone; an instant is only made of them at the end, so that a window over a
change of the clocks has its true length.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from uphold.agreement.phrases.measures import WindowOf
from uphold.engine.measure.figure import Window
from uphold.worktime.durations import CalendarDays, CalendarMonths
from uphold.worktime.zone import DAY, ZoneTable, day_date, day_number

_MONTHS_OF = {"calendar month": 1, "calendar quarter": 3, "calendar year": 12}


def windows_between(
    rule: WindowOf, zone: ZoneTable, since: int, until: int, anchor: int, *, back: bool = False
) -> tuple[Window, ...]:
    """The whole windows that share time with `since` to `until` (microseconds), by their end.

    Of lengths of months, the only one that ends behind `until` is the next to end. `anchor` is the
    instant whose date contract years and windows of a number of days are counted from; with `back`
    they are counted back from it, too.
    """
    if since >= until:
        return ()
    first, last = zone.day_of(since), zone.day_of(until - 1)
    if isinstance(rule.length, CalendarMonths):
        found = _lengths(rule.length.n, first, last)
    elif rule.period in _MONTHS_OF:
        found = _periods(_MONTHS_OF[rule.period], first, last)
    else:
        start = zone.day_of(anchor)
        if isinstance(rule.length, CalendarDays):
            found = _days(rule.length.n, start, first, last)
        else:
            found = _contract_years(start, first, last)
        if not back:
            found = (each for each in found if each[1] >= start)
    return tuple(_window(zone, *each) for each in found)


def months_around(count: int, day: int) -> tuple[int, int]:
    """The first day of the month, quarter or year that holds one, and the day behind its last."""
    start = _month_of(day) // count * count
    return _first_day(start), _first_day(start + count)


def months_from(zone: ZoneTable, start: int, count: int) -> Window:
    """The window of so many whole months from an instant on, the first of a month."""
    month = _month_of(zone.day_of(start))
    return _window(zone, *_months(month, count))


_Dates = tuple[str, int, int]
"""A window's label, its first day, and the day behind its last."""


def _window(zone: ZoneTable, label: str, first: int, behind: int) -> Window:
    start, end = zone.opening_us(first * DAY), zone.opening_us(behind * DAY)
    return Window(label, start, end, (start, end), zone.name)


def _lengths(count: int, first: int, last: int) -> Iterator[_Dates]:
    """So many whole months, one ending with each month."""
    for ending in range(_month_of(first), _month_of(last) + 1):
        yield _months(ending - count + 1, count)


def _periods(count: int, first: int, last: int) -> Iterator[_Dates]:
    """Calendar months, quarters or years."""
    start = _month_of(first) // count * count
    for month in range(start, _month_of(last) + 1, count):
        yield _months(month, count, named=True)


def _days(count: int, anchor: int, first: int, last: int) -> Iterator[_Dates]:
    """Windows of so many dates, one behind the other."""
    for start in range(anchor + (first - anchor) // count * count, last + 1, count):
        yield _label_of_days(start, start + count), start, start + count


def _contract_years(anchor: int, first: int, last: int) -> Iterator[_Dates]:
    """Years from the anchor's date; from 29 February, the 28th where there is no 29th."""
    for number in range(
        day_date(first).year - day_date(anchor).year - 1,
        day_date(last).year - day_date(anchor).year + 1,
    ):
        start, behind = _year_on(anchor, number), _year_on(anchor, number + 1)
        if behind > first and start <= last:
            yield _label_of_days(start, behind), start, behind


def _year_on(anchor: int, count: int) -> int:
    day = day_date(anchor)
    year = day.year + count
    return day_number(date(year, day.month, min(day.day, monthrange(year, day.month)[1])))


def _months(month: int, count: int, *, named: bool = False) -> _Dates:
    return _label_of_months(month, count, named), _first_day(month), _first_day(month + count)


def _label_of_months(month: int, count: int, named: bool) -> str:
    year, place = divmod(month, 12)
    if count == 1:
        return f"{year:04d}-{place + 1:02d}"
    if named:
        return f"{year:04d}" if count == 12 else f"{year:04d}-Q{place // 3 + 1}"
    return f"{_label_of_months(month, 1, False)}..{_label_of_months(month + count - 1, 1, False)}"


def _label_of_days(first: int, behind: int) -> str:
    return f"{day_date(first)}..{day_date(behind - 1)}"


def _month_of(day: int) -> int:
    """The number of a date's month, counted from the year 0."""
    at = day_date(day)
    return at.year * 12 + at.month - 1


def _first_day(month: int) -> int:
    year, place = divmod(month, 12)
    return day_number(date(year, place + 1, 1))
