"""Tags and filters that put Uphold's messages and values into words for the page's reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from uphold.facts.times import to_datetime
from uphold.messages import Message, Reader
from uphold.messages.vocabulary import Value
from uphold.server import clock
from uphold.server.web.lengths import readable, remaining

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: template.Context, id: str, **data: Any) -> str:  # noqa: A002 - what it is
    """`{% say "desk.open-count" count=n %}`: a message in the reader's language, escaped."""
    return _reader(context).text(Message(id, data))


@register.simple_tag(takes_context=True)
def tell(context: template.Context, value: Value) -> str:
    """`{% tell verdict_reason %}`: a message or value that was made elsewhere, in words.

    Instants are told to the second: what people do bears microseconds, which nobody reads.
    """
    return _reader(context).value(_to_the_second(value))


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: int | datetime, zone: str | None = None) -> str:
    """`{% moment row.due_us %}`: an instant in the reader's zone, or in another that is named.

    Told to the minute that has begun, so that nothing seems due later than it is.
    """
    instant = to_datetime(at) if isinstance(at, int) else at
    return _reader(context).instant(instant.replace(second=0, microsecond=0), zone)


@register.simple_tag(takes_context=True)
def when(context: template.Context, at: int | datetime, zone: str | None = None) -> SafeString:
    """`{% when row.opened_us %}`: an instant as `moment` tells it, to the second on hovering."""
    instant = to_datetime(at) if isinstance(at, int) else at
    exact = _reader(context).instant(instant.replace(microsecond=0), zone)
    told = moment(context, instant, zone)
    return format_html('<time datetime="{}" title="{}">{}</time>', iso(instant), exact, told)


@register.simple_tag(takes_context=True)
def length(context: template.Context, us: int) -> str:
    """`{% length clock.left_us %}`: a stretch of time as people say it: "3 h 20 min", "4 min 5 s".

    Whole minutes from an hour on, whole seconds below; cut off, so never too hopeful.
    """
    return _reader(context).span(readable(us))


@register.simple_tag(takes_context=True)
def ago(context: template.Context, at: int | datetime) -> str:
    """`{% ago entry.at_us %}`: how far an instant is from now: "3 min ago", "in 2 h 10 min"."""
    instant = to_datetime(at) if isinstance(at, int) else at
    return _reader(context).relative((instant - clock.now()) // (to_datetime(1) - to_datetime(0)))


@register.simple_tag(takes_context=True)
def due_left(context: template.Context, us: int, is_late: bool = False) -> str:
    """`{% due_left row.left_us row.is_late %}`: "2 h 10 min left", "35 min over", "time is up"."""
    return _reader(context).text(remaining(us, is_late=is_late))


@register.simple_tag
def iso(at: int | datetime) -> str:
    """`<time datetime="{% iso row.due_us %}">`: an instant for machines, in UTC."""
    instant = to_datetime(at) if isinstance(at, int) else at
    return instant.isoformat().replace("+00:00", "Z")


def _to_the_second(value: Value) -> Value:
    match value:
        case datetime():
            return value.replace(microsecond=0)
        case Message():
            return Message(
                value.id, {name: _to_the_second(each) for name, each in value.data.items()}
            )
        case tuple():
            return tuple(map(_to_the_second, value))
    return value


def _reader(context: template.Context) -> Reader:
    reader = context["reader"]
    assert isinstance(reader, Reader)
    return reader
