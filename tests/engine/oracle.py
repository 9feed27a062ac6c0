"""A slow judge of one response clock: minute by minute, written from the design's words alone.

It knows nothing of the engine. Time is whole minutes since Monday 2 March 2026 00:00 in Oslo, in
which no clock changes for four weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

DAY = 24 * 60
HORIZON = 28 * DAY


def desk_is_open(minute: int) -> bool:
    """Monday to Friday from 08:00 to 16:00."""
    return minute // DAY % 7 < 5 and 8 * 60 <= minute % DAY < 16 * 60


def split_is_open(minute: int) -> bool:
    """Monday to Friday from 08:00 to 12:00 and from 13:00 to 17:00."""
    hour = minute % DAY // 60
    return minute // DAY % 7 < 5 and (8 <= hour < 12 or 13 <= hour < 17)


def night_is_open(minute: int) -> bool:
    """The nights that begin on Monday to Friday, from 22:00 to 06:00."""
    hour = minute % DAY // 60
    begun = minute if hour >= 22 else minute - DAY
    return (hour >= 22 or hour < 6) and begun // DAY % 7 < 5


def is_always_open(minute: int) -> bool:
    """Round the clock."""
    return minute >= 0


@dataclass(frozen=True)
class Event:
    """One fact of a request: `kind` is opened, forwarded, classified, awaiting, resumed, …"""

    minute: int
    kind: str
    value: str | None = None


@dataclass(frozen=True)
class Told:
    """What the oracle says: state, due and used minutes, as of an instant."""

    state: str
    due: int
    used: int


@dataclass(frozen=True)
class Clock:
    """A response clock: minutes of work for each priority, or closing of the n-th working day."""

    is_open: Callable[[int], bool]
    minutes: dict[str, int]
    rule: str
    under: bool = False
    days: frozenset[str] = frozenset()

    def passed(self, due: int | None, minute: int) -> bool:
        """Whether time is up: behind the due time, or at it where the target says "under"."""
        return due is not None and (minute >= due if self.under else minute > due)

    def length(self, priority: str, start: int) -> int:
        """How many minutes the target is; working days are all of their open minutes.

        The event's own date is not counted; the last day ends at its closing.
        """
        count = self.minutes[priority]
        if priority not in self.days:
            return count
        day, minutes = start // DAY, 0
        for minute in range(start, (day + 1) * DAY):
            minutes += self.is_open(minute)
        while count:
            day += 1
            opened = sum(self.is_open(minute) for minute in range(day * DAY, (day + 1) * DAY))
            minutes += opened
            count -= opened > 0
        return minutes


def judge(clock: Clock, events: Sequence[Event], now: int) -> Told:
    """Walks from the start (`forwarded`) on, a minute at a time, over events in their order."""
    events = [event for event in events if event.minute <= now]
    start = next(event.minute for event in events if event.kind == "forwarded")
    answers = (each.minute for each in events if each.kind == "answered" and each.minute >= start)
    stop = next(answers, None)
    end = now if stop is None else stop
    waiting: set[str] = set()
    priority = "p2"
    for event in events:
        if event.minute <= start:
            _wait(waiting, event)
            priority = _classified(event) or priority
    target, used, spent = clock.length(priority, start), 0, 0
    due: int | None = None
    missed = False
    for minute in range(start, HORIZON):
        if due is None and used >= target:
            due = minute
        if start < minute <= end:
            given = priority
            for event in (each for each in events if each.minute == minute):
                _wait(waiting, event)
                given = _classified(event) or given
            acts = given != priority and minute != stop and clock.rule != "no change"
            missed = missed or (acts and clock.passed(due, minute))
            if acts and not missed:
                priority, due = given, None
                used = 0 if clock.rule == "restart" else used
                target = clock.length(given, minute if clock.rule == "restart" else start)
        if due is None and used >= target:
            due = minute
        if minute == end:
            spent = used
        if minute >= end and due is not None:
            break
        # Behind its due time a clock is overdue, whoever is waited for.
        held = waiting and minute < end and due is None
        used += clock.is_open(minute) and not held
    assert due is not None
    if missed or clock.passed(due, end):
        return Told("missed", due, spent)
    if stop is not None:
        return Told("met", due, spent)
    return Told("held" if waiting else "running", due, spent)


def _wait(waiting: set[str], event: Event) -> None:
    if event.kind == "awaiting":
        waiting.add(event.value or "")
    elif event.kind == "resumed":
        waiting.difference_update([event.value] if event.value else list(waiting))
    elif event.kind == "replied":
        waiting.discard("customer")


def _classified(event: Event) -> str | None:
    return event.value if event.kind in ("opened", "classified") else None
