"""What a viewer sees of parties and people, and what they may do with them.

Staff see all parties of their provider, resellers and partners themselves and the customers they
sold to, customers themselves (E1). Everything else is `NotFound`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from uphold.server.accounts import people
from uphold.server.accounts.access import NotAllowed, NotFound, Viewer, require, visible
from uphold.server.accounts.kinds import ROLES_IN, May, OrganisationKind, Role
from uphold.server.accounts.links import Invited, invite, invite_again
from uphold.server.accounts.models import Organisation, Standing, Subscription
from uphold.server.accounts.parties import parties, party, party_by_id, party_of
from uphold.server.accounts.registering import TRAINED
from uphold.server.accounts.shapes import Party, PersonView
from uphold.server.accounts.subscribing import name_by_role

_SEE_FEES = frozenset({Role.AGENT, Role.LEAD, Role.ADMINISTRATOR, Role.SELLER, Role.ADMINISTRATIVE})


def sees_fees(viewer: Viewer) -> bool:
    """Whether what customers pay concerns the viewer; which customers is another question."""
    return bool(viewer.roles & _SEE_FEES)


def sees(viewer: Viewer, found: Party) -> bool:
    """Whether the party is one that the viewer sees."""
    if not viewer.may(May.READ) or found.provider != viewer.provider:
        return False
    if viewer.is_staff or found.id == viewer.organisation:
        return True
    return found.kind == OrganisationKind.CUSTOMER and viewer.acts_for(found.key)


def parties_seen(viewer: Viewer, kind: OrganisationKind | None = None) -> tuple[Party, ...]:
    """The parties that the viewer sees, by name."""
    return tuple(each for each in parties(viewer.provider, kind) if sees(viewer, each))


def party_seen(viewer: Viewer, key: str) -> Party:
    """The party of that key. Raises `NotFound` where there is none that the viewer sees."""
    found = party(viewer.provider, key)
    if found is None or not sees(viewer, found):
        raise NotFound
    return found


def own_party(viewer: Viewer) -> Party:
    """The organisation that the viewer is in."""
    found = party_by_id(viewer.organisation)
    assert found is not None
    return found


def people_seen(viewer: Viewer, home: Party) -> tuple[PersonView, ...]:
    """The people of a party; plain users see nobody but themselves.

    E-mail addresses are told to staff, to whoever manages the party's people, and to their owner.
    """
    found = people.people_of(home.id)
    if viewer.is_staff or may_manage(viewer, home):
        return found
    own = [each for each in found if each.key == viewer.person]
    if not viewer.colleagues:
        return tuple(own)
    return tuple(each if each in own else replace(each, email="") for each in found)


def subscriptions_seen(viewer: Viewer, customer: str) -> tuple[Subscription, ...]:
    """The customer's accounts; without the fee for those whom it does not concern."""
    rows = visible(viewer, Subscription.objects.filter(customer=customer).order_by("account"))
    found = tuple(rows)
    if not sees_fees(viewer):
        for each in found:
            each.fee = ""
    return found


def standings_seen(viewer: Viewer, customer: str) -> Mapping[str, Mapping[str, int]]:
    """By person: what they are at the customer (trained, a contact), and since when."""
    found: dict[str, dict[str, int]] = {}
    for row in visible(viewer, Standing.objects.filter(customer=customer).order_by("since_us")):
        found.setdefault(row.author, {})[row.what] = row.since_us
    return found


def trained(standings: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    """Who is in the training register, and since when, the earliest first."""
    rows = ((key, each[TRAINED]) for key, each in standings.items() if TRAINED in each)
    return tuple(sorted(rows, key=lambda row: row[1]))


def may_manage(viewer: Viewer, home: Party) -> bool:
    """Whether the people of the party are the viewer's to manage."""
    if not viewer.may(May.MANAGE) or not sees(viewer, home):
        return False
    return viewer.is_staff or home.kind == OrganisationKind.CUSTOMER


def invite_into(
    viewer: Viewer, key: str, role: Role, email: str, name: str, language: str = ""
) -> Invited:
    """Invites somebody into a party. Raises `NotDone`."""
    home = _managed(viewer, key)
    invited = invite(home.id, role, email, name, language=language, reach=reach(viewer))
    if not invited.is_offer:
        name_by_role(home, invited.person, role)
    return invited


def invite_again_into(viewer: Viewer, key: str, person: str) -> str:
    """A new link for somebody of the party who has set no password. Raises `NotDone`."""
    home = _managed(viewer, key)
    _of(home, person)
    if people.homes_of(person) - reach(viewer):
        raise NotAllowed(May.MANAGE)
    return invite_again(person)


def give_role(viewer: Viewer, key: str, person: str, role: Role) -> None:
    """One more role for somebody of the party; a contact's role names them as one (E4)."""
    home = _managed(viewer, key)
    _of(home, person)
    people.add_role(person, organisation=home.id, role=role)
    name_by_role(home, person, role)


def take_role(viewer: Viewer, key: str, person: str, role: Role) -> None:
    """One role less. Raises `NotDone` for the last administrator."""
    home = _managed(viewer, key)
    _of(home, person)
    people.take_role(person, organisation=home.id, role=role)


def send_away(viewer: Viewer, key: str, person: str) -> None:
    """Takes all roles in the party from somebody."""
    home = _managed(viewer, key)
    _of(home, person)
    people.send_away(person, organisation=home.id)


def reach(viewer: Viewer) -> frozenset[int]:
    """The ids of the organisations whose people the viewer manages."""
    if not viewer.may(May.MANAGE):
        return frozenset()
    ours = Organisation.objects.filter(provider_id=viewer.provider).select_related("sold_by")
    found = {row.pk for row in ours if may_manage(viewer, party_of(row))}
    return frozenset(found | ({viewer.provider} if viewer.is_staff else set()))


def roles_in(home: Party) -> tuple[Role, ...]:
    """The roles that people can have in the party."""
    return ROLES_IN[home.kind]


def _managed(viewer: Viewer, key: str) -> Party:
    home = party_seen(viewer, key)
    require(viewer, May.MANAGE)
    if not may_manage(viewer, home):
        raise NotAllowed(May.MANAGE)
    return home


def _of(home: Party, person: str) -> None:
    """Raises `NotFound` for somebody who is not of the party, whoever else they are."""
    if home.id not in people.homes_of(person):
        raise NotFound
