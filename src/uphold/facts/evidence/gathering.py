"""Looks on their way into evidence: appended in any order, settled once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from uphold.facts.evidence.look import SeriesName, Trait, trait_of
from uphold.facts.evidence.run import Run
from uphold.facts.evidence.series import Series

MOST_IN_LOOKS = 2
"""A run of one or two looks says when each of them was, so nothing of it is lost."""


class Columns(NamedTuple):
    """Looks of one series as they come: instants, trait codes, and runs already summed up."""

    times: array[int]
    codes: array[int]
    sums: list[Run]


class Gathering:
    """Collects looks by series. Codes of traits are common to all its series."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._columns: dict[SeriesName, Columns] = {}
        self._codes: dict[Trait, int] = {}
        for run in runs:
            self.add(run)

    def columns(self, name: SeriesName) -> Columns:
        """Where the looks of a series are appended to."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = Columns(array("q"), array("i"), [])
        return found

    def code(self, trait: Trait) -> int:
        """The number that stands for a trait in this gathering."""
        return self._codes.setdefault(trait, len(self._codes))

    def add(self, run: Run) -> None:
        """Adds a run's looks, or the run as it is where they are unknown.

        ValueError for a run that cannot be: it ends before it begins, or has looks too few.
        """
        if run.last < run.first or run.count < 1 or (run.count == 1 and run.first != run.last):
            raise ValueError(
                f"{run!r} cannot be: a run has a look at its first and at its last instant"
            )
        trait = trait_of(run)
        columns = self.columns((run.kind, run.source, run.check))
        if run.count > MOST_IN_LOOKS and run.first != run.last:
            columns.sums.append(_spelt(run, trait))
            return
        code = self.code(trait)
        for at in {run.first, run.last}:
            columns.times.append(at)
            columns.codes.append(code)

    def settled(self) -> tuple[Series, ...]:
        """The series, sorted by name; what was gathered is used up."""
        if not self._columns:
            return ()
        from uphold.facts.evidence.settling import settled_columns

        traits = tuple(self._codes)
        series = settled_columns(traits, self._columns)
        self._columns, self._codes = {}, {}
        return series


def _spelt(run: Run, trait: Trait) -> Run:
    """The run with its measure in its one spelling."""
    if run.measure is trait.measure:
        return run
    return replace(run, measure=trait.measure)
