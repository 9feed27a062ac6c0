"""Series in columns: settling their order, joining them, and making runs of them.

Times are 64-bit microseconds. One set of looks gives one series, whatever the order, because of
several looks at one instant the least by `trait_order` stays: that is associative, commutative
and idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from uphold.facts.evidence.conflict import EvidenceConflict
from uphold.facts.evidence.gathering import Columns
from uphold.facts.evidence.look import SeriesName, Trait, trait_of, trait_order
from uphold.facts.evidence.run import Run, punctual
from uphold.facts.evidence.series import Series, sum_order
from uphold.facts.evidence.summed import sums_in_order

Times: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int32]


def settled_columns(
    traits: Sequence[Trait], columns: Mapping[SeriesName, Columns]
) -> tuple[Series, ...]:
    """The series of gathered looks, sorted by name; `traits` are what the codes stand for."""
    ordered, ranks = _ranked(traits)
    return tuple(
        _settled(
            name,
            ordered,
            np.frombuffer(found.times, np.int64),
            ranks[np.frombuffer(found.codes, np.int32)],
            found.sums,
        )
        for name, found in sorted(columns.items())
    )


def joined_series(pieces: Sequence[Series]) -> Series:
    """The series of all looks and sums of some, which are of one name."""
    if len(pieces) == 1:
        return pieces[0]
    traits = tuple(dict.fromkeys(trait for piece in pieces for trait in piece.traits))
    ordered, _ = _ranked(traits)
    place = {trait: rank for rank, trait in enumerate(ordered)}
    codes = [
        np.array([place[trait] for trait in piece.traits], np.int32)[_codes(piece)]
        for piece in pieces
    ]
    sums = (run for piece in pieces for run in piece.sums)
    times = [_times(piece) for piece in pieces]
    return _settled(pieces[0].name, ordered, np.concatenate(times), np.concatenate(codes), sums)


def looks_of(series: Series) -> Iterator[tuple[int, Trait]]:
    """Each look of a series that did not come summed up: its instant and its trait, in order."""
    for at, code in zip(_times(series).tolist(), _codes(series).tolist(), strict=True):
        yield at, series.traits[code]


def runs_of(series: Series, longest_gap: int) -> Iterator[Run]:
    """The maximal runs of a series; raises `EvidenceConflict` where sums do not let it.

    Two neighbours are of one run when they have one trait and the time between them is neither
    over their interval nor, where that is longer, over `longest_gap`.
    """
    traits, firsts, lasts, codes, counts = _stretches(series)
    if not len(firsts):
        return
    allowed = np.array([max(punctual(trait.interval), longest_gap) for trait in traits], np.int64)
    breaks = (codes[1:] != codes[:-1]) | (firsts[1:] - lasts[:-1] > allowed[codes[:-1]])
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:] - 1, [len(firsts) - 1]))
    kind, source, check = series.name
    for first, last, code, count in zip(
        firsts[starts].tolist(),
        lasts[ends].tolist(),
        codes[starts].tolist(),
        np.add.reduceat(counts, starts).tolist(),
        strict=True,
    ):
        trait = traits[code]
        # One number for both edges of a single look: of those there can be millions.
        end = first if first == last else last
        yield Run(
            kind, source, check, first, end, trait.state, trait.interval, count, trait.measure
        )


def _stretches(
    series: Series,
) -> tuple[tuple[Trait, ...], Times, Times, Codes, NDArray[np.int64]]:
    """Looks and sums behind each other: traits, then first, last, code and count of each."""
    times, codes = _times(series), _codes(series)
    if not series.sums:
        return series.traits, times, times, codes, np.ones(len(times), np.int64)
    sums = sums_in_order(series.sums)
    traits, ranks = _ranked(tuple(dict.fromkeys((*series.traits, *map(trait_of, sums)))))
    codes = ranks[: len(series.traits)][codes]
    place = {trait: rank for rank, trait in enumerate(traits)}
    sum_firsts = np.array([run.first for run in sums], np.int64)
    sum_lasts = np.array([run.last for run in sums], np.int64)
    sum_codes = np.array([place[trait_of(run)] for run in sums], np.int32)
    sum_counts = np.array([run.count for run in sums], np.int64)
    # Two sums that touch share the look at which they do.
    sum_counts[1:] -= sum_firsts[1:] == sum_lasts[:-1]
    holder = np.searchsorted(sum_firsts, times, "right") - 1
    held = (holder >= 0) & (times <= sum_lasts[holder])
    edge = (times == sum_firsts[holder]) | (times == sum_lasts[holder])
    better = edge & (codes > sum_codes[holder])
    astray = np.flatnonzero(held & (codes != sum_codes[holder]) & ~better)
    if len(astray):
        where = int(astray[0])
        stray = _single(series.name, int(times[where]), traits[int(codes[where])])
        raise EvidenceConflict(sums[int(holder[where])], stray)
    free = ~held
    firsts = np.concatenate((times[free], sum_firsts))
    order = np.argsort(firsts, kind="stable")
    return (
        traits,
        firsts[order],
        np.concatenate((times[free], sum_lasts))[order],
        np.concatenate((codes[free], sum_codes))[order],
        np.concatenate((np.ones(int(free.sum()), np.int64), sum_counts))[order],
    )


def _single(name: SeriesName, at: int, trait: Trait) -> Run:
    return Run(*name, at, at, trait.state, trait.interval, 1, trait.measure)


def _settled(
    name: SeriesName, traits: Sequence[Trait], times: Times, codes: Codes, sums: Iterable[Run]
) -> Series:
    """The series of looks in any order; `traits` are sorted, so the least code counts."""
    if len(times) > 1 and not bool((times[1:] > times[:-1]).all()):
        order = np.lexsort((codes, times))
        times, codes = times[order], codes[order]
        first = np.concatenate(([True], times[1:] != times[:-1]))
        times, codes = times[first], codes[first]
    used, places = np.unique(codes, return_inverse=True)
    return Series(
        name,
        tuple(traits[code] for code in used.tolist()),
        times.tobytes(),
        places.astype(np.int32).tobytes(),
        tuple(sorted(set(sums), key=_whole_order)),
    )


def _whole_order(run: Run) -> tuple[object, ...]:
    return *sum_order(run), *trait_order(trait_of(run))


def _ranked(traits: Sequence[Trait]) -> tuple[tuple[Trait, ...], Codes]:
    """The traits sorted, and where in that order each of the given ones stands."""
    order = sorted(range(len(traits)), key=lambda place: trait_order(traits[place]))
    ranks = np.empty(len(traits), np.int32)
    ranks[order] = np.arange(len(traits), dtype=np.int32)
    return tuple(traits[place] for place in order), ranks


def _times(series: Series) -> Times:
    return np.frombuffer(series.times, np.int64)


def _codes(series: Series) -> Codes:
    return np.frombuffer(series.codes, np.int32)
