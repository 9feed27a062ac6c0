"""Words for what leaves a figure: a kind of maintenance, standing windows, or a cause."""

from __future__ import annotations

from uphold.agreement.terms.measure import EXCLUDABLE
from uphold.messages import Message, message

MESSAGE_IDS = tuple(f"exclusion.{kind.replace(' ', '-')}" for kind in EXCLUDABLE)


def exclusion_words(kind: str) -> Message:
    """An exclusion in words; of `cause NAME` the name stays as the agreement writes it."""
    if kind in EXCLUDABLE:
        return Message(f"exclusion.{kind.replace(' ', '-')}")
    return message("exclusion.cause", cause=kind.removeprefix("cause "))
