"""The caller, and what is answered by: the first things a program asks."""

from __future__ import annotations

from typing import Literal

from ninja import Router, Schema
from pydantic import Field

from uphold.cli.version import version as installed
from uphold.messages import LANGUAGES
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import May, OrganisationKind, Role
from uphold.server.api.operation import reads
from uphold.server.api.signing_in import ApiRequest
from uphold.server.ledger import services as ledger

router = Router(tags=["caller"])


class MeOut(Schema):
    """Who calls, for whom, and what they may."""

    person: str = Field(description="the person's key, as facts name them")
    name: str
    language: str = Field(description="the language that texts come in")
    organisation: str
    kind: OrganisationKind
    roles: list[Role]
    may: list[May] = Field(description="what this caller may do: the role's rights and the token's")
    provider: str = Field(description="the key of the provider whose ledger is seen")
    customers: list[str] | None = Field(
        description="the keys of the customers acted for; null stands for all of the provider's"
    )


class VersionOut(Schema):
    """What answers."""

    uphold: str
    api: Literal["1"]
    languages: list[str]
    position: int = Field(description="the place of the last fact in the provider's ledger")


@reads(router, "/me", MeOut)
def me(request: ApiRequest) -> MeOut:
    """Who is calling, for whom, and what they may."""
    viewer = request.viewer
    home = accounts.party_by_id(viewer.organisation)
    provider = accounts.party_by_id(viewer.provider)
    name = accounts.names_of([viewer.person], provider=viewer.provider)
    assert home is not None and provider is not None
    return MeOut(
        person=viewer.person,
        name=name.get(viewer.person, ""),
        language=request.reader.language,
        organisation=home.name,
        kind=viewer.kind,
        roles=[role for role in Role if role in viewer.roles],
        may=[each for each in May if viewer.may(each)],
        provider=provider.key,
        customers=None if viewer.customers is None else sorted(viewer.customers),
    )


@reads(router, "/version", VersionOut)
def version(request: ApiRequest) -> VersionOut:
    """What answers, in which languages, and how far the ledger goes."""
    return VersionOut(
        uphold=installed(),
        api="1",
        languages=list(LANGUAGES),
        position=ledger.position(request.viewer.provider),
    )
