"""Instants, lengths and shares of the engine as JSON values, without reading any installed table.

Shared by everything that writes figures, outages and credits as JSON, so that they spell alike.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.engine.measure.figure import Window
from uphold.engine.measure.spans import Span
from uphold.engine.shown import shown
from uphold.messages.vocabulary import instant_to_json
from uphold.worktime import CompiledCalendar

_SECOND = 1_000_000
_MOST_DIGITS = 20


def calendar_in(agreement: Agreement, zone: str) -> CompiledCalendar:
    """The agreement's written-out calendar that knows a zone, round the clock where there is one.

    One of working hours may be written out for fewer years. Without any, the agreement's own.
    """
    if agreement.always.zone.name == zone:
        return agreement.always
    own = agreement.calendars.get(f"{ALWAYS} in {zone}")
    if own is not None:
        return own
    calendars = (calendar for _, calendar in sorted(agreement.calendars.items()))
    return next((each for each in calendars if each.zone.name == zone), agreement.always)


def instant(calendar: CompiledCalendar, us: int) -> str:
    """An instant in microseconds as RFC 3339 text with the offset of the calendar's zone."""
    return instant_to_json(shown(calendar, us))


def optional_instant(calendar: CompiledCalendar, us: int | None) -> str | None:
    """The same of an instant that there may not be."""
    return None if us is None else instant(calendar, us)


def span(calendar: CompiledCalendar, stretch: Span) -> dict[str, str]:
    """A half-open stretch of time as its two instants."""
    return {"start": instant(calendar, stretch[0]), "end": instant(calendar, stretch[1])}


def window(calendar: CompiledCalendar, given: Window) -> dict[str, Any]:
    """A window as clipped, and the whole window where that is longer."""
    found: dict[str, Any] = {
        **span(calendar, (given.start, given.end)),
        "label": given.label,
        "partial": given.partial,
        "zone": given.zone,
    }
    if given.partial:
        found["whole"] = span(calendar, given.whole)
    return found


def seconds(us: int) -> int | float:
    """A length in seconds; parts of one as a decimal, for JSON alone."""
    return us // _SECOND if us % _SECOND == 0 else us / _SECOND


def optional_seconds(us: int | Fraction | None) -> int | float | None:
    """The same of a length that there may not be; a mean is cut off to the microsecond."""
    return None if us is None else seconds(us.numerator // us.denominator)


def fraction(share: Fraction | None) -> str | None:
    """An exact share as text: "719/720"; None stays None."""
    return None if share is None else f"{share.numerator}/{share.denominator}"


def percentage(share: Fraction) -> str:
    """A share of one as a percentage with all its digits: "99.95"; cut off where there is no end.

    Shares that agreements state are decimals, so they end within as many digits as were written.
    """
    whole, rest = divmod(share.numerator * 100, share.denominator)
    digits = ""
    while rest and len(digits) < _MOST_DIGITS:
        digit, rest = divmod(rest * 10, share.denominator)
        digits += str(digit)
    return f"{whole}.{digits}" if digits else str(whole)
