"""How roles, rights and kinds of parties are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from uphold.messages import Message, message
from uphold.server.accounts.kinds import May, OrganisationKind, Role

ROLES: Mapping[Role, Message] = MappingProxyType(
    {
        Role.AGENT: message("accounts.role-agent"),
        Role.LEAD: message("accounts.role-lead"),
        Role.ADMINISTRATOR: message("accounts.role-administrator"),
        Role.USER: message("accounts.role-user"),
        Role.SUPER_USER: message("accounts.role-super-user"),
        Role.ADMINISTRATIVE: message("accounts.role-administrative"),
        Role.TECHNICAL: message("accounts.role-technical"),
        Role.SELLER: message("accounts.role-seller"),
    }
)

KINDS: Mapping[OrganisationKind, Message] = MappingProxyType(
    {
        OrganisationKind.PROVIDER: message("accounts.kind-provider"),
        OrganisationKind.CUSTOMER: message("accounts.kind-customer"),
        OrganisationKind.RESELLER: message("accounts.kind-reseller"),
        OrganisationKind.PARTNER: message("accounts.kind-partner"),
    }
)

RIGHTS: Mapping[May, Message] = MappingProxyType(
    {
        May.READ: message("accounts.may-read"),
        May.ASK: message("accounts.may-ask"),
        May.PASS_ON: message("accounts.may-pass-on"),
        May.TELL: message("accounts.may-tell"),
        May.WORK: message("accounts.may-work"),
        May.MANAGE: message("accounts.may-manage"),
        May.LEAD: message("accounts.may-lead"),
        May.ADMINISTER: message("accounts.may-administer"),
    }
)

CHANGES: Mapping[str, Message] = MappingProxyType(
    {
        "network": message("accounts.changed-network"),
        "equipment": message("accounts.changed-equipment"),
        "software": message("accounts.changed-software"),
        "room": message("accounts.changed-room"),
        "other": message("accounts.changed-other"),
    }
)
"""What of its own a customer can report as changed (`subscribing.CHANGEABLE`)."""

CONTACT_KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "administrative": message("accounts.contact-administrative"),
        "technical": message("accounts.contact-technical"),
        "representative": message("accounts.contact-representative"),
    }
)
