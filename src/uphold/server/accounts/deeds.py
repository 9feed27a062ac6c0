"""What one does on a party's page: one table, from a posted form to the services.

Each deed names what it takes; whose party it is has been settled before. It gives what to say when
it is done, and raises `NotDone` with what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from uphold.messages import Message, message
from uphold.server.accounts import administering, subscribing
from uphold.server.accounts.access import NotAllowed, NotFound, Viewer
from uphold.server.accounts.filled_in import choice, day, text
from uphold.server.accounts.kinds import May, OrganisationKind, Role
from uphold.server.accounts.shapes import NotDone, Party, Wrong
from uphold.server.accounts.wording import CHANGES, CONTACT_KINDS
from uphold.server.agreements.services import own_revisions
from uphold.server.request import PageRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a deed, on which party's page, with what filled in."""

    request: PageRequest
    viewer: Viewer
    party: Party

    @property
    def provider(self) -> int:
        """The id of the provider in whose ledger it is said."""
        return self.party.provider

    def text(self, name: str, most: int = 500) -> str:
        """A posted field."""
        return text(self.request, name, most)

    def day(self, name: str, *, is_last: bool = False) -> int | None:
        """The beginning of a posted day in the party's zone, of a last one the end."""
        return day(self.request, name, self.party.zone, is_last=is_last)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done on the page, and the right it takes."""

    needs: May
    do: Callable[[Asked], Message]


def _invite(asked: Asked) -> Message:
    role = choice(asked.request, "role", administering.roles_in(asked.party))
    invited = administering.invite_into(
        asked.viewer,
        asked.party.key,
        role,
        asked.text("email"),
        asked.text("name"),
        asked.text("language") or asked.party.language,
    )
    if not invited.path:
        return message("accounts.invited-already")
    link = asked.request.build_absolute_uri(invited.path)
    if invited.is_offer:
        return message("accounts.invited-elsewhere", link=link)
    return message("accounts.invited", link=link)


def _invite_again(asked: Asked) -> Message:
    path = administering.invite_again_into(asked.viewer, asked.party.key, asked.text("person"))
    return message("accounts.invited", link=asked.request.build_absolute_uri(path))


def _give_role(asked: Asked) -> Message:
    role = choice(asked.request, "role", administering.roles_in(asked.party))
    administering.give_role(asked.viewer, asked.party.key, asked.text("person"), role)
    return message("accounts.done")


def _take_role(asked: Asked) -> Message:
    role = choice(asked.request, "role", tuple(Role))
    administering.take_role(asked.viewer, asked.party.key, asked.text("person"), role)
    return message("accounts.done")


def _send_away(asked: Asked) -> Message:
    administering.send_away(asked.viewer, asked.party.key, asked.text("person"))
    return message("accounts.done")


def _train(asked: Asked) -> Message:
    customer = _customer(asked.party)
    subscribing.train(asked.provider, customer, asked.text("person"), by=asked.viewer.person)
    return message("accounts.done")


def _untrain(asked: Asked) -> Message:
    customer = _customer(asked.party)
    subscribing.untrain(asked.provider, customer, asked.text("person"), by=asked.viewer.person)
    return message("accounts.done")


def _name_contact(asked: Asked) -> Message:
    what = choice(asked.request, "what", tuple(CONTACT_KINDS))
    customer = _managed_customer(asked.viewer, asked.party)
    subscribing.name_contact(asked.provider, customer, asked.text("person"), what)
    return message("accounts.done")


def _drop_contact(asked: Asked) -> Message:
    what = choice(asked.request, "what", tuple(CONTACT_KINDS))
    customer = _managed_customer(asked.viewer, asked.party)
    subscribing.drop_contact(asked.provider, customer, asked.text("person"), what)
    return message("accounts.done")


def _report(asked: Asked) -> Message:
    subscribing.report_infrastructure_change(
        asked.provider,
        _customer(asked.party),
        asked.text("words", 20_000),
        what=choice(asked.request, "what", tuple(CHANGES)),
        by=asked.viewer.person,
        language=asked.request.reader.language,
    )
    return message("accounts.reported")


def _agree(asked: Asked) -> Message:
    customer = _customer(asked.party)
    posted = sorted({each.name for each in own_revisions(asked.viewer.provider)})
    subscribing.agree(
        asked.provider,
        customer,
        asked.text("account"),
        agreement=choice(asked.request, "agreement", posted),
        plan=asked.text("plan"),
        region=asked.text("region"),
        office=asked.text("office"),
        fee=asked.text("fee"),
        from_us=asked.day("from"),
        until_us=asked.day("until", is_last=True),
    )
    return message("accounts.done")


def _move(asked: Asked) -> Message:
    office, region = asked.text("office"), asked.text("region")
    if not office and not region:
        raise NotDone(Wrong("office", message("accounts.office-needed")))
    subscribing.set_office(
        asked.provider,
        _customer(asked.party),
        asked.text("account"),
        office=office,
        region=region,
    )
    return message("accounts.done")


def _charge(asked: Asked) -> Message:
    fee = asked.text("fee")
    subscribing.set_fee(asked.provider, _customer(asked.party), asked.text("account"), fee)
    return message("accounts.done")


def _connect(asked: Asked) -> Message:
    addition = asked.text("addition")
    if not addition:
        raise NotDone(Wrong("addition", message("accounts.addition-needed")))
    subscribing.add_addition(
        asked.provider,
        _customer(asked.party),
        asked.text("account"),
        addition,
        service=asked.text("service"),
        from_us=asked.day("from"),
        until_us=asked.day("until", is_last=True),
    )
    return message("accounts.done")


def _renew(asked: Asked) -> Message:
    subscribing.renew(
        asked.provider,
        _customer(asked.party),
        asked.text("account"),
        plan=asked.text("plan"),
        until_us=asked.day("until", is_last=True),
    )
    return message("accounts.done")


def _end(asked: Asked) -> Message:
    until_us = asked.day("until", is_last=True)
    if until_us is None:
        raise NotDone(Wrong("until", message("accounts.day-needed")))
    account = asked.text("account")
    subscribing.end_account(asked.provider, _customer(asked.party), account, until_us=until_us)
    return message("accounts.done")


def _customer(party: Party) -> str:
    if party.kind != OrganisationKind.CUSTOMER:
        raise NotFound
    return party.key


def _managed_customer(viewer: Viewer, party: Party) -> str:
    if not administering.may_manage(viewer, party):
        raise NotAllowed(May.MANAGE)
    return _customer(party)


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "invite": Deed(May.MANAGE, _invite),
        "invite-again": Deed(May.MANAGE, _invite_again),
        "give-role": Deed(May.MANAGE, _give_role),
        "take-role": Deed(May.MANAGE, _take_role),
        "send-away": Deed(May.MANAGE, _send_away),
        "train": Deed(May.LEAD, _train),
        "untrain": Deed(May.LEAD, _untrain),
        "name-contact": Deed(May.MANAGE, _name_contact),
        "drop-contact": Deed(May.MANAGE, _drop_contact),
        "report": Deed(May.TELL, _report),
        "agree": Deed(May.ADMINISTER, _agree),
        "move": Deed(May.ADMINISTER, _move),
        "charge": Deed(May.ADMINISTER, _charge),
        "connect": Deed(May.ADMINISTER, _connect),
        "renew": Deed(May.ADMINISTER, _renew),
        "end": Deed(May.ADMINISTER, _end),
    }
)
