"""Durations: elapsed, working and calendar lengths of time, which never mix."""

from __future__ import annotations

import re
from decimal import Decimal

from uphold.agreement.phrases.error import PhraseError, unreadable
from uphold.agreement.phrases.numbers import NUMBER
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)

Duration = Elapsed | Working | WorkingDays | CalendarDays | CalendarMonths

_MICROSECONDS = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000}
_LENGTH = re.compile(rf"({NUMBER}|[a-z]+|-\S+) (?:(business|working|calendar) )?([a-z]+?)s?")
DURATION_FORMS = (
    "8 business hours",
    "5 working days",
    "20 calendar days",
    "2 hours",
    "30 minutes",
    "2 weeks",
    "12 months",
)
DURATION = (
    rf"{NUMBER} (?:(?:business|working|calendar) )?(?:second|minute|hour|day|week|month|year)s?"
)


def parse_duration(text: str) -> Duration:
    """One length of time.

    A bare `day` is refused as ambiguous: working days and calendar days differ. A week is seven
    calendar days, a year twelve calendar months.
    """
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        raise unreadable(text, "duration", DURATION_FORMS)
    number, kind, unit = match[1], match[2], match[3]
    if unit == "day" and kind is None:
        raise PhraseError("duration-ambiguous", found=text, number=number)
    if not re.fullmatch(NUMBER, number):
        raise unreadable(text, "duration", DURATION_FORMS)
    value = Decimal(number)
    if value == 0:
        raise PhraseError("duration-zero", found=text)
    if unit in _MICROSECONDS and kind != "calendar":
        exact = value * _MICROSECONDS[unit]
        if exact != int(exact):
            raise unreadable(text, "duration", DURATION_FORMS)
        return Elapsed(int(exact)) if kind is None else Working(int(exact))
    return _days(text, value, kind, unit)


def parse_elapsed(text: str) -> Elapsed:
    """A length of time round the clock: `5 minutes`."""
    duration = parse_duration(text)
    if not isinstance(duration, Elapsed):
        raise PhraseError("duration-not-elapsed", found=text)
    return duration


def _days(text: str, value: Decimal, kind: str | None, unit: str) -> Duration:
    if value != int(value):
        raise PhraseError("duration-fraction", found=text)
    count = int(value)
    if unit == "day":
        return CalendarDays(count) if kind == "calendar" else WorkingDays(count)
    if kind in (None, "calendar"):
        if unit == "week":
            return CalendarDays(7 * count)
        if unit in ("month", "year"):
            return CalendarMonths(count * (12 if unit == "year" else 1))
    raise unreadable(text, "duration", DURATION_FORMS)
