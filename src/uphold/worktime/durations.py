"""Durations that never mix: elapsed, working and calendar time are different types.

A bare "day" means two things, so no type here is called that. Values of different
types are never equal, and ordering or adding them raises TypeError. Nothing is
parsed here; these are what a parsed text becomes.
"""

from dataclasses import dataclass
from datetime import timedelta

MICROSECONDS_PER_SECOND = 1_000_000
_UNITS = ((3_600_000_000, "hour"), (60_000_000, "minute"), (1_000_000, "second"))


@dataclass(frozen=True, slots=True, order=True)
class Elapsed:
    """Time by the clock, round the clock. `us` is in microseconds."""

    us: int

    def __post_init__(self) -> None:
        _require_whole(self.us, "Elapsed")

    def __str__(self) -> str:
        """Return it in the largest unit that divides it: "90 minutes", never days."""
        return _in_words(self.us, "")

    @property
    def timedelta(self) -> timedelta:
        """The same length as a timedelta."""
        return timedelta(microseconds=self.us)


@dataclass(frozen=True, slots=True, order=True)
class Working:
    """Time counted only while a calendar is open. `us` is in microseconds."""

    us: int

    def __post_init__(self) -> None:
        _require_whole(self.us, "Working")

    def __str__(self) -> str:
        """Return it in the largest unit that divides it: "8 business hours"."""
        return _in_words(self.us, "business ")

    @property
    def timedelta(self) -> timedelta:
        """The same length as a timedelta."""
        return timedelta(microseconds=self.us)


@dataclass(frozen=True, slots=True, order=True)
class WorkingDays:
    """A count of days on which a calendar opens at all; see `Calendar.add_days`."""

    n: int

    def __post_init__(self) -> None:
        _require_whole(self.n, "WorkingDays")

    def __str__(self) -> str:
        """Return it as "5 working days"."""
        return _counted(str(self.n), "working day", self.n == 1)


@dataclass(frozen=True, slots=True, order=True)
class CalendarDays:
    """A count of dates in a named zone, open or not; not a multiple of 24 hours."""

    n: int

    def __post_init__(self) -> None:
        _require_whole(self.n, "CalendarDays")

    def __str__(self) -> str:
        """Return it as "20 calendar days"."""
        return _counted(str(self.n), "calendar day", self.n == 1)


@dataclass(frozen=True, slots=True, order=True)
class CalendarMonths:
    """A count of months in a named zone; the 31st becomes the last day there is."""

    n: int

    def __post_init__(self) -> None:
        _require_whole(self.n, "CalendarMonths")

    def __str__(self) -> str:
        """Return it as "12 calendar months"."""
        return _counted(str(self.n), "calendar month", self.n == 1)


Duration = Elapsed | Working | WorkingDays | CalendarDays | CalendarMonths


def _require_whole(value: object, name: str) -> None:
    """Refuse anything but an int: a float would round, a bool is a mistake."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} takes a whole number, not {value!r}")


def _in_words(us: int, kind: str) -> str:
    """Name a length in the largest of hours, minutes and seconds that divides it."""
    for size, unit in _UNITS:
        if us % size == 0 and us != 0:
            count = us // size
            return _counted(str(count), kind + unit, count == 1)
    if us == 0:
        return _counted("0", kind + "minute", False)
    sign = "-" if us < 0 else ""
    seconds, rest = divmod(abs(us), MICROSECONDS_PER_SECOND)
    return _counted(f"{sign}{seconds}.{rest:06}".rstrip("0"), kind + "second", False)


def _counted(number: str, noun: str, single: bool) -> str:
    return f"{number} {noun}" if single else f"{number} {noun}s"
