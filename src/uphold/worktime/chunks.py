"""Running a question over arrays in chunks, on all cores when there are many items.

A chunk stays in the processor's cache; numpy lets other threads run meanwhile. Answers
and errors are those of the single question: a chunk that has no quick answer is asked
item by item, and an error names the first item that it is about.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from uphold.worktime.errors import BadArray, CalendarError
from uphold.worktime.lookup import Flags, Integers

_CHUNK: Final = 1 << 16
_MUCH: Final = 1 << 20

Single = Callable[[int, int], int]


class Scratch:
    """Buffers for one chunk, used again for the next."""

    def __init__(self) -> None:
        """Take the memory: two megabytes."""
        self._integers = np.empty((4, _CHUNK), dtype=np.int64)
        self._flags = np.empty(_CHUNK, dtype=np.bool_)

    def cut(self, size: int) -> tuple[Integers, Integers, Integers, Integers, Flags]:
        """Return four integer buffers and one of flags, of a chunk's size."""
        one, two, three, four = (row[:size] for row in self._integers)
        return one, two, three, four, self._flags[:size]


# Answers two chunks into a third; False if some item of them has no quick answer.
ChunkWork = Callable[[Integers, Integers, Integers, Scratch], bool]


def answer_each(
    names: tuple[str, str], first: Any, second: Any, work: ChunkWork, single: Single
) -> Integers:
    """Return the answers to broadcast arrays; `names` are theirs, for errors."""
    left, right = whole_numbers(names[0], first), whole_numbers(names[1], second)
    try:
        shape = np.broadcast_shapes(left.shape, right.shape)
    except ValueError:
        raise BadArray(
            names[1],
            f"shape {right.shape} does not fit {left.shape}",
            "give arrays of one shape, or one value for all",
        ) from None
    flat_left, flat_right = _flat(left, shape), _flat(right, shape)
    out = np.empty(shape, dtype=np.int64)
    flat_out = out.reshape(-1)

    def stretch(begin: int, end: int) -> int | None:
        scratch = Scratch()
        for at in range(begin, end, _CHUNK):
            cut = slice(at, min(at + _CHUNK, end))
            if not work(flat_left[cut], flat_right[cut], flat_out[cut], scratch):
                failing = _first_failing(flat_left, flat_right, cut, flat_out, single)
                if failing is not None:
                    return failing
        return None

    failing = _run(stretch, flat_out.size)
    if failing is not None:
        _raise_item(failing, int(flat_left[failing]), int(flat_right[failing]), single)
    return out


def one_by_one(left: Integers, right: Integers, out: Integers, scratch: Scratch) -> bool:
    """Do a chunk's work by leaving it to the single question."""
    del left, right, out, scratch
    return False


def whole_numbers(name: str, values: Any) -> Integers:
    """Return values as int64 microseconds; anything else than whole numbers is refused."""
    array: NDArray[Any] = np.asarray(values)
    if array.dtype == np.int64:
        return array
    if array.dtype.kind in "iu" and (array.size == 0 or array.max() <= np.iinfo(np.int64).max):
        return array.astype(np.int64)
    raise BadArray(name, f"it holds {array.dtype} values", "give whole microseconds (int64)")


def _flat(array: Integers, shape: tuple[int, ...]) -> Integers:
    """Return an array broadcast and flattened; one value for all takes no memory."""
    if array.size == 1:
        return np.broadcast_to(array.reshape(()), (int(np.prod(shape, dtype=np.int64)),))
    return np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1)


def _run(stretch: Callable[[int, int], int | None], size: int) -> int | None:
    """Run a stretch of items on all cores; return the first failing item."""
    cores = _cores()
    if size < _MUCH or cores == 1:
        return stretch(0, size)
    step = -(-size // cores)
    limits = [(begin, min(begin + step, size)) for begin in range(0, size, step)]
    with ThreadPoolExecutor(len(limits)) as pool:
        failing = list(pool.map(lambda pair: stretch(*pair), limits))
    return min((item for item in failing if item is not None), default=None)


def _cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _first_failing(
    left: Integers, right: Integers, cut: slice, out: Integers, single: Single
) -> int | None:
    """Answer a refused chunk one by one, up to the first item without an answer."""
    for item in range(cut.start, cut.stop):
        try:
            out[item] = single(int(left[item]), int(right[item]))
        except CalendarError:
            return item
    return None


def _raise_item(item: int, left: int, right: int, single: Single) -> None:
    try:
        single(left, right)
    except CalendarError as error:
        error.data["item"] = item
        error.args = (f"item {item}: {error}",)
        raise
