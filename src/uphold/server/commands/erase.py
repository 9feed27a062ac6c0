"""`uphold erase`: forgets a person; what happened and every figure stand."""

from __future__ import annotations

from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message
from uphold.server.running.starting import started


def erase(person: str, /, *, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Empties what the person wrote to any provider, and forgets who they are.

    `person` is their key, or the e-mail address that they sign in with.
    """
    screen = Screen(shared)
    with started():
        from uphold.server.accounts import services as accounts
        from uphold.server.ledger.erasing import erase_person
        from uphold.server.running.preparing import check_migrated

        check_migrated()
        key = accounts.key_of_email(person) if "@" in person else person
        if key is None or accounts.person_by_key(key) is None:
            raise Refusal(
                message("ledger.person-unknown", person=person),
                message("ledger.person-unknown-hint"),
            )
        texts = sum(erase_person(each.id, key) for each in accounts.providers())
    if shared.json:
        screen.json({"person": key, "texts": texts})
    else:
        screen.result(screen.say(message("ledger.erased", count=texts, person=key)))
    return FINE
