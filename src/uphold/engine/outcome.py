"""What became of one cycle of a clock: the plan's facts and the arithmetic, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.targets import (
    LeadTarget,
    NoTarget,
    ReleaseTarget,
    TimeTarget,
)
from uphold.agreement.reckoning import is_working
from uphold.engine.arithmetic import (
    Reckoner,
    Step,
    acting,
    clip_holds,
    clipped,
    measure,
    steps_of,
    unowed_holds,
)
from uphold.engine.case import Case
from uphold.engine.holds import Hold, join
from uphold.engine.plan import WHEN, Cycle, Plan, Regime
from uphold.engine.releases import Release, Releases
from uphold.engine.verdict import State
from uphold.worktime import CalendarError


@dataclass(frozen=True, slots=True)
class Outcome:
    """One cycle judged, all in microseconds; `why` names what decided a state without a due time.

    `open_hold` is the hold that is on at the instant asked about. `calendar` is the one that used
    and left time are counted in, None for elapsed time.
    """

    cycle: Cycle
    state: State
    start: int | None
    due: int | None = None
    promised: int | None = None
    stop: int | None = None
    used: int | None = None
    left: int | None = None
    provisional: bool = False
    why: str | None = None
    steps: tuple[Step, ...] = ()
    holds: tuple[Hold, ...] = ()
    open_hold: Hold | None = None
    release: Release | None = None
    regime: Regime | None = None
    calendar: str | None = None
    trouble: CalendarError | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What judging a clock needs beside its plan: the case, the instant, and other outcomes."""

    case: Case
    now: int
    releases: Releases
    others: Mapping[str, tuple[Outcome, ...]]


def judge(plan: Plan, setting: Setting) -> tuple[Outcome, ...]:
    """The outcome of each cycle; none where the clock that starts this one does not run."""
    found = []
    for cycle in plan.cycles:
        start, provisional, begun = cycle.start, False, cycle.start is not None
        if cycle.after is not None:
            before = setting.others.get(cycle.after)
            if not before:
                continue
            start, provisional = before[0].due, before[0].provisional
            begun = before[0].start is not None
        try:
            outcome = _judge(plan, setting, cycle, start, begun)
            if outcome is None:
                continue
        except CalendarError as error:
            outcome = Outcome(
                cycle, State.UNKNOWN, start, why="out of range", stop=cycle.stop, trouble=error
            )
        found.append(replace(outcome, provisional=outcome.provisional or provisional))
    return tuple(found)


def _judge(
    plan: Plan, setting: Setting, cycle: Cycle, start: int | None, begun: bool
) -> Outcome | None:
    now = setting.now
    ends = [time for time in (cycle.stop, cycle.cancel) if time is not None]
    end, until = min((*ends, now)), min(ends, default=now + 1)
    if start is None:
        return _without_start(plan, cycle, until, begun)
    regimes = plan.regimes if cycle.after is None else acting(plan.regimes, until)
    regimes = clipped(regimes, start, until)
    holds = clip_holds(join((*plan.holds, *unowed_holds(regimes))), start, max(end, start))
    open_hold = next((hold for hold in plan.holds if hold.end is None and hold.start <= now), None)
    outcome = Outcome(
        cycle,
        State.RUNNING,
        start,
        stop=cycle.stop,
        holds=holds,
        open_hold=None if cycle.ends is not None else open_hold,
    )
    return _by_steps(plan, setting, outcome, regimes, end)


def _without_start(plan: Plan, cycle: Cycle, until: int, begun: bool) -> Outcome | None:
    """A clock without a start: not begun yet, or started by one that has no due time.

    What changed from `until` on does not act. None where the clock does not exist (its `when`
    does not hold).
    """
    regime = acting(plan.regimes, until)[-1]
    outcome = Outcome(cycle, State.UNKNOWN, None, stop=cycle.stop, regime=regime)
    if regime.unowed_by == WHEN:
        return None
    if regime.unowed_by is not None:
        return replace(outcome, state=State.NOT_OWED, why="unowed")
    if isinstance(regime.target, NoTarget):
        return replace(outcome, state=State.NOT_OWED, why="none")
    if cycle.unrecorded is not None:
        return replace(outcome, why="unrecorded")
    if cycle.cancel is not None:
        return replace(outcome, state=State.CANCELLED)
    if not begun:
        return replace(outcome, state=State.NOT_STARTED, why="not begun")
    return replace(outcome, why="no start")


