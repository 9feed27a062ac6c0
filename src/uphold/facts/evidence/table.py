"""Rows of one layout into looks: what rows share is worked out once, so that millions are quick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeAlias

from uphold.facts.checking import shown
from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.cells import Cells, trait_of_cells, whole_number
from uphold.facts.evidence.gathering import Columns, Gathering
from uphold.facts.evidence.layout import Column, Layout
from uphold.facts.evidence.look import SeriesName
from uphold.facts.evidence.moments import Moments
from uphold.facts.evidence.options import Options
from uphold.facts.evidence.run import KINDS, Run, punctual
from uphold.messages import message

Key: TypeAlias = "str | tuple[str, ...]"

_MOST_KEPT = 1 << 16


class Names(dict[Key, Columns]):
    """Where looks go, by the cells that name their series."""

    def __init__(self, columns: Sequence[Column], options: Options, gathering: Gathering) -> None:
        super().__init__()
        self._columns, self._options, self._gathering = columns, options, gathering

    def __missing__(self, key: Key) -> Columns:
        found = self._gathering.columns(self.name(key))
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[key] = found
        return found

    def name(self, key: Key) -> SeriesName:
        """The series that the cells name; raises `CellError`."""
        cells = cells_of(self._columns, key)
        for text, column in cells.values():
            _require_text(text, column)
        check, column = cells["check"]
        if not check:
            raise CellError(
                message("problem.evidence-cell-empty", column=column),
                message("hint.evidence-check"),
            )
        kind = _kind(cells, self._options)
        source = _given(cells, "place") or _given(cells, "source") or self._options.source or kind
        renames = self._options.renames
        return kind, renames.get(source, source), renames.get(check, check)


class Sights(dict[Key, int]):
    """The code of what was seen, by the cells that tell it."""

    def __init__(self, columns: Sequence[Column], options: Options, gathering: Gathering) -> None:
        super().__init__()
        self._columns, self._options, self._gathering = columns, options, gathering

    def __missing__(self, key: Key) -> int:
        cells = cells_of(self._columns, key)
        interval = self._options.interval_of(_kind(cells, self._options))
        code = self._gathering.code(trait_of_cells(cells, interval))
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[key] = code
        return code


class Table:
    """Takes the rows of a table of one layout into a gathering."""

    def __init__(
        self, layout: Layout, options: Options, gathering: Gathering, moments: Moments
    ) -> None:
        self._layout, self._options, self._gathering = layout, options, gathering
        self._moments = moments
        self._names = Names(layout.naming, options, gathering)
        self._sights = Sights(layout.seeing, options, gathering)
        self._naming = _picking(layout.naming)
        self._seeing = _picking(layout.seeing)
        self.add = self._add_sum if layout.when is None else self._adding(layout.when)

    def _adding(self, when: Column) -> Callable[[Sequence[str]], None]:
        """The way a look is added; what it needs is bound once, not for each of a million rows."""
        names, sights, naming, seeing = self._names, self._sights, self._naming, self._seeing
        instant, place, column = self._moments.instant, when.index, when.name

        def add(cells: Sequence[str]) -> None:
            at = instant(cells[place], column)
            code = sights[seeing(cells)]
            columns = names[naming(cells)]
            columns.times.append(at)
            columns.codes.append(code)

        return add

    def _add_sum(self, cells: Sequence[str]) -> None:
        """Adds a row that is a run, after a look at whether it can be one."""
        told = {column.role: (cells[column.index].strip(), column.name) for column in self._sums}
        first, last = (self._moments.instant(*told[edge]) for edge in ("first", "last"))
        kind, source, check = self._names.name(self._naming(cells))
        interval = self._options.interval_of(kind)
        trait = trait_of_cells(cells_of(self._layout.seeing, self._seeing(cells)), interval)
        count = whole_number(told, "count")
        if last < first:
            raise CellError(
                message("problem.evidence-run-backwards"), message("hint.evidence-run-backwards")
            )
        if not count or (count == 1) != (first == last):
            raise CellError(
                message("problem.evidence-run-count", found=told["count"][0]),
                message("hint.evidence-run-count"),
            )
        if count > 1:
            self._require_no_silence(last - first, count, trait.interval)
        self._gathering.add(
            Run(kind, source, check, first, last, trait.state, trait.interval, count, trait.measure)
        )

    @property
    def _sums(self) -> Sequence[Column]:
        return self._layout.sums

    def _require_no_silence(self, length: int, count: int, interval: int | None) -> None:
        """A run whose looks cannot be an interval apart hides a silence somewhere in it."""
        allowed = max(punctual(interval), self._options.longest_gap)
        if not allowed:
            raise CellError(
                message("problem.evidence-run-interval"), message("hint.evidence-interval")
            )
        if length > (count - 1) * allowed:
            raise CellError(
                message("problem.evidence-run-silent", looks=count),
                message("hint.evidence-run-silent"),
            )


def cells_of(columns: Sequence[Column], key: Key) -> Cells:
    """The cells by role, without spaces around them, and what their columns are called."""
    texts = (key,) if isinstance(key, str) else key
    return {
        column.role: (text.strip(), column.name)
        for column, text in zip(columns, texts, strict=True)
    }


def _picking(columns: Sequence[Column]) -> Callable[[Sequence[str]], Key]:
    return itemgetter(*(column.index for column in columns))


def _kind(cells: Cells, options: Options) -> str:
    """The kind of evidence that a row is; raises `CellError` for one that there is not."""
    kind, column = cells.get("kind", ("", ""))
    if not kind:
        return options.own_kind
    if kind.casefold() not in KINDS:
        raise CellError(
            message("problem.evidence-kind", column=column, found=shown(kind)),
            message("hint.evidence-kinds", kinds=KINDS),
        )
    return kind.casefold()


def _given(cells: Cells, role: str) -> str:
    return cells.get(role, ("", ""))[0]


def _require_text(text: str, column: str) -> None:
    """A lone surrogate, which JSON can escape, can be written to no file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise CellError(message("problem.evidence-cell", column=column)) from None
