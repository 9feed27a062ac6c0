"""Two providers with their parties and people of every role, for every test of the server.

North sells to Fjord itself and to Lake through its reseller Quay; Pilot is its partner. South is
another provider of the same installation: Delta, Oasis through Mesa, and its partner Comet. People
are called by party and role: `world["fjord user"]`, `world["quay seller"]`; Fjord's and Delta's
plain users have a colleague, such as `world["fjord colleague"]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from uphold.server.accounts import services
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import ROLES_IN, OrganisationKind, Role
from uphold.server.accounts.services import Party, PersonView

CUSTOMER, RESELLER, PARTNER = (
    OrganisationKind.CUSTOMER,
    OrganisationKind.RESELLER,
    OrganisationKind.PARTNER,
)


@dataclass(frozen=True, slots=True)
class World:
    """The parties by key, the keys of the people by name, and how to look as one of them."""

    parties: Mapping[str, Party]
    people: Mapping[str, str]

    def __getitem__(self, name: str) -> Viewer:
        """The viewer of that name, such as `fjord super user`."""
        viewer = services.viewer_of(get_user_model().objects.get(key=self.people[name]))
        assert viewer is not None
        return viewer

    def person(self, name: str) -> PersonView:
        """The person of that name."""
        found = services.person_by_key(self.people[name])
        assert found is not None
        return found

    def provider(self, key: str = "north") -> int:
        """A provider's id."""
        return self.parties[key].id

    def client(self, name: str) -> Client:
        """A browser in which the person of that name is signed in."""
        client = Client()
        client.force_login(get_user_model().objects.get(key=self.people[name]))
        return client


@pytest.fixture
def world(db: None) -> World:
    """North and South as the module says."""
    return make_world()


def make_world() -> World:
    """The same outside of a fixture; call it inside a transaction or a test's database."""
    parties = {
        **_house("north", "nb", "Europe/Oslo", reseller="quay", partner="pilot"),
        **_house("south", "es", "America/New_York", reseller="mesa", partner="comet"),
    }
    for provider, direct, sold, reseller in (
        ("north", "fjord", "lake", "quay"),
        ("south", "delta", "oasis", "mesa"),
    ):
        home = parties[provider].id
        parties[direct] = services.new_party(home, CUSTOMER, direct.title())
        parties[sold] = services.new_party(home, CUSTOMER, sold.title(), sold_by=reseller)
    people = {
        f"{key} {role}": _person(party, key, role)
        for key, party in parties.items()
        for role in ROLES_IN[party.kind]
    }
    for key in ("fjord", "delta"):
        people[f"{key} colleague"] = _person(parties[key], f"{key} colleague", Role.USER)
    return World(parties, people)


def _house(key: str, language: str, zone: str, *, reseller: str, partner: str) -> dict[str, Party]:
    provider = services.new_provider(key.title(), language=language, zone=zone)
    return {
        key: provider,
        reseller: services.new_party(provider.id, RESELLER, reseller.title()),
        partner: services.new_party(provider.id, PARTNER, partner.title()),
    }


def _person(party: Party, name: str, role: Role) -> str:
    """Somebody called after what they are: `Fjord super user` at fjord-super-user@example.org."""
    called = f"{name} {role}"
    email = f"{called.replace(' ', '-')}@example.org"
    return services.new_person(email, called.capitalize(), organisation=party.id, role=role).key
