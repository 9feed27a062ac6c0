"""A provider under one of the shipped agreements, with a customer and people of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from django.contrib.auth import get_user_model

from uphold.facts import make_fact
from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.agreements import posting
from uphold.server.agreements import services as agreements
from uphold.server.agreements.compiled import sealed
from uphold.server.agreements.draft import draft
from uphold.server.ledger import services as ledger

AGREEMENTS = Path(__file__).resolve().parents[3] / "agreements"
STAFF = (Role.AGENT, Role.LEAD, Role.ADMINISTRATOR)
CUSTOMERS = (Role.USER, Role.SUPER_USER)


# The same page posted at the same instant is compiled once for all tests.
_DRAFT = cache(draft)
_SEALED = cache(sealed)


@dataclass(frozen=True, slots=True)
class House:
    """A provider's id, and its people: `agent`, `lead`, …, `acme user`, `other super user`."""

    provider: int
    people: dict[str, str]

    def __getitem__(self, name: str) -> Viewer:
        """The viewer of that name."""
        viewer = accounts.viewer_of(get_user_model().objects.get(key=self.people[name]))
        assert viewer is not None
        return viewer

    def tell(self, type: str, at: str, subject: str, **rest: object) -> None:  # noqa: A002
        """A fact into the ledger, as if somebody had told it then."""
        ledger.append(self.provider, [make_fact(type, at, subject, **rest)])


def make_house(
    name: str, *, customers: tuple[str, ...] = ("acme", "other"), also_in: tuple[str, ...] = ()
) -> House:
    """A provider under the agreement of that file, posted now with its translations `also_in`."""
    provider = accounts.new_provider(name.title(), key=name, zone="Europe/Oslo").id
    people = {str(role): _person(provider, f"{name} {role}", role) for role in STAFF}
    people["colleague"] = _person(provider, f"{name} colleague", Role.AGENT)
    for key in customers:
        party = accounts.new_party(provider, OrganisationKind.CUSTOMER, key.title(), key=key)
        for role in CUSTOMERS:
            people[f"{key} {role}"] = _person(party.id, f"{key} {role}", role)
    source = (AGREEMENTS / f"{name}.md").read_text(encoding="utf-8")
    with patch.object(posting, "draft", _DRAFT), patch.object(posting, "sealed", _SEALED):
        agreements.post(
            provider,
            source,
            by=people["administrator"],
            translations=tuple(
                (AGREEMENTS / f"{name}.{language}.md").read_text(encoding="utf-8")
                for language in also_in
            ),
        )
    return House(provider, people)


def _person(organisation: int, name: str, role: Role) -> str:
    email = f"{name.replace(' ', '-')}@example.org"
    return accounts.new_person(
        email, name.capitalize(), organisation=organisation, role=role, key=name.replace(" ", "-")
    ).key


@contextmanager
def at(moment: str) -> Iterator[None]:
    """The server's clock stands at this time."""
    with clock.clock_at(datetime.fromisoformat(moment)):
        yield
