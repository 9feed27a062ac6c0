"""Joining runs of any chunks, in any grouping: sorted, and glued where they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uphold.batch.faults import ChunksInterleave
from uphold.batch.kernel.instants import instant
from uphold.batch.kernel.runs_table import (
    Ints,
    Names,
    RunArrays,
    arrays_of,
    empty_runs,
    table_of,
)
from uphold.messages import message


def join(tables: Iterable[pa.Table]) -> pa.Table:
    """The runs of all the tables as one table, sorted by source, check and time.

    Associative and commutative: any grouping and order of the same tables gives the same. Runs of
    one series may touch at one look that both have seen alike, which then counts once. Raises
    `ChunksInterleave` where runs overlap, or saw different things at one instant: what happened
    inside a run is no longer known, so those checks have to be read together.
    """
    runs = _read(tables)
    if runs is None:
        return empty_runs()
    found, clashing = settled(runs)
    if len(clashing):
        raise _interleaved(runs, clashing)
    return table_of(found)


def clashing_series(tables: Iterable[pa.Table]) -> tuple[tuple[str, str], ...]:
    """(source, check) of the series whose runs `join` would refuse."""
    runs = _read(tables)
    if runs is None:
        return ()
    pairs = runs.names.pairs()
    return tuple(pairs[number] for number in settled(runs)[1])


def looks_by_series(table: pa.Table) -> dict[tuple[str, str], int]:
    """How many looks each series has."""
    if not table.num_rows:
        return {}
    runs = arrays_of(table)
    counts = np.zeros(len(runs.names.checks), np.int64)
    np.add.at(counts, runs.series, runs.count)
    return dict(zip(runs.names.pairs(), counts.tolist(), strict=True))


def settled(runs: RunArrays) -> tuple[RunArrays, Ints]:
    """Runs in order and glued, and the numbers of the series that have runs which clash."""
    runs = _ordered(runs)
    same = runs.series[1:] == runs.series[:-1]
    alike = same & (runs.state[1:] == runs.state[:-1])
    alike &= runs.interval[1:] == runs.interval[:-1]
    alike &= runs.gap[1:] == runs.gap[:-1]
    apart = runs.first[1:] - runs.last[:-1]
    clash = same & ((apart < 0) | ((apart == 0) & ~alike))
    glued = alike & (apart >= 0) & (apart <= runs.gap[:-1])
    clashing = np.unique(runs.series[1:][clash])
    if not glued.any():
        return runs, clashing
    return _glued(runs, glued, glued & (apart == 0)), clashing


def stacked(pieces: Sequence[RunArrays]) -> RunArrays:
    """Runs over the same names, one piece behind the other."""
    names = [name for name in RunArrays.__dataclass_fields__ if name != "names"]
    arrays = {name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in names}
    return RunArrays(pieces[0].names, **arrays)


def without(table: pa.Table, series: Iterable[tuple[str, str]]) -> pa.Table:
    """The runs of all other series."""
    runs = arrays_of(table)
    numbers = _numbers(runs.names, series)
    return table_of(runs.taken(~numbers[runs.series])) if len(runs.series) else table


def _numbers(names: Names, series: Iterable[tuple[str, str]]) -> NDArray[np.bool_]:
    named = frozenset(series)
    return np.array([pair in named for pair in names.pairs()], dtype=np.bool_)


def _read(tables: Iterable[pa.Table]) -> RunArrays | None:
    found = [table for table in tables if table.num_rows]
    return arrays_of(pa.concat_tables(found).unify_dictionaries()) if found else None


def _ordered(runs: RunArrays) -> RunArrays:
    same = runs.series[1:] == runs.series[:-1]
    behind = (runs.first[1:] > runs.first[:-1]) & same
    if bool(np.all(behind | (runs.series[1:] > runs.series[:-1]))):
        return runs
    return runs.taken(np.lexsort((runs.last, runs.first, runs.series)))


def _glued(runs: RunArrays, glued: NDArray[np.bool_], twice: NDArray[np.bool_]) -> RunArrays:
    """Each stretch of runs that hang together as one; a look that two of them have counts once."""
    begins = np.flatnonzero(np.append(True, ~glued))
    ends = np.append(begins[1:], len(runs.series)) - 1
    again = np.append(0, twice).astype(np.int64)
    return replace(
        runs.taken(begins),
        last=runs.last[ends],
        count=np.add.reduceat(runs.count - again, begins),
        duplicates=np.add.reduceat(runs.duplicates + again, begins),
        steps_back=np.add.reduceat(runs.steps_back, begins),
    )


def _interleaved(runs: RunArrays, clashing: Ints) -> ChunksInterleave:
    pairs = runs.names.pairs()
    series = tuple(pairs[number] for number in clashing)
    mine = _ordered(runs.taken(runs.series == clashing[0]))
    place = int(np.flatnonzero(mine.first[1:] <= mine.last[:-1])[0])
    said = message(
        "batch.chunks-interleave",
        check=series[0][1],
        source=series[0][0],
        start=instant(int(mine.first[place + 1])),
        end=instant(int(min(mine.last[place], mine.last[place + 1]))),
        count=len(series),
    )
    return ChunksInterleave(said, series)
