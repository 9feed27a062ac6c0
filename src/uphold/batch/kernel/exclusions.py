"""Time that does not count: taken out of every series' line before anything is summed up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from uphold.batch.faults import ColumnWrong
from uphold.batch.kernel.line import Line, Stretches, merged
from uphold.batch.kernel.runs_table import Ints, Names, integers
from uphold.messages import message


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Maintenance: `common` for every check; the rest by the check it is for."""

    common: Stretches
    starts: Ints
    ends: Ints
    checks: tuple[str | None, ...]


def exclusions_of(table: pa.Table | None) -> Exclusions:
    """The table of exclusions: start, end (times), and check (text, null or absent for all).

    Exclusions may overlap. Raises `ColumnWrong` where one ends before it starts.
    """
    nothing = np.zeros(0, np.int64)
    if table is None or not table.num_rows:
        return Exclusions(Stretches(nothing, nothing), nothing, nothing, ())
    starts, ends = spans_of(table, "exclusions")
    named = table.column("check").to_pylist() if "check" in table.column_names else None
    checks = tuple(named or [None] * len(starts))
    common = np.array([check is None for check in checks], dtype=np.bool_)
    own = tuple(check for check in checks if check is not None)
    return Exclusions(merged(starts[common], ends[common]), starts[~common], ends[~common], own)


def spans_of(table: pa.Table, what: str) -> tuple[Ints, Ints]:
    """The columns start and end; `ColumnWrong` where they are absent or an end is before."""
    missing = tuple(name for name in ("start", "end") if name not in table.column_names)
    if missing:
        found = tuple(table.column_names)
        raise ColumnWrong(message("batch.columns-missing", columns=missing, found=found))
    starts, ends = integers(table.column("start"), "start"), integers(table.column("end"), "end")
    wrong = np.flatnonzero(ends < starts)
    if len(wrong):
        raise ColumnWrong(message("batch.span-backwards", table=what, row=int(wrong[0]) + 1))
    return starts, ends


@dataclass(frozen=True, slots=True)
class CountedTime:
    """Instants of series as places on the line from which excluded time is taken out.

    Between two places lies the time of the series that counts. Common exclusions are taken out
    first, by instants alone, so that they need not be repeated for each series.
    """

    line: Line
    common: Stretches
    own: Stretches

    @classmethod
    def of(cls, line: Line, exclusions: Exclusions, names: Names) -> CountedTime:
        """The counted time of these series, numbered from 0."""
        series_of: dict[str | None, list[int]] = {}
        for number, check in enumerate(names.checks):
            series_of.setdefault(check, []).append(number)
        pairs = [
            (number, place)
            for place, check in enumerate(exclusions.checks)
            for number in series_of.get(check, ())
        ]
        series = np.array([number for number, _ in pairs], dtype=np.int64)
        rows = np.array([place for _, place in pairs], dtype=np.int64)
        nothing = np.zeros(0, np.int64)
        counted = cls(line, exclusions.common, Stretches(nothing, nothing))
        own = merged(
            counted.places(series, exclusions.starts[rows]),
            counted.places(series, exclusions.ends[rows]),
        )
        return cls(line, exclusions.common, own)

    def places(self, series: Ints, times: Ints) -> Ints:
        """Where instants (microseconds) of series lie once excluded time is taken out."""
        skipped = int(self.common.before(np.array([self.line.origin]))[0])
        places = self.line.places(series, times - (self.common.before(times) - skipped))
        return places - self.own.before(places)

    def taken_out(self, stretches: Stretches) -> Stretches:
        """Stretches of the line without what is excluded in them; empty ones are left out."""
        found = Stretches(self._moved(stretches.starts), self._moved(stretches.ends))
        return found.where(found.starts < found.ends)

    def _moved(self, places: Ints) -> Ints:
        series, since = np.divmod(places, self.line.stride)
        return self.places(series, since + self.line.origin)
