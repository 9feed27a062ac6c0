"""Clocks in every state and the parts of pages, for pages that tests render without any rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from uphold.facts.times import from_datetime
from uphold.messages import Reader, message
from uphold.server.desk.shapes import ClockView, Field
from uphold.worktime import Calendar

HOUR: Final = 3_600_000_000
MINUTE: Final = HOUR // 60
OFFICE: Final = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, holidays="NO").compiled(
    date(2027, 12, 31), date(2026, 1, 1)
)
NOW: Final = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
"""A Monday, 10:10 in Oslo."""


def office_clock(
    now: int, *, began: datetime, hours: int, held: tuple[tuple[int, int], ...] = (), **more: Any
) -> ClockView:
    """A promise in business hours as the calendar itself reckons it, holds outside of its time."""
    start = from_datetime(began)
    due = OFFICE.add_us(start, hours * HOUR)
    for since, until in held:
        due = OFFICE.add_us(due, OFFICE.between_us(since, until))
    working = tuple(_without(OFFICE.spans_us(start, max(due, now)), held))
    used = sum(max(0, min(end, now) - begin) for begin, end in working)
    values: dict[str, Any] = {
        "subject": "request:1001",
        "name": "response",
        "cycle": 1,
        "state": "running",
        "party": "provider",
        "standing": "promise",
        "provisional": False,
        "agreement": "easymeeting",
        "revision": 2,
        "clause": "4.1",
        "zone": "Europe/Oslo",
        "starts_us": start,
        "due_us": due,
        "stopped_us": None,
        "used_us": used,
        "left_us": hours * HOUR - used,
        "as_of_us": now,
        "working": working,
        "held": held,
        "because": (message("web.clock-due"), message("web.clock-starts")),
    }
    return ClockView(**{**values, **more})


def _without(
    spans: tuple[tuple[int, int], ...], held: tuple[tuple[int, int], ...]
) -> list[tuple[int, int]]:
    left = list(spans)
    for begin, end in held:
        left = [
            piece
            for start, stop in left
            for piece in ((start, min(stop, begin)), (max(start, end), stop))
            if piece[0] < piece[1]
        ]
    return left


def every_state() -> tuple[ClockView, ...]:
    """One clock of each state as of `NOW`."""
    now = from_datetime(NOW)
    friday = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    running = office_clock(now, began=friday, hours=16)
    held = office_clock(
        now,
        began=friday,
        hours=16,
        held=((from_datetime(friday) + 2 * HOUR, from_datetime(friday) + 3 * HOUR),),
        name="resolution",
        zone="America/New_York",
    )
    return (
        running,
        office_clock(now, began=friday, hours=9, name="next update"),
        held,
        replace(held, state="held", name="hand-over", provisional=True),
        replace(running, name="acknowledgement", state="met", stopped_us=now - 30 * MINUTE),
        office_clock(now, began=friday, hours=6, name="workaround", state="missed", cycle=2),
        replace(
            running,
            name="visit",
            state="not started",
            starts_us=now + 2 * HOUR,
            used_us=0,
            left_us=16 * HOUR,
            working=(),
        ),
        replace(
            running,
            name="repair",
            state="not owed",
            due_us=None,
            used_us=None,
            left_us=None,
            working=(),
        ),
    )


def rendered(body: str, *, language: str = "en", look: str = "desk", **data: Any) -> str:
    """The source of a page's main part in the shell, as a reader of that language would get it."""
    source = (
        "{% extends 'web/base.html' %}{% block title %}Shown{% endblock %}"
        f"{{% block look %}}{look}{{% endblock %}}{{% block main %}}{body}{{% endblock %}}"
    )
    template = engines["django"].from_string(CottonCompiler().process(source))
    reader = Reader(language, "Europe/Oslo", NOW)
    return str(template.render({"reader": reader, "theme": "auto", **data}))


FIELDS: Final = (
    Field("title", "text", message("web.language"), required=True, value="<b>Sound & light</b>"),
    Field("text", "words", message("web.theme"), help=message("web.keys-send")),
    Field(
        "priority",
        "choice",
        message("web.clock-due"),
        choices=(("high", message("web.theme-dark")), ("low", message("web.theme-light"))),
        value="low",
    ),
    Field("fee", "money", message("web.clock-why"), required=True),
    Field("agreed", "yes", message("web.close"), value="yes"),
)
