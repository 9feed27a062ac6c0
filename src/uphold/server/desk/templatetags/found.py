"""What the desk's pages look up in what a view hands over."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from uphold.messages import Message
from uphold.server.desk.vocabulary import cause_word

register = template.Library()


@register.filter
def under(found: Mapping[str, object] | None, name: str) -> object | None:
    """`{{ wrong|under:field.name }}`: what stands under a name that is not known beforehand."""
    return found.get(name) if found else None


@register.filter
def cause(word: str) -> Message:
    """`{{ word|cause }}`: what is waited for, in words where everybody has them."""
    return cause_word(word)
