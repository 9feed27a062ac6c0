"""Working out when a clock is due: targets, holds and changes, one clock at a time.

`uphold.engine.bulk` works out the same for many at once; tests hold the two together. Times are
microseconds since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.targets import LeadTarget, NoTarget, ReleaseTarget, TimeTarget
from uphold.agreement.reckoning import add_plain, is_working, subtract_plain
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.holds import Hold
from uphold.engine.plan import Regime
from uphold.engine.releases import Release, Releases
from uphold.worktime import CompiledCalendar

NOT_OWED = "not owed"
KEEP_START, RESTART, NO_CHANGE = "keep start", "restart", "no change"


@dataclass(frozen=True, slots=True)
class Counted:
    """A hold as it was counted: how much of the clock's time fell into it."""

    hold: Hold
    counted_us: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one regime made of the clock: the regime, where it counts from, and the due time.

    `due` is None where nothing is owed or where the calendar or target is not known. `tightened`
    says that the due time had already passed and moved to the change; `too_late` that the miss
    came first and stands. `release` is the one that the time is due at, shipped or only planned.
    """

    regime: Regime
    start: int
    due: int | None
    holds: tuple[Counted, ...] = ()
    tightened: bool = False
    too_late: bool = False
    release: Release | None = None

    @property
    def firm(self) -> bool:
        """Whether time can be up: a release that has not shipped may still move."""
        return self.release is None or self.release.shipped is not None

    def passed(self, time: int) -> bool:
        """Whether time is up at an instant; never where there is no due time."""
        if self.due is None or not self.firm or self.regime.unowed_by is not None:
            return False
        return passed(self.due, time, is_under(self.regime))


def passed(due: int, time: int, under: bool) -> bool:
    """Whether time is up: behind the due time, or at it where the target is `under`."""
    return time >= due if under else time > due


def is_under(regime: Regime) -> bool:
    """Whether the regime's target is missed at exactly its time."""
    return isinstance(regime.target, TimeTarget) and regime.target.under


def clipped(regimes: Sequence[Regime], start: int, end: int) -> tuple[Regime, ...]:
    """The regimes from `start` (the one in force then, moved to it) to before `end`.

    A change at the very instant of the end does not act.
    """
    before = [regime for regime in regimes if regime.at <= start]
    first = before[-1] if before else regimes[0]
    later = [regime for regime in regimes if start < regime.at < end]
    return (replace(first, at=start), *later)


def acting(regimes: Sequence[Regime], end: int) -> tuple[Regime, ...]:
    """The regimes from before `end`; the first one in any case.

    For a clock that another clock starts, and that may have ended before its start: what changed
    since then acts no more.
    """
    return tuple(regime for regime in regimes if regime.at < end) or tuple(regimes[:1])


def by_rule(regimes: Sequence[Regime], rule: str) -> tuple[Regime, ...]:
    """The regimes as the change rule has them: under `no change` the first target stays.

    It stays in its calendar too; whether anything is owed still follows the facts.
    """
    if rule != NO_CHANGE:
        return tuple(regimes)
    first = next((each for each in regimes if each.unowed_by is None), regimes[0])
    return tuple(replace(each, target=first.target, calendar=first.calendar) for each in regimes)


def unowed_holds(regimes: Sequence[Regime]) -> tuple[Hold, ...]:
    """Stretches in which nothing is owed, up to where the promise comes back: they are no time.

    Nothing is owed outside what a promise applies to, nor where the target is none.
    """
    return tuple(
        Hold(before.at, after.at, (NOT_OWED,))
        for before, after in pairwise(regimes)
        if before.unowed_by is not None or isinstance(before.target, NoTarget)
    )


def clip_holds(holds: Sequence[Hold], start: int, end: int) -> tuple[Hold, ...]:
    """The holds within a stretch; one that is open, or ends later, ends with it."""
    found = []
    for hold in holds:
        first = max(hold.start, start)
        last = end if hold.end is None else min(hold.end, end)
        if first < last:
            found.append(Hold(first, last, hold.causes))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Works out due times: the agreement and the clock, and the releases of the thing's product."""

    agreement: Agreement
    clock: ClockTerm
    releases: Releases
    product: str | None

    def step(self, regime: Regime, start: int, holds: Sequence[Hold]) -> Step:
        """What a regime makes of the clock when time counts from `start`."""
        if regime.unowed_by is not None:
            return Step(regime, start, None)
        match regime.target:
            case TimeTarget() as target if regime.calendar is not None:
                calendar = self.agreement.calendars[regime.calendar]
                due, counted = self._within(calendar, target, start, holds)
                return Step(regime, start, due, counted)
            case LeadTarget(duration, _) if None not in (regime.calendar, regime.planned):
                calendar = self.agreement.calendars[regime.calendar or ""]
                return Step(regime, start, subtract_plain(calendar, regime.planned or 0, duration))
            case ReleaseTarget(count):
                release = self.releases.after(start, count, self.product)
                return Step(regime, start, release.time if release else None, release=release)
        return Step(regime, start, None)

    def _within(
        self, calendar: CompiledCalendar, target: TimeTarget, start: int, holds: Sequence[Hold]
    ) -> tuple[int, tuple[Counted, ...]]:
        """The due time of a length of time, and each hold that moved it.

        A hold counts if it begins before the time that is due without it; for working days the
        due time is `add(add_days(start, n), working time held)` (design, "Clocks").
        """
        base = due = add_plain(calendar, start, target.duration, self.clock.days)
        working = is_working(target.duration)
        held, counted = 0, []
        for hold in holds:
            if hold.end is None or hold.end <= start:
                continue
            begins = max(hold.start, start)
            if begins >= due:
                break
            amount = measure(calendar, begins, hold.end, working)
            counted.append(Counted(hold, amount))
            held += amount
            due = calendar.add_us(base, held) if working else base + held
        return due, tuple(counted)


def measure(calendar: CompiledCalendar, begin: int, end: int, working: bool) -> int:
    """Time between two instants as the target counts it, negative when they are turned round."""
    if not working:
        return end - begin
    if begin <= end:
        return calendar.between_us(begin, end)
    return -calendar.between_us(end, begin)


def steps_of(
    reckoner: Reckoner, regimes: Sequence[Regime], start: int, holds: Sequence[Hold]
) -> tuple[Step, ...]:
    """What each regime makes of the clock, by the rule that the agreement states for changes.

    A change acts from its own time and never undoes a miss; a tightened target that is already
    past is due at the change (design, "Clocks"). The last step holds.
    """
    rule = reckoner.clock.on_change_of_priority or KEEP_START
    steps: list[Step] = []
    origin = start
    for regime in by_rule(regimes, rule):
        last = steps[-1] if steps else None
        if last is not None and last.passed(regime.at):
            steps.append(replace(last, too_late=True))
            break
        owed = last is not None and last.due is not None and last.regime.unowed_by is None
        if owed and rule == RESTART and regime.unowed_by is None:
            origin = regime.at
        step = reckoner.step(regime, origin, holds)
        if last is not None and step.passed(regime.at):
            step = replace(step, due=regime.at, tightened=True)
        steps.append(step)
    return tuple(steps)
