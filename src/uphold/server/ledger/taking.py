"""Taking what an import has set aside into the ledger: checked as a whole, copied at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from uphold.facts import Fact, Place, Problem
from uphold.facts.identity import id_twice, same_content
from uphold.server import clock
from uphold.server.ledger.appending import held, number_behind
from uphold.server.ledger.checking import chain_ends, family_through, rows_by_id, unsettled
from uphold.server.ledger.models import FactFields, FactRow, Head, Import, Staged
from uphold.server.ledger.projecting import (
    AT_ONCE,
    project,
    project_bearing,
    projectors,
    queue_projecting,
    thing_of,
)
from uphold.server.ledger.reading import fact_in, families_in, in_lots
from uphold.server.ledger.retrying import Busy

_COPIED: Final = tuple(
    field.attname for field in FactFields._meta.local_fields if field.name != "recorded_us"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an import: all of it taken, or `problems`."""

    problems: tuple[Problem, ...]
    new: int = 0
    position: int = 0
    is_waiting: bool = False


def take(import_id: int, name: str) -> Taken:
    """Takes an import whole, in one transaction, or says what is wrong with it.

    What is in the ledger already is sorted out before, bit by bit, while others still write; the
    ledger only grows, so that what is left to look at while it is held is little.
    """
    with transaction.atomic():
        row = _alive(import_id)
        row.alive_us = clock.now_us()
        row.save()
    problems = [*_twice(row, name), *_there(row, name)]
    if problems:
        return Taken(tuple(problems))
    with transaction.atomic():
        head = held(row.provider_id)
        row = _alive(import_id)
        problems = [*_there(row, name), *_settle_families(row, name)]
        if problems:
            return Taken(tuple(problems))
        since = head.position
        head.recorded_us = max(head.recorded_us, clock.now_us())
        _copy(row, head)
        head.position += Staged.objects.filter(of=row).count()
        head.recorded_us += Staged.objects.filter(of=row).exclude(family=None).count()
        subjects = set(Staged.objects.filter(of=row).values_list("subject", flat=True).distinct())
        number_behind(head, subjects)
        head.save()
        row.left = _project(row, head, subjects)
        row.facts = head.position - since
        row.completed_us = head.recorded_us
        row.save()
        rows = Staged.objects.filter(of=row)
        rows._raw_delete(rows.db)  # nothing points at these rows, so none need be loaded
    return Taken((), head.position - since, head.position, row.left > 0)


def _alive(import_id: int) -> Import:
    """The import, held; another process may have cleared it away, taking it for dead."""
    row = Import.objects.select_for_update().filter(pk=import_id, completed_us=None).first()
    if row is None:
        raise Busy
    return row


def _twice(row: Import, name: str) -> Iterator[Problem]:
    """Settles ids that stand on several lines: the first stays, one with other content is wrong."""
    staged = Staged.objects.filter(of=row)
    repeated = staged.values("fact_id").annotate(times=Count("id"), first=Min("line"))
    for found in repeated.filter(times__gt=1).iterator():
        first, *others = staged.filter(fact_id=found["fact_id"]).order_by("line")
        for other in others:
            if not same_content(_fact(first, name), _fact(other, name)):
                yield id_twice(_fact(first, name), _fact(other, name))
        staged.filter(pk__in=[each.pk for each in others]).delete()


def _there(row: Import, name: str) -> Iterator[Problem]:
    """Settles facts that are in the ledger already: the same are set aside no longer."""
    known = FactRow.objects.filter(provider=row.provider_id, fact_id=OuterRef("fact_id"))
    staged = Staged.objects.filter(of=row)
    repeated = staged.filter(Exists(known)).order_by("line")
    line = 0
    while some := list(repeated.filter(line__gt=line)[:1_000]):
        line = some[-1].line
        there = rows_by_id(row.provider_id, (each.fact_id for each in some))
        wrong = [
            id_twice(fact_in(there[each.fact_id]), _fact(each, name))
            for each in some
            if not same_content(fact_in(there[each.fact_id]), _fact(each, name))
        ]
        yield from wrong
        if wrong:
            return
        staged.filter(pk__in=[each.pk for each in some]).delete()


def _settle_families(row: Import, name: str) -> Iterator[Problem]:
    """Gives each correcting fact its family; until now it bears the id that it names alone."""
    staged = Staged.objects.filter(of=row)
    correcting = {each.fact_id: each for each in staged.exclude(family=None).iterator()}
    naming = {fact_id: each.family or "" for fact_id, each in correcting.items()}
    ends = chain_ends(naming)
    there = rows_by_id(row.provider_id, filter(None, ends.values()))
    beside = _staged_by_id(staged, (end for end in ends.values() if end and end not in there))
    for fact_id, end in ends.items():
        one = correcting[fact_id]
        if end in there:
            family = family_through(there[end])
            one.family, one.family_subject = family.root, family.subject
        elif end in beside:
            one.family, one.family_subject = end, beside[end].subject
        else:
            message = unsettled(naming[fact_id], one.subject, ring=not end)
            place = Place(name, one.line)
            yield Problem(message.id.removeprefix("problem."), message, None, place)
    Staged.objects.bulk_update(correcting.values(), ["family", "family_subject"], batch_size=200)


def _staged_by_id(staged: QuerySet[Staged], names: Iterator[str]) -> dict[str, Staged]:
    return {
        each.fact_id: each for some in in_lots(names) for each in staged.filter(fact_id__in=some)
    }


def _copy(row: Import, head: Head) -> None:
    """Copies what is set aside behind the head, in the order of its lines.

    Recorded at one instant, but for what corrects: that comes a microsecond later than all before.
    """
    facts, staged = FactRow._meta.db_table, Staged._meta.db_table
    columns = ", ".join(_COPIED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {facts} (provider_id, imported_id, position, recorded_us, {columns})"
            " SELECT %s, of_id, %s + ROW_NUMBER() OVER (ORDER BY line),"
            " %s + SUM(CASE WHEN family IS NULL THEN 0 ELSE 1 END) OVER (ORDER BY line),"
            f" {columns} FROM {staged} WHERE of_id = %s ORDER BY line",
            [row.provider_id, head.position, head.recorded_us, row.pk],
        )


def _project(row: Import, head: Head, subjects: set[str]) -> int:
    """Lets rows follow: few subjects at once, many by the worker. How many pieces of work wait."""
    staged = Staged.objects.filter(of=row)
    roots = set(filter(None, staged.values_list("family", flat=True).distinct()))
    related = families_in(row.provider_id, roots) if roots else []
    touched = frozenset(subjects | {each.subject for each in related})
    left = 0
    if len(touched) <= AT_ONCE:
        project(row.provider_id, touched, head.recorded_us, head.position)
    else:
        left = _queue(row, head, touched)
    context = [*staged.exclude(context=None), *related]
    facts = [_fact(each) for each in context]
    project_bearing(row.provider_id, facts, touched, head.recorded_us, head.position)
    return left


def _queue(row: Import, head: Head, touched: frozenset[str]) -> int:
    at, behind = head.recorded_us, head.position
    return sum(
        queue_projecting(row.provider_id, projector, own, at, behind, of_import=row.pk)
        for projector in projectors()
        if (own := [each for each in touched if thing_of(each) in projector.things])
    )


def _fact(row: FactFields, name: str = "") -> Fact:
    """The fact of a row; of a line that is set aside, with its place."""
    fact = fact_in(row)
    line = getattr(row, "line", 0)
    return Fact(
        fact.type, fact.at_us, fact.subject, fact.written, fact.recorded_us, f"{name}:{line}"
    )
