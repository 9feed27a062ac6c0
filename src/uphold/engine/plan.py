"""Planning a clock: which facts start, stop, hold and change it. No arithmetic is done here.

Everything in a plan is a time that some fact has, so that things with histories of one shape
have one plan, whatever their times (`uphold.engine.bulk`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uphold.agreement.phrases.conditions import Moved
from uphold.agreement.phrases.events import Events
from uphold.agreement.phrases.targets import LeadTarget, Target
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm
from uphold.engine.case import Case
from uphold.engine.history import UNRECORDED, History, listed
from uphold.engine.holds import Hold, holds_of
from uphold.engine.permission import moves_level
from uphold.engine.series import sampled
from uphold.facts.fact import Fact

WHEN = "when"
"""Stands for the clock's own `when` where a regime says what it is not owed by."""

CANCELS = {
    "request": ("request.cancelled", "request.merged"),
    "order": ("order.cancelled",),
    "maintenance": ("maintenance.cancelled",),
}
_REOPENED = "request.reopened"
_RESOLVED = "request.resolved"


@dataclass(frozen=True, slots=True)
class Regime:
    """What is owed from a time on: a target in a calendar, or nothing (`unowed_by` a term).

    `planned` is the time that a target counts back from; `level` is the priority where a change of
    it restarts the clock.
    """

    at: int
    target: Target | None
    calendar: str | None
    unowed_by: str | None = None
    planned: int | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """One run of a clock. `start` is None where it follows from another clock (`after`).

    `stop` is the time and the facts that stopped it; `cancel` those that took the thing away. It
    has at most one of the two: what happens to a thing that was taken away stops no clock.
    `unrecorded` names a fact type that should start or stop it and that the source leaves out.
    """

    number: int
    start: int | None
    start_facts: tuple[Fact, ...] = ()
    after: str | None = None
    stop: int | None = None
    stop_facts: tuple[Fact, ...] = ()
    cancel: int | None = None
    cancel_fact: Fact | None = None
    unrecorded: str | None = None

    @property
    def ends(self) -> int | None:
        """When it was stopped or cancelled; None while it is neither."""
        return self.cancel if self.stop is None else self.stop

    @property
    def ending(self) -> tuple[Fact, ...]:
        """The facts that stopped or cancelled it."""
        return self.stop_facts if self.cancel_fact is None else (self.cancel_fact,)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a clock's verdicts for one thing rest on, but the arithmetic."""

    clock: ClockTerm
    cycles: tuple[Cycle, ...]
    regimes: tuple[Regime, ...]
    holds: tuple[Hold, ...]


def plan_clock(case: Case, clock: ClockTerm) -> Plan | None:
    """The clock's plan for the thing; None if the clock is not about it or never exists."""
    if clock.of != case.history.thing:
        return None
    history = without_other_moves(case, clock)
    cycles = tuple(_cycles(history, clock))
    if not cycles:
        return None
    regimes = _regimes(case, clock)
    if all(regime.unowed_by == WHEN for regime in regimes):
        return None
    return Plan(clock, cycles, regimes, holds_of(case.history, clock.held_while))


def without_other_moves(case: Case, clock: ClockTerm) -> History:
    """The history in which the clock may start: for `PATH is lowered` only at such changes.

    A classification that moves the level otherwise, or that does not stand, is left out.
    """
    moves = [part for each in clock.when for part in each.parts if isinstance(part, Moved)]
    if not moves or clock.starts is None or clock.starts.events is None:
        return case.history
    starting = {id(fact) for _, fact in case.history.any_of(clock.starts.events)}
    kept = [
        (time, fact)
        for time, fact in case.history
        if id(fact) not in starting
        or (
            id(fact) not in case.refused
            and all(moves_level(case, part, time, fact, case.refused) for part in moves)
        )
    ]
    return History(
        case.history.subject,
        tuple(fact for _, fact in kept),
        tuple(time for time, _ in kept),
    )


