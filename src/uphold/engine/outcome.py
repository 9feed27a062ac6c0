"""What became of one cycle of a clock: the plan's facts and the arithmetic, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uphold.agreement.phrases.targets import (
    LeadTarget,
    NoTarget,
    ReleaseTarget,
    TimeTarget,
)
from uphold.agreement.reckoning import is_working, subtract_plain
from uphold.engine.arithmetic import (
    Step,
    acting,
    clip_holds,
    clipped,
    due_of,
    is_under,
    measure,
    passed,
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
    target = regimes[-1].target
    outcome = Outcome(cycle, State.RUNNING, start, stop=cycle.stop, holds=holds, regime=regimes[-1])
    if isinstance(target, ReleaseTarget) and regimes[-1].unowed_by is None:
        return _by_release(setting, outcome, target)
    if isinstance(target, LeadTarget) and regimes[-1].unowed_by is None:
        return _before_plan(setting, outcome, target)
    open_hold = next((hold for hold in plan.holds if hold.end is None and hold.start <= now), None)
    outcome = replace(outcome, open_hold=None if cycle.ends is not None else open_hold)
    return _by_time(plan, setting, outcome, regimes, end)


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


def _by_time(
    plan: Plan, setting: Setting, outcome: Outcome, regimes: Sequence[Regime], end: int
) -> Outcome:
    agreement, clock = setting.case.agreement, plan.clock
    start = outcome.start
    assert start is not None
    steps = steps_of(agreement, clock, regimes, start, outcome.holds)
    last = steps[-1]
    promised, _ = due_of(agreement, clock, regimes[0], start, ())
    if regimes[0].unowed_by is not None:
        promised = None
    outcome = replace(outcome, steps=steps, due=last.due, promised=promised, regime=last.regime)
    if last.regime.unowed_by is not None:
        return replace(outcome, state=State.NOT_OWED, why="unowed")
    if isinstance(last.regime.target, NoTarget):
        return replace(outcome, state=State.NOT_OWED, why="none")
    if last.due is None:
        why = "no target" if last.regime.target is None else "no calendar"
        return replace(outcome, state=State.UNKNOWN, why=why)
    outcome = _counted(setting, outcome, last, end)
    state = _state(setting, outcome, last)
    if outcome.cycle.unrecorded is not None and state is not State.MET:
        return replace(outcome, state=State.UNKNOWN, why="unrecorded", used=None, left=None)
    return replace(outcome, state=state)


def _state(setting: Setting, outcome: Outcome, last: Step) -> State:
    cycle, due, under = outcome.cycle, last.due, is_under(last.regime)
    assert due is not None and outcome.start is not None
    if last.too_late:
        return State.MISSED
    if cycle.stop is not None:
        early = cycle.stop < outcome.start
        return State.MET if early or not passed(due, cycle.stop, under) else State.MISSED
    if cycle.cancel is not None:
        return State.MISSED if passed(due, cycle.cancel, under) else State.CANCELLED
    if outcome.start > setting.now:
        return State.NOT_STARTED
    if passed(due, setting.now, under):
        return State.MISSED
    return State.HELD if outcome.open_hold is not None else State.RUNNING


def _counted(setting: Setting, outcome: Outcome, last: Step, end: int) -> Outcome:
    """The outcome with the time used and left, as its target counts time."""
    target, name = last.regime.target, last.regime.calendar
    assert isinstance(target, TimeTarget) and name is not None and last.due is not None
    working = is_working(target.duration)
    calendar = setting.case.agreement.calendars[name]
    held = sum(
        measure(calendar, hold.start, hold.end or end, working)
        for hold in clip_holds(outcome.holds, last.start, max(end, last.start))
    )
    used = max(0, measure(calendar, last.start, max(end, last.start), working) - held)
    left = measure(calendar, max(end, last.start), last.due, working)
    pending = outcome.open_hold is not None and outcome.open_hold.start < last.due
    return replace(
        outcome,
        used=used,
        left=left,
        calendar=name if working else None,
        provisional=pending and not last.too_late,
    )


def _by_release(setting: Setting, outcome: Outcome, target: ReleaseTarget) -> Outcome:
    """Due when the n-th release after the start ships; missed once it shipped without it."""
    start = outcome.start
    assert start is not None
    product = setting.case.history.field("service").at(setting.now)
    release = setting.releases.after(start, target.count, product)
    shipped = release.shipped if release else None
    due = shipped if shipped is not None else release.planned if release else None
    outcome = replace(outcome, release=release, due=due, provisional=shipped is None)
    cycle = outcome.cycle
    until = cycle.stop if cycle.stop is not None else cycle.cancel
    ended = setting.now if until is None else until
    if shipped is not None and shipped < ended:
        return replace(outcome, state=State.MISSED)
    if cycle.stop is not None:
        return replace(outcome, state=State.MET)
    if cycle.unrecorded is not None:
        return replace(outcome, state=State.UNKNOWN, why="unrecorded")
    if cycle.cancel is not None:
        return replace(outcome, state=State.CANCELLED)
    if due is None:
        return replace(outcome, state=State.UNKNOWN, why="no release")
    return replace(outcome, state=State.NOT_STARTED if start > setting.now else State.RUNNING)


def _before_plan(setting: Setting, outcome: Outcome, target: LeadTarget) -> Outcome:
    """Due a duration before a planned time, as planned when the clock stopped."""
    cycle, name = outcome.cycle, outcome.regime.calendar if outcome.regime else None
    planned = setting.case.instant(target.before)
    if planned is None or name is None:
        return replace(outcome, state=State.UNKNOWN, why="no plan" if name else "no calendar")
    due = subtract_plain(setting.case.agreement.calendars[name], planned, target.duration)
    outcome = replace(outcome, due=due, promised=due)
    if cycle.stop is not None:
        return replace(outcome, state=State.MISSED if cycle.stop > due else State.MET)
    if cycle.cancel is not None:
        return replace(outcome, state=State.MISSED if cycle.cancel > due else State.CANCELLED)
    if cycle.unrecorded is not None:
        return replace(outcome, state=State.UNKNOWN, why="unrecorded")
    left = due - setting.now
    state = State.MISSED if left < 0 else State.RUNNING
    return replace(outcome, state=state, left=left)
