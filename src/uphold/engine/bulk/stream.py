"""Judging facts by the million: from lines of JSON to columns of verdicts, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from uphold.agreement.agreement import Agreement
from uphold.engine.bulk.columns import STATES, Columns
from uphold.engine.bulk.gathering import (
    Batch,
    Gatherer,
    LeansOnOthersError,
    Line,
    OutOfOrderError,
    line_of,
)
from uphold.engine.bulk.judging import Setting, judge_shapes
from uphold.engine.bulk.relevance import can_be_shaped
from uphold.engine.evaluate import EPOCH, MICROSECOND, evaluate
from uphold.engine.verdict import State, Verdict
from uphold.facts.factset import FactSet
from uphold.facts.problems import Problem
from uphold.facts.reading import read_facts
from uphold.facts.scanning import Row, scan
from uphold.worktime import CalendarError

_THING = "request"


@dataclass(slots=True)
class Summary:
    """How many verdicts came out, by clock and state, and from how many facts and things."""

    states: dict[str, Counter[State]] = field(default_factory=dict)
    facts: int = 0
    subjects: int = 0
    problems: list[Problem] = field(default_factory=list)

    def total(self) -> Counter[State]:
        """All clocks together."""
        return sum(self.states.values(), Counter())

    def count(self, verdicts: Iterable[Verdict]) -> None:
        """Counts verdicts that were judged one by one."""
        for verdict in verdicts:
            self.states.setdefault(verdict.clock, Counter())[verdict.state] += 1

    def count_columns(self, columns: Columns) -> None:
        """Counts verdicts that were judged by columns."""
        import numpy as np

        counted = self.states.setdefault(columns.clock, Counter())
        for code, number in enumerate(np.bincount(columns.state, minlength=len(STATES)).tolist()):
            if number:
                counted[STATES[code]] += number


@dataclass(frozen=True, slots=True)
class JudgedBatch:
    """The verdicts of some things: columns by clock, and verdicts of those judged one by one.

    `subjects` are the names that the columns' `subject` counts places of.
    """

    subjects: tuple[str, ...]
    columns: tuple[Columns, ...]
    single: tuple[Verdict, ...]
    singles: int


def summarise(
    agreements: Sequence[Agreement],
    paths: Sequence[Path],
    at: datetime,
    known: datetime | None = None,
    *,
    as_if_in_force: bool = False,
) -> Summary:
    """The counts of all verdicts on the facts of some JSON Lines files, as of an instant.

    The same verdicts as `uphold.engine.evaluate` gives, without their reasons. Facts of requests
    that rest on themselves alone are judged in bulk: a file sorted by subject in bounded memory,
    any other at once. All else is judged one by one.
    """
    if known is None and len(agreements) == 1 and can_be_shaped(agreements[0], _THING):
        for in_order in (True, False) if len(paths) == 1 else (False,):
            try:
                return _in_bulk(
                    agreements[0], paths, at, in_order=in_order, as_if_in_force=as_if_in_force
                )
            except OutOfOrderError:
                continue
            except (LeansOnOthersError, CalendarError):
                break
    summary = Summary()
    reading = read_facts(paths)
    facts = FactSet.of(reading.facts)
    summary.problems += [*reading.problems, *facts.problems]
    summary.facts, summary.subjects = len(facts), len(facts.subjects)
    summary.count(evaluate(agreements, facts, at, known, as_if_in_force=as_if_in_force))
    return summary


def _in_bulk(
    agreement: Agreement,
    paths: Sequence[Path],
    at: datetime,
    *,
    in_order: bool,
    as_if_in_force: bool,
) -> Summary:
    summary = Summary()
    for batch in judge_lines(
        agreement, paths, at, summary, in_order=in_order, as_if_in_force=as_if_in_force
    ):
        summary.subjects += len(batch.subjects) + batch.singles
        for columns in batch.columns:
            summary.count_columns(columns)
        summary.count(batch.single)
    return summary


def judge_lines(
    agreement: Agreement,
    paths: Sequence[Path],
    at: datetime,
    summary: Summary,
    *,
    in_order: bool,
    as_if_in_force: bool = False,
) -> Iterator[JudgedBatch]:
    """Batches of verdicts on the facts of some files; problems and counts go to `summary`.

    With `in_order` the facts must come sorted by subject (`OutOfOrderError` where they do not)
    and memory is bounded; without, all are read first. Raises `LeansOnOthersError` where a fact
    bears on other things than its own, and CalendarError where a time lies beyond a calendar:
    `evaluate` must judge those.
    """
    now = (at - EPOCH) // MICROSECOND
    setting = Setting(agreement, _THING, now, None if as_if_in_force else agreement.in_force_us)
    gatherer = Gatherer(agreement, _THING, now)
    for batch in _batches(gatherer, paths, summary, in_order=in_order):
        yield _judged(setting, batch, at, summary, as_if_in_force=as_if_in_force)


def _judged(
    setting: Setting, batch: Batch, at: datetime, summary: Summary, *, as_if_in_force: bool
) -> JudgedBatch:
    columns = judge_shapes(setting, batch.shapes)
    facts = FactSet.of(batch.single)
    summary.problems += facts.problems
    verdicts = evaluate((setting.agreement,), facts, at, as_if_in_force=as_if_in_force)
    return JudgedBatch(tuple(batch.subjects), columns, tuple(verdicts), len(facts.subjects))


def _batches(
    gatherer: Gatherer, paths: Sequence[Path], summary: Summary, *, in_order: bool
) -> Iterator[Batch]:
    """Batches of sorted files as they are read; of others once all is read."""
    if in_order:
        for path in paths:
            yield from gatherer.sorted_rows(_counted(path, summary))
        return
    groups: dict[str, list[Line]] = {}
    for path in paths:
        for subject, name, at_us, written, number in _counted(path, summary):
            line = line_of(name, at_us, written, number)
            groups.setdefault(subject, []).append(line)
    yield from gatherer.grouped(groups)


def _counted(path: Path, summary: Summary) -> Iterator[Row]:
    """The rows of a file, counted."""
    for row in scan(path, summary.problems):
        summary.facts += 1
        yield row
