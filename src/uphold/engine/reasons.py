"""Why a verdict is what it is, as messages: ids with data that explanations only print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from uphold.agreement.phrases.targets import LeadTarget, NoTarget, ReleaseTarget, Target, TimeTarget
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.arithmetic import Step
from uphold.engine.case import PRIORITY, Case
from uphold.engine.holds import Hold
from uphold.engine.outcome import Outcome
from uphold.engine.plan import WHEN
from uphold.engine.shown import shown
from uphold.engine.standing import standing
from uphold.engine.verdict import State
from uphold.facts.fact import Fact
from uphold.messages import Message, Value, message
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import Elapsed

MOST_STRETCHES = 60
"""How many single stretches of working time a verdict names; longer ones are summed up."""


def reasons_for(case: Case, clock: ClockTerm, outcome: Outcome) -> tuple[Message, ...]:
    """The reasons of one cycle's verdict, in the order in which they led to it."""
    calendar = calendar_of(case, outcome)
    return (
        *_beginning(clock, outcome, calendar),
        *_refusals(case, clock),
        *standing(case, clock, outcome),
        *_steps(case, clock, outcome, calendar),
        *_ending(clock, outcome, calendar),
        *_readings(case, clock, outcome),
    )


def calendar_of(case: Case, outcome: Outcome) -> CompiledCalendar:
    """The calendar in whose zone the outcome's times are shown."""
    name = outcome.regime.calendar if outcome.regime else None
    return case.agreement.calendars.get(name or "", case.agreement.always)


def fact_data(fact: Fact) -> dict[str, Value]:
    """What a reason says of a fact: its id and its type."""
    return {"fact": fact.id, "type": fact.type}


def interpretations(term: Term) -> tuple[Message, ...]:
    """The readings that every verdict of the term leans on."""
    return tuple(
        message("reason.interpretation", term=term.name, clause=term.clause, text=text)
        for text in term.interpretation
    )


def _readings(case: Case, clock: ClockTerm, outcome: Outcome) -> Iterator[Message]:
    """The readings of the clock and of the other terms that the outcome leans on."""
    leaned_on = (clock, *_limits(case, outcome), *_calendars(case, outcome))
    for term in dict.fromkeys(term.name for term in (*leaned_on, *_levels(case, clock, outcome))):
        found = case.agreement.term(term)
        yield from interpretations(found) if found else ()


def _limits(case: Case, outcome: Outcome) -> Iterator[Term]:
    """The term that says that nothing is owed, if it is one of its own."""
    by = outcome.regime.unowed_by if outcome.regime else None
    term = case.agreement.term(by) if by not in (None, WHEN) else None
    if term is not None:
        yield term


def _calendars(case: Case, outcome: Outcome) -> Iterator[Term]:
    """The calendars that time was counted in."""
    for step in outcome.steps:
        owed = step.regime.unowed_by is None and not isinstance(step.regime.target, NoTarget)
        term = case.agreement.term(step.regime.calendar or "") if owed else None
        if term is not None:
            yield term


def _levels(case: Case, clock: ClockTerm, outcome: Outcome) -> Iterator[Term]:
    """The priority term, where a level was not given in its own words but worked out by it."""
    term = case.agreement.priority_of(case.history.thing)
    if term is None or clock.on_change_of_priority is None:
        return
    times = [step.regime.at for step in outcome.steps]
    given = case.history.field(PRIORITY)
    if any(level is None or level in term.same_as for level in map(given.at, times)):
        yield term


def target_words(target: Target) -> Value:
    """The target as a value that every language has words for."""
    if isinstance(target, TimeTarget):
        under = target.under
        return message("target.under", length=target.duration) if under else target.duration
    if isinstance(target, LeadTarget):
        return message("target.before", length=target.duration, time=str(target.before))
    if isinstance(target, ReleaseTarget):
        return _release_words(target)
    return str(target)


def _release_words(target: ReleaseTarget) -> Message:
    if target.count == 1:
        return message("target.next-release")
    if target.count == 2:
        return message("target.second-release")
    return message("target.third-release")


def _beginning(clock: ClockTerm, outcome: Outcome, calendar: CompiledCalendar) -> Iterator[Message]:
    cycle = outcome.cycle
    if cycle.after is not None:
        if outcome.start is None and outcome.why == "no start":
            yield message("reason.no-start", term=clock.name, clock=cycle.after)
        elif outcome.start is not None:
            at = shown(calendar, outcome.start)
            yield message("reason.chained", term=clock.name, clock=cycle.after, at=at)
        return
    for fact in cycle.start_facts:
        at = shown(calendar, fact.at_us)
        yield Message("reason.started", {"term": clock.name, "at": at, **fact_data(fact)})


def _refusals(case: Case, clock: ClockTerm) -> Iterator[Message]:
    """Decisions that did not act on the thing, though they would have."""
    if clock.on_change_of_priority is None and not clock.when:
        return
    for decision in case.decisions:
        if not decision.permitted:
            yield Message(
                "reason.refused",
                {
                    "term": decision.term.name,
                    "clause": decision.term.clause,
                    "at": shown(case.agreement.always, decision.fact.at_us),
                    **fact_data(decision.fact),
                },
            )


