"""Tags and filters that put Uphold's messages and values into words for the page's reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from uphold.facts.times import to_datetime
from uphold.messages import Message, Reader
from uphold.messages.vocabulary import Value

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: template.Context, id: str, **data: Any) -> str:  # noqa: A002
    """`{% say "desk.open-count" count=n %}`: a message in the reader's language, escaped."""
    return _reader(context).text(Message(id, data))


@register.simple_tag(takes_context=True)
def tell(context: template.Context, value: Value) -> str:
    """`{% tell verdict_reason %}`: a message or value that was made elsewhere, in words."""
    return _reader(context).value(value)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: int | datetime, zone: str | None = None) -> str:
    """`{% moment row.due_us %}`: an instant in the reader's zone, or in another that is named."""
    return _reader(context).instant(to_datetime(at) if isinstance(at, int) else at, zone)


def _reader(context: template.Context) -> Reader:
    reader = context["reader"]
    assert isinstance(reader, Reader)
    return reader
