"""A chunk of checks as arrays: which series, when, what was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uphold.batch.faults import ChecksMissing, ColumnWrong
from uphold.batch.kernel.runs_table import (
    NO_INTERVAL,
    RANK,
    Ints,
    Names,
    dictionary_of,
    integers,
    state_places,
)
from uphold.facts.evidence import SEEN
from uphold.messages import message

Nulls = Literal["refuse", "drop"]
NEEDED = ("check", "at", "state")

_SAMPLE = 1 << 16
_DENSE = 8


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks as arrays of one length, in the order of the chunk.

    `series` are places in `names`; `seen` are codes of the chunk's own, `states[code]` the place
    in `SEEN`; `at` and `interval` are microseconds, `interval` None where no look has one.
    """

    names: Names
    series: NDArray[np.int32]
    at: Ints
    seen: NDArray[np.int32]
    states: NDArray[np.int8]
    interval: Ints | None

    def taken(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> Looks:
        """The looks at these places, in their order."""
        return replace(
            self,
            series=self.series[places],
            at=self.at[places],
            seen=self.seen[places],
            interval=None if self.interval is None else self.interval[places],
        )


def looks_of(table: pa.Table, source: str, nulls: Nulls) -> Looks:
    """The arrays of a chunk of checks; `source` is for a table without such a column.

    Raises `ColumnWrong` for a column that is absent or of another type, `ChecksMissing` for nulls
    that are not to be dropped.
    """
    missing = tuple(name for name in NEEDED if name not in table.column_names)
    if missing:
        found = tuple(table.column_names)
        raise ColumnWrong(message("batch.columns-missing", columns=missing, found=found))
    table = _whole(table, nulls)
    check = dictionary_of(table, "check")
    series = _indices(check)
    names = check.dictionary.to_pylist()
    sources = [source] * len(names)
    if "source" in table.column_names:
        series, sources, names = _with_source(dictionary_of(table, "source"), series, names)
    seen, states = _seen(table)
    at = integers(table.column("at"), "at")
    return Looks(Names(tuple(sources), tuple(names)), series, at, seen, states, _interval(table))


def nulls_of(table: pa.Table) -> dict[str, int]:
    """How many rows lack each of the columns that a check must have."""
    present = [name for name in (*NEEDED, "source") if name in table.column_names]
    return {name: table.column(name).null_count for name in present}


def grouped(looks: Looks) -> Looks:
    """The looks with each series together, if they are interleaved; their order else kept.

    A stable sort: the place in the chunk is the lower half of the key, so that one sort of
    numbers does it and steps back in time can still be seen.
    """
    part = looks.series[:_SAMPLE]
    if np.count_nonzero(part[1:] != part[:-1]) * _DENSE < len(part):
        return looks
    size = len(looks.series)
    bits = max(1, (size - 1).bit_length())
    kind = np.uint32 if bits + max(1, len(looks.names.checks).bit_length()) <= 32 else np.uint64
    key = looks.series.astype(kind)
    key <<= kind(bits)
    key |= np.arange(size, dtype=kind)
    key.sort()
    key &= kind((1 << bits) - 1)
    return looks.taken(key.astype(np.intp))


def in_order(looks: Looks) -> tuple[Looks, Ints, Ints]:
    """The looks sorted by series and time, each instant once; and what had to be done.

    Of looks at one instant the worse counts. The counts are by series: looks absorbed, and steps
    back in time from one look of a series to the next in the chunk.
    """
    number = len(looks.names.checks)
    stable = looks.taken(np.argsort(looks.series, kind="stable"))
    same = stable.series[1:] == stable.series[:-1]
    back = same & (stable.at[1:] < stable.at[:-1])
    steps = np.bincount(stable.series[1:][back], minlength=number)
    rank = RANK[looks.states[stable.seen]]
    keys = (rank, stable.at, stable.series)
    if stable.interval is not None:
        keys = (stable.interval, *keys)
    ordered = stable.taken(np.lexsort(keys))
    again = (ordered.series[1:] == ordered.series[:-1]) & (ordered.at[1:] == ordered.at[:-1])
    absorbed = np.bincount(ordered.series[1:][again], minlength=number)
    # The last of those at one instant is the worst.
    return ordered.taken(np.append(~again, True)), absorbed, steps


def _whole(table: pa.Table, nulls: Nulls) -> pa.Table:
    found = nulls_of(table)
    if not any(found.values()):
        return table
    if nulls == "refuse":
        column, count = next((name, count) for name, count in found.items() if count)
        raise ChecksMissing(message("batch.checks-missing", column=column, count=count))
    import pyarrow.compute as compute

    keep = None
    for name, count in found.items():
        if count:
            valid = table.column(name).is_valid()
            keep = valid if keep is None else compute.and_(keep, valid)
    return table.filter(keep)


def _indices(words: pa.DictionaryArray) -> NDArray[np.int32]:
    codes = words.indices.to_numpy(zero_copy_only=False)
    found: NDArray[np.int32] = codes.astype(np.int32, copy=False)
    return found


def _with_source(
    words: pa.DictionaryArray, series: NDArray[np.int32], names: list[str]
) -> tuple[NDArray[np.int32], list[str], list[str]]:
    """Series by source and check together."""
    known = words.dictionary.to_pylist()
    if len(known) == 1:
        return series, known * len(names), names
    both = _indices(words).astype(np.int64) * len(names) + series
    pairs, codes = np.unique(both, return_inverse=True)
    found = [divmod(int(pair), len(names)) for pair in pairs]
    return (
        codes.reshape(-1).astype(np.int32),
        [known[one] for one, _ in found],
        [names[other] for _, other in found],
    )


def _seen(table: pa.Table) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Codes of the states, and what each code means; a column of numbers holds places in SEEN."""
    column = table.column("state")
    if not pa.types.is_integer(column.type):
        words = dictionary_of(table, "state")
        return _indices(words), state_places(tuple(words.dictionary.to_pylist()))
    seen = column.to_numpy()
    if len(seen) and not (0 <= int(seen.min()) and int(seen.max()) < len(SEEN)):
        wrong = sorted({int(one) for one in np.unique(seen)} - set(range(len(SEEN))))
        found = tuple(str(one) for one in wrong[:5])
        raise ColumnWrong(message("batch.state-unknown", found=found, states=SEEN))
    return seen.astype(np.int32), np.arange(len(SEEN), dtype=np.int8)


def _interval(table: pa.Table) -> Ints | None:
    if "interval" not in table.column_names:
        return None
    found = integers(table.column("interval"), "interval", NO_INTERVAL)
    if len(found) and int(found.min()) < 1 and bool(np.any((found < 1) & (found != NO_INTERVAL))):
        wrong = int(found[(found < 1) & (found != NO_INTERVAL)][0])
        raise ColumnWrong(message("batch.interval-wrong", found=wrong))
    return None if bool(np.all(found == NO_INTERVAL)) else found
