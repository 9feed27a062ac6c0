"""`uphold due`: when a time is up in an agreement's calendar, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.lengths import DURATION_FORMS, Duration, parse_duration
from uphold.agreement.problem import nearest
from uphold.agreement.reckoning import add_plain
from uphold.cli.columns import lined_up
from uphold.cli.loading import Span, agreements
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.cli.sources import pages
from uphold.cli.stretches import between
from uphold.cli.times import instant, known_zone, viewer_zone
from uphold.messages import message
from uphold.messages.vocabulary import instant_to_json
from uphold.worktime import CalendarError, CompiledCalendar
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed, WorkingDays

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch that counted, in microseconds, with the running total."""

    start: int
    end: int
    total: int


def due(
    agreement: str,
    calendar: str,
    start: str,
    duration: str,
    /,
    *,
    zone: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Says when a duration that begins at an instant is over, counted in a calendar."""
    told = viewer_zone(zone)
    length = _duration(duration)
    pages((agreement,), "due")
    begins = _start(agreement, calendar, start)
    terms = agreements((agreement,), Span(begins, begins))[0]
    compiled = _calendar(terms, calendar)
    start_us = (begins - _EPOCH) // _MICROSECOND
    try:
        due_us = add_plain(compiled, start_us, length)
        counted = tuple(_counted(compiled, start_us, due_us, length))
    except CalendarError as error:
        raise Refusal(_beyond(calendar, error)) from None
    screen = Screen(shared, told or terms.zone)
    if shared.json:
        screen.json(_json(terms, calendar, compiled, (begins, length, due_us), counted))
    else:
        _show(screen, terms, (calendar, compiled), (begins, length, due_us), counted)
    return FINE


def _start(agreement: str, calendar: str, start: str) -> datetime:
    """The instant; one without offset is refused, and shown in the calendar's zone."""
    try:
        return instant(start, "START", None)
    except Refusal:
        zone = _calendar(agreements((agreement,))[0], calendar).zone.name
        return instant(start, "START", known_zone(zone))


def _duration(text: str) -> Duration:
    try:
        return parse_duration(text)
    except PhraseError as error:
        if error.code == "duration-ambiguous":
            number = error.data["number"]
            raise Refusal(
                message("cli.duration-ambiguous", found=text),
                message("cli.duration-either", number=number),
            ) from None
        raise Refusal(
            message("cli.duration-unreadable", found=text),
            message("cli.duration-form", forms=DURATION_FORMS),
        ) from None


def _calendar(agreement: Agreement, name: str) -> CompiledCalendar:
    if name in agreement.calendars:
        return agreement.calendars[name]
    near = nearest(name, agreement.calendars)
    known = tuple(agreement.calendars)
    hint = message("cli.nearest", names=(near,)) if near else message("cli.calendars", names=known)
    raise Refusal(message("cli.calendar-unknown", calendar=name, agreement=agreement.name), hint)


def _beyond(name: str, error: CalendarError) -> Any:
    since, until = str(error.data.get("since", "–")), str(error.data.get("until", "–"))
    return message("cli.due-beyond", calendar=name, since=since, until=until)


def _counted(
    calendar: CompiledCalendar, start: int, end: int, length: Duration
) -> Iterator[_Stretch]:
    """What counted: opening hours, or whole working days; nothing where time simply passes."""
    if isinstance(length, Elapsed | CalendarDays | CalendarMonths):
        return
    if isinstance(length, WorkingDays):
        for number in range(1, length.n + 1):
            closing = calendar.add_days_us(start, number, "closing")
            opening = calendar.spans_us(start, closing)[-1][0]
            yield _Stretch(opening, closing, number)
        return
    total = 0
    for begin, until in calendar.spans_us(start, end):
        total += until - begin
        yield _Stretch(begin, until, total)


def _show(
    screen: Screen,
    agreement: Agreement,
    named: tuple[str, CompiledCalendar],
    asked: tuple[datetime, Duration, int],
    counted: tuple[_Stretch, ...],
) -> None:
    calendar_name, calendar = named
    begins, length, due_us = asked
    days = isinstance(length, WorkingDays)
    rows = [
        (
            between(screen.reader, calendar.local(each.start), calendar.local(each.end)),
            str(each.total) if days else screen.reader.span(each.end - each.start),
            "" if days else screen.reader.span(each.total),
        )
        for each in counted
    ]
    if len(rows) > _MOST_SHOWN:
        left_out = len(rows) - _MOST_SHOWN
        rows[_MOST_SHOWN - 1 : -1] = [(f"… {left_out}", "", "")]
    for line in lined_up(rows, right=(1, 2)):
        screen.result(f"  {line}")
    at = screen.reader.value(calendar.local(due_us))
    screen.result(screen.styled(screen.say(message("due.due", at=at)), "bold"))
    told = message(
        "due.counted",
        length=length,
        start=begins,
        calendar=calendar_name,
        zone=calendar.zone.name,
    )
    if calendar_name == ALWAYS:
        told = message("due.always", length=length, start=begins, zone=calendar.zone.name)
    screen.result(screen.styled(screen.say(told), "dim"))
    if screen.reader.zone not in (None, calendar.zone.name):
        zone = screen.reader.zone or agreement.zone
        screen.result(screen.styled(screen.say(message("clocks.shown-in", zone=zone)), "dim"))


def _json(
    agreement: Agreement,
    name: str,
    calendar: CompiledCalendar,
    asked: tuple[datetime, Duration, int],
    counted: tuple[_Stretch, ...],
) -> dict[str, Any]:
    begins, length, due_us = asked
    return {
        "agreement": agreement.name,
        "revision": agreement.revision,
        "calendar": name,
        "zone": calendar.zone.name,
        "start": instant_to_json(begins),
        "duration": str(length),
        "due": instant_to_json(calendar.local(due_us)),
        "stretches": [
            {
                "start": instant_to_json(calendar.local(each.start)),
                "end": instant_to_json(calendar.local(each.end)),
                ("day" if isinstance(length, WorkingDays) else "total_seconds"): (
                    each.total if isinstance(length, WorkingDays) else each.total // 1_000_000
                ),
            }
            for each in counted
        ],
    }
