"""Asking long rows of spans about one window: what a window costs is only what lies in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from uphold.engine.measure.spans import Spans

T = TypeVar("T")


class SpanTotals:
    """Disjoint spans with running totals: how much of them lies in a window, by two bisections."""

    __slots__ = ("_before", "_ends", "_starts")

    def __init__(self, spans: Spans) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._before = [0, *accumulate(end - start for start, end in spans)]

    def within(self, start: int, end: int) -> int:
        """How much of the spans lies from one instant to another, in microseconds."""
        return self._until(end) - self._until(start) if start < end else 0

    def _until(self, time: int) -> int:
        place = bisect_right(self._starts, time)
        if place == 0:
            return 0
        return self._before[place - 1] + min(time, self._ends[place - 1]) - self._starts[place - 1]


class Overlapping(Generic[T]):
    """Things that last, which may overlap: those that share time with a window."""

    __slots__ = ("_reach", "_starts", "_things")

    def __init__(self, things: Iterable[T], span_of: Callable[[T], tuple[int, int]]) -> None:
        found = sorted(((*span_of(thing), place, thing) for place, thing in enumerate(things)))
        self._things = [(start, end, thing) for start, end, _, thing in found]
        self._starts = [start for start, _, _ in self._things]
        self._reach = list(accumulate((end for _, end, _ in self._things), max))

    def meeting(self, start: int, end: int) -> tuple[T, ...]:
        """The things that share time with the window, in order of their start.

        One without any length meets the window that its instant lies in.
        """
        first = bisect_left(self._reach, start)
        last = bisect_left(self._starts, end)
        return tuple(
            thing
            for begins, ends, thing in self._things[first:last]
            if ends > start or begins == ends == start
        )
