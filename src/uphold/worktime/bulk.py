"""Working time for millions of instants at once, over the same spans as one at a time.

Arrays are int64 microseconds, instants since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from uphold.worktime.chunks import Scratch, answer_each
from uphold.worktime.lookup import MOST_BUCKETS, Flags, Integers, PieceLookup

if TYPE_CHECKING:
    from uphold.worktime.compiled import CompiledCalendar


class BulkTable:
    """The arrays of a compiled calendar, and what they answer in bulk."""

    def __init__(
        self,
        calendar: CompiledCalendar,
        starts: list[int],
        ends: list[int],
        worked: list[int],
        most_buckets: int = MOST_BUCKETS,
    ) -> None:
        """Turn a calendar's spans and running totals into arrays and lookups."""
        self._calendar = calendar
        self._since, self._until = calendar.since_us, calendar.until_us
        self._total = worked[-1]
        start_array = np.array(starts, dtype=np.int64)
        worked_array = np.array(worked, dtype=np.int64)
        # Index 0 stands for the time before the first span.
        self._limit = np.array([self._since, *ends], dtype=np.int64)
        self._less = np.concatenate((self._limit[:1], start_array - worked_array[:-1]))
        self._spans = PieceLookup(start_array, self._since, self._until, most_buckets)
        self._totals = PieceLookup(worked_array[:-1], 0, max(self._total - 1, 0), most_buckets)

    def add(self, starts: Any, amounts: Any) -> Integers:
        """Return `add_us` of each start and amount."""
        names = ("starts", "amounts")
        return answer_each(names, starts, amounts, self._add_chunk, self._calendar.add_us)

    def between(self, begins: Any, ends: Any) -> Integers:
        """Return `between_us` of each pair."""
        names = ("begins", "ends")
        return answer_each(names, begins, ends, self._between_chunk, self._calendar.between_us)

    def _add_chunk(
        self, start: Integers, amount: Integers, out: Integers, scratch: Scratch
    ) -> bool:
        """Add one chunk; False if some item of it has no answer."""
        target, index, spare, forward, flags = scratch.cut(len(start))
        low, high = int(amount.min()), int(amount.max())
        if not self._holds(start) or high > self._total or low < -self._total:
            return False
        self._worked(start, target, index, spare, flags)
        np.add(target, amount, out=target)
        # Forward the earliest instant is asked for, so the span that ends at the target
        # counts; back the latest, so the one that begins there. A unit less tells them apart.
        if low > 0:
            forward.fill(1)
        else:
            np.copyto(forward, np.greater(amount, 0, out=flags))
            np.copyto(target, 0, where=np.equal(amount, 0, out=flags))
        np.subtract(target, forward, out=target)
        if target.min() < 0 or target.max() >= max(self._total, 1):
            return False
        self._totals.find(target, index, spare, flags)
        np.add(index, 1, out=index)
        np.add(target, forward, out=target)
        np.take(self._less, index, out=spare, mode="clip")
        np.add(target, spare, out=out)
        if low <= 0:
            np.copyto(out, start, where=np.equal(amount, 0, out=flags))
        return True

    def _between_chunk(
        self, begin: Integers, end: Integers, out: Integers, scratch: Scratch
    ) -> bool:
        until_begin, until_end, index, spare, flags = scratch.cut(len(begin))
        if not (self._holds(begin) and self._holds(end)):
            return False
        self._worked(begin, until_begin, index, spare, flags)
        self._worked(end, until_end, index, spare, flags)
        np.subtract(until_end, until_begin, out=out)
        return True

    def _worked(
        self, instant: Integers, out: Integers, index: Integers, spare: Integers, flags: Flags
    ) -> None:
        """Write the working time from `since` to each instant."""
        self._spans.find(instant, index, spare, flags)
        np.add(index, 1, out=index)
        np.take(self._limit, index, out=spare, mode="clip")
        np.minimum(instant, spare, out=out)
        np.take(self._less, index, out=spare, mode="clip")
        np.subtract(out, spare, out=out)

    def _holds(self, instant: Integers) -> bool:
        return bool(instant.min() >= self._since and instant.max() <= self._until)
