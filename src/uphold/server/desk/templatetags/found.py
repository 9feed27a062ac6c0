"""What the desk's pages look up in what a view hands over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import zip_longest

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from uphold.messages import Message
from uphold.server.desk.actions.fields import channel_word
from uphold.server.desk.vocabulary import cause_word
from uphold.worktime.zone import find_zone

register = template.Library()


@register.filter
def under(found: Mapping[str, object] | None, name: str) -> object | None:
    """`{{ wrong|under:field.name }}`: what stands under a name that is not known beforehand."""
    return found.get(name) if found else None


@register.filter
def marked(text: str, wanted: str | None) -> SafeString | str:
    """`{{ row.title|marked:query.text }}`: the text with what was searched for marked in it."""
    if not wanted:
        return text
    pieces = re.split(f"({re.escape(wanted)})", text, flags=re.IGNORECASE)
    return format_html_join(
        "",
        "{}{}",
        (
            (piece, format_html("<mark>{}</mark>", found) if found else "")
            for piece, found in zip_longest(pieces[::2], pieces[1::2], fillvalue="")
        ),
    )


@register.filter
def number_in(subject: str) -> int:
    """`{{ entry.about|number_in }}`: the number of a thing, 0 where its subject bears none."""
    number = subject.partition(":")[2]
    return int(number) if number.isascii() and number.isdecimal() else 0


@register.filter
def channel(word: str) -> Message:
    """`{{ thing.channel|channel }}`: the way it came, in words."""
    return channel_word(word)


@register.simple_tag(takes_context=True)
def wall(context: template.Context, at: datetime) -> str:
    """`{% wall earliest %}`: an instant as the form's field holds it, on the clocks it is read on.

    These are the person's own, or without any those that the instant was told on.
    """
    zone = getattr(getattr(context.get("request"), "user", None), "zone", "")
    local = at.astimezone(find_zone(zone)) if zone else at
    return local.strftime("%Y-%m-%dT%H:%M")


@register.filter
def cause(word: str) -> Message:
    """`{{ word|cause }}`: what is waited for, in words where everybody has them."""
    return cause_word(word)
