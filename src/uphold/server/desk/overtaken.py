"""What whoever was overtaken is told: who did what with the thing since they looked."""

from __future__ import annotations

from typing import Final

from uphold.facts.times import to_datetime
from uphold.messages import Message, message
from uphold.server.accounts.access import Viewer
from uphold.server.desk.things import thing
from uphold.server.ledger.services import facts_since

_LOOKED_AT: Final = 1_000


def overtaken(viewer: Viewer, subject: str, seen: int | None) -> Message:
    """The last that happened behind the ledger's position `seen`, as far as the viewer may know.

    Raises `NotFound` for what the viewer may not see.
    """
    if seen is not None:
        behind = facts_since(viewer.provider, seen, _LOOKED_AT)
        since = {fact.id for _, fact in behind if fact.subject == subject}
        told = [each for each in thing(viewer, subject).story if each.fact in since]
        if told:
            last = max(told, key=lambda each: each.at_us)
            who = last.by_name or message("desk.somebody")
            at = to_datetime(last.at_us)
            return message("desk.moved-by", who=who, at=at, what=last.said)
    return message("desk.moved")
