"""What people write: one text a fact, kept apart from it, with a part for each thing told.

A fact names its text once, by digest, in `written`. Where it tells several things (why a severity
was lowered, and what the customer was asked for), each field bears the digest and the number of
its part: `…#2`. Facts from elsewhere may bear plain words there; these stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from uphold.facts import Fact
from uphold.messages import Message
from uphold.messages.vocabulary import Value

PUBLIC, INTERNAL = "public", "internal"
"""The kinds of text: what the customer reads, and what the desk writes for itself."""

_BREAK = "\f"
_NAMED = re.compile(r"([0-9a-f]{64})(?:#([1-9]))?")
QUIET = frozenset({"request.assigned"})
"""Facts of how the desk shares its work, of which the customer sees nothing."""

_TOLD_FIELDS = ("written", "reason", "unmet", "what", "about", "channel_reason", "to")

Texts = Mapping[str, str | None]


def joined(parts: Iterable[str]) -> str:
    """The parts as one text."""
    return _BREAK.join(part.replace(_BREAK, " ") for part in parts)


def part_of(text: str, number: int) -> str:
    """One part of a text; empty where it has fewer."""
    parts = text.split(_BREAK)
    return parts[number - 1] if number <= len(parts) else ""


def whole(text: str) -> str:
    """All parts as a person reads them."""
    return "\n\n".join(part for part in text.split(_BREAK) if part)


def named(digest: str, number: int) -> str:
    """How a fact's field names a part of its text."""
    return f"{digest}#{number}"


def digests_in(fact: Fact) -> Iterator[str]:
    """The digests that a fact names."""
    for field in _TOLD_FIELDS:
        found = _NAMED.fullmatch(str(fact.written.get(field, "")))
        if found:
            yield found[1]


def first_told(fact: Fact, every: Iterable[Fact]) -> Fact:
    """The fact whose words are meant: of one that corrects another, the first of that chain.

    The words of a correction say why it was made.
    """
    known = {each.id: each for each in every}
    seen = {fact.id}
    while fact.corrects in known and fact.corrects not in seen:
        fact = known[str(fact.corrects)]
        seen.add(fact.id)
    return fact


def is_internal(fact: Fact) -> bool:
    """Whether the customer does not see the fact: marked so, or the desk's own affair."""
    return fact.written.get("internal") is True or fact.type in QUIET


def told(said: Message, texts: Texts) -> Message:
    """The message with the words in place of the digests that name them."""
    return Message(said.id, {name: _told(value, texts) for name, value in said.data.items()})


def _told(value: Value, texts: Texts) -> Value:
    if isinstance(value, Message):
        return told(value, texts)
    if isinstance(value, tuple):
        return tuple(_told(each, texts) for each in value)
    if isinstance(value, str) and len(value) >= 64:
        return _NAMED.sub(lambda found: _words(found, texts), value)
    return value


def _words(found: re.Match[str], texts: Texts) -> str:
    text = texts.get(found[1])
    if text is None:
        return "…" if found[1] in texts else found[0]
    return part_of(text, int(found[2])) if found[2] else whole(text)