def _by_steps(
    plan: Plan, setting: Setting, outcome: Outcome, regimes: Sequence[Regime], end: int
) -> Outcome:
    start, case = outcome.start, setting.case
    assert start is not None
    product = case.history.field("service").at(setting.now)
    reckoner = Reckoner(case.agreement, plan.clock, setting.releases, product)
    steps = steps_of(reckoner, regimes, start, outcome.holds)
    last = steps[-1]
    first = reckoner.step(regimes[0], start, ())
    outcome = replace(
        outcome,
        steps=steps,
        due=last.due,
        promised=first.due if first.release is None else None,
        regime=last.regime,
        release=last.release,
    )
    if last.regime.unowed_by is not None:
        return replace(outcome, state=State.NOT_OWED, why="unowed")
    if isinstance(last.regime.target, NoTarget):
        return replace(outcome, state=State.NOT_OWED, why="none", used=_spent(case, last, end))
    outcome = _counted(case, outcome, last, end)
    state = _state(setting, outcome, last)
    if outcome.cycle.unrecorded is not None and state is not State.MET:
        return replace(outcome, state=State.UNKNOWN, why="unrecorded", used=None, left=None)
    why = _unknown_by(last) if state is State.UNKNOWN else None
    return replace(outcome, state=state, why=why)


def _unknown_by(last: Step) -> str:
    """What a due time is not known for."""
    match last.regime.target:
        case None:
            return "no target"
        case ReleaseTarget():
            return "no release"
        case LeadTarget() if last.regime.calendar is not None:
            return "no plan"
    return "no calendar"


def _state(setting: Setting, outcome: Outcome, last: Step) -> State:
    cycle, start = outcome.cycle, outcome.start
    assert start is not None
    if last.too_late:
        return State.MISSED
    if cycle.stop is not None and (cycle.stop < start or _shipped_with(cycle, last.release)):
        return State.MET
    if last.due is None and (
        cycle.stop is None or not isinstance(last.regime.target, ReleaseTarget)
    ):
        return State.UNKNOWN
    if cycle.stop is not None:
        return State.MISSED if last.passed(cycle.stop) else State.MET
    if cycle.cancel is not None:
        return State.MISSED if last.passed(cycle.cancel) else State.CANCELLED
    if start > setting.now:
        return State.NOT_STARTED
    if last.passed(setting.now):
        return State.MISSED
    return State.HELD if outcome.open_hold is not None else State.RUNNING


def _shipped_with(cycle: Cycle, release: Release | None) -> bool:
    """Whether what stopped the clock says that this release brought it."""
    if release is None:
        return False
    names = (release.subject, release.subject.partition(":")[2])
    return any(fact.written.get("release") in names for fact in cycle.stop_facts)


def _counted(case: Case, outcome: Outcome, last: Step, end: int) -> Outcome:
    """The outcome with the time used and left, as its target counts time.

    A hold counts to the due time at most (design, "Clocks"): behind it the clock is overdue.
    """
    target, name = last.regime.target, last.regime.calendar
    if last.due is None:
        return outcome
    if not isinstance(target, TimeTarget) or name is None:
        left = last.due - end if isinstance(target, LeadTarget) else None
        return replace(outcome, left=left, provisional=not last.firm)
    working = is_working(target.duration)
    calendar = case.agreement.calendars[name]
    until = max(end, last.start)
    held = sum(
        measure(calendar, hold.start, hold.end or until, working)
        for hold in clip_holds(outcome.holds, last.start, min(until, last.due))
    )
    pending = outcome.open_hold is not None and outcome.open_hold.start < last.due
    return replace(
        outcome,
        used=max(0, measure(calendar, last.start, until, working) - held),
        left=measure(calendar, until, last.due, working),
        calendar=name if working else None,
        provisional=pending and not last.too_late,
    )


def _spent(case: Case, last: Step, end: int) -> int | None:
    """How long something took that nobody promised a time for, in the clock's hours."""
    name = last.regime.calendar
    if name is None:
        return None
    calendar = case.agreement.calendars[name]
    return measure(calendar, last.start, max(end, last.start), name != ALWAYS)
