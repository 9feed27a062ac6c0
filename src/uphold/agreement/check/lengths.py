"""Comparing lengths of time where that can be done without a calendar."""

from __future__ import annotations

from fractions import Fraction

from uphold.agreement.phrases.lengths import Duration
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed, Working

_DAY = 24 * 3_600_000_000


def in_days(duration: Duration) -> tuple[Fraction, Fraction] | None:
    """The fewest and the most calendar days that a duration can take; None for working time."""
    if isinstance(duration, Elapsed):
        exact = Fraction(duration.us, _DAY)
        return exact, exact
    if isinstance(duration, CalendarDays):
        return Fraction(duration.n), Fraction(duration.n)
    if isinstance(duration, CalendarMonths):
        return Fraction(duration.n * 28), Fraction(duration.n * 31)
    return None


def is_longer(one: Duration, other: Duration) -> bool:
    """Whether one duration is longer than the other whatever the calendar."""
    if type(one) is type(other):
        return _count(one) > _count(other)
    first, second = in_days(one), in_days(other)
    return first is not None and second is not None and first[0] > second[1]


def _count(duration: Duration) -> int:
    return duration.us if isinstance(duration, Elapsed | Working) else duration.n
