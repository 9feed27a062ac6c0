"""Every page there is, as somebody has it for whom it is: what the walk over all pages looks at.

Addresses come from the resolver and are filled from the world of `tests.server.canaries`; a new
page is looked at from then on. One that nobody of that world can open fails the walk and says what
to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.test import Client
from tests.server.browser.driving import signed_in
from tests.server.canaries import Planted
from tests.server.walking import Address, Whose, addresses, values_for, whose

from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import Role
from uphold.server.desk import services as desk

VISITOR, CUSTOMER, STAFF, CAREFUL = "", "fjord super user", "north administrator", "north lead"
_WALKERS = (STAFF, CAREFUL, CUSTOMER, VISITOR)

# Things look different to those who ask and those who answer, so both see these.
_OF_BOTH = ("new", "thing", "thing-action", "uptime:thing", "web:home")

# Met on the way somewhere else: the story that goes there looks at them.
_IN_STORIES = {"mfa_authenticate", "mfa_reauthenticate"}
# A security key cannot be held in a test's hand.
_WITH_A_KEY = {"mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"}

_NOT_OPEN = (403, 404)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to look at: whose browser, and where."""

    person: str
    path: str


def prepare(planted: Planted) -> None:
    """What the world of the canaries lacks: an order, and somebody with a second factor."""
    order = {"item": "a licence", "title": "A licence"}
    desk.act(planted.world["fjord user"], "place", None, order)
    careful = get_user_model().objects.get(key=planted.world.people[CAREFUL])
    TOTP.activate(careful, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(careful)


def visits(planted: Planted) -> Iterator[Visit]:
    """Every page once, some as several people. Fails for one that nobody can open."""
    clients = {each: _client(planted, each) for each in _WALKERS}
    links = _links(planted)
    for address in addresses():
        if _is_page_of_its_own(address):
            yield from _visits_to(address, planted, clients, links.get(address.name, {}))


def _is_page_of_its_own(address: Address) -> bool:
    if address.route.startswith("api/"):
        return address.name == "api:docs"
    return address.name not in (_IN_STORIES | _WITH_A_KEY)


def _visits_to(
    address: Address, planted: Planted, clients: dict[str, Client], links: dict[str, str]
) -> Iterator[Visit]:
    statuses, found = [], 0
    for who in links or _asking(address):
        of = whose(planted, who or STAFF)[0]
        paths = (links[who],) if links else _paths(address, of, who)
        for path in paths:
            answer = clients[who].get(path)
            statuses.append(answer.status_code)
            if answer.status_code == 200 and b"<html" in answer.content[:400]:
                found += 1
                yield Visit(who, path)
        if found and address.name not in _OF_BOTH:
            return
    assert found or any(each not in _NOT_OPEN for each in statuses), (
        f"/{address.route} ({address.name}) opens to nobody: {statuses}. Give its parameters values"
        " in `values_for` of tests/server/walking.py, or what it shows to the world in `prepare`"
        " of tests/server/browser/rounds.py"
    )


def _asking(address: Address) -> tuple[str, ...]:
    return (CUSTOMER, STAFF) if address.name.startswith("portal:") else _WALKERS


def _paths(address: Address, of: Whose, who: str) -> Iterator[str]:
    """The address for the first thing of each kind."""
    seen = set()
    for path in address.paths(values_for(address, of)):
        kind = tuple(part for part in path.split("/") if not part.isdecimal())
        if kind not in seen:
            seen.add(kind)
            yield path


def _links(planted: Planted) -> dict[str, dict[str, str]]:
    """Addresses that open to whoever has them: each with a secret of its own."""
    fjord = planted.world.parties["fjord"].id
    setup = accounts.setup_link(another=True)
    assert setup is not None
    guest = accounts.invite(fjord, Role.USER, "guest@example.org", "Guest")
    elsewhere = planted.world.person("south agent").email
    offer = accounts.invite(fjord, Role.USER, elsewhere, "x")
    return {
        "accounts:setup": {VISITOR: setup},
        "accounts:join": {VISITOR: guest.path},
        "accounts:offer": {VISITOR: offer.path},
    }


def _client(planted: Planted, who: str) -> Client:
    if not who:
        return Client()
    client = Client()
    client.cookies["sessionid"] = signed_in(planted.world.people[who])
    return client
