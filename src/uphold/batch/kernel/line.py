"""Stretches of time of many series at once: every series lies behind the other on one line.

A series has a stretch of the line of its own, wide enough that stretches of two series never
touch. What is worked out for one sorted array of stretches is thereby worked out for all series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uphold.batch.kernel.runs_table import Ints

# One less than fits: places are doubled where edges are told apart.
_BITS = 61


@dataclass(frozen=True, slots=True)
class Line:
    """Where series lie: `origin` is the earliest instant (microseconds), `stride` the width."""

    origin: int
    stride: int

    def places(self, series: Ints, times: Ints) -> Ints:
        """The places of instants of series; both arrays of one shape, or ones that broadcast."""
        found: Ints = series * self.stride + (times - self.origin)
        return found

    @property
    def most(self) -> int:
        """How many series fit before a place no longer fits a number of 64 bits."""
        return int((1 << _BITS) // self.stride)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Sorted, disjoint, half-open stretches of a line."""

    starts: Ints
    ends: Ints

    @property
    def lengths(self) -> Ints:
        """How long each is."""
        return self.ends - self.starts

    def where(self, keep: NDArray[np.bool_]) -> Stretches:
        """Those that are to be kept."""
        return Stretches(self.starts[keep], self.ends[keep])

    def before(self, places: Ints) -> Ints:
        """How much of the line before each place lies in the stretches."""
        if not len(self.starts):
            return np.zeros_like(places)
        totals = np.append(0, np.cumsum(self.lengths))
        number = np.searchsorted(self.starts, places, side="right") - 1
        last = np.maximum(number, 0)
        inside = np.minimum(places - self.starts[last], self.lengths[last])
        return np.where(number < 0, 0, totals[last] + inside)

    def gaps(self, end: int) -> Stretches:
        """What lies between them, from 0 to `end`."""
        starts, ends = np.append(0, self.ends), np.append(self.starts, end)
        return Stretches(starts, ends).where(starts < ends)


def merged(starts: Ints, ends: Ints) -> Stretches:
    """The union of any stretches: empty ones left out, those that touch joined."""
    real = starts < ends
    starts, ends = starts[real], ends[real]
    if not len(starts):
        return Stretches(starts, ends)
    if bool(np.any(starts[1:] < starts[:-1])):
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
    reach = np.maximum.accumulate(ends)
    begins = np.flatnonzero(np.append(True, starts[1:] > reach[:-1]))
    return Stretches(starts[begins], np.maximum.reduceat(ends, begins))


def hanging(firm: Stretches, edged: Stretches) -> Stretches:
    """What hangs together: firm stretches with all that they touch, edged ones not by edges alone.

    Edged stretches reach to a good look, and two that only touch there do not hang together. Places
    are doubled and firm stretches made wider by half a place, so that one rule does for both.
    """
    starts = np.append(2 * firm.starts - 1, 2 * edged.starts)
    ends = np.append(2 * firm.ends + 1, 2 * edged.ends)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    if not len(starts):
        return firm
    reach = np.maximum.accumulate(ends)
    begins = np.flatnonzero(np.append(True, starts[1:] >= reach[:-1]))
    return Stretches((starts[begins] + 1) // 2, np.maximum.reduceat(ends, begins) // 2)


def containing(stretches: Stretches, places: Ints) -> NDArray[np.intp]:
    """The number of the stretch that each place lies in; each must lie in one."""
    return np.searchsorted(stretches.starts, places, side="right") - 1
