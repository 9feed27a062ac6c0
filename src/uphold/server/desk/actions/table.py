"""The one table of actions: forms, the API, previews and checks of permission are made from it."""

from __future__ import annotations

from uphold.server.desk.actions.action import Action
from uphold.server.desk.actions.complaints import COMPLAINTS
from uphold.server.desk.actions.corrections import CORRECTIONS
from uphold.server.desk.actions.orders import ORDERS
from uphold.server.desk.actions.requests import REQUESTS
from uphold.server.desk.actions.working import WORKING

ACTIONS: tuple[Action, ...] = (*REQUESTS, *WORKING, *COMPLAINTS, *ORDERS, *CORRECTIONS)
_BY_NAME = {(each.thing, each.name): each for each in ACTIONS}


def action_named(thing: str, name: str) -> Action | None:
    """The action of that name on such things."""
    return _BY_NAME.get((thing, name))


def openings() -> tuple[Action, ...]:
    """The actions that make something new, one of each kind of thing."""
    return tuple(each for each in ACTIONS if each.makes)


def actions_on(thing: str) -> tuple[Action, ...]:
    """What can be done with things of a kind that there are, in the order of the table."""
    return tuple(each for each in ACTIONS if each.thing == thing and not each.makes)
