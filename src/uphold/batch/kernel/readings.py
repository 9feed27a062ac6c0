"""What runs say of up and down: the figure's outages, the least, the most, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uphold.batch.kernel.line import Line, Stretches, containing, merged
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
    """Until when each run speaks (microseconds), and whether what it saw is down, good, known."""

    ends: Ints
    down: NDArray[np.bool_]
    good: NDArray[np.bool_]


def words_of(runs: RunArrays, rule: Rule) -> Words:
    """What each run says; runs are sorted by series and time and do not overlap.

    The last look of a run speaks until the next run of its series, if that comes within what is
    allowed, else for its own interval (measuring.md, "Evidence: runs").
    """
    own = np.where(runs.interval == NO_INTERVAL, rule.interval or 0, runs.interval)
    tripled = 3 * own
    allowed = tripled if rule.silent_after is None else np.maximum(rule.silent_after, own)
    follows = np.append(runs.first[1:], 0)
    same = np.append(runs.series[1:] == runs.series[:-1], False)
    heard = same & (follows - runs.last <= allowed)
    ends = np.where(heard, follows, runs.last + own)
    failed = runs.state == _DOWN
    if rule.degraded_down:
        failed = failed | (runs.state == _DEGRADED)
    down = _in_a_row(runs, failed, rule.in_a_row)
    return Words(ends, down, ~down & (runs.state != _UNKNOWN))


def readings_of(runs: RunArrays, words: Words, rule: Rule, line: Line) -> Readings:
    """The readings of runs whose series are numbered from 0 on a line that holds all of them."""
    number = len(runs.names.checks)
    known = words.down | words.good
    speaks = merged(
        line.places(runs.series[known], runs.first[known]),
        line.places(runs.series[known], words.ends[known]),
    )
    starts = line.places(runs.series, runs.first)[words.down]
    outages = merged(starts, line.places(runs.series, words.ends)[words.down])
    unknown = speaks.gaps(number * line.stride)
    most = _most(runs, words, line, unknown)
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


def _in_a_row(runs: RunArrays, failed: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """The runs that are down: of failed looks behind each other there are at least so many."""
    if least == 1 or not failed.any():
        return failed
    same = runs.series[1:] == runs.series[:-1]
    begins = np.flatnonzero(np.append(True, ~(same & failed[1:] & failed[:-1])))
    counts = np.add.reduceat(runs.count, begins)
    lengths = np.diff(np.append(begins, len(failed)))
    return failed & (np.repeat(counts, lengths) >= least)


def _least(runs: RunArrays, words: Words, line: Line, outages: Stretches, least: int) -> Stretches:
    """Outages from the first to the last failed look, those that are long enough so."""
    failed = line.places(runs.series, runs.last)[words.down]
    if not len(failed):
        return outages
    mine = containing(outages, failed)
    lasts = np.maximum.reduceat(failed, np.flatnonzero(np.diff(mine, prepend=-1)))
    found = Stretches(outages.starts[np.unique(mine)], lasts)
    return found.where((found.lengths >= least) & (found.lengths > 0))


def _most(runs: RunArrays, words: Words, line: Line, unknown: Stretches) -> Stretches:
    """Outages from the last good look to the next, and unknown time; what touches is one."""
    places = np.arange(len(runs.series))
    size = len(places)
    before = np.maximum.accumulate(np.where(words.good, places, -1))
    after = np.minimum.accumulate(np.where(words.good, places, size)[::-1])[::-1]
    down = words.down
    before, after, series = before[down], after[down], runs.series[down]
    has_before = (before >= 0) & (runs.series[np.maximum(before, 0)] == series)
    has_after = (after < size) & (runs.series[np.minimum(after, size - 1)] == series)
    starts = np.where(has_before, runs.last[np.maximum(before, 0)], runs.first[down])
    ends = np.where(has_after, runs.first[np.minimum(after, size - 1)], words.ends[down])
    return merged(
        np.append(line.places(series, starts), unknown.starts),
        np.append(line.places(series, ends), unknown.ends),
    )
