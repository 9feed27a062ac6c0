"""`uphold rebuild`: makes every row of every list again from the facts, and proves them equal."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from uphold.cli.options import Shared
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.messages import Message, message
from uphold.server.running.starting import started

if TYPE_CHECKING:
    from uphold.server.ledger.services import Difference, Rebuilt


def rebuild(*, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Makes the rows of all providers again; a difference is told, and the end is 1.

    The server may run: pages show the rows as they were until all are there, and writers wait.
    """
    screen = Screen(shared)
    with started():
        from uphold.server.accounts import services as accounts
        from uphold.server.ledger import services as ledger
        from uphold.server.running.preparing import check_migrated

        check_migrated()
        found = {each.key: ledger.rebuild(each.id) for each in accounts.providers()}
    if shared.json:
        screen.json([{"provider": key, **asdict(each)} for key, each in found.items()])
    else:
        for provider, rebuilt in found.items():
            _tell(screen, provider, rebuilt)
    return FOUND if any(each.differing for each in found.values()) else FINE


def _tell(screen: Screen, provider: str, rebuilt: Rebuilt) -> None:
    for each in rebuilt.differences:
        screen.problem(screen.say(_difference(each)))
    if rebuilt.differing:
        told = message("ledger.rebuilt-otherwise", count=rebuilt.differing, provider=provider)
    else:
        told = message("ledger.rebuilt", count=rebuilt.subjects, provider=provider)
    screen.result(screen.say(told))
    if rebuilt.waiting:
        screen.result(screen.say(message("ledger.rebuilt-waiting", count=rebuilt.waiting)))


def _difference(found: Difference) -> Message:
    return message(
        "ledger.difference",
        projector=found.projector,
        subject=found.subject,
        field=found.field or "—",
        before=found.before,
        after=found.after,
    )
