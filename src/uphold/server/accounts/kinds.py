"""The kinds of parties, the roles of people in them, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class OrganisationKind(StrEnum):
    """What a party is (E1)."""

    PROVIDER = "provider"
    CUSTOMER = "customer"
    RESELLER = "reseller"
    PARTNER = "partner"


class Role(StrEnum):
    """What a person is in an organisation."""

    AGENT = "agent"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    USER = "user"
    SUPER_USER = "super user"
    ADMINISTRATIVE = "administrative contact"
    TECHNICAL = "technical contact"
    SELLER = "seller"


class May(StrEnum):
    """What somebody may do; each page, action and API operation names one."""

    READ = "read"  # what is theirs to see: requests, agreements, maintenance
    ASK = "ask"  # open requests, complaints and orders; reply; withdraw
    PASS_ON = "pass on"  # noqa: S105 - a right to pass requests on, no password. Pass on or decline them
    TELL = "tell"  # report a change to the own infrastructure
    WORK = "work"  # the desk: answer, classify, assign, hold, resolve
    MANAGE = "manage"  # the people of those they act for: invite, give roles, take them away
    LEAD = "lead"  # plan maintenance, train, see every figure of the desk
    ADMINISTER = "administer"  # people, parties, agreements, tokens, imports, erasing


_CUSTOMER = frozenset({May.READ, May.ASK, May.TELL})
_AGENT = frozenset({May.READ, May.ASK, May.PASS_ON, May.TELL, May.WORK})

MAY: Mapping[Role, frozenset[May]] = MappingProxyType(
    {
        Role.USER: frozenset({May.READ, May.ASK}),
        Role.SUPER_USER: _CUSTOMER | {May.PASS_ON},
        Role.ADMINISTRATIVE: _CUSTOMER,
        Role.TECHNICAL: _CUSTOMER,
        Role.SELLER: _CUSTOMER | {May.MANAGE},
        Role.AGENT: _AGENT,
        Role.LEAD: _AGENT | {May.LEAD},
        Role.ADMINISTRATOR: frozenset(May),
    }
)

ROLES_IN: Mapping[OrganisationKind, tuple[Role, ...]] = MappingProxyType(
    {
        OrganisationKind.PROVIDER: (Role.AGENT, Role.LEAD, Role.ADMINISTRATOR),
        OrganisationKind.CUSTOMER: (
            Role.USER,
            Role.SUPER_USER,
            Role.ADMINISTRATIVE,
            Role.TECHNICAL,
        ),
        OrganisationKind.RESELLER: (Role.SELLER,),
        OrganisationKind.PARTNER: (Role.SELLER,),
    }
)
"""The roles that people can have in a party of each kind; a role of another kind counts nothing."""

SEES_COLLEAGUES = frozenset(Role) - {Role.USER}
"""Roles that see what others of their organisation asked for; a plain user sees their own."""
