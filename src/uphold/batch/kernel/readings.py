"""What runs say of up and down: the figure's outages, the least, the most, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uphold.batch.kernel.line import Line, Stretches, containing, hanging, merged
from uphold.batch.kernel.runs_table import NO_INTERVAL, Ints, RunArrays
from uphold.batch.rule import Rule
from uphold.facts.evidence import SEEN

_UP, _DEGRADED, _DOWN, _UNKNOWN = (
    SEEN.index(state) for state in ("up", "degraded", "down", "unknown")
)


@dataclass(frozen=True, slots=True)
class Readings:
    """The stretches of a line that count, outages whole and long enough.

    `down` as the figure counts it, `least` from first to last failed look, `most` from last good
    to next good look with what is unknown; `known` is what some look speaks for; `short` unknown
    time that is too short to count as down where the unknown counts as down.
    """

    down: Stretches
    least: Stretches
    most: Stretches
    known: Stretches
    short: Stretches


@dataclass(frozen=True, slots=True)
class Words:
    """What each run says: until when (microseconds), and whether what it saw is down, or good.

    `silence` numbers the stretches without a silence in them, over all series.
    """

    ends: Ints
    down: NDArray[np.bool_]
    good: NDArray[np.bool_]
    silence: Ints

    def of(self, some: slice) -> Words:
        """The words of some of the runs."""
        return Words(self.ends[some], self.down[some], self.good[some], self.silence[some])


def words_of(runs: RunArrays, rule: Rule, until: int | None = None) -> Words:
    """What each run says; runs are sorted by series and time and do not overlap.

    The last look of a run speaks until the next run of its series, if that comes within what is
    allowed, else for its own interval (measuring.md, "Evidence: runs"), never beyond `until`.
    """
    own = np.where(runs.interval == NO_INTERVAL, rule.interval or 0, runs.interval)
    late = own + own // 2
    allowed = 3 * own if rule.silent_after is None else np.maximum(rule.silent_after, late)
    follows = np.append(runs.first[1:], 0)
    same = np.append(runs.series[1:] == runs.series[:-1], False)
    heard = same & (follows - runs.last <= allowed)
    ends = np.where(heard, follows, runs.last + own)
    if until is not None:
        ends = np.minimum(ends, until)
    failed = runs.state == _DOWN
    if rule.degraded_down:
        failed = failed | (runs.state == _DEGRADED)
    seen = runs.state != _UNKNOWN
    down = _in_a_row(runs, failed, seen, rule.in_a_row)
    silence = np.append(0, np.cumsum(~heard))[: len(heard)]
    return Words(ends, down, seen & ~down, silence)


def readings_of(runs: RunArrays, words: Words, rule: Rule, line: Line, end: int) -> Readings:
    """The readings of runs whose series are numbered from 0 on a line that holds all of them.

    Nothing is told of what lies behind the instant `end` of each series.
    """
    number = len(runs.names.checks)
    known = words.down | words.good
    speaks = merged(
        line.places(runs.series[known], runs.first[known]),
        line.places(runs.series[known], words.ends[known]),
    )
    starts = line.places(runs.series, runs.first)[words.down]
    outages = merged(starts, line.places(runs.series, words.ends)[words.down])
    unknown = _unknown(speaks, number, line, end)
    firm = Stretches(*(np.append(*pair) for pair in _pairs(outages, unknown)))
    most = hanging(firm, _edged(runs, words, line))
    least = rule.least or 0
    short = most.lengths < least
    hidden = unknown.where(short[containing(most, unknown.starts)]) if len(short) else unknown
    return Readings(
        down=outages.where(outages.lengths >= least),
        least=_least(runs, words, line, outages, least),
        most=most.where(~short),
        known=speaks,
        short=hidden,
    )


def _unknown(speaks: Stretches, number: int, line: Line, end: int) -> Stretches:
    """What no look speaks for: of each series from its beginning on the line until `end`."""
    series = np.arange(number)
    # What lies behind the end belongs to nobody: it is spoken for, so as not to be unknown.
    beyond = line.places(series, np.full(number, end)), (series + 1) * line.stride
    told = merged(np.append(speaks.starts, beyond[0]), np.append(speaks.ends, beyond[1]))
    return told.gaps(number * line.stride)


def _pairs(one: Stretches, other: Stretches) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    return (one.starts, other.starts), (one.ends, other.ends)


def _in_a_row(
    runs: RunArrays, failed: NDArray[np.bool_], seen: NDArray[np.bool_], least: int
) -> NDArray[np.bool_]:
    """The runs that are down: of failed looks behind each other there are at least so many.

    Silence and looks that saw nothing neither count nor break a row.
    """
    if least == 1 or not failed.any():
        return failed
    places = np.flatnonzero(seen)
    series, row, count = runs.series[places], failed[places], runs.count[places]
    same = (series[1:] == series[:-1]) & row[1:] & row[:-1]
    begins = np.flatnonzero(np.append(True, ~same))
    counts = np.add.reduceat(count, begins)
    enough = np.repeat(counts >= least, np.diff(np.append(begins, len(row))))
    found = np.zeros_like(failed)
    found[places] = row & enough
    return found


def _least(runs: RunArrays, words: Words, line: Line, outages: Stretches, least: int) -> Stretches:
    """Outages from the first to the last failed look, those that are long enough so."""
    # A look at the very end speaks for no time: it makes no outage, and is in none.
    failed = line.places(runs.series, runs.last)[words.down & (runs.first < words.ends)]
    if not len(failed):
        return outages
    mine = containing(outages, failed)
    lasts = np.maximum.reduceat(failed, np.flatnonzero(np.diff(mine, prepend=-1)))
    found = Stretches(outages.starts[np.unique(mine)], lasts)
    return found.where((found.lengths >= least) & (found.lengths > 0))


def _edged(runs: RunArrays, words: Words, line: Line) -> Stretches:
    """From the last good look before each down run to the next one; no further than a silence."""
    size = len(runs.series)
    places = np.arange(size)
    before = np.maximum.accumulate(np.where(words.good, places, -1))[words.down]
    after = np.minimum.accumulate(np.where(words.good, places, size)[::-1])[::-1][words.down]
    series, silence = runs.series[words.down], words.silence[words.down]
    has_before = (before >= 0) & (words.silence[np.maximum(before, 0)] == silence)
    has_after = (after < size) & (words.silence[np.minimum(after, size - 1)] == silence)
    starts = np.where(has_before, runs.last[np.maximum(before, 0)], runs.first[words.down])
    ends = np.where(has_after, runs.first[np.minimum(after, size - 1)], words.ends[words.down])
    return Stretches(line.places(series, starts), line.places(series, ends))
