"""`uphold setup-link`: another link to set up a provider with."""

from __future__ import annotations

from uphold.cli.options import Shared
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message
from uphold.server.running.starting import started


def setup_link(*, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Prints a link that sets up one provider with its administrator, once, within a day."""
    screen = Screen(shared)
    with started() as environment:
        from uphold.server.accounts import services as accounts
        from uphold.server.running.address import address_of
        from uphold.server.running.preparing import check_migrated

        check_migrated()
        link = f"{address_of(environment)}{accounts.setup_link(another=True)}"
    if shared.json:
        screen.json({"link": link})
    else:
        screen.result(screen.say(message("running.setup-link", link=link)))
    return FINE
