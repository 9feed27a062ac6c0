"""Who may see and do what: the one place that decides.

A viewer is a person in one organisation (a person of several switches between them). Every query
for a page, an action or the API goes through `visible`, and every page, action and operation names
what it takes (`May`), which `require` holds it to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q, QuerySet

from uphold.server.accounts.kinds import MAY, SEES_COLLEAGUES, May, OrganisationKind, Role
from uphold.server.tenancy import Owned

Row = TypeVar("Row", bound=Owned)


class NotAllowed(Exception):
    """The viewer may not do this; the page says so without telling what there is."""

    def __init__(self, needed: May) -> None:
        super().__init__(f"this takes the right to {needed}")
        self.needed = needed


class NotFound(Exception):
    """There is no such thing, or it is somebody else's: the two look alike on purpose."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in an organisation, with what they may see and do.

    `person` is the person's key as facts name it, `provider` the id of the provider whose ledger
    they see. `customers` are the keys of the customers they act for, None for all of the
    provider's. `colleagues` tells whether they see what others of those customers asked for.
    `scopes` narrow what an API token may do; None narrows nothing. `called` is the organisation's
    name.
    """

    person: str
    organisation: int
    kind: OrganisationKind
    roles: frozenset[Role]
    provider: int
    customers: frozenset[str] | None
    scopes: frozenset[May] | None = None
    called: str = field(default="", compare=False)

    def may(self, what: May) -> bool:
        """Whether one of their roles, and the token if they come by one, lets them do it."""
        allowed = any(what in MAY[role] for role in self.roles)
        return allowed and (self.scopes is None or what in self.scopes)

    @property
    def is_staff(self) -> bool:
        """Whether they work for the provider."""
        return self.kind == OrganisationKind.PROVIDER

    @property
    def colleagues(self) -> bool:
        """Whether they see what others of their customers asked for."""
        return bool(self.roles & SEES_COLLEAGUES)

    def acts_for(self, customer: str) -> bool:
        """Whether the customer is theirs to see; staff act for all."""
        return self.customers is None or customer in self.customers


def require(viewer: Viewer | None, what: May) -> Viewer:
    """The viewer, who may do this. Raises `NotAllowed`."""
    if viewer is None or not viewer.may(what):
        raise NotAllowed(what)
    return viewer


def visible(viewer: Viewer, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows that the viewer may see: their provider's, of their customers, perhaps their own."""
    if not viewer.may(May.READ):
        return rows.none()
    return rows.filter(_scope(viewer))


def _scope(viewer: Viewer) -> Q:
    scope = Q(provider_id=viewer.provider)
    if viewer.customers is None:
        return scope
    scope &= Q(customer__in=sorted(viewer.customers))
    if not viewer.colleagues:
        scope &= Q(author=viewer.person)
    return scope
