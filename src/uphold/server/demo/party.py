"""What the demo's world is made of: houses, their customers and resellers, people and accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from uphold.messages import Message
from uphold.server.accounts.kinds import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person: `handle` names them here, `key` in the ledger, where it tells nothing.

    `tries` says what to try as them; without it they are not in the switch. `is_trained` tells
    whether a trainer of the provider trained them.
    """

    handle: str
    name: str
    roles: tuple[Role, ...]
    language: str
    zone: str
    is_trained: bool = True
    tries: Message | None = None

    @property
    def key(self) -> str:
        """The person's key in facts: the same on every start, and opaque."""
        return "p" + hashlib.sha256(f"demo:{self.handle}".encode()).hexdigest()[:15]

    @property
    def email(self) -> str:
        """An address that no mail ever reaches (RFC 2606): `ingrid@easymeeting` has `.example`."""
        return f"{self.handle}.example"

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is theirs."""
        return any(role in roles for role in self.roles)


@dataclass(frozen=True, slots=True)
class Subscribed:
    """An account of a customer: its plan, region, office, fee and additions."""

    name: str
    plan: str = ""
    region: str = ""
    office: str = ""
    fee: str = ""
    additions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A customer, reseller or partner of a house; `sold_by` is the key of who sold to them."""

    key: str
    name: str
    kind: OrganisationKind
    language: str
    zone: str
    people: tuple[Somebody, ...]
    accounts: tuple[Subscribed, ...] = ()
    sold_by: str = ""

    def some(self, *roles: Role) -> tuple[Somebody, ...]:
        """Their people with one of the roles."""
        return tuple(each for each in self.people if each.has(*roles))


@dataclass(frozen=True, slots=True)
class House:
    """A provider: its people, its parties, and the agreement that it keeps.

    `agreement` is the file's stem in `agreements/`, `agreement_name` the name within.
    """

    key: str
    name: str
    agreement: str
    agreement_name: str
    language: str
    zone: str
    people: tuple[Somebody, ...]
    parties: tuple[Party, ...]
    translations: tuple[str, ...] = ()

    @property
    def customers(self) -> tuple[Party, ...]:
        """Its customers, with and without a reseller between."""
        return tuple(each for each in self.parties if each.kind == OrganisationKind.CUSTOMER)

    @property
    def agents(self) -> tuple[Somebody, ...]:
        """Those who answer requests."""
        return tuple(each for each in self.people if each.has(Role.AGENT, Role.LEAD))

    def everybody(self) -> Iterator[tuple[Party | None, Somebody]]:
        """All people, each with their party, None for the house itself."""
        for somebody in self.people:
            yield None, somebody
        for party in self.parties:
            for somebody in party.people:
                yield party, somebody
