"""Durations of an agreement as plain lengths of time, where no calendar counts them."""

from __future__ import annotations

from uphold.agreement.phrases.lengths import Duration
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed, Working, WorkingDays
from uphold.worktime.zone import DAY

_MONTH = 30 * DAY


def plain_length(duration: Duration) -> int:
    """The length in microseconds; a day is 24 hours, a month 30 days."""
    match duration:
        case Elapsed(us) | Working(us):
            return us
        case CalendarDays(n) | WorkingDays(n):
            return n * DAY
        case CalendarMonths(n):
            return n * _MONTH
