"""Judging the things of one batch: shapes, gathered by structure, judged by columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.targets import NoTarget
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.bulk.columns import CODES, NONE, Columns, joined
from uphold.engine.bulk.shape import Shape, Structure, clocks_by_name
from uphold.engine.bulk.vector import (
    Cycles,
    cut_to_start,
    groups_at_start,
    judge_cycles,
)
from uphold.engine.clocks import in_order
from uphold.engine.plan import WHEN
from uphold.engine.verdict import State

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Setting:
    """The agreement, the kind of thing, the instant, and from when the agreement is in force."""

    agreement: Agreement
    thing: str
    now: int
    in_force: int | None


def judge_shapes(setting: Setting, shapes: Iterable[Shape]) -> tuple[Columns, ...]:
    """The verdicts of all things gathered in the shapes, a set of columns for each clock.

    Things whose first clock started before `in_force` are `not owed`. Raises CalendarError where
    a time lies beyond what a calendar was written out for.
    """
    gathered: dict[str, dict[Structure, list[_Piece]]] = {}
    decided: dict[str, list[Columns]] = {}
    early = [_gather(setting, shape, gathered, decided) for shape in shapes if shape.subjects]
    clocks = clocks_by_name(setting.agreement)
    found: dict[str, Columns] = {}
    for clock in in_order(setting.agreement, setting.thing):
        parts = [
            part
            for structure, pieces in gathered.get(clock.name, {}).items()
            for part in _judge(setting, clocks[clock.name], structure, pieces, found)
        ]
        if parts:
            found[clock.name] = joined(clock.name, parts)
    for name, columns in decided.items():
        found[name] = joined(name, columns)
    return tuple(_where_owed(columns, early) for columns in found.values())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Cycles of one shape and structure: the things, the cycle's number, and its times."""

    subjects: NDArray[np.int64]
    number: int
    times: NDArray[np.int64]


def _gather(
    setting: Setting,
    shape: Shape,
    gathered: dict[str, dict[Structure, list[_Piece]]],
    decided: dict[str, list[Columns]],
) -> NDArray[np.int64]:
    """Puts the cycles of a shape with their like; the things from before the agreement."""
    times = np.array(shape.times, dtype=np.int64).reshape(-1, shape.width)
    subjects = np.array(shape.subjects, dtype=np.int64)
    for cycle in shape.cycles:
        piece = _Piece(subjects, cycle.number, times[:, list(cycle.ranks)])
        by_structure = gathered.setdefault(cycle.structure.clock, {})
        by_structure.setdefault(cycle.structure, []).append(piece)
    for name, number, state in shape.decided:
        decided.setdefault(name, []).append(_blank(name, subjects, number, CODES[state]))
    if setting.in_force is None:
        return subjects[:0]
    return subjects[times[:, shape.start_rank] < setting.in_force]


def _judge(
    setting: Setting,
    clock: ClockTerm,
    structure: Structure,
    pieces: list[_Piece],
    found: Mapping[str, Columns],
) -> Iterable[Columns]:
    """The columns of all cycles of one structure."""
    subjects = np.concatenate([piece.subjects for piece in pieces])
    numbers = np.concatenate([np.full(len(p.subjects), p.number, np.int64) for p in pieces])
    times = np.concatenate([piece.times for piece in pieces])
    rows = _Rows(subjects, numbers)
    if structure.begun:
        cycles = _cycles(structure, times, times[:, 0])
        yield _columns(setting, clock, rows, cycles)
        return
    if structure.after is None:
        yield from _without_start(structure, clock, rows, times, begun=False)
        return
    yield from _chained(setting, clock, structure, rows, times, found.get(structure.after))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which thing and cycle each row is."""

    subjects: NDArray[np.int64]
    numbers: NDArray[np.int64]

    def only(self, kept: NDArray[np.int64]) -> _Rows:
        return _Rows(self.subjects[kept], self.numbers[kept])


def _chained(
    setting: Setting,
    clock: ClockTerm,
    structure: Structure,
    rows: _Rows,
    times: NDArray[np.int64],
    before: Columns | None,
) -> Iterable[Columns]:
    """Cycles that start when another clock is due: by what became of that clock's first cycle."""
    if before is None:
        return
    size = 1 + int(max(rows.subjects.max(), before.subject.max(initial=0)))
    due, begun = np.full(size, NONE, np.int64), np.full(size, NONE, np.int64)
    exists = np.zeros(size, dtype=bool)
    firsts = np.flatnonzero(before.cycle == 1)
    due[before.subject[firsts]] = before.due[firsts]
    begun[before.subject[firsts]] = before.starts[firsts]
    exists[before.subject[firsts]] = True
    start = due[rows.subjects]
    there = exists[rows.subjects]
    known = np.flatnonzero(there & (start != NONE))
    if len(known):
        cycles = _cycles(structure, times[known], start[known])
        mine = rows.only(known)
        for first, kept in groups_at_start(cycles):
            part = cut_to_start(_rows_of(cycles, kept), first)
            yield _columns(setting, clock, mine.only(kept), part)
    for is_begun in (False, True):
        has_begun = (begun[rows.subjects] != NONE) == is_begun
        left = np.flatnonzero(there & (start == NONE) & has_begun)
        if len(left):
            mine = rows.only(left)
            yield from _without_start(structure, clock, mine, times[left], begun=is_begun)


