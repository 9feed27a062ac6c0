"""Retention: taken often enough, and kept long enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uphold.agreement.agreement import Agreement
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.duty import RetentionTerm
from uphold.engine.history import History
from uphold.engine.reasons import fact_data, interpretations
from uphold.engine.verdict import State, Verdict
from uphold.facts.fact import Fact
from uphold.messages import Message, message

REGISTER = "register"
ALL = "all"


def register_of(facts: Sequence[Fact]) -> str:
    """The register that a thing kept belongs to: the `set` its facts name, else all."""
    named = next((fact.written["set"] for fact in facts if fact.written.get("set")), ALL)
    return f"{REGISTER}:{named}"


def kept_verdicts(
    agreement: Agreement, history: History, now: int, preface: tuple[Message, ...] = ()
) -> Iterator[Verdict]:
    """Whether one thing that was taken was kept long enough."""
    taken = history.first(f"{history.thing}.taken")
    if taken is None:
        return
    zone = agreement.always
    for term in agreement.of(RetentionTerm):
        if term.of != history.thing or term.kept is None:
            continue
        due = add_plain(zone, taken, term.kept.duration)
        deleted = history.first(f"{history.thing}.deleted")
        gone = deleted is not None and deleted < due
        state = State.MISSED if gone else State.MET if now >= due else State.RUNNING
        facts = [fact for _, fact in history if fact.at_us in (taken, deleted)]
        yield Verdict(
            subject=history.subject,
            clock=f"{term.name}.kept",
            cycle=1,
            state=state,
            agreement=agreement.name,
            revision=agreement.revision,
            clause=term.clause,
            starts=zone.local(taken),
            due=zone.local(due),
            promised_due=zone.local(due),
            stopped=None if deleted is None else zone.local(deleted),
            left_us=due - (now if deleted is None else deleted),
            because=(
                *preface,
                *(
                    Message("reason.happened", {"at": zone.local(f.at_us), **fact_data(f)})
                    for f in facts
                ),
                message(
                    "reason.kept",
                    term=term.name,
                    clause=term.clause,
                    kept=str(term.kept),
                    at=zone.local(due),
                ),
                *interpretations(term),
            ),
        )


def taken_verdicts(
    agreement: Agreement, register: str, taken: Mapping[int, Fact], thing: str, now: int
) -> Iterator[Verdict]:
    """Whether things of a register were taken often enough: a verdict for each gap.

    `taken` holds the facts by their time. A gap exactly as long as allowed is in time.
    """
    zone = agreement.always
    times = sorted(taken)
    for term in agreement.of(RetentionTerm):
        if term.of != thing or term.taken is None:
            continue
        for number, start in enumerate(times, start=1):
            due = add_plain(zone, start, term.taken.gap)
            then = times[number] if number < len(times) else None
            late = (now if then is None else then) > due
            state = State.MISSED if late else State.MET if then is not None else State.RUNNING
            named = [taken[start], *([taken[then]] if then is not None else [])]
            yield Verdict(
                subject=register,
                clock=f"{term.name}.taken",
                cycle=number,
                state=state,
                agreement=agreement.name,
                revision=agreement.revision,
                clause=term.clause,
                starts=zone.local(start),
                due=zone.local(due),
                promised_due=zone.local(due),
                stopped=None if then is None else zone.local(then),
                used_us=(now if then is None else then) - start,
                left_us=due - (now if then is None else then),
                because=(
                    *(
                        Message("reason.happened", {"at": zone.local(f.at_us), **fact_data(f)})
                        for f in named
                    ),
                    message(
                        "reason.every",
                        term=term.name,
                        clause=term.clause,
                        every=str(term.taken),
                        at=zone.local(due),
                    ),
                    *interpretations(term),
                ),
            )
