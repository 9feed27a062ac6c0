"""Logs of changes: rows that a checker or component writes when its state changes, as runs.

A row says what was seen then, and by its absence that nothing else was seen until the next. It
holds until the next row of its series, but for a stated time at most: a writer that died writes
no rows either. A row that repeats the state renews that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from uphold.facts.evidence.evidence import Evidence
from uphold.facts.evidence.look import Trait
from uphold.facts.evidence.run import Run
from uphold.facts.evidence.series import Series
from uphold.facts.times import SECOND

SHARP = 1
"""How long before a change the old state was last seen, in a log without an interval."""


def runs_of_changes(
    rows: Iterable[Run], holds: int, interval: int | None = None
) -> tuple[Run, ...]:
    """The runs of all rows (looks) of any number of change logs, sorted as `Evidence.runs`.

    `holds` is how long a state holds after its row at most, `interval` how often the checker
    looked where the row itself does not say, both in microseconds and above 0. Give all rows of a
    series at once: the runs of a part of them would last beyond rows that another part holds.

    The old state was last seen one interval before the next row (never before its own row), and
    so that its last look, which speaks for one interval, does not outlast `holds`; a row at
    10:00 and the next at 10:20 give, every 5 minutes, four looks from 10:00 to 10:15. Without
    any interval the looks count as a second apart, and the old state as seen until one
    microsecond before the change, so its edges are sharp. What a row measured is kept for the
    row's own look alone. Runs that are summed up already are handed on as they are.
    """
    return held(Evidence.of(rows), holds, interval).runs


def held(
    rows: Evidence, holds: int, interval: int | None = None, kind: str | None = None
) -> Evidence:
    """What the rows of change logs amount to, as `runs_of_changes` says.

    With `kind` the interval is that of this kind of evidence alone.
    """
    if holds <= 0 or (interval is not None and interval <= 0):
        raise ValueError("a state holds, and a checker's interval lasts, longer than nothing")
    runs = (
        run
        for series in rows.series
        for run in _held_runs(series, holds, interval if kind in (None, series.name[0]) else None)
    )
    return Evidence.of(runs, longest_gap=rows.longest_gap)


def _held_runs(series: Series, holds: int, interval: int | None) -> Iterator[Run]:
    from uphold.facts.evidence.settling import looks_of

    yield from series.sums
    before: tuple[int, Trait] | None = None
    for at, trait in looks_of(series):
        if before is not None:
            yield from _stretch(series, *before, interval, min(at, before[0] + holds), at)
        before = at, trait
    if before is not None:
        yield from _stretch(series, *before, interval, before[0] + holds, None)


def _stretch(
    series: Series, at: int, trait: Trait, interval: int | None, until: int, following: int | None
) -> Iterator[Run]:
    """The looks that a row stands for, which speak up to `until`; `following` is the next row."""
    step = trait.interval or interval
    apart = step or SECOND
    sharp = step is None and until == following
    last = max(at, until - (SHARP if sharp else apart))
    kind, source, check = series.name
    row = Run(kind, source, check, at, at, trait.state, apart, 1, trait.measure)
    if trait.measure is None:
        yield replace(row, last=last, count=_looks(last - at, apart))
        return
    yield row
    if last > at:
        first = min(at + apart, last)
        rest = replace(row, first=first, last=last, measure=None)
        yield replace(rest, count=_looks(last - first, apart))


def _looks(length: int, apart: int) -> int:
    """How many looks, at both ends and between, keep every gap of a length within `apart`."""
    return -(-length // apart) + 1