def _steps(
    case: Case, clock: ClockTerm, outcome: Outcome, calendar: CompiledCalendar
) -> Iterator[Message]:
    """Each target in turn, the holds that moved it, and where it led."""
    for place, step in enumerate(outcome.steps):
        if step.regime.unowed_by is not None or step.regime.target is None:
            continue
        if isinstance(step.regime.target, NoTarget):
            continue
        at = shown(calendar, step.regime.at)
        if step.too_late:
            yield message("reason.miss-stands", term=clock.name, at=shown(calendar, step.due or 0))
            continue
        told: dict[str, Value] = {
            "term": clock.name,
            "clause": clock.clause,
            "target": target_words(step.regime.target),
            "calendar": step.regime.calendar or "",
            "at": at,
        }
        if step.regime.calendar is None:
            yield Message("reason.target-uncounted", told)
        elif place == 0:
            yield Message("reason.target", told)
        else:
            rule = clock.on_change_of_priority or "keep start"
            yield Message("reason.target-changed", told | {"rule": rule})
        if step.tightened:
            yield message("reason.due-at-change", term=clock.name, at=at)
    if outcome.steps:
        yield from _counting(case, clock, outcome, outcome.steps[-1], calendar)
    if outcome.release is not None:
        yield _release(clock, outcome, calendar)
    elif outcome.regime is not None and isinstance(outcome.regime.target, LeadTarget):
        yield from _lead(clock, outcome, outcome.regime.target, calendar)


def _lead(
    clock: ClockTerm, outcome: Outcome, target: LeadTarget, calendar: CompiledCalendar
) -> Iterator[Message]:
    """A time that is counted back from a plan."""
    words = target_words(target)
    yield message("reason.lead", term=clock.name, clause=clock.clause, target=words)
    if outcome.due is not None:
        yield message("reason.due", term=clock.name, at=shown(calendar, outcome.due))


def _counting(
    case: Case, clock: ClockTerm, outcome: Outcome, step: Step, calendar: CompiledCalendar
) -> Iterator[Message]:
    """Each stretch of time counted from the start to the due time, and each hold between."""
    if step.due is None or outcome.start is None:
        return
    for counted in step.holds:
        yield message(
            "reason.hold",
            term=clock.name,
            start=shown(calendar, counted.hold.start),
            end=shown(calendar, counted.hold.end or outcome.start),
            causes=counted.hold.causes,
            length=Elapsed(counted.counted_us),
        )
    if outcome.calendar is not None:
        holds = tuple(counted.hold for counted in step.holds)
        working = case.agreement.calendars[outcome.calendar]
        yield from _stretches(clock, working, step.start, step.due, holds)
    yield message("reason.due", term=clock.name, at=shown(calendar, step.due))


def _stretches(
    clock: ClockTerm,
    calendar: CompiledCalendar,
    start: int,
    due: int,
    holds: tuple[Hold, ...],
) -> Iterator[Message]:
    spans = _without(calendar.spans_us(start, due), holds)
    total = 0
    for place, (begin, end) in enumerate(spans):
        total += end - begin
        if place < MOST_STRETCHES or place == len(spans) - 1:
            yield message(
                "reason.stretch",
                term=clock.name,
                start=shown(calendar, begin),
                end=shown(calendar, end),
                length=Elapsed(end - begin),
                total=Elapsed(total),
            )


def _without(spans: tuple[tuple[int, int], ...], holds: tuple[Hold, ...]) -> list[tuple[int, int]]:
    """The spans with the holds cut out of them."""
    left = list(spans)
    for hold in holds:
        cut = []
        for begin, end in left:
            until = hold.end if hold.end is not None else end
            cut += [(begin, min(end, hold.start))] if begin < hold.start else []
            cut += [(max(begin, until), end)] if until < end else []
        left = [(begin, end) for begin, end in cut if begin < end]
    return left


def _release(clock: ClockTerm, outcome: Outcome, calendar: CompiledCalendar) -> Message:
    release = outcome.release
    assert release is not None and outcome.due is not None
    name = "reason.release-planned" if release.shipped is None else "reason.release-shipped"
    at = shown(calendar, outcome.due)
    return message(name, term=clock.name, release=release.subject, at=at)


def _ending(clock: ClockTerm, outcome: Outcome, calendar: CompiledCalendar) -> Iterator[Message]:
    cycle = outcome.cycle
    for fact in cycle.stop_facts:
        at = shown(calendar, fact.at_us)
        yield Message("reason.stopped", {"term": clock.name, "at": at, **fact_data(fact)})
    if outcome.stop is not None and outcome.start is not None and outcome.stop < outcome.start:
        yield message("reason.stopped-early", term=clock.name)
    if cycle.cancel_fact is not None:
        at = shown(calendar, cycle.cancel_fact.at_us)
        told = {"term": clock.name, "at": at, **fact_data(cycle.cancel_fact)}
        yield Message("reason.cancelled", told)
    if outcome.state is State.HELD and outcome.open_hold is not None:
        yield message(
            "reason.on-hold",
            term=clock.name,
            since=shown(calendar, outcome.open_hold.start),
            causes=outcome.open_hold.causes,
        )


def moment(calendar: CompiledCalendar, time: int | None) -> datetime | None:
    """An instant of the engine as an aware datetime in the calendar's zone."""
    return None if time is None else shown(calendar, time)
