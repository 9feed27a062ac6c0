"""The words of kinds, states and steps, so that pages, previews and refusals say them alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from uphold.messages import Message, Value, message
from uphold.server.uptime.kinds import Action, State

KIND_WORDS: Mapping[str, Message] = MappingProxyType(
    {
        "planned": message("uptime.kind-planned"),
        "unplanned": message("uptime.kind-unplanned"),
        "emergency": message("uptime.kind-emergency"),
        "requested": message("uptime.kind-requested"),
    }
)
STATE_WORDS: Mapping[State, Message] = MappingProxyType(
    {
        State.PLANNED: message("uptime.state-planned"),
        State.UNDER_WAY: message("uptime.state-under-way"),
        State.DONE: message("uptime.state-done"),
        State.CANCELLED: message("uptime.state-cancelled"),
    }
)
ACTION_WORDS: Mapping[Action, Message] = MappingProxyType(
    {
        Action.PLAN: message("uptime.act-plan"),
        Action.ANNOUNCE: message("uptime.act-announce"),
        Action.CHANGE: message("uptime.act-change"),
        Action.START: message("uptime.act-start"),
        Action.END: message("uptime.act-end"),
        Action.CANCEL: message("uptime.act-cancel"),
    }
)
DONE_WORDS: Mapping[Action, Message] = MappingProxyType(
    {
        Action.PLAN: message("uptime.done-plan"),
        Action.ANNOUNCE: message("uptime.done-announce"),
        Action.CHANGE: message("uptime.done-change"),
        Action.START: message("uptime.done-start"),
        Action.END: message("uptime.done-end"),
        Action.CANCEL: message("uptime.done-cancel"),
    }
)
DUTY_WORDS: Mapping[str, Message] = MappingProxyType(
    {
        "scheduled": message("uptime.duty-scheduled"),
        "announced": message("uptime.duty-announced"),
    }
)
NOTICE_WORDS: Mapping[str, Message] = MappingProxyType(
    {
        "running": message("uptime.notice-running"),
        "met": message("uptime.notice-met"),
        "missed": message("uptime.notice-missed"),
        "cancelled": message("uptime.notice-cancelled"),
        "not owed": message("uptime.notice-not-owed"),
        "unknown": message("uptime.notice-unknown"),
    }
)
_AUDIENCE_WORDS: Mapping[str, Message] = MappingProxyType(
    {
        "customers": message("uptime.to-customers"),
        "partners": message("uptime.to-partners"),
        "resellers": message("uptime.to-resellers"),
    }
)
AUDIENCES = tuple(_AUDIENCE_WORDS)
"""Whom an announcement can go to, besides those that an agreement names."""


def audience_word(name: str) -> Value:
    """An audience in the reader's words; one of the agreement's own stays as it is."""
    return _AUDIENCE_WORDS.get(name, name)
