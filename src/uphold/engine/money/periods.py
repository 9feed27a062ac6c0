"""Months, quarters and years of a zone, as caps, counts of misses and invoices go by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uphold.worktime import CompiledCalendar
from uphold.worktime.zone import DAY, day_date, day_number

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar month, quarter or year; half-open, in microseconds.

    `label` is `2027-02`, `2027-Q1` or `2027`.
    """

    label: str
    start: int
    end: int


def period_of(calendar: CompiledCalendar, kind: str, instant: int) -> Period:
    """The month, quarter or year of the calendar's zone that holds an instant."""
    day = day_date(calendar.zone.day_of(instant))
    length = MONTHS[kind]
    first = (day.month - 1) // length * length + 1
    start = date(day.year, first, 1)
    return Period(
        _label(kind, start), midnight(calendar, start), midnight(calendar, _on(start, length))
    )


def next_month(calendar: CompiledCalendar, instant: int) -> int:
    """The first day of the month after the one that holds an instant."""
    return period_of(calendar, "month", instant).end


def midnight(calendar: CompiledCalendar, day: date) -> int:
    """The instant at which a date begins in the calendar's zone."""
    return calendar.zone.opening_us(day_number(day) * DAY)


def _on(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _label(kind: str, start: date) -> str:
    if kind == "year":
        return f"{start.year:04}"
    if kind == "quarter":
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    return f"{start.year:04}-{start.month:02}"
