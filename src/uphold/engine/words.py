"""Words for what a verdict holds beside its reasons: its state and its standing."""

from __future__ import annotations

from uphold.engine.verdict import State, Verdict
from uphold.messages import Message, message

_STANDINGS = ("endeavour", "guideline", "internal", "supplier")

MESSAGE_IDS = (
    *(f"state.{state.value.replace(' ', '-')}" for state in State),
    *(f"standing.{standing}" for standing in _STANDINGS),
)


def state_words(state: State) -> Message:
    """The state in words: "not owed", "ingen plikt"."""
    return Message(f"state.{state.value.replace(' ', '-')}")


def standing_words(verdict: Verdict) -> Message | None:
    """What the provider makes of the time, where it is not simply a promise."""
    if verdict.standing not in _STANDINGS:
        return None
    return message(f"standing.{verdict.standing}")
