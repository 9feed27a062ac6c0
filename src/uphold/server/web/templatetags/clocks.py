"""The tag that draws a clock."""

from __future__ import annotations

from typing import Any

from django import template

from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message, Reader
from uphold.server.desk.shapes import ClockView
from uphold.server.web.clockface import face

register = template.Library()

_UNITS = ("hours", "minutes", "seconds")

# Left open for the browser to fill, so they are looked up by what they are called there.
MESSAGE_IDS = (
    "span.joined",
    "web.clock-left",
    "web.clock-bar",
    "web.clock-time-up",
    "web.clock-announced",
)


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
        "heading": heading,
        "spoken": _spoken(reader),
        "request": context.get("request"),
    }


def _spoken(reader: Reader) -> dict[str, str]:
    """The words that the browser needs to go on by itself, with its placeholders left open."""

    def open_(id: str, *names: str) -> str:  # noqa: A002
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