def _without_start(
    structure: Structure,
    clock: ClockTerm,
    rows: _Rows,
    times: NDArray[np.int64],
    *,
    begun: bool,
) -> Iterable[Columns]:
    """Cycles without a start, as `uphold.engine.outcome` judges them."""
    last = structure.regimes[-1]
    if last.unowed_by == WHEN:
        return
    if last.unowed_by is not None or isinstance(last.target, NoTarget):
        state = State.NOT_OWED
    elif structure.unrecorded:
        state = State.UNKNOWN
    elif structure.has_cancel:
        state = State.CANCELLED
    else:
        state = State.UNKNOWN if begun else State.NOT_STARTED
    blank = _blank(clock.name, rows.subjects, 1, CODES[state])
    stopped = times[:, 0] if structure.has_stop else blank.stopped
    yield replace(blank, cycle=rows.numbers, stopped=stopped)


def _columns(setting: Setting, clock: ClockTerm, rows: _Rows, cycles: Cycles) -> Columns:
    judged = judge_cycles(setting.agreement, clock, cycles, setting.now)
    stopped = cycles.stop
    if stopped is None:
        stopped = np.full(len(cycles), NONE, dtype=np.int64)
    return Columns(
        clock.name,
        rows.subjects,
        rows.numbers,
        judged.state,
        cycles.start,
        judged.due,
        stopped,
        judged.used,
        judged.left,
    )


def _where_owed(columns: Columns, early: Sequence[NDArray[np.int64]]) -> Columns:
    """The columns with what nobody had promised yet, for these things, as `not owed`."""
    if not any(len(subjects) for subjects in early):
        return columns
    owed = ~np.isin(columns.subject, np.concatenate(early))
    return replace(
        columns,
        state=np.where(owed, columns.state, CODES[State.NOT_OWED]),
        due=np.where(owed, columns.due, NONE),
        used=np.where(owed, columns.used, NONE),
        left=np.where(owed, columns.left, NONE),
    )


def _cycles(structure: Structure, times: NDArray[np.int64], start: NDArray[np.int64]) -> Cycles:
    """The cycles of one structure, their times taken from the columns of `PlannedCycle.ranks`."""
    place = 1 if structure.begun else 0

    def column() -> NDArray[np.int64]:
        nonlocal place
        place += 1
        return times[:, place - 1]

    stop = column() if structure.has_stop else None
    cancel = column() if structure.has_cancel else None
    changes = [start] if structure.begun else []
    changes += [column() for _ in range(len(structure.regimes) - len(changes))]
    holds = tuple((column(), column()) for _ in range(structure.holds))
    open_hold = column() if structure.open_hold else None
    return Cycles(
        start,
        stop,
        cancel,
        structure.regimes,
        tuple(changes),
        holds,
        open_hold,
        structure.unrecorded,
    )


def _rows_of(cycles: Cycles, kept: NDArray[np.int64]) -> Cycles:
    """Some of the cycles."""

    def only(times: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
        return None if times is None else times[kept]

    return replace(
        cycles,
        start=cycles.start[kept],
        stop=only(cycles.stop),
        cancel=only(cycles.cancel),
        changes=tuple(change[kept] for change in cycles.changes),
        holds=tuple((begin[kept], end[kept]) for begin, end in cycles.holds),
        open_hold=only(cycles.open_hold),
    )


def _blank(name: str, subjects: NDArray[np.int64], number: int, code: int) -> Columns:
    """Columns of verdicts that have no times."""
    size = len(subjects)
    none = np.full(size, NONE, dtype=np.int64)
    return Columns(
        name,
        subjects,
        np.full(size, number, dtype=np.int64),
        np.full(size, code, dtype=np.int64),
        none,
        none,
        none,
        none,
        none,
    )
