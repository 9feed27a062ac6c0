"""From a chunk of checks to its runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uphold.batch.faults import ChecksUnsorted, ColumnWrong
from uphold.batch.kernel.instants import EARLIEST, LATEST, instant
from uphold.batch.kernel.joining import settled, stacked
from uphold.batch.kernel.looks import (
    Looks,
    Nulls,
    grouped,
    in_order,
    interleaved,
    looks_of,
    pieces,
)
from uphold.batch.kernel.runs_table import NO_INTERVAL, Ints, RunArrays, empty_runs, table_of
from uphold.batch.rule import Rule
from uphold.messages import Message, message

_BLOCK = 1 << 16
"""Looks compared at a time: what they and their neighbours take stays in the processor's cache."""


def runs_of(
    table: pa.Table,
    rule: Rule,
    *,
    source: str = "",
    nulls: Nulls = "refuse",
    sort: bool = True,
) -> pa.Table:
    """The runs of a chunk of checks, whatever their order, as a table (see `runs_table`).

    Columns: check (text), at (timestamp with zone, or int64 microseconds since 1970 in UTC), state
    (a word that evidence knows), and as they come source (text) and interval (microseconds).
    Of a run no two neighbouring looks are further apart than `rule` allows one look to speak; where
    nothing says how long that is, each look is a run of its own. Fast for checks sorted by series
    and time and for those sorted by time alone; where a series is unsorted or has looks twice, it
    is put in order and the run says so, or with `sort` False refused by `ChecksUnsorted`. Raises
    `ColumnWrong` and `ChecksMissing` too.
    """
    looks = looks_of(table, source, nulls)
    if not len(looks.at):
        return empty_runs()
    if interleaved(looks):
        cut = stacked([_cut(grouped(piece), rule) for piece in pieces(looks)])
    else:
        cut = _cut(looks, rule)
    runs = _by_series(cut)
    wrong = _disordered(runs)
    if not wrong.any():
        return table_of(settled(runs)[0])
    if not sort:
        raise ChecksUnsorted(_unsorted(runs, wrong))
    rest = runs.taken(~wrong[runs.series])
    return table_of(settled(stacked([rest, _sorted(looks, rule, wrong)]))[0])


def _sorted(looks: Looks, rule: Rule, wrong: NDArray[np.bool_]) -> RunArrays:
    """The runs of the series that are out of order, with what was found in them."""
    ordered, absorbed, steps = in_order(looks.taken(np.flatnonzero(wrong[looks.series])))
    runs = _cut(ordered, rule)
    # What was found in a series stands on the first of its runs.
    begins = np.flatnonzero(np.diff(runs.series, prepend=-1))
    duplicates, steps_back = np.zeros_like(runs.count), np.zeros_like(runs.count)
    duplicates[begins] = absorbed[runs.series[begins]]
    steps_back[begins] = steps[runs.series[begins]]
    return replace(runs, duplicates=duplicates, steps_back=steps_back)


def _cut(looks: Looks, rule: Rule) -> RunArrays:
    """Runs in the order of the looks, each of neighbours that stand behind each other in time."""
    allowed = _allowed(looks, rule)
    begins = np.flatnonzero(np.append(True, _breaks(looks, allowed)))
    ends = np.append(begins[1:], len(looks.at)) - 1
    size = len(begins)
    _require_times(looks.at[begins], looks.at[ends])
    interval = np.full(size, NO_INTERVAL) if looks.interval is None else looks.interval[begins]
    return RunArrays(
        looks.names,
        series=looks.series[begins].astype(np.int64),
        first=looks.at[begins],
        last=looks.at[ends],
        state=looks.states[looks.seen[begins]],
        interval=interval,
        count=ends - begins + 1,
        gap=np.full(size, allowed) if isinstance(allowed, int) else allowed[begins],
        duplicates=np.zeros(size, np.int64),
        steps_back=np.zeros(size, np.int64),
    )


def _require_times(first: Ints, last: Ints) -> None:
    """Refuses instants in years that no calendar has, whose distances may not fit 64 bits."""
    wrong = np.flatnonzero((first < EARLIEST) | (last > LATEST))
    if len(wrong):
        place = int(wrong[0])
        found = first[place] if first[place] < EARLIEST else last[place]
        raise ColumnWrong(message("batch.time-impossible", found=int(found)))


def _allowed(looks: Looks, rule: Rule) -> int | Ints:
    """How far apart two looks of a run may be: one number, or one for each look."""
    if looks.interval is None:
        return rule.allowed(None)
    values, places = np.unique(looks.interval, return_inverse=True)
    each = [rule.allowed(None if one == NO_INTERVAL else int(one)) for one in values]
    return each[0] if len(each) == 1 else np.array(each, np.int64)[places.reshape(-1)]


def _breaks(looks: Looks, allowed: int | Ints) -> NDArray[np.bool_]:
    """Whether each look but the first begins a run: another series, state, interval, or a gap.

    A look that is not behind the one before it breaks the run too: its distance less one, taken
    as a number without a sign, is larger than any gap allowed.
    """
    size = len(looks.at) - 1
    found = np.empty(size, np.bool_)
    gaps = np.empty(min(size, _BLOCK), np.int64)
    for start in range(0, size, _BLOCK):
        stop = min(start + _BLOCK, size)
        now, then = slice(start, stop), slice(start + 1, stop + 1)
        gap, broken = gaps[: stop - start], found[now]
        np.subtract(looks.at[then], looks.at[now], out=gap)
        np.subtract(gap, 1, out=gap)
        limit = allowed if isinstance(allowed, int) else allowed[now]
        np.greater_equal(gap.view(np.uint64), np.uint64(limit), out=broken)
        broken |= looks.series[then] != looks.series[now]
        broken |= looks.seen[then] != looks.seen[now]
        if looks.interval is not None:
            broken |= looks.interval[then] != looks.interval[now]
    return found


def _by_series(runs: RunArrays) -> RunArrays:
    """The runs of each series together, in the order in which the chunk has them."""
    if bool(np.all(runs.series[1:] >= runs.series[:-1])):
        return runs
    return runs.taken(np.argsort(runs.series, kind="stable"))


def _disordered(runs: RunArrays) -> NDArray[np.bool_]:
    """By series, whether a look stands behind one of a later time, or of its own instant.

    The runs of each series are together, in the order in which the chunk has them.
    """
    same = runs.series[1:] == runs.series[:-1]
    wrong = np.zeros(len(runs.names.checks), np.bool_)
    wrong[runs.series[1:][same & (runs.first[1:] <= runs.last[:-1])]] = True
    return wrong


def _unsorted(runs: RunArrays, wrong: NDArray[np.bool_]) -> Message:
    number = int(np.flatnonzero(wrong)[0])
    mine = runs.taken(runs.series == number)
    place = int(np.flatnonzero(mine.first[1:] <= mine.last[:-1])[0])
    return message(
        "batch.checks-unsorted",
        check=runs.names.checks[number],
        before=instant(int(mine.last[place])),
        after=instant(int(mine.first[place + 1])),
        count=int(np.count_nonzero(wrong)),
    )
