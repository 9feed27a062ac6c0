"""What may be decided: decisions that an agreement does not permit do not act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from uphold.agreement.phrases.conditions import Moved
from uphold.agreement.terms.promise import JudgementTerm
from uphold.engine.history import UNRECORDED, History, listed
from uphold.engine.holds import holds_of
from uphold.facts.fact import Fact

if TYPE_CHECKING:
    from uphold.engine.case import Case


@dataclass(frozen=True, slots=True)
class Decision:
    """A fact that records a decision, the term that is about it, and what is wrong with it.

    `lacks` names what should have been recorded and was not; `unrecorded` what its source never
    records, so that nobody can tell. `awaited` is false where the wait that permits the decision
    was not on.
    """

    term: JudgementTerm
    time: int
    fact: Fact
    lacks: tuple[str, ...]
    unrecorded: tuple[str, ...]
    awaited: bool

    @property
    def permitted(self) -> bool:
        """Whether the decision stands: nothing that is known speaks against it."""
        return self.awaited and not self.lacks


def decisions(case: Case) -> tuple[Decision, ...]:
    """Every decision on the thing that a term of the agreement is about, in order."""
    terms = [term for term in case.agreement.of(JudgementTerm) if term.of == case.history.thing]
    if not terms:
        return ()
    unjudged = replace(case, judged=False)
    found = [decision for term in terms for decision in _of_term(unjudged, term)]
    return tuple(sorted(found, key=lambda decision: decision.time))


def _of_term(case: Case, term: JudgementTerm) -> Iterator[Decision]:
    refused: set[int] = set()
    for time, fact in case.history.any_of(term.permits):
        if not _is_meant(case, term, time, fact, frozenset(refused)):
            continue
        left_out = _left_out(case.history, fact.type)
        missing = [name for name in term.records if not _recorded(fact, name)]
        decision = Decision(
            term,
            time,
            fact,
            lacks=tuple(name for name in missing if field_name(name) not in left_out),
            unrecorded=tuple(name for name in missing if field_name(name) in left_out),
            awaited=_awaited(case, term, time),
        )
        if not decision.permitted:
            refused.add(id(fact))
        yield decision


def field_name(name: str) -> str:
    """The field of a fact that an agreement's words name: "decided by" is `decided_by`."""
    return name.replace(" ", "_").replace("-", "_")


def _recorded(fact: Fact, name: str) -> bool:
    return fact.written.get(field_name(name)) not in (None, "")


def _left_out(history: History, fact_type: str) -> frozenset[str]:
    """The fields that the source says it records no fact of the type with."""
    return frozenset(
        name
        for _, fact in history.by_type.get(UNRECORDED, ())
        if fact_type in listed(fact, "what")
        for name in listed(fact, "fields")
    )


def _awaited(case: Case, term: JudgementTerm, time: int) -> bool:
    """Whether the wait that permits the decision was on at that time."""
    if term.while_ is None:
        return True
    return any(
        hold.start <= time and (hold.end is None or time <= hold.end)
        for hold in holds_of(case.history, (term.while_,))
    )


def _is_meant(
    case: Case, term: JudgementTerm, time: int, fact: Fact, refused: frozenset[int]
) -> bool:
    """Whether the term is about this fact: its `when` holds for it."""
    parts = [part for condition in term.when for part in condition.parts]
    return all(
        moves_level(case, part, time, fact, refused)
        if isinstance(part, Moved)
        else case.is_true(part, time)
        for part in parts
    )


def moves_level(case: Case, part: Moved, time: int, fact: Fact, refused: frozenset[int]) -> bool:
    """Whether the fact lowers (or raises) the level; refused facts do not count."""
    facts = case.history.facts
    place = facts.index(fact)
    behind = frozenset(id(each) for each in facts[place + 1 :])
    before = case.levels(refused | behind | {id(fact)}).at(time)
    after = case.levels(refused | behind).at(time)
    term = case.agreement.priority_of(case.history.thing)
    order = term.order() if term else ()
    if before not in order or after not in order or before == after:
        return False
    return (order.index(after) < order.index(before)) is part.raised
