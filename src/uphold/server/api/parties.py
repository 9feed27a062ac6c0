"""Parties and their people."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import NotFound, Viewer
from uphold.server.accounts.kinds import May, OrganisationKind, Role
from uphold.server.accounts.shapes import Party, PersonView
from uphold.server.api.forms import LARGEST_PAGE, NAME, USUAL_PAGE
from uphold.server.api.operation import acts, reads
from uphold.server.api.signing_in import ApiRequest

router = Router(tags=["parties"])

Key = Annotated[str, Path(pattern=NAME, description="the party's key, as facts name it")]


class PartyOut(Schema):
    """A provider, customer, reseller or partner."""

    key: str = Field(description="as facts name it; it never changes")
    kind: OrganisationKind
    name: str
    sold_by: str = Field(description="the key of the reseller or partner it came by, or empty")
    language: str
    zone: str
    contact: dict[str, str]


class PartiesOut(Schema):
    """A page of parties, by name."""

    parties: list[PartyOut]
    after: str | None = Field(description="leads to the next page; null on the last one")


class PersonOut(Schema):
    """Somebody with a role in a party."""

    key: str = Field(description="as facts name them; it tells nothing about them")
    name: str
    email: str | None = Field(description="null to those who administer nothing")
    language: str
    zone: str
    roles: list[Role]
    is_active: bool
    has_joined: bool = Field(description="whether they have set a password")


class PeopleOut(Schema):
    """Everybody with a role in a party, by name."""

    people: list[PersonOut]


class PartyIn(Schema):
    """A party to be made."""

    model_config = ConfigDict(extra="forbid")

    kind: OrganisationKind
    name: str = Field(min_length=1, max_length=200)
    key: str = Field("", max_length=100, description="without one it is made from the name")
    sold_by: str = Field("", max_length=100)
    language: str = Field("en", max_length=10)
    zone: str = Field("UTC", max_length=60)


@reads(router, "/parties", PartiesOut, refuses=("not-found",))
def list_parties(
    request: ApiRequest,
    kind: Annotated[OrganisationKind | None, Query(description="of one kind only")] = None,
    after: Annotated[str | None, Query(pattern=NAME, description="from the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
) -> PartiesOut:
    """The parties that the caller sees, by name: all of the provider's, or their own."""
    found = [
        each
        for each in accounts.parties(request.viewer.provider, kind)
        if _seen(request.viewer, each)
    ]
    keys = [each.key for each in found]
    if after is not None and after not in keys:
        raise NotFound
    start = 0 if after is None else keys.index(after) + 1
    shown = found[start : start + limit]
    more = start + limit < len(found)
    return PartiesOut(
        parties=[_party_out(each) for each in shown], after=shown[-1].key if more else None
    )


@reads(router, "/parties/{key}", PartyOut, refuses=("not-found",))
def read_party(request: ApiRequest, key: Key) -> PartyOut:
    """One party."""
    return _party_out(_party(request.viewer, key))


@reads(router, "/parties/{key}/people", PeopleOut, refuses=("not-found",))
def list_people(request: ApiRequest, key: Key) -> PeopleOut:
    """The people of a party, for those who see what their colleagues do."""
    viewer = request.viewer
    if not viewer.colleagues:
        raise NotFound
    party = _party(viewer, key)
    return PeopleOut(people=[_person_out(each, viewer) for each in accounts.people_of(party.id)])


@acts(router, "/parties", {201: PartyOut}, May.ADMINISTER, refuses=("refused", "not-found"))
def make_party(request: ApiRequest, party: PartyIn) -> PartyOut:
    """Makes a customer, reseller or partner of the provider."""
    viewer = request.viewer
    if not viewer.is_staff:
        raise NotFound
    return _party_out(
        accounts.new_party(
            viewer.provider,
            party.kind,
            party.name,
            key=party.key,
            sold_by=party.sold_by,
            language=party.language,
            zone=party.zone,
        )
    )


def _party(viewer: Viewer, key: str) -> Party:
    """The party, where the viewer sees it. Raises `NotFound`."""
    found = accounts.party(viewer.provider, key)
    if found is None or not _seen(viewer, found):
        raise NotFound
    return found


def _seen(viewer: Viewer, party: Party) -> bool:
    """Staff see all of their provider's; others themselves and the customers they act for."""
    if viewer.is_staff or party.id == viewer.organisation:
        return True
    return party.kind == OrganisationKind.CUSTOMER and viewer.acts_for(party.key)


def _party_out(party: Party) -> PartyOut:
    return PartyOut(
        key=party.key,
        kind=party.kind,
        name=party.name,
        sold_by=party.sold_by,
        language=party.language,
        zone=party.zone,
        contact=dict(party.contact),
    )


def _person_out(person: PersonView, viewer: Viewer) -> PersonOut:
    is_shown = viewer.may(May.ADMINISTER) or person.key == viewer.person
    return PersonOut(
        key=person.key,
        name=person.name,
        email=person.email if is_shown else None,
        language=person.language,
        zone=person.zone,
        roles=list(person.roles),
        is_active=person.is_active,
        has_joined=person.has_joined,
    )
