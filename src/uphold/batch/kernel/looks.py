"""A chunk of checks as arrays: which series, when, what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

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
    words_in,
)
from uphold.messages import message

Nulls = Literal["refuse", "drop"]
NEEDED = ("check", "at", "state")

_SAMPLE = 1 << 16
_DENSE = 8
_PIECE = 1 << 16
_LOOKS_EACH = 64
_NARROW = 32


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

    def taken(self, places: NDArray[np.intp]) -> Looks:
        """The looks at these places, in their order."""
        # `take` is several times faster than an index in brackets.
        return replace(
            self,
            series=self.series.take(places),
            at=self.at.take(places),
            seen=self.seen.take(places),
            interval=None if self.interval is None else self.interval.take(places),
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
    names = list(words_in(check, "check"))
    sources = [source] * len(names)
    if "source" in table.column_names:
        series, sources, names = _with_source(dictionary_of(table, "source"), series, names)
    seen, states = _seen(table)
    at = integers(table.column("at"), "at")
    return Looks(Names(tuple(sources), tuple(names)), series, at, seen, states, _interval(table))


def rows_of_series(table: pa.Table, wanted: frozenset[tuple[str, str]], source: str) -> pa.Table:
    """The checks of some series, (source, check) each; rows that lack a column are left out."""
    table = _whole(table, "drop")
    looks = looks_of(table, source, "drop")
    keep = np.array([pair in wanted for pair in looks.names.pairs()], dtype=np.bool_)
    return table.filter(pa.array(keep[looks.series]) if len(keep) else pa.array([], pa.bool_()))


def nulls_of(table: pa.Table) -> dict[str, int]:
    """How many rows lack each of the columns that a check must have."""
    present = [name for name in (*NEEDED, "source") if name in table.column_names]
    return {name: table.column(name).null_count for name in present}


def interleaved(looks: Looks) -> bool:
    """Whether looks of different series follow each other so closely that grouping them pays."""
    part = looks.series[:_SAMPLE]
    return bool(np.count_nonzero(part[1:] != part[:-1]) * _DENSE > len(part))


def pieces(looks: Looks) -> Iterator[Looks]:
    """Pieces of the looks, in their order, each small enough to be grouped in the cache.

    Where there are many series a piece is larger, so that it has more than a look of each.
    """
    size = max(_PIECE, _LOOKS_EACH * len(looks.names.checks))
    for start in range(0, len(looks.at), size):
        stop = start + size
        yield replace(
            looks,
            series=looks.series[start:stop],
            at=looks.at[start:stop],
            seen=looks.seen[start:stop],
            interval=None if looks.interval is None else looks.interval[start:stop],
        )


def grouped(looks: Looks) -> Looks:
    """The looks with each series together, and their order within a series kept.

    Series, place and what was seen are packed into one number each, so that one sort of plain
    numbers groups them, stably, and only the times have to be fetched afterwards.
    """
    size = len(looks.series)
    series_bits = max(1, len(looks.names.checks).bit_length())
    place_bits = max(1, (size - 1).bit_length())
    seen_bits = max(1, (len(looks.states) - 1).bit_length())
    kind = np.uint32 if series_bits + place_bits + seen_bits <= _NARROW else np.uint64
    places, order = _packed(looks, kind, place_bits, seen_bits)
    return replace(
        looks,
        series=(order >> kind(place_bits + seen_bits)).astype(np.int32),
        at=looks.at.take(places),
        seen=(order & kind((1 << seen_bits) - 1)).astype(np.int32),
        interval=None if looks.interval is None else looks.interval.take(places),
    )


def _packed(
    looks: Looks, kind: type[np.uint32 | np.uint64], place_bits: int, seen_bits: int
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """The places of the looks, series by series, and the sorted numbers that say so."""
    order: NDArray[Any] = looks.series.astype(kind)
    order <<= kind(place_bits + seen_bits)
    steps: NDArray[Any] = np.arange(len(order), dtype=kind)
    order |= steps << kind(seen_bits)
    order |= looks.seen.astype(kind)
    order.sort()
    places = (order >> kind(seen_bits)) & kind((1 << place_bits) - 1)
    return places.astype(np.intp), order


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
    speaks = np.zeros(len(rank), np.int64)
    if stable.interval is not None:
        # Then the one whose interval is known, and shorter: it speaks for less.
        unknown = stable.interval == NO_INTERVAL
        speaks = np.where(unknown, np.iinfo(np.int64).min, -stable.interval)
    ordered = stable.taken(np.lexsort((speaks, rank, stable.at, stable.series)))
    again = (ordered.series[1:] == ordered.series[:-1]) & (ordered.at[1:] == ordered.at[:-1])
    absorbed = np.bincount(ordered.series[1:][again], minlength=number)
    # The last of those at one instant is the worst.
    return ordered.taken(np.flatnonzero(np.append(~again, True))), absorbed, steps


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
    known = words_in(words, "source")
    if len(known) == 1:
        return series, list(known) * len(names), names
    both = _indices(words).astype(np.int64) * len(names) + series
    pairs, codes = np.unique(both, return_inverse=True)
    found = [divmod(int(pair), len(names)) for pair in pairs]
    return (
        codes.reshape(-1).astype(np.int32),
        [known[one] for one, _ in found],
        [names[other] for _, other in found],
    )


def _seen(table: pa.Table) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Codes of the states, and what each code means; true, false, 1 and 0 are words too."""
    column = table.column("state")
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        state = table.schema.get_field_index("state")
        table = table.set_column(state, "state", column.cast(pa.string()))
    words = dictionary_of(table, "state")
    return _indices(words), state_places(words_in(words, "state"))


def _interval(table: pa.Table) -> Ints | None:
    if "interval" not in table.column_names:
        return None
    found = integers(table.column("interval"), "interval", NO_INTERVAL)
    if len(found) and int(found.min()) < 1 and bool(np.any((found < 1) & (found != NO_INTERVAL))):
        wrong = int(found[(found < 1) & (found != NO_INTERVAL)][0])
        raise ColumnWrong(message("batch.interval-wrong", found=wrong))
    return None if bool(np.all(found == NO_INTERVAL)) else found
