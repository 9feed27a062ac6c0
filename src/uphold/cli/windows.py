"""Windows as they are named on the command line: `2026-08`, `2026-Q3`, `2026-03..2027-02`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from uphold.cli.refusal import Refusal
from uphold.messages import Message, message
from uphold.worktime.zone import DAY, day_number, zone_table

WINDOW_FORMS = ("2026-08", "2026-Q3", "2026", "2026-03..2027-02", "2026-08-01..2026-08-31")
_YEAR = r"(19[7-9]\d|2[01]\d\d)"
_PART = re.compile(rf"{_YEAR}(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?", re.ASCII)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The stretch of time that a name stands for, half-open, in microseconds since 1970."""

    label: str
    start: int
    end: int


def window(text: str, zone: str) -> Period:
    """The window of that name, its days those of a zone; both ends of a range are in it.

    Raises `Refusal` with the forms that a window has.
    """
    first, dots, last = text.strip().partition("..")
    begins = _days(first, text)
    ends = _days(last, text) if dots else begins
    if ends[1] <= begins[0]:
        raise Refusal(message("cli.window-backwards", found=text), _forms())
    table = zone_table(zone, day_number(begins[0]) - 1, day_number(ends[1]) + 1)
    start, end = (table.opening_us(day_number(day) * DAY) for day in (begins[0], ends[1]))
    return Period(text.strip(), start, end)


def _days(part: str, text: str) -> tuple[date, date]:
    """The first day of a year, quarter, month or day, and the first day behind it."""
    match = _PART.fullmatch(part.strip())
    if match is None:
        raise Refusal(message("cli.window-unreadable", found=text), _forms())
    year, quarter, month, day = (int(each) if each else None for each in match.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            named = date(year, month, day)
            return named, date.fromordinal(named.toordinal() + 1)
        if month is not None:
            return date(year, month, 1), _first_behind(year, month)
    except ValueError:
        raise Refusal(message("cli.window-unreadable", found=text), _forms()) from None
    if quarter is not None:
        return date(year, 3 * quarter - 2, 1), _first_behind(year, 3 * quarter)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _first_behind(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)


def _forms() -> Message:
    return message("cli.window-forms", forms=WINDOW_FORMS)
