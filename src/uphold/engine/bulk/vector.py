"""Judging many cycles of one clock and one structure at once, with numpy.

The same reckoning as `uphold.engine.arithmetic` and `uphold.engine.outcome` do for one cycle;
tests hold the two together. Times are int64 microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.targets import NoTarget, TimeTarget
from uphold.agreement.reckoning import add_plain, is_working
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.arithmetic import KEEP_START, RESTART, by_rule, is_under
from uphold.engine.bulk.columns import CODES, NONE
from uphold.engine.plan import Regime
from uphold.engine.verdict import State
from uphold.worktime.durations import Elapsed, Working, WorkingDays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from uphold.worktime import CompiledCalendar

Times: TypeAlias = "NDArray[np.int64]"
Flags: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True)
class Cycles:
    """Cycles of one structure: the same regimes and holds, at times of their own.

    `regimes` hold what is owed; `changes[i]` are the times at which regime i begins (for the
    first the start). `holds` are pairs of begin and end; `open_hold` the begin of one that is
    still on. `stop` and `cancel` are None where the structure has none.
    """

    start: Times
    stop: Times | None
    cancel: Times | None
    regimes: tuple[Regime, ...]
    changes: tuple[Times, ...]
    holds: tuple[tuple[Times, Times], ...]
    open_hold: Times | None
    unrecorded: bool

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the cycles: state codes, due times, time used and left."""

    state: NDArray[np.int64]
    due: Times
    used: Times
    left: Times


def judge_cycles(agreement: Agreement, clock: ClockTerm, cycles: Cycles, now: int) -> Judged:
    """Judge cycles whose start is known. Raises CalendarError if one is out of range."""
    end = _ends(cycles, now)
    reckoning = _Reckoning(agreement, clock, cycles, np.maximum(end, cycles.start))
    due, regime, late = reckoning.steps()
    used = np.full(len(cycles), NONE, dtype=np.int64)
    left = used.copy()
    state = np.full(len(cycles), CODES[State.NOT_OWED], dtype=np.int64)
    regimes = reckoning.regimes
    for place, each in enumerate(regimes):
        rows = np.flatnonzero(regime == place)
        if not len(rows) or each.unowed_by is not None:
            continue
        if isinstance(each.target, NoTarget):
            used[rows] = reckoning.spent(each, rows, end)
            continue
        if each.target is None or each.calendar is None:
            state[rows] = CODES[State.UNKNOWN]
            continue
        state[rows] = _states(cycles, each, rows, due, late, now)
        counted = rows[state[rows] != CODES[State.UNKNOWN]]
        used[counted], left[counted] = reckoning.counted(each, counted, due, end)
    owed = (state != CODES[State.NOT_OWED]) & (due != NONE)
    return Judged(state, np.where(owed, due, NONE), used, left)


def _ends(cycles: Cycles, now: int) -> Times:
    end = np.full(len(cycles), now, dtype=np.int64)
    for times in (cycles.stop, cycles.cancel):
        if times is not None:
            end = np.minimum(end, times)
    return end


def _passed(due: Times, time: Times | int, under: bool) -> Flags:
    found: Flags = (time >= due) if under else (time > due)
    return found


def _states(
    cycles: Cycles, regime: Regime, rows: Times, due: Times, late: Flags, now: int
) -> NDArray[np.int64]:
    """The state codes of rows whose last regime owes a time."""
    under = is_under(regime)
    mine, start, is_late = due[rows], cycles.start[rows], late[rows]
    met, missed = CODES[State.MET], CODES[State.MISSED]
    if cycles.stop is not None:
        stop = cycles.stop[rows]
        in_time = (stop < start) | ~_passed(mine, stop, under)
        found = np.where(in_time & ~is_late, met, missed)
    elif cycles.cancel is not None:
        gone = _passed(mine, cycles.cancel[rows], under) | is_late
        found = np.where(gone, missed, CODES[State.CANCELLED])
    else:
        held = np.zeros(len(rows), dtype=bool)
        if cycles.open_hold is not None:
            held = cycles.open_hold[rows] <= now
        running = np.where(held, CODES[State.HELD], CODES[State.RUNNING])
        found = np.where(_passed(mine, now, under), missed, running)
        found = np.where((start > now) & ~is_late, CODES[State.NOT_STARTED], found)
        found = np.where(is_late, missed, found)
    if cycles.unrecorded:
        found = np.where(found == met, met, CODES[State.UNKNOWN])
    return found


