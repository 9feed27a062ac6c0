"""A clock as a page draws it, from the verdict on it as of now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.reckoning import is_working
from uphold.engine.holds import Hold, join
from uphold.engine.verdict import State, Verdict
from uphold.facts.times import from_datetime
from uphold.messages import Message
from uphold.messages.vocabulary import Duration, Value
from uphold.server.desk.judging import Judged
from uphold.server.desk.prose import Texts, told
from uphold.server.desk.shapes import ClockView, Stretch
from uphold.worktime import CalendarError, CompiledCalendar

_TARGETS = frozenset({"reason.target", "reason.target-changed"})


def clock_view(judged: Judged, verdict: Verdict, texts: Texts | None = None) -> ClockView:
    """The verdict's clock as of the instant it was judged for, its reasons with their words."""
    agreement = judged.revision(verdict)
    calendar, working = _calendar(agreement, verdict)
    starts, due, stopped = _us(verdict.starts), _us(verdict.due), _us(verdict.stopped)
    held = _held(verdict, judged.as_of_us)
    end = max(due or 0, judged.as_of_us if stopped is None else stopped)
    runs: tuple[Stretch, ...] = ()
    if starts is not None and due is not None and verdict.state is not State.NOT_OWED:
        runs = _without(_spans(calendar if working else None, starts, end), held)
    return ClockView(
        subject=verdict.subject,
        name=verdict.clock,
        cycle=verdict.cycle,
        state=str(verdict.state),
        party=verdict.party,
        standing=verdict.standing,
        provisional=verdict.provisional,
        agreement=verdict.agreement,
        revision=verdict.revision,
        clause=verdict.clause,
        zone=calendar.rule.zone.name,
        starts_us=starts,
        due_us=due,
        stopped_us=stopped,
        used_us=verdict.used_us,
        left_us=verdict.left_us,
        as_of_us=judged.as_of_us,
        working=runs,
        held=held,
        because=tuple(told(each, texts or {}) for each in verdict.because),
    )


def _calendar(agreement: Agreement, verdict: Verdict) -> tuple[CompiledCalendar, bool]:
    """The calendar that the last target counts in, and whether it counts working time.

    Read off the verdict's own reasons; round the clock where they name none.
    """
    for reason in reversed(verdict.because):
        if reason.id in _TARGETS and reason.data.get("term") == verdict.clock:
            found = agreement.calendars.get(str(reason.data["calendar"]), agreement.always)
            return found, _counts_work(reason.data["target"])
    return agreement.always, False


def _counts_work(target: Value) -> bool:
    length = target.data.get("length") if isinstance(target, Message) else target
    return isinstance(length, Duration) and is_working(length)


def _held(verdict: Verdict, now: int) -> tuple[Stretch, ...]:
    """The holds that the reasons tell of, overlapping ones as one; an open one lasts until now."""
    found: list[Hold] = []
    for reason in verdict.because:
        if reason.id == "reason.hold":
            found.append(Hold(_at(reason, "start"), _at(reason, "end"), ()))
        elif reason.id == "reason.on-hold":
            found.append(Hold(_at(reason, "since"), now, ()))
    kept = (each for each in found if each.end is not None and each.start < each.end)
    return tuple((each.start, each.end or now) for each in join(kept))


def _at(reason: Message, name: str) -> int:
    value = reason.data[name]
    assert isinstance(value, datetime)
    return from_datetime(value)


def _spans(calendar: CompiledCalendar | None, start: int, end: int) -> Iterable[Stretch]:
    if calendar is None:
        return ((start, end),) if start < end else ()
    try:
        return calendar.spans_us(start, end)
    except CalendarError:
        return ()


def _without(spans: Iterable[Stretch], held: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The spans with the holds cut out of them."""
    left = list(spans)
    for begin, end in held:
        left = [
            piece
            for start, stop in left
            for piece in ((start, min(stop, begin)), (max(start, end), stop))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def _us(instant: datetime | None) -> int | None:
    return None if instant is None else from_datetime(instant)
