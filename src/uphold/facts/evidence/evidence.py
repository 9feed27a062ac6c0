"""Evidence: any number of looks, in any order and grouping, and the runs that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from uphold.facts.evidence.conflict import EvidenceConflict
from uphold.facts.evidence.gathering import Gathering
from uphold.facts.evidence.look import SeriesName
from uphold.facts.evidence.run import Run
from uphold.facts.evidence.series import Series
from uphold.facts.problems import Problem


@dataclass(frozen=True, slots=True)
class Evidence:
    """Looks by series, kept without loss, so that joining is exact for any split of them.

    Joining is associative, commutative and idempotent: late looks and ones that came twice make
    no difference. Only runs that came summed up cannot be split again; `conflicts` tells where
    such runs do not fit the rest.

    `longest_gap` (microseconds) is how far two looks of one run may lie apart, where that is
    longer than their interval; 0 keeps every gap over the interval visible between two runs, as
    an agreement may ask about it. Whoever knows that no agreement calls a shorter silence
    unknown may give it, and gets fewer runs.
    """

    series: tuple[Series, ...] = ()
    longest_gap: int = 0
    _runs: tuple[Run, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, runs: Iterable[Run], *, longest_gap: int = 0) -> Evidence:
        """The evidence of looks (runs of one) and of runs."""
        return cls(Gathering(runs).settled(), longest_gap)

    @classmethod
    def join(cls, pieces: Iterable[Evidence]) -> Evidence:
        """All that the pieces hold; the shortest of their longest gaps is allowed."""
        given = tuple(pieces)
        every = (series for piece in given for series in piece.series)
        return cls(_joined(every), min((piece.longest_gap for piece in given), default=0))

    def joined(self, other: Evidence) -> Evidence:
        """This and the other."""
        return Evidence.join((self, other))

    def renamed(self, names: Mapping[str, str]) -> Evidence:
        """The same looks under other names of sources and checks: a new name for each old one.

        All names are replaced at once, so two can be exchanged. Series that come to bear one
        name are joined, as those of a source or check that got a new name and went on.
        """

        def new(name: SeriesName) -> SeriesName:
            kind, source, check = name
            return kind, names.get(source, source), names.get(check, check)

        series = (_named(each, new(each.name)) for each in self.series)
        return Evidence(_joined(series), self.longest_gap)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The maximal runs, sorted by kind, source, check and first.

        Raises `EvidenceConflict` where runs that came summed up do not fit together.
        """
        if self._runs is None:
            from uphold.facts.evidence.settling import runs_of

            runs = tuple(run for each in self.series for run in runs_of(each, self.longest_gap))
            object.__setattr__(self, "_runs", runs)
        assert self._runs is not None
        return self._runs

    @property
    def conflicts(self) -> tuple[Problem, ...]:
        """What keeps summed runs from fitting together, the first of each series; often nothing."""
        return tuple(
            problem
            for each in self.series
            if each.sums and (problem := _conflict(each, self.longest_gap)) is not None
        )


def _joined(series: Iterable[Series]) -> tuple[Series, ...]:
    from uphold.facts.evidence.settling import joined_series

    groups: dict[SeriesName, list[Series]] = {}
    for each in series:
        groups.setdefault(each.name, []).append(each)
    return tuple(joined_series(group) for _, group in sorted(groups.items()))


def _named(series: Series, name: SeriesName) -> Series:
    if series.name == name:
        return series
    kind, source, check = name
    sums = (replace(run, kind=kind, source=source, check=check) for run in series.sums)
    return replace(series, name=name, sums=tuple(sums))


def _conflict(series: Series, longest_gap: int) -> Problem | None:
    from uphold.facts.evidence.settling import runs_of

    try:
        for _ in runs_of(series, longest_gap):
            pass
    except EvidenceConflict as error:
        return error.problem
    return None
