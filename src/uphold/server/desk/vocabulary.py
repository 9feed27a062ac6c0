"""The words that an agreement uses of things, for the forms in which people choose among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import Choice
from uphold.agreement.phrases.conditions import Condition, Is, Path
from uphold.agreement.phrases.events import Event, Events, Starts
from uphold.agreement.terms.base import Table, Term
from uphold.agreement.terms.duty import SupplierTerm
from uphold.agreement.terms.measure import ServiceTerm
from uphold.agreement.terms.promise import ClockTerm, JudgementTerm
from uphold.messages import Message, message

Choices = tuple[tuple[str, Message], ...]

_WAITS = {"request": "request.awaiting", "order": "order.held"}
_CAUSE = "cause"


@lru_cache(maxsize=1024)
def known_words(agreement: Agreement, path: Path) -> tuple[str, ...]:
    """The values of a path that some term of the agreement distinguishes, in the page's order."""
    found: list[str] = []
    for term in agreement.terms:
        for part in _parts(term):
            found += _values(part, path)
    return tuple(dict.fromkeys(found))


def hold_causes(agreement: Agreement, thing: str) -> tuple[str, ...]:
    """What a thing may wait for, as far as the agreement makes something of it."""
    found: list[str] = []
    for clock in agreement.of(ClockTerm):
        if clock.of == thing:
            found += clock.held_while
    for term in agreement.of(JudgementTerm):
        if term.of == thing:
            found += [term.while_] if term.while_ else []
            found += [
                event.where[1]
                for event in term.permits.events
                if event.type == _WAITS.get(thing) and event.where and event.where[0] == _CAUSE
            ]
    return tuple(dict.fromkeys(found))


def level_choices(agreement: Agreement, thing: str) -> Choices:
    """The levels of priority with what each means, the highest first (E11)."""
    term = agreement.priority_of(thing)
    if term is None:
        return ()
    return tuple((level, _meaning(level, term.means.get(level))) for level in term.order())


def service_choices(agreement: Agreement) -> Choices:
    """The services that the agreement speaks of; those at extra cost say so (E3)."""
    return tuple(
        (
            term.name,
            message("desk.word-chargeable", word=term.title or term.name)
            if term.chargeable
            else word(term.title or term.name),
        )
        for term in agreement.of(ServiceTerm)
    )


def supplier_choices(agreement: Agreement) -> Choices:
    """The suppliers that the agreement names (B6)."""
    return tuple((term.name, word(term.title or term.name)) for term in agreement.of(SupplierTerm))


def choices_of(words: Iterable[str]) -> Choices:
    """Words of an agreement as choices."""
    return tuple((each, cause_word(each)) for each in words)


def word(text: str) -> Message:
    """A word that stands for itself: the agreement's, which nobody translates."""
    return message("desk.word", word=text)


def cause_word(cause: str) -> Message:
    """A cause or a thing waited for in the reader's words where everybody has them."""
    match cause:
        case "customer":
            return message("desk.cause-customer")
        case "representative":
            return message("desk.cause-representative")
        case "remote access":
            return message("desk.cause-remote-access")
        case "details":
            return message("desk.cause-details")
        case "third-party":
            return message("desk.cause-third-party")
        case "own":
            return message("desk.cause-own")
    return word(cause)


def _meaning(level: str, means: str | None) -> Message:
    return message("desk.word-means", word=level, means=means) if means else word(level)


def _parts(term: Term) -> Iterator[Any]:
    """Everything in a term's fields in which values of paths may stand."""
    for name in type(term).model_fields:
        yield from _flat(getattr(term, name), term)


def _flat(value: Any, term: Term) -> Iterator[Any]:
    match value:
        case Table():
            yield value
            for _, entry in (*value.rows, ("otherwise", value.otherwise)):
                yield from _flat(entry, term)
        case tuple():
            for each in value:
                yield from _flat(each, term)
        case Choice():
            yield from _flat(value.when, term)
        case Condition():
            yield from value.parts
        case Starts():
            yield from _flat(value.events, term)
        case Events():
            yield from value.events
        case Event():
            yield value


def _values(part: Any, path: Path) -> list[str]:
    match part:
        case Table() if part.by == path:
            return [key for key, _ in part.rows]
        case Is() if part.path == path:
            return list(part.values)
        case Event() if part.where and part.type.partition(".")[0] == path.thing:
            return [part.where[1]] if part.where[0] == path.field and not _waits(part) else []
    return []


def _waits(event: Event) -> bool:
    """Whether the event's cause is what is waited for, not whose fault it is."""
    return event.where is not None and event.where[0] == _CAUSE and event.type in _WAITS.values()
