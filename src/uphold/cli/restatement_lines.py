"""What a restatement changes, for people: the facts, the figures and the price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from uphold.cli.screen import Screen
from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.messages import Message, Money, message

_WAYS = ("added", "corrected", "retracted", "gone")
_NONE = "–"

MESSAGE_IDS = tuple(f"restated.{way}" for way in _WAYS)


def restatement_lines(screen: Screen, changes: Mapping[str, Any]) -> Iterator[str]:
    """A line for each fact and each figure that changed, and what the change costs."""
    for way in _WAYS:
        for fact in changes["facts"][way]:
            told = {
                "type": fact["type"],
                "subject": fact["subject"],
                "at": datetime.fromisoformat(fact["at"]),
            }
            yield screen.say(Message(f"restated.{way}", told))
    for change in changes["figures"]:
        before, after = (_figure(screen, change[side]) for side in ("before", "after"))
        yield screen.say(message("restated.figure", key=change["key"], before=before, after=after))
    for price in changes["price"]:
        was, now, difference = (
            Money(Decimal(price[part]), price["currency"])
            for part in ("before", "after", "difference")
        )
        yield screen.say(message("restated.price", before=was, after=now, difference=difference))


def _figure(screen: Screen, figure: Mapping[str, Any] | None) -> str:
    """A figure and its state as one of the two statements has it."""
    if figure is None:
        return _NONE
    state = screen.say(state_words(State(figure["state"])))
    if figure["availability"] is None:
        return state
    return f"{screen.reader.percent(Decimal(figure['availability']))} {state}"
