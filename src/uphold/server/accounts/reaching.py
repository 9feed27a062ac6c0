"""How parties are reached: a provider by a telephone line for each region besides (B1, E17)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from uphold.messages import Message, message
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import OrganisationKind
from uphold.server.accounts.parties import party_by_id
from uphold.server.accounts.registered import registered_accounts
from uphold.server.accounts.shapes import Party

_TELEPHONE: Final = ("telephone", message("accounts.telephone"))
_EMAIL: Final = ("email", message("accounts.email"))
_CHAT: Final = ("chat", message("accounts.chat"))
_ADDRESS: Final = ("address", message("accounts.address"))
_OF_A_REGION: Final = "telephone "
"""How the line of a region is called in a party's contact, with the region behind it."""


def ways_to(kind: OrganisationKind, provider: Party) -> tuple[tuple[str, Message], ...]:
    """The ways by which a party of that kind may be reached, by their names in its contact."""
    if kind != OrganisationKind.PROVIDER:
        return (_TELEPHONE, _EMAIL, _ADDRESS)
    regions = {each.region for each in registered_accounts(provider.id) if each.region}
    known = {each.removeprefix(_OF_A_REGION) for each in provider.contact if _is_regional(each)}
    lines = tuple(_line(region) for region in sorted(regions | known))
    return (_TELEPHONE, *lines, _EMAIL, _CHAT, _ADDRESS)


def lines_for(viewer: Viewer) -> tuple[tuple[Message, str], ...]:
    """How the viewer reaches their provider: of regional lines those of their own accounts.

    Whoever has no account with a region is told the lines of all.
    """
    provider = party_by_id(viewer.provider)
    assert provider is not None
    accounts = registered_accounts(viewer.provider, viewer.customers)
    own = {each.region for each in accounts if each.region}
    return tuple(
        (said, provider.contact[way])
        for way, said in ways_to(OrganisationKind.PROVIDER, provider)
        if provider.contact.get(way) and (not own or _concerns(way, own))
    )


def _line(region: str) -> tuple[str, Message]:
    return f"{_OF_A_REGION}{region}", message("accounts.telephone-of-region", region=region)


def _is_regional(way: str) -> bool:
    return way.startswith(_OF_A_REGION)


def _concerns(way: str, regions: Collection[str]) -> bool:
    return not _is_regional(way) or way.removeprefix(_OF_A_REGION) in regions