def _regimes(case: Case, clock: ClockTerm) -> tuple[Regime, ...]:
    """What is owed, from each time at which that may change."""
    limits = [term for term in case.agreement.of(AppliesTerm) if clock.name in term.to]
    times = set(case.history.times[:1]) | case.points(clock.when)
    for term in limits:
        times |= case.points((*term.only_if, *term.unless))
    times |= case.choice_points(clock.calendar)
    if not isinstance(clock.target, Target):
        times |= case.table_points(clock.target)

    if any(isinstance(target, LeadTarget) for target in clock.targets()):
        times.update(case.history.times)
    restarts = clock.on_change_of_priority == "restart"
    if restarts:
        times.update(case.priority.times)

    def owed(time: int) -> tuple[Target | None, str | None, str | None, int | None, str | None]:
        target, calendar = case.target_of(clock, time), case.calendar_of(clock, time)
        planned = case.instant(target.before, time) if isinstance(target, LeadTarget) else None
        level = case.priority.at(time) if restarts else None
        return target, calendar, _unowed_by(case, clock, limits, time), planned, level

    series = sampled(times, owed)
    pairs = zip(series.times, series.values, strict=True)
    return tuple(Regime(time, *values) for time, values in pairs)


def _unowed_by(
    case: Case, clock: ClockTerm, limits: Iterable[AppliesTerm], time: int
) -> str | None:
    """What takes the promise away at an instant: a term's name, WHEN, or nothing."""
    if not all(case.holds(condition, time) for condition in clock.when):
        return WHEN
    for term in limits:
        if not all(case.holds(condition, time) for condition in term.only_if):
            return term.name
        if any(case.holds(condition, time) for condition in term.unless):
            return term.name
    return None


def _cycles(history: History, clock: ClockTerm) -> Iterator[Cycle]:
    if clock.starts is None:
        yield _cycle(history, clock, 1, history.times[0], history.facts[:1])
    elif clock.starts.after is not None:
        yield from _reopened(history, clock, _chained(history, clock, clock.starts.after))
    elif clock.starts.each:
        yield from _each(history, clock)
    else:
        yield from _started(history, clock)


def _started(history: History, clock: ClockTerm) -> Iterator[Cycle]:
    assert clock.starts is not None and clock.starts.events is not None
    started = _occurs(history, clock.starts.events, None)
    if started is None or _is_gone(history, started[1]):
        missing = None if started else _unrecorded(history, clock.starts.events)
        yield _ended(history, clock, Cycle(1, None, unrecorded=missing), None)
        return
    if clock.repeats_on is not None:
        yield from _repeated(history, clock, *started)
    else:
        first = _cycle(history, clock, 1, *started)
        yield from _reopened(history, clock, first)


def _each(history: History, clock: ClockTerm) -> Iterator[Cycle]:
    """A cycle from each start that finds none running."""
    assert clock.starts is not None and clock.starts.events is not None
    number, free_from = 1, -1
    for time, fact in history.any_of(clock.starts.events):
        if history.places[id(fact)] < free_from or _is_gone(history, (fact,)):
            continue
        cycle = _cycle(history, clock, number, time, (fact,), strictly=True)
        yield cycle
        if cycle.ends is None:
            return
        number, free_from = number + 1, _last_place(history, cycle.ending)


def _repeated(
    history: History, clock: ClockTerm, start: int, facts: tuple[Fact, ...]
) -> Iterator[Cycle]:
    """A cycle from the start to the first repeat, from each repeat to the next, to the end."""
    assert clock.repeats_on is not None
    repeats = history.events(clock.repeats_on)
    number = 1
    begun: tuple[int, tuple[Fact, ...]] | None = (start, facts)
    while begun is not None:
        place = _last_place(history, begun[1])
        end = _occurs(history, clock.until, begun[0], place) if clock.until else None
        for time, fact in repeats:
            if history.places[id(fact)] <= place or (end is not None and time >= end[0]):
                continue
            cycle = _cycle(history, clock, number, *begun, stop=(time, (fact,)))
            if cycle.cancel is not None:
                break
            yield cycle
            number, begun = number + 1, (time, (fact,))
        last = _cycle(history, clock, number, *begun, stop=end)
        yield last
        number, begun = number + 1, _reopening(history, clock, last)


def _is_gone(history: History, facts: tuple[Fact, ...]) -> bool:
    """Whether the thing had been taken away, and not opened again, when the facts happened."""
    gone = False
    for fact in history.facts[: _last_place(history, facts)]:
        gone = (gone or fact.type in CANCELS.get(history.thing, ())) and fact.type != _REOPENED
    return gone


def _last_place(history: History, facts: tuple[Fact, ...]) -> int:
    return max((history.places[id(fact)] for fact in facts), default=-1)


