"""What the accounts' services give and refuse: small immutable shapes, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uphold.messages import Message
from uphold.server.accounts.kinds import May, OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Party:
    """A party as pages and facts need it.

    `provider` is the id of the provider it belongs to, its own for a provider; `sold_by` the key of
    the reseller or partner that a customer came by, empty without one; `contact` how it is reached:
    what (telephone, e-mail, …) to the words.
    """

    id: int
    key: str
    kind: OrganisationKind
    name: str
    provider: int
    sold_by: str
    language: str
    zone: str
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisteredAccount:
    """An account of a customer as the register has it: its name, whose it is, what serves it."""

    name: str
    customer: str
    region: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person in one organisation; `has_joined` tells whether they have set a password."""

    key: str
    name: str
    email: str
    language: str
    zone: str
    roles: tuple[Role, ...]
    is_active: bool
    has_joined: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as its list shows it; the token itself is shown once, when it is made."""

    id: int
    name: str
    prefix: str
    organisation: str
    scopes: tuple[May, ...]
    created_us: int
    expires_us: int | None
    used_us: int | None
    revoked_us: int | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A change that a customer reported: by whom (key), of what, in which words (None: erased).

    `what` is empty where an imported fact says it in its own words.
    """

    at_us: int
    by: str
    what: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what somebody filled in: the field, or empty for the whole."""

    field: str
    said: Message


class NotDone(Exception):
    """Something that cannot be done as asked for; `wrong` says what, and what would be right."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__("; ".join(f"{each.field}: {each.said.id}" for each in wrong))
        self.wrong = wrong
