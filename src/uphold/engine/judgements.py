"""Verdicts on decisions: permitted or not, and recorded as the agreement asks."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.engine.case import Case
from uphold.engine.permission import Decision, field_name
from uphold.engine.reasons import fact_data, interpretations
from uphold.engine.shown import shown
from uphold.engine.verdict import State, Verdict
from uphold.messages import Message, Value, message


def judgement_verdicts(case: Case, preface: tuple[Message, ...] = ()) -> Iterator[Verdict]:
    """A verdict for each decision on the thing, numbered by term."""
    numbers: dict[str, int] = {}
    for decision in case.decisions:
        numbers[decision.term.name] = number = numbers.get(decision.term.name, 0) + 1
        at = shown(case.agreement.always, decision.fact.at_us)
        yield Verdict(
            subject=case.history.subject,
            clock=decision.term.name,
            cycle=number,
            state=state_of(decision),
            agreement=case.agreement.name,
            revision=case.agreement.revision,
            clause=decision.term.clause,
            party=decision.term.by,
            starts=at,
            stopped=at,
            because=(*preface, *_reasons(case, decision), *interpretations(decision.term)),
        )


def state_of(decision: Decision) -> State:
    """Met or missed as far as is known; unknown where the source leaves out what tells."""
    if not decision.permitted:
        return State.MISSED
    return State.UNKNOWN if decision.unrecorded else State.MET


def _reasons(case: Case, decision: Decision) -> Iterator[Message]:
    term, fact = decision.term, decision.fact
    at = shown(case.agreement.always, fact.at_us)
    told: dict[str, Value] = {"term": term.name, "clause": term.clause, "at": at}
    yield Message("reason.decided", told | fact_data(fact))
    recorded = tuple(
        f"{name}: {fact.written[field_name(name)]}"
        for name in term.records
        if fact.written.get(field_name(name)) not in (None, "")
    )
    if recorded:
        yield message("reason.records", term=term.name, recorded=recorded)
    if decision.lacks:
        yield message("reason.lacks", term=term.name, lacks=decision.lacks)
    if decision.unrecorded:
        yield message("reason.fields-unrecorded", term=term.name, fields=decision.unrecorded)
    if not decision.awaited:
        yield message("reason.not-awaited", term=term.name, cause=term.while_ or "")
