"""Parties, their people, and the accounts of customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import NotFound
from uphold.server.accounts.kinds import May, OrganisationKind, Role
from uphold.server.accounts.shapes import Party, PersonView
from uphold.server.api.forms import (
    LARGEST_PAGE,
    NAME,
    USUAL_PAGE,
    Instant,
    instant,
    instant_or_none,
)
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


class StandingOut(Schema):
    """What a person is at a customer by the register: trained, or a contact."""

    what: str
    since: Instant


class PersonOut(Schema):
    """Somebody with a role in a party."""

    key: str = Field(description="as facts name them; it tells nothing about them")
    name: str
    email: str | None = Field(description="null to those whom it does not concern")
    language: str
    zone: str
    roles: list[Role]
    standings: list[StandingOut]
    is_active: bool
    has_joined: bool = Field(description="whether they have set a password")


class PeopleOut(Schema):
    """Everybody with a role in a party, by name."""

    people: list[PersonOut]


class AdditionOut(Schema):
    """Something added to an account, such as service around the clock."""

    addition: str
    service: str = Field(description="the service it is for, empty for all")
    begins: Instant | None
    ends: Instant | None


class AccountOut(Schema):
    """One subscription of a customer."""

    account: str = Field(description="as facts name it; empty for a customer's only one")
    agreement: str
    plan: str
    region: str
    office: str
    fee: str = Field(description="an amount; empty to those whom it does not concern")
    additions: list[AdditionOut]
    begins: Instant | None
    ends: Instant | None


class AccountsOut(Schema):
    """The accounts of a customer."""

    accounts: list[AccountOut]


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
    found = accounts.parties_seen(request.viewer, kind)
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
    return _party_out(accounts.party_seen(request.viewer, key))


@reads(router, "/parties/{key}/people", PeopleOut, refuses=("not-found",))
def list_people(request: ApiRequest, key: Key) -> PeopleOut:
    """The people of a party that the caller sees; plain users see themselves."""
    viewer = request.viewer
    home = accounts.party_seen(viewer, key)
    standings = accounts.standings_seen(viewer, key)
    return PeopleOut(
        people=[
            _person_out(each, standings.get(each.key, {}))
            for each in accounts.people_seen(viewer, home)
        ]
    )


@reads(router, "/parties/{key}/accounts", AccountsOut, refuses=("not-found",))
def list_accounts(request: ApiRequest, key: Key) -> AccountsOut:
    """A customer's accounts, as the facts have them now."""
    home = accounts.party_seen(request.viewer, key)
    return AccountsOut(
        accounts=[
            AccountOut(
                account=each.account,
                agreement=each.agreement,
                plan=each.plan,
                region=each.region,
                office=each.office,
                fee=each.fee,
                additions=[
                    AdditionOut(
                        addition=one["addition"],
                        service=one["service"],
                        begins=instant_or_none(one["from_us"]),
                        ends=instant_or_none(one["until_us"]),
                    )
                    for one in each.additions
                ],
                begins=instant_or_none(each.from_us),
                ends=instant_or_none(each.until_us),
            )
            for each in accounts.subscriptions_seen(request.viewer, home.key)
        ]
    )


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


def _person_out(person: PersonView, standings: Mapping[str, int]) -> PersonOut:
    return PersonOut(
        key=person.key,
        name=person.name,
        email=person.email or None,
        language=person.language,
        zone=person.zone,
        roles=list(person.roles),
        standings=[
            StandingOut(what=what, since=instant(since)) for what, since in standings.items()
        ],
        is_active=person.is_active,
        has_joined=person.has_joined,
    )
