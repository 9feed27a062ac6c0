"""Notices: scheduled, announced, placed or posted in time, and told to all who must know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uphold.agreement.phrases.notices import Lead, Notice, Promptly
from uphold.agreement.reckoning import add_plain, subtract_plain
from uphold.agreement.terms.duty import NoticeTerm
from uphold.engine.case import Case
from uphold.engine.history import History
from uphold.engine.plan import CANCELS
from uphold.engine.reasons import fact_data, interpretations
from uphold.engine.shown import shown
from uphold.engine.standing import out_of_range
from uphold.engine.verdict import State, Verdict
from uphold.facts.fact import Fact
from uphold.messages import Message, Value, message
from uphold.worktime import CalendarError, CompiledCalendar

_DONE_BY: dict[str, dict[str, tuple[str, ...]]] = {
    "maintenance": {
        "scheduled": ("maintenance.planned", "maintenance.changed"),
        "announced": ("maintenance.announced",),
    },
    "outage": {"announced": ("outage.announced",)},
    "order": {"placed": ("order.placed",)},
    "agreement": {"posted": ("agreement.posted",), "announced": ("agreement.announced",)},
}
"""Which facts do what a notice asks for, by kind of thing."""

_PLANNED = {"maintenance": "start"}
_CHANGES_PLAN = frozenset({"maintenance.planned", "maintenance.changed"})


@dataclass(frozen=True, slots=True)
class _Round:
    """One planned start: since when it is planned, by which fact, and the round's end."""

    number: int
    since: int
    fact: Fact
    planned: int | None
    until: int | None


def notice_verdicts(case: Case, now: int, preface: tuple[Message, ...] = ()) -> Iterator[Verdict]:
    """A verdict for each duty of each notice that is about the thing, and each planned start."""
    for term in case.agreement.of(NoticeTerm):
        if term.of != case.history.thing:
            continue
        for turn in _rounds(case, term):
            if not all(case.holds(condition, turn.since) for condition in term.when):
                continue
            for duty, notice in term.duties():
                yield _verdict(case, term, (duty, notice), turn, now, preface)


def _rounds(case: Case, term: NoticeTerm) -> tuple[_Round, ...]:
    """The planned starts in turn; a single round for what has none.

    A new planned start is scheduled and announced anew (design, "Clocks").
    """
    history = case.history
    if term.from_ is not None:
        begun = history.any_of(term.from_)
        return (_Round(1, *begun[0], None, None),) if begun else ()
    leads = [notice for _, notice in term.duties() if isinstance(notice, Lead)]
    if not leads:
        return (_Round(1, history.times[0], history.facts[0], None, None),)
    field = leads[0].before.field if leads[0].before else _PLANNED.get(history.thing, "start")
    plans: list[tuple[int, Fact, int]] = []
    for time, fact in history:
        planned = _planned(fact, field)
        if planned is not None and (not plans or plans[-1][2] != planned):
            plans.append((time, fact, planned))
    ends = [time for time, _, _ in plans[1:]] + [None]
    return tuple(
        _Round(number, time, fact, planned, ends[number - 1])
        for number, (time, fact, planned) in enumerate(plans, start=1)
    )


def _planned(fact: Fact, field: str) -> int | None:
    if not isinstance(fact.written.get(field), str):
        return None
    if fact.thing == "maintenance" and fact.type not in _CHANGES_PLAN:
        return None
    value = fact.value(field)
    return value if isinstance(value, int) else None


def _verdict(
    case: Case,
    term: NoticeTerm,
    duty: tuple[str, Notice],
    turn: _Round,
    now: int,
    preface: tuple[Message, ...],
) -> Verdict:
    name, notice = duty
    calendar_name = case.calendar_named(term.calendar, turn.since)
    calendar = case.agreement.calendars.get(calendar_name or "", case.agreement.always)
    trouble: CalendarError | None = None
    due: int | None = None
    try:
        due = _due(calendar, notice, turn)
    except CalendarError as error:
        trouble = error
    done, told = _done(case.history, term, name, turn)
    cancel = _cancelled(case.history, turn)
    if done is not None and cancel is not None and done > cancel:
        done = None
    state = _state(due, done, cancel, now)
    return Verdict(
        subject=case.history.subject,
        clock=f"{term.name}.{name}",
        cycle=turn.number,
        state=state,
        agreement=case.agreement.name,
        revision=case.agreement.revision,
        clause=term.clause,
        starts=shown(calendar, turn.since),
        due=None if due is None else shown(calendar, due),
        promised_due=None if due is None else shown(calendar, due),
        stopped=None if done is None else shown(calendar, done),
        left_us=None
        if due is None
        else due - min(each for each in (done, cancel, now) if each is not None),
        standing=term.standing,
        party=term.by,
        because=(
            *preface,
            *_reasons(term, duty, turn, calendar, due),
            *_telling(term, _audience(term, name), told, calendar),
            *((out_of_range(term, trouble),) if trouble else ()),
            *interpretations(term),
        ),
    )


