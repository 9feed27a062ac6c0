"""From runs to figures: for each series and window, how much was owed, down, unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from uphold.batch.faults import ColumnWrong
from uphold.batch.kernel.exclusions import CountedTime, Exclusions, exclusions_of, spans_of
from uphold.batch.kernel.line import Line, Stretches
from uphold.batch.kernel.readings import Readings, Words, readings_of, words_of
from uphold.batch.kernel.runs_table import NO_INTERVAL, Ints, Names, RunArrays, arrays_of
from uphold.batch.rule import Rule
from uphold.messages import message

_AT_ONCE = 1 << 21
"""Runs measured at a time; it bounds the memory."""

LENGTHS = (
    "owed",
    "down",
    "unknown",
    "excluded",
    "down_lowest",
    "down_highest",
    "unknown_short",
    "outages",
    "longest",
)
"""The numbers of a figure, int64; all but `outages` are microseconds.

`down_lowest` and `down_highest` are the downtime behind the lowest and the highest availability,
`unknown_short` unknown time that is left out of the denominator of the lowest:

    availability = (owed - unknown - down) / (owed - unknown)
    lowest       = (owed - unknown_short - down_lowest) / (owed - unknown_short)
    highest      = (owed - down_highest) / owed
"""


def figures(
    runs: pa.Table,
    windows: pa.Table,
    exclusions: pa.Table | None,
    rule: Rule,
    until: int | None = None,
) -> pa.Table:
    """The figures of every series of the runs for every window, in that order.

    `runs` are as `join` gives them; `windows` has label (text), start and end (times), half-open,
    and may overlap; `exclusions` has start, end and, where it is not for all, check. The answer has
    source, check, window, start, end, and `LENGTHS`. To the last microsecond as in
    docs/language/measuring.md, for an indicator of checks. Nothing after `until` (microseconds
    since 1970 in UTC) is looked at, and windows end there. Raises `ColumnWrong`.
    """
    read = arrays_of(runs)
    if until is not None:
        read = _cut(read, until)
    _require_order(read)
    _require_gaps(read, rule)
    taken = exclusions_of(exclusions)
    starts, ends = spans_of(windows, "windows")
    if until is not None:
        starts, ends = np.minimum(starts, until), np.minimum(ends, until)
    words = words_of(read, rule, until)
    line = _line(read, words, taken, (starts, ends), rule)
    end = line.origin + line.stride - 1 if until is None else until
    pieces = [
        _measured(*piece, taken, (starts, ends), rule, line, end)
        for piece in _blocks(read, words, line)
    ]
    return _table(read.names, windows, starts, ends, pieces)


def _cut(runs: RunArrays, until: int) -> RunArrays:
    """The looks up to an instant; those of a run that it cuts lie evenly."""
    runs = runs.taken(runs.first <= until)
    last, count = runs.last.copy(), runs.count.copy()
    for place in np.flatnonzero(last > until).tolist():
        first, length = int(runs.first[place]), int(runs.last[place] - runs.first[place])
        gaps = max(int(count[place]) - 1, 1)
        # Look j is at first + ⌊j × length ÷ gaps⌋: one exactly at `until` has been seen, too.
        seen = (gaps * (until - first + 1) - 1) // length
        last[place], count[place] = first + seen * length // gaps, seen + 1
    return replace(runs, last=last, count=count)


def _require_order(runs: RunArrays) -> None:
    same = runs.series[1:] == runs.series[:-1]
    behind = (runs.series[1:] > runs.series[:-1]) | (same & (runs.first[1:] > runs.last[:-1]))
    if not bool(np.all(behind)) or bool(np.any(runs.last < runs.first)):
        raise ColumnWrong(message("batch.runs-not-joined"))


def _require_gaps(runs: RunArrays, rule: Rule) -> None:
    """Refuses runs that may hide a silence, or for which nothing says how long a look speaks."""
    if rule.allowed(None) == 0 and bool(np.any(runs.interval == NO_INTERVAL)):
        raise ColumnWrong(message("batch.interval-unknown"))
    several = runs.count > 1
    for interval, gap in np.unique(np.stack([runs.interval, runs.gap])[:, several], axis=1).T:
        allowed = rule.allowed(int(interval) if interval >= 0 else None)
        if gap > allowed:
            raise ColumnWrong(message("batch.runs-hide-gaps", gap=int(gap), allowed=allowed))


def _line(
    runs: RunArrays, words: Words, taken: Exclusions, windows: tuple[Ints, Ints], rule: Rule
) -> Line:
    """A line on which every instant fits, with room so that the unknown at its ends is long."""
    times = [runs.first, words.ends, runs.last, *windows, taken.starts, taken.ends]
    times += [taken.common.starts, taken.common.ends]
    room = (rule.least or 0) + 1
    least = min((int(one.min()) for one in times if len(one)), default=0) - room
    most = max((int(one.max()) for one in times if len(one)), default=0) + room
    return Line(least, most - least + 1)


def _blocks(runs: RunArrays, words: Words, line: Line) -> list[tuple[RunArrays, Words]]:
    """Runs of some series at a time, numbered from 0, as many as fit the line and the memory."""
    number = len(runs.names.checks)
    begins = np.searchsorted(runs.series, np.arange(number + 1))
    found = []
    start = 0
    while start < number:
        reach = int(np.searchsorted(begins, begins[start] + _AT_ONCE, side="right")) - 1
        stop = min(max(reach, start + 1), start + line.most, number)
        mine = slice(int(begins[start]), int(begins[stop]))
        names = Names(runs.names.sources[start:stop], runs.names.checks[start:stop])
        block = replace(runs.taken(np.arange(mine.start, mine.stop)), names=names)
        found.append(
            (
                replace(block, series=block.series - start),
                words.of(mine),
            )
        )
        start = stop
    return found


def _measured(
    runs: RunArrays,
    words: Words,
    taken: Exclusions,
    windows: tuple[Ints, Ints],
    rule: Rule,
    line: Line,
    end: int,
) -> dict[str, Ints]:
    """The numbers of some series, as arrays of the shape (series, windows)."""
    readings = readings_of(runs, words, rule, line, end)
    counted = CountedTime.of(line, taken, runs.names)
    series = np.arange(len(runs.names.checks))[:, None]
    starts, ends = (counted.places(series, times[None, :]) for times in windows)

    def inside(stretches: Stretches) -> Ints:
        cut = counted.taken_out(stretches)
        return cut.before(ends) - cut.before(starts)

    owed = ends - starts
    found = {
        "owed": owed,
        "down": inside(readings.down),
        "unknown": owed - inside(readings.known),
        "excluded": (windows[1] - windows[0])[None, :] - owed,
        "down_lowest": inside(readings.most),
        "down_highest": inside(readings.least),
        "unknown_short": inside(readings.short),
    }
    return found | _outages(readings, counted, starts, ends)


def _outages(readings: Readings, counted: CountedTime, starts: Ints, ends: Ints) -> dict[str, Ints]:
    """How many outages made downtime in each window, and the longest downtime of one."""
    down = counted.taken_out(readings.down)
    first = np.searchsorted(down.ends, starts, side="right")
    last = np.searchsorted(down.starts, ends, side="left")
    number = np.where(starts < ends, last - first, 0)
    longest = np.zeros(starts.shape, np.int64)
    for window in range(starts.shape[1]):
        some = np.flatnonzero(number[:, window])
        if not len(some):
            continue
        counts = number[some, window]
        begins = np.append(0, np.cumsum(counts)[:-1])
        rows = np.arange(int(counts.sum())) + np.repeat(first[some, window] - begins, counts)
        cut = np.minimum(down.ends[rows], np.repeat(ends[some, window], counts))
        cut -= np.maximum(down.starts[rows], np.repeat(starts[some, window], counts))
        longest[some, window] = np.maximum.reduceat(cut, begins)
    return {"outages": number.astype(np.int64), "longest": longest}


def _table(
    names: Names, windows: pa.Table, starts: Ints, ends: Ints, pieces: list[dict[str, Ints]]
) -> pa.Table:
    """One row for each series and window, the windows of one series together."""
    number, each = len(names.checks), len(starts)
    order = np.repeat(np.arange(number), each)
    window = np.tile(np.arange(each), number)
    labels = (
        windows.column("label")
        if "label" in windows.column_names
        else pa.array([str(place + 1) for place in range(each)], pa.string())
    )
    columns = {
        "source": pa.array(names.sources, pa.string()).take(pa.array(order)),
        "check": pa.array(names.checks, pa.string()).take(pa.array(order)),
        "window": labels.take(pa.array(window)),
        "start": pa.array(starts[window]).cast(pa.timestamp("us", "UTC")),
        "end": pa.array(ends[window]).cast(pa.timestamp("us", "UTC")),
    }
    for name in LENGTHS:
        parts = [piece[name].reshape(-1) for piece in pieces]
        columns[name] = pa.array(np.concatenate(parts) if parts else np.zeros(0, np.int64))
    return pa.table(columns)
