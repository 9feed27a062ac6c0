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
    OutOfOrderError,
)
from uphold.engine.bulk.judging import Setting, judge_shapes
from uphold.engine.bulk.relevance import can_be_shaped
from uphold.engine.bulk.stretches import Stretch, lines_before, stretches_of
from uphold.engine.evaluate import EPOCH, MICROSECOND, evaluate
from uphold.engine.verdict import State, Verdict
from uphold.facts.factset import FactSet
from uphold.facts.lines import Source
from uphold.facts.problems import Problem
from uphold.facts.reading import read_facts
from uphold.facts.scanning import Row, scan
from uphold.worktime import CalendarError

WORTH_SHARING = 256 << 20
"""Bytes from which on a file is worth the start of further processes."""

_THING = "request"


@dataclass(slots=True)
class Summary:
    """How many verdicts came out, by clock and state, and from how many facts and things.

    `span` holds the first and the last subject of a sorted file.
    """

    states: dict[str, Counter[State]] = field(default_factory=dict)
    facts: int = 0
    subjects: int = 0
    problems: list[Problem] = field(default_factory=list)
    span: tuple[str, str] | None = None

    def total(self) -> Counter[State]:
        """All clocks together."""
        return sum(self.states.values(), Counter())

    def add(self, part: Summary, lines: int) -> None:
        """Adds the counts of a stretch that begins behind so many lines of its file.

        Raises OutOfOrderError if its subjects do not come behind those counted so far.
        """
        if part.span is not None:
            first, last = part.span
            if self.span is not None and first <= self.span[1]:
                raise OutOfOrderError(first)
            self.span = (self.span or part.span)[0], last
        for clock, states in part.states.items():
            self.states.setdefault(clock, Counter()).update(states)
        self.facts += part.facts
        self.subjects += part.subjects
        self.problems += [problem.moved(lines) for problem in part.problems]

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


def summarise(
    agreements: Sequence[Agreement],
    paths: Sequence[Path],
    at: datetime,
    known: datetime | None = None,
    *,
    as_if_in_force: bool = False,
    processes: int = 1,
) -> Summary:
    """The counts of all verdicts on the facts of some JSON Lines files, as of an instant.

    The same verdicts as `uphold.engine.evaluate` gives, without their reasons. Facts of requests
    that rest on themselves alone are judged in bulk: a file sorted by subject in bounded memory,
    any other at once. All else is judged one by one. With more `processes` a large sorted file is
    read in as many stretches at once (the caller's main module must be importable).
    """
    if known is None and len(agreements) == 1 and can_be_shaped(agreements[0], _THING):
        for in_order in (True, False) if len(paths) == 1 else (False,):
            task = Task(agreements[0], at, in_order, as_if_in_force)
            try:
                if in_order and processes > 1 and paths[0].stat().st_size >= WORTH_SHARING:
                    return shared(task, paths[0], processes)
                return task.summary(paths)
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


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be judged, and how; the same for every stretch of a file."""

    agreement: Agreement
    at: datetime
    in_order: bool
    as_if_in_force: bool

    def summary(self, sources: Sequence[Source]) -> Summary:
        """The counts of the verdicts on the facts of some sources."""
        summary = Summary()
        for batch in judge_lines(
            self.agreement,
            sources,
            self.at,
            summary,
            in_order=self.in_order,
            as_if_in_force=self.as_if_in_force,
        ):
            for columns in batch.columns:
                summary.count_columns(columns)
            summary.count(batch.single)
        return summary


def shared(task: Task, path: Path, processes: int) -> Summary:
    """The summary of a sorted file, read in stretches by several processes at once."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    stretches = stretches_of(path, processes)
    with ProcessPoolExecutor(len(stretches), mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(_stretch_summary, [task] * len(stretches), stretches))
    whole = Summary()
    for stretch, part in zip(stretches, parts, strict=True):
        whole.add(part, lines_before(stretch) if part.problems else 0)
    return whole


def _stretch_summary(task: Task, stretch: Stretch) -> Summary:
    with stretch.open() as stream:
        return task.summary([stream])


def judge_lines(
    agreement: Agreement,
    paths: Sequence[Source],
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
    return JudgedBatch(tuple(batch.subjects), columns, tuple(verdicts))


def _batches(
    gatherer: Gatherer, paths: Sequence[Source], summary: Summary, *, in_order: bool
) -> Iterator[Batch]:
    """Batches of sorted files as they are read; of others once all is read."""
    if in_order:
        for path in paths:
            yield from gatherer.sorted_rows(scan(path, summary.problems))
    else:
        groups: dict[str, list[Row]] = {}
        for path in paths:
            for row in scan(path, summary.problems):
                groups.setdefault(row[0], []).append(row)
        yield from gatherer.grouped(groups)
    summary.facts, summary.subjects, summary.span = gatherer.facts, gatherer.things, gatherer.span