def _chained(history: History, clock: ClockTerm, after: str) -> Cycle:
    """The first cycle of a clock that another clock starts."""
    stop = _occurs(history, clock.stops, None) if clock.stops else None
    return _ended(history, clock, Cycle(1, None, after=after), stop)


def _reopened(history: History, clock: ClockTerm, first: Cycle) -> Iterator[Cycle]:
    """A cycle, and another from each re-opening after its end."""
    cycle = first
    while True:
        yield cycle
        again = _reopening(history, clock, cycle)
        if not again:
            return
        cycle = _cycle(history, clock, cycle.number + 1, *again, strictly=True)


def _reopening(
    history: History, clock: ClockTerm, cycle: Cycle
) -> tuple[int, tuple[Fact, ...]] | None:
    """The re-opening that begins the next cycle, if the clock's rule says so."""
    if cycle.ends is None or not begins_anew(clock):
        return None
    place = _last_place(history, cycle.ending)
    for time, fact in history.by_type.get(_REOPENED, ()):
        if time >= cycle.ends and history.places[id(fact)] > place:
            return time, (fact,)
    return None


def begins_anew(clock: ClockTerm) -> bool:
    """Whether a re-opening begins a new cycle: as stated, else if resolving stops the clock."""
    if clock.on_reopening is not None:
        return clock.on_reopening == "new cycle"
    ends = [events for events in (clock.stops, clock.until) if events]
    return any(event.type == _RESOLVED for events in ends for event in events.events)


def _cycle(
    history: History,
    clock: ClockTerm,
    number: int,
    start: int,
    facts: tuple[Fact, ...],
    stop: tuple[int, tuple[Fact, ...]] | None = None,
    *,
    strictly: bool = False,
) -> Cycle:
    """The cycle from a start on; `strictly`: what stops it stands behind what started it."""
    if stop is None and clock.stops is not None:
        behind = _last_place(history, facts) if strictly else -1
        stop = _occurs(history, clock.stops, start, behind)
    return _ended(history, clock, Cycle(number, start, facts), stop)


def _ended(
    history: History,
    clock: ClockTerm,
    cycle: Cycle,
    stop: tuple[int, tuple[Fact, ...]] | None,
) -> Cycle:
    """The cycle with what ends it: a stop, a cancellation, or the lack of a record."""
    behind = _last_place(history, cycle.start_facts)
    cancel = next(
        (
            (time, fact)
            for time, fact in history
            if fact.type in CANCELS.get(history.thing, ())
            and history.places[id(fact)] > behind
            and (stop is None or time < stop[0])
        ),
        None,
    )
    awaited = clock.stops or clock.until
    missing = cycle.unrecorded
    if awaited and stop is None and missing is None:
        missing = _unrecorded(history, awaited)
    if clock.repeats_on is not None and missing is None:
        missing = _unrecorded(history, Events((clock.repeats_on,)))
    if cancel is not None:
        stop = None
    return Cycle(
        cycle.number,
        cycle.start,
        cycle.start_facts,
        cycle.after,
        stop[0] if stop else None,
        stop[1] if stop else (),
        cancel[0] if cancel else None,
        cancel[1] if cancel else None,
        missing,
    )


def _occurs(
    history: History, events: Events, since: int | None, behind: int = -1
) -> tuple[int, tuple[Fact, ...]] | None:
    """When the events first occur: any of them, or the last of all.

    Only facts not before `since` and behind the place `behind` count.
    """

    def first_of(found: Iterable[tuple[int, Fact]]) -> tuple[int, Fact] | None:
        for time, fact in found:
            if (since is None or time >= since) and history.places[id(fact)] > behind:
                return time, fact
        return None

    if not events.every:
        first = first_of(history.any_of(events))
        return (first[0], (first[1],)) if first else None
    firsts = [first_of(history.events(event)) for event in events.events]
    found = [first for first in firsts if first is not None]
    if len(found) < len(firsts):
        return None
    return max(time for time, _ in found), tuple(fact for _, fact in found)


def _unrecorded(history: History, events: Events) -> str | None:
    """The fact type that the events need and that the source says it does not record."""
    named = {
        str(name)
        for _, fact in history.by_type.get(UNRECORDED, ())
        if not listed(fact, "fields")
        for name in listed(fact, "what")
    }
    return next((event.type for event in events.events if event.type in named), None)