def _due(calendar: CompiledCalendar, notice: Notice, turn: _Round) -> int | None:
    """The latest time for the notice: back from the plan, or on from what happened."""
    if isinstance(notice, Lead):
        if turn.planned is None:
            return None
        return subtract_plain(calendar, turn.planned, notice.duration)
    if notice.within is not None:
        return add_plain(calendar, turn.since, notice.within)
    if notice.same_day and (not notice.next_day_out_of_hours or calendar.is_open_us(turn.since)):
        return calendar.day_end_us(turn.since)
    return calendar.next_working_day_close_us(turn.since)


def _done(
    history: History, term: NoticeTerm, name: str, turn: _Round
) -> tuple[int | None, tuple[Fact, ...]]:
    """When the duty was done, and by which facts; all audiences must have been told."""
    missing = set(_audience(term, name))
    told: list[Fact] = []
    if name == "scheduled":
        return turn.since, (turn.fact,)
    for time, fact in history:
        if fact.type not in _DONE_BY.get(history.thing, {}).get(name, ()):
            continue
        # What was told before the first plan was told in time; a new plan is announced anew.
        early = turn.number > 1 and time < turn.since
        if early or (turn.until is not None and time >= turn.until):
            continue
        told.append(fact)
        heard = fact.written.get("to")
        missing -= set(heard) if isinstance(heard, list | tuple) else set()
        if not missing:
            return time, tuple(told)
    return None, tuple(told)


def _cancelled(history: History, turn: _Round) -> int | None:
    """When the round ended without its plan: cancelled, or planned anew."""
    cancels = (
        time
        for time, fact in history
        if fact.type in CANCELS.get(history.thing, ()) and time >= turn.since
    )
    found = next(cancels, None)
    times = [time for time in (found, turn.until) if time is not None]
    return min(times, default=None)


def _state(due: int | None, done: int | None, cancel: int | None, now: int) -> State:
    if due is None:
        return State.UNKNOWN
    if done is not None:
        return State.MET if done <= due else State.MISSED
    if cancel is not None:
        return State.MISSED if cancel > due else State.CANCELLED
    return State.MISSED if now > due else State.RUNNING


def _reasons(
    term: NoticeTerm,
    duty: tuple[str, Notice],
    turn: _Round,
    calendar: CompiledCalendar,
    due: int | None,
) -> Iterator[Message]:
    name, notice = duty
    told: dict[str, Value] = {"term": term.name, "at": shown(calendar, turn.since)}
    yield Message("reason.started", told | fact_data(turn.fact))
    if turn.planned is not None:
        planned = shown(calendar, turn.planned)
        yield message("reason.planned-start", term=term.name, at=planned)
    yield message(
        "reason.notice", term=term.name, clause=term.clause, duty=name, notice=str(notice)
    )
    promptly = isinstance(notice, Promptly) and notice.same_day and notice.next_day_out_of_hours
    if promptly and due is not None:
        inside = calendar.is_open_us(turn.since)
        yield message("reason.in-hours" if inside else "reason.out-of-hours", term=term.name)
    if due is not None:
        yield message("reason.due", term=term.name, at=shown(calendar, due))
    elif turn.planned is None:
        yield message("reason.no-plan", term=term.name)


def _audience(term: NoticeTerm, duty: str) -> tuple[str, ...]:
    """Who must be told for the duty to be done; scheduling and ordering tell nobody."""
    return tuple(term.to) if duty in ("announced", "posted") else ()


def _telling(
    term: NoticeTerm, audience: tuple[str, ...], told: tuple[Fact, ...], calendar: CompiledCalendar
) -> Iterator[Message]:
    heard: set[str] = set()
    for fact in told:
        to = fact.written.get("to")
        audiences = tuple(map(str, to)) if isinstance(to, list | tuple) else ()
        heard.update(audiences)
        data: dict[str, Value] = {"term": term.name, "at": shown(calendar, fact.at_us)}
        if audiences:
            yield Message("reason.told", data | fact_data(fact) | {"to": audiences})
        else:
            yield Message("reason.stopped", data | fact_data(fact))
    untold = tuple(name for name in audience if name not in heard)
    if untold and told:
        yield message("reason.not-told", term=term.name, to=untold)
