"""Who looks at a page: the signed-in person, in the organisation they chose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import ROLES_IN, May, OrganisationKind
from uphold.server.accounts.models import Membership, Organisation, Person

CHOSEN = "organisation"
"""Where the session keeps which of their organisations the person is in."""


class ViewerMiddleware:
    """Gives each request its `viewer`, None for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Finds the viewer and goes on."""
        user = request.user
        chosen = request.session.get(CHOSEN)
        request.viewer = viewer_of(user, chosen) if isinstance(user, Person) else None  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(
    person: Person, chosen: int | None = None, *, scopes: frozenset[May] | None = None
) -> Viewer | None:
    """The person as a viewer in the chosen organisation, or in their first; None without any."""
    found = list(
        Membership.objects.filter(person=person)
        .select_related("organisation")
        .order_by("organisation_id", "role")
    )
    if not found or not person.is_active:
        return None
    organisations = {each.organisation_id: each.organisation for each in found}
    home = organisations.get(chosen or 0) or found[0].organisation
    kind = OrganisationKind(home.kind)
    held = {each.role for each in found if each.organisation_id == home.pk}
    return Viewer(
        person=person.key,
        organisation=home.pk,
        kind=kind,
        roles=frozenset(role for role in ROLES_IN[kind] if role in held),
        provider=home.provider_id or home.pk,
        customers=_customers(home),
        scopes=scopes,
        called=home.name,
    )


def _customers(home: Organisation) -> frozenset[str] | None:
    """The keys of the customers it acts for: all, itself, or those it sold to (E1)."""
    if home.kind == OrganisationKind.PROVIDER:
        return None
    if home.kind == OrganisationKind.CUSTOMER:
        return frozenset({home.key})
    return frozenset(home.sold_to.values_list("key", flat=True))
