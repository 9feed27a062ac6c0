"""Retention: taken often enough, and kept long enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.lengths import Duration
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.duty import RetentionTerm
from uphold.engine.history import History
from uphold.engine.reasons import fact_data, interpretations
from uphold.engine.shown import shown
from uphold.engine.standing import out_of_range
from uphold.engine.verdict import State, Verdict
from uphold.facts.fact import Fact
from uphold.messages import Message, message
from uphold.worktime import CalendarError, CompiledCalendar

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
        due, trouble = _due(zone, taken, term.kept.duration, term)
        deleted = history.first(f"{history.thing}.deleted")
        state = _kept(due, deleted, now)
        facts = [fact for _, fact in history if fact.at_us in (taken, deleted)]
        yield Verdict(
            subject=history.subject,
            clock=f"{term.name}.kept",
            cycle=1,
            state=state,
            agreement=agreement.name,
            revision=agreement.revision,
            clause=term.clause,
            starts=shown(zone, taken),
            due=None if due is None else shown(zone, due),
            promised_due=None if due is None else shown(zone, due),
            stopped=None if deleted is None else shown(zone, deleted),
            left_us=None if due is None else due - (now if deleted is None else deleted),
            because=(
                *preface,
                *(
                    Message("reason.happened", {"at": shown(zone, f.at_us), **fact_data(f)})
                    for f in facts
                ),
                trouble
                or message(
                    "reason.kept",
                    term=term.name,
                    clause=term.clause,
                    kept=str(term.kept),
                    at=shown(zone, due or 0),
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
            due, trouble = _due(zone, start, term.taken.gap, term)
            then = times[number] if number < len(times) else None
            state = _taken(due, then, now)
            named = [taken[start], *([taken[then]] if then is not None else [])]
            yield Verdict(
                subject=register,
                clock=f"{term.name}.taken",
                cycle=number,
                state=state,
                agreement=agreement.name,
                revision=agreement.revision,
                clause=term.clause,
                starts=shown(zone, start),
                due=None if due is None else shown(zone, due),
                promised_due=None if due is None else shown(zone, due),
                stopped=None if then is None else shown(zone, then),
                used_us=(now if then is None else then) - start,
                left_us=None if due is None else due - (now if then is None else then),
                because=(
                    *(
                        Message("reason.happened", {"at": shown(zone, f.at_us), **fact_data(f)})
                        for f in named
                    ),
                    trouble
                    or message(
                        "reason.every",
                        term=term.name,
                        clause=term.clause,
                        every=str(term.taken),
                        at=shown(zone, due or 0),
                    ),
                    *interpretations(term),
                ),
            )


def _due(
    zone: CompiledCalendar, start: int, duration: Duration, term: RetentionTerm
) -> tuple[int | None, Message | None]:
    """When the duration is over, or why that cannot be told."""
    try:
        return add_plain(zone, start, duration), None
    except CalendarError as error:
        return None, out_of_range(term, error)


def _kept(due: int | None, deleted: int | None, now: int) -> State:
    if due is None:
        return State.UNKNOWN
    if deleted is not None and deleted < due:
        return State.MISSED
    return State.MET if now >= due else State.RUNNING


def _taken(due: int | None, then: int | None, now: int) -> State:
    if due is None:
        return State.UNKNOWN
    if (now if then is None else then) > due:
        return State.MISSED
    return State.RUNNING if then is None else State.MET
