"""Finding the piece that holds a value without a search: a table from bucket to piece.

Values are cut in buckets of a power of two, so that nearly every bucket holds at most one
edge between pieces; a value's piece is then two look-ups and a comparison. The few buckets
with more edges are marked, and their values are searched for. Where no bucket size serves
(very many short or split pieces), every value is searched for. All ways give the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
WIDEST_SHIFT: Final = 45
MOST_BUCKETS: Final = 1 << 20
_MOST_CROWDED: Final = 0.005
_NEVER: Final = np.iinfo(np.int64).max


class PieceLookup:
    """The pieces between sorted edges: piece i runs from edges[i] to edges[i + 1].

    Values must lie from `lowest` to `highest`; piece -1 is before all edges.
    """

    def __init__(
        self, edges: Integers, lowest: int, highest: int, most_buckets: int = MOST_BUCKETS
    ) -> None:
        """Choose the widest buckets of which hardly any holds two edges."""
        self._edges = edges
        self._shift: int | None = None
        for shift in range(WIDEST_SHIFT, -1, -1):
            first, last = lowest >> shift, highest >> shift
            if last - first >= most_buckets:
                return
            crowded = _crowded_buckets(edges, shift, first, last)
            if len(crowded) <= _MOST_CROWDED * (last - first + 1):
                self._fill(shift, first, last, crowded)
                return

    @property
    def searches(self) -> bool:
        """Whether no bucket size served, so that every value is searched for."""
        return self._shift is None

    def find(self, values: Integers, index: Integers, spare: Integers, flags: Flags) -> None:
        """Write the piece of each value into `index`; `spare` and `flags` are overwritten."""
        if self._shift is None:
            np.subtract(np.searchsorted(self._edges, values, side="right"), 1, out=index)
            return
        bucket = index
        np.right_shift(values, self._shift, out=bucket)
        np.subtract(bucket, self._first, out=bucket)
        if self._crowded is not None:
            np.take(self._crowded, bucket, out=flags, mode="clip")
            searched = np.flatnonzero(flags)
        np.take(self._next_edge, bucket, out=spare, mode="clip")
        np.greater_equal(values, spare, out=flags)
        np.take(self._piece, bucket, out=spare, mode="clip")
        np.add(spare, flags, out=index)
        if self._crowded is not None and len(searched):
            index[searched] = np.searchsorted(self._edges, values[searched], side="right") - 1

    def _fill(self, shift: int, first: int, last: int, crowded: Integers) -> None:
        begins = np.arange(first, last + 1, dtype=np.int64) << shift
        self._shift = shift
        self._first = first
        self._piece = np.searchsorted(self._edges, begins, side="right").astype(np.int64) - 1
        self._next_edge = np.append(self._edges, _NEVER)[self._piece + 1]
        self._crowded: Flags | None = None
        if len(crowded):
            self._crowded = np.zeros(len(begins), dtype=np.bool_)
            self._crowded[crowded - first] = True


def _crowded_buckets(edges: Integers, shift: int, first: int, last: int) -> Integers:
    """Return the numbers of buckets that hold two edges or more beside their first value."""
    # An edge on a bucket's first value leaves the bucket whole.
    inner = edges[(edges & ((1 << shift) - 1)) != 0] >> shift
    inner = inner[(inner >= first) & (inner <= last)]
    return np.unique(inner[1:][inner[1:] == inner[:-1]])
