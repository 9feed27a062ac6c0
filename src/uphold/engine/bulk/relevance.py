"""What of a fact can matter to an agreement's clocks, so that histories can be told apart by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.conditions import (
    Condition,
    Happened,
    Has,
    Path,
    Trained,
    Within,
)
from uphold.agreement.phrases.events import Event
from uphold.agreement.phrases.targets import LeadTarget, ReleaseTarget
from uphold.agreement.terms.base import Table
from uphold.agreement.terms.promise import (
    AppliesTerm,
    ClockTerm,
    JudgementTerm,
    PriorityTerm,
    clock_events,
)
from uphold.engine.plan import CANCELS

_ALWAYS_TYPES = (
    "request.awaiting",
    "request.resumed",
    "request.replied",
    "request.reopened",
    "request.unrecorded",
    "order.held",
    "order.resumed",
)
_ALWAYS_FIELDS = frozenset({"cause", "automatic", "internal", "what", "fields", "priority"})


@dataclass(frozen=True, slots=True)
class Relevance:
    """Which fact types matter for one kind of thing, and which of their fields, by value.

    `noted` fields matter only by being there (what a decision must record).
    """

    types: frozenset[str]
    fields: frozenset[str]
    noted: frozenset[str]

    def token(self, fact_type: str, written: Mapping[str, object]) -> tuple[object, ...] | None:
        """What tells the fact apart from others, as far as it matters; None if it does not."""
        matters = fact_type in self.types
        found: list[object] = [fact_type]
        for name, value in written.items():
            if name in self.fields:
                found += (name, tuple(value) if isinstance(value, list) else value)
                matters = True
            elif name in self.noted and value not in (None, ""):
                found.append(name)
        return tuple(found) if matters else None


def relevance_of(agreement: Agreement, thing: str) -> Relevance:
    """What matters for the clocks and decisions about one kind of thing."""
    clocks = [clock for clock in agreement.of(ClockTerm) if clock.of == thing]
    judgements = [term for term in agreement.of(JudgementTerm) if term.of == thing]
    events = [event for clock in clocks for event in clock_events(clock)]
    events += [event for term in judgements for event in term.permits.events]
    conditions = _conditions(agreement, clocks, judgements)
    paths = [*_table_paths(clocks), *_condition_paths(conditions)]
    for term in agreement.of(PriorityTerm):
        paths.extend(term.by or ())
    happened = {
        part.type
        for condition in conditions
        for part in condition.parts
        if isinstance(part, Happened)
    }
    return Relevance(
        frozenset({*(event.type for event in events), *happened, *_cancels(), *_ALWAYS_TYPES}),
        frozenset({path.field for path in paths}) | _ALWAYS_FIELDS | _event_fields(events),
        frozenset(
            name.replace(" ", "_").replace("-", "_") for term in judgements for name in term.records
        ),
    )


def can_be_shaped(agreement: Agreement, thing: str) -> bool:
    """Whether the clocks of a kind of thing rest on the order of its own facts alone.

    Not so when they ask about the customer's account, about hours of the day, about releases,
    or about a planned time: such things are judged one by one.
    """
    clocks = [clock for clock in agreement.of(ClockTerm) if clock.of == thing]
    judgements = [term for term in agreement.of(JudgementTerm) if term.of == thing]
    conditions = _conditions(agreement, clocks, judgements)
    parts = [part for condition in conditions for part in condition.parts]
    if any(isinstance(part, Has | Trained | Within) for part in parts):
        return False
    paths = [*_table_paths(clocks), *_condition_paths(conditions)]
    if any(path.thing != thing for path in paths):
        return False
    return not any(
        isinstance(target, LeadTarget | ReleaseTarget)
        for clock in clocks
        for target in clock.targets()
    )


def _conditions(
    agreement: Agreement, clocks: Iterable[ClockTerm], judgements: Iterable[JudgementTerm]
) -> list[Condition]:
    found = [condition for clock in clocks for condition in clock.when]
    found += [condition for term in judgements for condition in term.when]
    for term in agreement.of(AppliesTerm):
        found += [*term.only_if, *term.unless]
    for clock in clocks:
        if isinstance(clock.calendar, tuple):
            found += [choice.when for choice in clock.calendar if choice.when]
    return found


def _condition_paths(conditions: Iterable[Condition]) -> list[Path]:
    parts = [part for condition in conditions for part in condition.parts]
    return [path for part in parts if isinstance(path := getattr(part, "path", None), Path)]


def _table_paths(clocks: Iterable[ClockTerm]) -> list[Path]:
    tables = [table for clock in clocks for table in (clock.target, clock.calendar)]
    return [path for table in tables if isinstance(table, Table) for path in table.paths()]


def _event_fields(events: Iterable[Event]) -> frozenset[str]:
    found: set[str] = set()
    for event in events:
        found.update(event.fields)
        found |= {event.by, "by"} if event.by else set()
        found |= {event.where[0]} if event.where else set()
    return frozenset(name for name in found if name)


def _cancels() -> frozenset[str]:
    return frozenset(name for names in CANCELS.values() for name in names)
