"""Facts in bulk: set aside in batches, then taken into the ledger all at once, or not at all.

What is set aside is seen by nobody: an import that is killed has changed nothing, and the same file
can be imported again. The facts of an import are recorded when it is complete, in one short
transaction that other writers wait for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.db import transaction

from uphold.facts import Fact, Place, Problem, fact_of, scan
from uphold.facts.lines import Source
from uphold.messages import Message
from uphold.server import clock
from uphold.server.ledger.appending import fill
from uphold.server.ledger.checking import Family, named_by, unfit_for_a_row, wrong_texts
from uphold.server.ledger.models import Import, Staged
from uphold.server.ledger.retrying import Busy, again
from uphold.server.ledger.taking import Taken, take
from uphold.server.worker.services import Work, every

BATCH: Final = 1_000
MOST_PROBLEMS: Final = 1_000
SILENT_US: Final = 3_600_000_000
"""An import that has written nothing for so long is dead."""


class NotImported(Exception):
    """Lines that the ledger does not take; nothing of the import was taken.

    At most a thousand problems are told; each names its line.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        from uphold.messages import Reader

        super().__init__("\n".join(each.text(Reader("en")) for each in problems[:20]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that is complete: how many facts it held, how many were new, and the position.

    `is_waiting` tells whether lists follow in chunks by the worker: so many subjects were touched.
    """

    name: str
    facts: int
    new: int
    position: int
    is_waiting: bool


def import_lines(provider: int, lines: Source, name: str) -> Imported:
    """Takes JSON Lines into the provider's ledger, all or nothing.

    `lines` are a path, a stream, or lines of bytes; `name` is what they are called in problems. A
    fact that is there already is taken as the same. Raises `NotImported` and `Busy`.
    """
    now_us = clock.now_us()
    row = Import.objects.create(
        provider_id=provider, name=name[:200], begun_us=now_us, alive_us=now_us
    )
    try:
        count = _set_aside(row, lines, name)
        taken = again(lambda: _complete(row, name))
    except BaseException:
        again(lambda: _clear(row.pk))
        raise
    return Imported(name, count, taken.new, taken.position, taken.is_waiting)


def _set_aside(row: Import, lines: Source, name: str) -> int:
    """Writes the lines beside the ledger; gives how many facts they hold."""
    problems: list[Problem] = []
    found = (fact_of(each, name) for each in scan(lines, problems, now=clock.now()))
    count = 0
    while batch := _numbered(islice(found, BATCH)):
        problems += _unfit(row.provider_id, batch)
        count += len(batch)
        if len(problems) >= MOST_PROBLEMS:
            break
        if not problems:
            again(lambda batch=batch: _write(row, batch))  # type: ignore[misc]  # bound at once
    if problems:
        raise NotImported([_called(each, name) for each in problems[:MOST_PROBLEMS]])
    return count


def _numbered(facts: Iterator[Fact]) -> list[tuple[int, Fact]]:
    return [(int((fact.place or "").rpartition(":")[2]), fact) for fact in facts]


def _unfit(provider: int, batch: list[tuple[int, Fact]]) -> list[Problem]:
    unworded = wrong_texts(provider, (fact for _, fact in batch))
    found = []
    for line, fact in batch:
        wrong = unfit_for_a_row(fact)
        if fact.id in unworded:
            wrong.append(unworded[fact.id])
        found += [problem_at(each, Place("", line)) for each in wrong]
    return found


def problem_at(said: Message, place: Place) -> Problem:
    """A problem of the ledger's own with a line."""
    return Problem(said.id.partition(".")[2], said, None, place)


def _called(problem: Problem, name: str) -> Problem:
    place = problem.place or Place("")
    return replace(problem, place=replace(place, file=name))


def _write(row: Import, batch: list[tuple[int, Fact]]) -> None:
    staged = []
    for line, fact in batch:
        one = Staged(of=row, line=line)
        fill(one, fact.id, fact, row.begun_us, Family(named_by(fact)))
        staged.append(one)
    with transaction.atomic():
        alive = Import.objects.filter(pk=row.pk, completed_us=None)
        if not alive.update(alive_us=clock.now_us()):
            raise Busy
        Staged.objects.bulk_create(staged)


def _complete(row: Import, name: str) -> Taken:
    taken = take(row.pk, name)
    if taken.problems:
        raise NotImported(taken.problems[:MOST_PROBLEMS])
    return taken


def _clear(import_id: int) -> None:
    """Takes away an import that never became complete, with what it had set aside."""
    with transaction.atomic():
        dead = Import.objects.select_for_update().filter(pk=import_id, completed_us=None)
        if dead.exists():
            rows = Staged.objects.filter(of=import_id)
            rows._raw_delete(rows.db)  # nothing points at these rows, so none need be loaded
            dead.delete()


@every("clear dead imports", 600)
def clear_dead(_: Work) -> None:
    """Takes away what killed imports had set aside."""
    silent = clock.now_us() - SILENT_US
    dead = Import.objects.filter(completed_us=None, alive_us__lt=silent)
    for import_id in dead.values_list("pk", flat=True)[:10]:
        _clear(import_id)