class _Reckoning:
    """The arithmetic for one group of cycles."""

    def __init__(self, agreement: Agreement, clock: ClockTerm, cycles: Cycles, end: Times) -> None:
        self.agreement = agreement
        self.clock = clock
        self.cycles = cycles
        self.rule = clock.on_change_of_priority or KEEP_START
        self.regimes = by_rule(cycles.regimes, self.rule)
        self.origin = cycles.start.copy()
        self.holds = self._holds(end)

    def _holds(self, end: Times) -> list[tuple[Times, Times]]:
        """The holds clipped to the cycle, the open one ending with it."""
        cycles = self.cycles
        pairs = list(cycles.holds)
        if cycles.open_hold is not None:
            pairs.append((cycles.open_hold, end))
        return [(np.maximum(begin, cycles.start), np.minimum(until, end)) for begin, until in pairs]

    def steps(self) -> tuple[Times, NDArray[np.int64], Flags]:
        """The due time, the regime that holds last, and whether a miss came before a change."""
        size = len(self.cycles)
        due = np.full(size, NONE, dtype=np.int64)
        regime = np.zeros(size, dtype=np.int64)
        late = np.zeros(size, dtype=bool)
        for place, each in enumerate(self.regimes):
            change = self.cycles.changes[place]
            if place:
                before = self.regimes[place - 1]
                if before.unowed_by is None:
                    late |= (due != NONE) & ~late & _passed(due, change, is_under(before))
                    if self.rule == RESTART and each.unowed_by is None:
                        move = ~late & (due != NONE)
                        self.origin = np.where(move, change, self.origin)
            rows = np.flatnonzero(~late)
            regime[rows] = place
            found = self._due(each, rows)
            if place and found is not None:
                found = np.maximum(found, change[rows])
            due[rows] = NONE if found is None else found
        return due, regime, late

    def _due(self, regime: Regime, rows: Times) -> Times | None:
        """The due times of some rows under a regime; None where it owes no time."""
        target = regime.target
        if regime.unowed_by is not None or regime.calendar is None:
            return None
        if not isinstance(target, TimeTarget):
            return None
        calendar = self.agreement.calendars[regime.calendar]
        start = self.origin[rows]
        base = add_many(calendar, start, target, self.clock)
        due, held = base, np.zeros(len(rows), dtype=np.int64)
        working = is_working(target.duration)
        for begins, ends in self.holds:
            begin = np.maximum(begins[rows], start)
            end = ends[rows]
            counts = np.flatnonzero((begin < end) & (begin < due))
            if not len(counts):
                continue
            held[counts] += measure_many(calendar, begin[counts], end[counts], working)
            due = due.copy()
            if working:
                due[counts] = calendar.add_many_us(base[counts], held[counts])
            else:
                due[counts] = base[counts] + held[counts]
        return due

    def counted(self, regime: Regime, rows: Times, due: Times, end: Times) -> tuple[Times, Times]:
        """Time used and left of some rows, as the regime's target counts time."""
        target, name = regime.target, regime.calendar
        assert isinstance(target, TimeTarget) and name is not None
        calendar, working = self.agreement.calendars[name], is_working(target.duration)
        start = self.origin[rows]
        until = np.maximum(end[rows], start)
        used = measure_many(calendar, start, until, working)
        last = np.minimum(until, due[rows])
        for begins, ends in self.holds:
            begin = np.maximum(begins[rows], start)
            stop = np.maximum(np.minimum(ends[rows], last), begin)
            used -= measure_many(calendar, begin, stop, working)
        return np.maximum(used, 0), measure_many(calendar, until, due[rows], working)

    def spent(self, regime: Regime, rows: Times, end: Times) -> Times | int:
        """How long some rows took that nobody promised a time for, in the clock's hours."""
        if regime.calendar is None:
            return NONE
        calendar = self.agreement.calendars[regime.calendar]
        start = self.origin[rows]
        until = np.maximum(end[rows], start)
        return measure_many(calendar, start, until, regime.calendar != ALWAYS)


def measure_many(calendar: CompiledCalendar, begins: Times, ends: Times, working: bool) -> Times:
    """Time between instants as the target counts it, negative where they are turned round."""
    if not working:
        return ends - begins
    low, high = np.minimum(begins, ends), np.maximum(begins, ends)
    found = calendar.between_many_us(low, high)
    return np.where(begins <= ends, found, -found)


def add_many(
    calendar: CompiledCalendar, start: Times, target: TimeTarget, clock: ClockTerm
) -> Times:
    """`add_plain` of many starts: lengths and working days in bulk, calendar days one by one."""
    duration, days = target.duration, clock.days
    match duration:
        case Elapsed(us):
            return start + us
        case Working(us):
            return calendar.add_many_us(start, us)
        case WorkingDays(count) if days.hours is not None:
            return calendar.add_many_us(start, count * days.hours.us)
        case WorkingDays(count):
            return calendar.add_days_many_us(start, count, days.ends)
    found = (add_plain(calendar, each, duration, days) for each in start.tolist())
    return np.fromiter(found, dtype=np.int64, count=len(start))


def cut_to_start(cycles: Cycles, first: int) -> Cycles:
    """The cycles with the regime in force at the start put first: those before it are gone."""
    changes = (cycles.start, *cycles.changes[first + 1 :])
    return replace(cycles, regimes=cycles.regimes[first:], changes=changes)


def groups_at_start(cycles: Cycles) -> Sequence[tuple[int, Times]]:
    """For cycles whose start is only now known: the regime in force then, and its rows."""
    first = np.zeros(len(cycles), dtype=np.int64)
    for place, change in enumerate(cycles.changes):
        first = np.where(change <= cycles.start, place, first)
    return [(int(place), np.flatnonzero(first == place)) for place in np.unique(first)]
