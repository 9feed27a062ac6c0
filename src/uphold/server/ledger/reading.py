"""Facts out of the ledger: those that bear on some subjects, in the ledger's order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from django.db.models import Max, QuerySet
from pydantic_core import from_json

from uphold.facts import Fact, read_fact
from uphold.facts.checking import encodable
from uphold.facts.fact import VERSION
from uphold.facts.times import format_time
from uphold.server.ledger.models import FactFields, FactRow, Head

AT_A_TIME: Final = 500
"""Values in one query: every database takes so many."""


def facts_of(
    provider: int, subjects: Collection[str], *, until: int | None = None
) -> tuple[Fact, ...]:
    """All facts that bear on these subjects, in the order of the ledger.

    A fact may correct one about another subject. Then both are here, with whatever else belongs to
    that chain, so a set of these facts settles it rightly for each of `subjects`; but of the other
    subject they do not tell everything. `until` leaves out what came after that position.
    """
    return in_order(_bearing(_known(provider, until), subjects))


def context_of(
    provider: int, customers: Collection[str], *, until: int | None = None
) -> tuple[Fact, ...]:
    """The facts about the provider's agreements and releases, and about these customers.

    In the order of the ledger; `until` leaves out what came after that position.
    """
    known = _known(provider, until)
    rows = list(known.filter(context__in=["agreement", "release"]))
    subjects = {f"customer:{each}" for each in customers}
    return in_order([*_with_families(known, rows), *_bearing(known, subjects)])


def positions_of(provider: int, subjects: Collection[str]) -> dict[str, int]:
    """The position of the last fact about each subject that has any."""
    found: dict[str, int] = {}
    for some in in_lots(subjects):
        rows = FactRow.objects.filter(provider=provider, subject__in=some)
        found.update(rows.values_list("subject").annotate(Max("position")))
    return found


def facts_since(provider: int, position: int, most: int = 1_000) -> tuple[tuple[int, Fact], ...]:
    """The facts behind a position, each with its own, in order; at most so many."""
    rows = FactRow.objects.filter(provider=provider, position__gt=position).order_by("position")
    return tuple((row.position, fact_in(row)) for row in rows[:most])


def fact_with_id(provider: int, fact_id: str) -> Fact | None:
    """The fact of that id, if there is one."""
    if not storable(fact_id):
        return None
    row = FactRow.objects.filter(provider=provider, fact_id=fact_id).first()
    return None if row is None else fact_in(row)


def position(provider: int) -> int:
    """The position of the last fact, 0 before there is any."""
    found = Head.objects.filter(provider=provider).values_list("position", flat=True).first()
    return found or 0


def fact_in(row: FactFields) -> Fact:
    """The fact of a row, with `recorded` as the ledger has it."""
    return recorded(from_json(row.written), row.type, row.subject, row.at_us, row.recorded_us)


def recorded(
    written: dict[str, object], name: str, subject: str, at_us: int, recorded_us: int
) -> Fact:
    """A sound fact with when the ledger recorded it."""
    written["recorded"] = format_time(recorded_us)
    if written.get("v", VERSION) != VERSION:
        fact, problems = read_fact(written)
        assert fact is not None, problems
        return fact
    return Fact(name, at_us, subject, written, recorded_us)


def in_order(rows: Iterable[FactRow]) -> tuple[Fact, ...]:
    """The facts of the rows, each once, in the ledger's order."""
    by_position = {row.position: row for row in rows}
    return tuple(fact_in(by_position[each]) for each in sorted(by_position))


def in_lots(names: Iterable[str]) -> Iterator[list[str]]:
    """The names in lists short enough for one query, without those that no row can hold."""
    rest = filter(storable, names)
    while some := list(islice(rest, AT_A_TIME)):
        yield some


def storable(text: str) -> bool:
    """Whether every database can keep the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and encodable(text)


def families_in(provider: int, names: Iterable[str]) -> list[FactRow]:
    """The facts of these ids, with everything that corrects or retracts them by any steps."""
    return _families(_known(provider, None), names)


def _known(provider: int, until: int | None) -> QuerySet[FactRow]:
    rows = FactRow.objects.filter(provider=provider)
    return rows if until is None else rows.filter(position__lte=until)


def _bearing(known: QuerySet[FactRow], subjects: Collection[str]) -> list[FactRow]:
    rows: list[FactRow] = []
    for some in in_lots(sorted(subjects)):
        rows += known.filter(subject__in=some)
        rows += known.filter(family_subject__in=some)
    return _with_families(known, rows)


def _with_families(known: QuerySet[FactRow], rows: list[FactRow]) -> list[FactRow]:
    """The rows, and those of other subjects that belong to chains which begin elsewhere."""
    there = {row.fact_id for row in rows}
    elsewhere = {row.family for row in rows if row.family and row.family not in there}
    return [*rows, *_families(known, elsewhere)] if elsewhere else rows


def _families(known: QuerySet[FactRow], names: Iterable[str]) -> list[FactRow]:
    found: list[FactRow] = []
    for some in in_lots(sorted(set(names))):
        found += known.filter(fact_id__in=some)
        found += known.filter(family__in=some)
    return found
