"""The kinds and states of maintenance, and what can be done with it in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from uphold.facts.table import MAINTENANCE_KINDS

KINDS = MAINTENANCE_KINDS
"""Planned work, urgent repair, emergency, and what a customer asked for."""


class State(StrEnum):
    """What has become of a piece of maintenance."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What somebody does with it."""

    PLAN = "plan"
    ANNOUNCE = "announce"
    CHANGE = "change"
    START = "start"
    END = "end"
    CANCEL = "cancel"


STATE_AFTER: Mapping[str, State] = MappingProxyType(
    {
        "maintenance.planned": State.PLANNED,
        "maintenance.changed": State.PLANNED,
        "maintenance.started": State.UNDER_WAY,
        "maintenance.ended": State.DONE,
        "maintenance.cancelled": State.CANCELLED,
    }
)

POSSIBLE: Mapping[State, tuple[Action, ...]] = MappingProxyType(
    {
        State.PLANNED: (Action.ANNOUNCE, Action.CHANGE, Action.START, Action.CANCEL),
        State.UNDER_WAY: (Action.END, Action.CHANGE, Action.ANNOUNCE),
        State.DONE: (Action.START,),
        State.CANCELLED: (Action.CHANGE,),
    }
)
"""The most useful first."""
