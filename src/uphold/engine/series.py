"""Values that change at instants: step functions over time.

Times are whole numbers that order: microseconds when one thing is judged, ranks of instants when
many things of one shape are planned at once (`uphold.engine.bulk`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Series(Generic[T]):
    """A value from each step's time on, until the next step; None before the first."""

    times: tuple[int, ...] = ()
    values: tuple[T, ...] = ()

    def at(self, time: int) -> T | None:
        """The value at an instant: what the steps up to and at it have set."""
        place = bisect_right(self.times, time)
        return self.values[place - 1] if place else None


def series_of(steps: Iterable[tuple[int, T]]) -> Series[T]:
    """The series of steps in order of time; of several at one instant the last holds."""
    times: list[int] = []
    values: list[T] = []
    for time, value in steps:
        if times and times[-1] == time:
            values[-1] = value
        elif not values or values[-1] != value:
            times.append(time)
            values.append(value)
    return Series(tuple(times), tuple(values))


def sampled(times: Iterable[int], value_at: Callable[[int], T]) -> Series[T]:
    """The series of a function that changes at most at the given times."""
    return series_of((time, value_at(time)) for time in sorted(set(times)))
