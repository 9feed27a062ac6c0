"""The parts of a statement and the things in them, in words that every language has."""

from __future__ import annotations

from uphold.messages import Message

EVERY_PART = (
    "about",
    "agreements",
    "facts",
    "form",
    "index",
    "previous",
    "restates",
    "rules",
    "runs",
    "seal",
    "verdicts",
)
"""The members of a statement's file, in the order in which they stand in it."""

_KINDS = ("verdicts", "figures", "outages", "questions", "credits", "rights")

MESSAGE_IDS = (
    *(f"statement.part-{part}" for part in EVERY_PART),
    *(f"statement.thing-{kind}" for kind in (*_KINDS, "agreements", "runs")),
)


def part_words(part: str) -> Message:
    """What a part is called in a sentence: "the facts"."""
    return Message(f"statement.part-{part if part in EVERY_PART else 'form'}")


def thing_words(part: str, name: str) -> Message:
    """What a thing of a part is called; verdicts' names begin with their kind."""
    if part in ("agreements", "runs"):
        return Message(f"statement.thing-{part}", {"name": name})
    kind, _, key = name.partition(" ")
    if part == "verdicts" and kind in _KINDS and key:
        return Message(f"statement.thing-{kind}", {"name": key})
    return part_words(part)
