"""When to warn of a clock: at a share of its time, or a stretch of time before it is due.

Warnings fire in working time (design, "Clocks"): holds move them as they move the due time. A
change of target acts on warnings from its own time, too: one whose time came before a change has
fired, and fires no more. Times are microseconds since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.targets import Alert as Threshold
from uphold.agreement.phrases.targets import LeadTarget, TimeTarget
from uphold.agreement.reckoning import add_plain, is_working, subtract_plain
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.alert import Alert, AlertState
from uphold.engine.arithmetic import Step, measure
from uphold.engine.holds import Hold
from uphold.engine.outcome import Outcome
from uphold.engine.shown import shown
from uphold.engine.verdict import State
from uphold.worktime import CalendarError, CompiledCalendar


def alerts_of(
    agreement: Agreement,
    clock: ClockTerm,
    subject: str,
    outcome: Outcome,
    now: int,
    calendar: CompiledCalendar,
) -> tuple[Alert, ...]:
    """The warnings of one cycle as of `now`, one for each that the clock asks for.

    `calendar` is the one in whose zone times are shown.
    """
    found = []
    for threshold in clock.alerts:
        time, state = _judged(agreement, clock, outcome, threshold, now)
        key = (subject, clock.name, outcome.cycle.number, threshold.text)
        found.append(Alert(key, None if time is None else shown(calendar, time), state))
    return tuple(found)


def _judged(
    agreement: Agreement, clock: ClockTerm, outcome: Outcome, threshold: Threshold, now: int
) -> tuple[int | None, AlertState]:
    """When the warning is given, and whether it has been; none that comes after the end."""
    if outcome.start is None or outcome.state is State.UNKNOWN:
        return None, AlertState.NONE
    try:
        time = _time(agreement, clock, outcome, threshold)
    except CalendarError:  # before what the calendar was written out for: too long before due
        time = outcome.start
    ends = (outcome.cycle.stop, outcome.cycle.cancel)
    end = min((each for each in ends if each is not None), default=None)
    if time is None or (end is not None and time >= end):
        return None, AlertState.NONE
    hold = outcome.open_hold if outcome.state is State.HELD else None
    if time > now or (hold is not None and hold.start < time):
        return time, AlertState.PENDING
    return time, AlertState.FIRED


def _time(
    agreement: Agreement, clock: ClockTerm, outcome: Outcome, threshold: Threshold
) -> int | None:
    """The first instant at which the threshold is reached under the target of that time."""
    assert outcome.start is not None
    if outcome.regime is None or not isinstance(outcome.regime.target, TimeTarget):
        return _before_plan(agreement, outcome, threshold)
    steps = [step for step in outcome.steps if not step.too_late]
    for place, step in enumerate(steps):
        reached = _reached(agreement, clock, step, outcome.holds, threshold)
        if reached is None:
            continue
        reached = max(reached, outcome.start, step.regime.at)
        if place + 1 == len(steps) or reached < steps[place + 1].regime.at:
            return reached
    return None


def _reached(
    agreement: Agreement,
    clock: ClockTerm,
    step: Step,
    holds: Sequence[Hold],
    threshold: Threshold,
) -> int | None:
    """When the threshold is reached in one step; a hold that begins before moves it."""
    target = step.regime.target
    if step.due is None or step.regime.calendar is None or not isinstance(target, TimeTarget):
        return None
    calendar = agreement.calendars[step.regime.calendar]
    working = is_working(target.duration)
    whole = add_plain(calendar, step.start, target.duration, clock.days)
    reached_after = _threshold(calendar, step.start, whole, threshold, working=working)
    held, found = 0, reached_after(0)
    for hold in holds:
        begins = max(hold.start, step.start)
        if hold.end is None or hold.end <= begins:
            continue
        if begins >= found:
            break
        held += measure(calendar, begins, hold.end, working)
        found = reached_after(held)
    return found


def _threshold(
    calendar: CompiledCalendar, start: int, whole: int, threshold: Threshold, *, working: bool
) -> Callable[[int], int]:
    """What gives the threshold's instant for an amount of time held before it."""

    def later(instant: int, amount: int) -> int:
        return calendar.add_us(instant, amount) if working else instant + amount

    if threshold.before is not None:
        before = threshold.before
        return lambda held: subtract_plain(calendar, later(whole, held), before)
    assert threshold.share is not None
    length = measure(calendar, start, whole, working)
    used = ceil(length * Fraction(threshold.share.value) / 100)
    return lambda held: later(start, used + held)


def _before_plan(agreement: Agreement, outcome: Outcome, threshold: Threshold) -> int | None:
    """The instant for a clock that is due at a release, or counted back from a plan."""
    regime, start = outcome.regime, outcome.start
    if outcome.due is None or start is None or regime is None or regime.calendar is None:
        return None
    calendar, target = agreement.calendars[regime.calendar], regime.target
    working = isinstance(target, LeadTarget) and is_working(target.duration)
    return max(start, _threshold(calendar, start, outcome.due, threshold, working=working)(0))
