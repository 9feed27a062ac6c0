"""Appending facts: one transaction with everything that is made from them, one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from uphold.facts import Fact
from uphold.facts.canonical import canonical_json
from uphold.server import clock
from uphold.server.ledger import texts as kept_texts
from uphold.server.ledger.checking import NO_FAMILY, Checked, Family, Moved, checked
from uphold.server.ledger.models import FactFields, FactRow, Head
from uphold.server.ledger.projecting import CONTEXT, project, project_bearing
from uphold.server.ledger.reading import (
    fact_in,
    families_in,
    positions_of,
)
from uphold.server.ledger.retrying import again
from uphold.server.ledger.texts import NewText

_MOST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class Appended:
    """What the ledger has after an append.

    `facts` are those given, each as the ledger has it, and `new` those it did not have before;
    `position` and `recorded_us` are the ledger's behind them. `subject` is that of a new thing.
    """

    position: int
    recorded_us: int
    facts: tuple[Fact, ...]
    new: tuple[Fact, ...]
    subject: str = ""


def append(
    provider: int,
    facts: Sequence[Fact],
    *,
    seen: Mapping[str, int] | None = None,
    texts: Sequence[NewText] = (),
) -> Appended:
    """Takes facts into the provider's ledger, with the words they name, in one transaction.

    A fact that is there already is taken as the same; so the same append may be sent again. What a
    fact says of when it was `recorded` is replaced by when this ledger does. `seen` gives, by
    subject, the ledger's position that whoever decided on these facts had before them.

    Raises `Refused` (an id with other content, an `at` more than five minutes ahead, a correction
    of nothing, words that are not there), `Moved` (a subject of `seen` has a later fact), `Busy`.
    """
    given = tuple(facts)
    return again(lambda: _append(provider, lambda _: ("", given), seen or {}, texts))


def append_new(
    provider: int,
    thing: str,
    make: Callable[[str], Sequence[Fact]],
    *,
    texts: Sequence[NewText] = (),
) -> Appended:
    """As `append`, for a new request, complaint or order, which gets the provider's next number.

    `make` is called with the new subject ("request:1004") and gives its first facts; it may be
    called again with another one, when other writers were in the way. Numbers have no gaps.
    """

    def numbered(head: Head) -> tuple[str, Sequence[Fact]]:
        subject = f"{thing}:{head.next_number}"
        head.next_number += 1
        return subject, tuple(make(subject))

    return again(lambda: _append(provider, numbered, {}, texts))


def held(provider: int) -> Head:
    """The end of the provider's ledger, held until the transaction ends.

    Whoever holds it is the only one who writes to this ledger (SQLite: to the whole database).
    """
    assert transaction.get_connection().in_atomic_block
    head = Head.objects.select_for_update().filter(provider=provider).first()
    if head is None:
        Head.objects.bulk_create([Head(provider_id=provider)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(provider=provider)
    return head


def _append(
    provider: int,
    make: Callable[[Head], tuple[str, Sequence[Fact]]],
    seen: Mapping[str, int],
    texts: Sequence[NewText],
) -> Appended:
    with transaction.atomic():
        head = held(provider)
        subject, facts = make(head)
        found = checked(provider, facts, clock.now_us(), texts)
        if found.new:
            _not_moved(provider, seen)
        rows = rows_of(head, found)
        number_behind(head, (row.subject for row in rows))
        if rows or subject:
            FactRow.objects.bulk_create(rows)
            head.save()
        new = {row.fact_id: fact_in(row) for row in rows}
        kept_texts.keep(provider, texts, new.values())
        settle(head, new.values(), found.families.values())
        known = new | {name: fact_in(row) for name, row in found.there.items()}
    return Appended(
        head.position,
        head.recorded_us,
        tuple(known[fact.id] for fact in facts),
        tuple(new.values()),
        subject,
    )


def _not_moved(provider: int, seen: Mapping[str, int]) -> None:
    for subject, position in positions_of(provider, seen).items():
        if position > seen[subject]:
            raise Moved(subject)


def rows_of(head: Head, found: Checked) -> list[FactRow]:
    """The rows of the new facts behind the head, which is moved behind them but not saved."""
    rows = []
    now_us = clock.now_us()
    for fact_id, fact in found.new.items():
        head.recorded_us = next_recorded(head.recorded_us, now_us, fact)
        head.position += 1
        row = FactRow(provider_id=head.provider_id, position=head.position)
        fill(row, fact_id, fact, head.recorded_us, found.families.get(fact_id, NO_FAMILY))
        rows.append(row)
    return rows


def number_behind(head: Head, subjects: Iterable[str]) -> None:
    """The next number is behind every one that came from outside: it names nothing twice."""
    for subject in subjects:
        name = subject.partition(":")[2]
        if name.isascii() and name.isdecimal() and len(name) <= _MOST_DIGITS:
            head.next_number = max(head.next_number, int(name) + 1)


def next_recorded(last_us: int, now_us: int, fact: Fact) -> int:
    """When a fact is recorded behind one that was recorded at `last_us`: never before that.

    What corrects or retracts is recorded later than all before it, if only by a microsecond: which
    of several corrections holds goes by that.
    """
    names_another = bool(fact.corrects or fact.retracts)
    return max(now_us, last_us + names_another)


def fill(row: FactFields, fact_id: str, fact: Fact, recorded_us: int, family: Family) -> None:
    """Sets what a row says of its fact."""
    row.fact_id = fact_id
    row.type = fact.type
    row.thing = fact.thing
    row.subject = fact.subject
    row.customer = fact.customer or ""
    row.at_us = fact.at_us
    row.recorded_us = recorded_us
    row.context = fact.thing if fact.thing in CONTEXT else None
    row.family, row.family_subject = family.root or None, family.subject or None
    row.written = canonical_json(fact.content()).decode()


def settle(head: Head, new: Iterable[Fact], families: Iterable[Family]) -> None:
    """Lets the rows follow the new facts, in the open transaction."""
    fresh = list(new)
    if not fresh:
        return
    roots = {each.root for each in families}
    related = [fact_in(row) for row in families_in(head.provider_id, roots)] if roots else []
    touched = frozenset(fact.subject for fact in (*fresh, *related))
    project(head.provider_id, touched, head.recorded_us, head.position)
    project_bearing(head.provider_id, (*fresh, *related), touched, head.recorded_us, head.position)
