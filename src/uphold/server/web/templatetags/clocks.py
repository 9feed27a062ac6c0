"""The tag that draws a clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message, Reader
from uphold.server.agreements.services import ClockName
from uphold.server.desk.shapes import ClockView
from uphold.server.web.clockface import face
from uphold.server.web.naming import name_of, with_name
from uphold.server.web.templatetags.words import tell

register = template.Library()

_UNITS = ("hours", "minutes", "seconds")


@register.inclusion_tag("web/clock.html", takes_context=True)
def clock(context: template.Context, view: ClockView, heading: int = 3) -> dict[str, Any]:
    """`{% clock view %}`: a clock with its bar, its due time and its reasons, ready to tick.

    `heading` is the level of its heading on the page, 2 to 6.
    """
    reader = context["reader"]
    assert isinstance(reader, Reader)
    return {
        "reader": reader,
        "face": face(view, reader),
        "clock": view,
        "name": name_of(context.get("request"), view.name, view.agreement, view.revision),
        "heading": heading,
        "spoken": _spoken(reader),
        "request": context.get("request"),
    }


@register.simple_tag(takes_context=True)
def clock_name(
    context: template.Context, clock: str, agreement: str = "", revision: int | None = None
) -> ClockName:
    """`{% clock_name row.next_clock row.agreement as name %}`: what people call a clock."""
    return name_of(context.get("request"), clock, agreement, revision)


@register.simple_tag(takes_context=True)
def tell_clock(
    context: template.Context, said: Message, agreement: str = "", revision: int | None = None
) -> str:
    """`{% tell_clock change.said %}`: a message about a clock, under the name people know it by.

    Its times are told to the minute that has begun, as `moment` tells them.
    """
    return tell(
        context, _to_the_minute(with_name(context.get("request"), said, agreement, revision))
    )


def _to_the_minute(said: Message) -> Message:
    return Message(
        said.id,
        {
            name: each.replace(second=0, microsecond=0) if isinstance(each, datetime) else each
            for name, each in said.data.items()
        },
    )


def _spoken(reader: Reader) -> dict[str, str]:
    """The words that the browser needs to go on by itself, with its placeholders left open."""

    def open_(id: str, *names: str) -> str:  # noqa: A002 - what it is
        return reader.text(Message(id, {each: f"{{{each}}}" for each in names}))

    return {
        **{unit: open_(f"span.{unit}", "count") for unit in _UNITS},
        "joined": open_("span.joined", "first", "rest"),
        "left": open_("web.clock-left", "span"),
        "bar": open_("web.clock-bar", "used", "left"),
        "up": open_("web.clock-time-up"),
        "running": reader.text(state_words(State.RUNNING)),
        "missed": reader.text(state_words(State.MISSED)),
        "announced": open_("web.clock-announced", "clock", "state"),
    }
