"""What a provider says of its customers, as facts: accounts, training, contacts, changes.

Every function appends and gives the ledger's position behind it. `by` is the key of whoever says
it. Times are microseconds; an account is named by a word of the provider's, empty for a customer
that has but one. Raises `NotDone` with what is wrong at which field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from uphold.engine.account import until as end_of
from uphold.facts import Fact, FactError, FactSet, make_fact
from uphold.facts.times import format_time
from uphold.messages import message
from uphold.server import clock
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.accounts.models import Organisation
from uphold.server.accounts.people import add_role, homes_of
from uphold.server.accounts.shapes import NotDone, Party, Reported, Wrong
from uphold.server.ledger import services as ledger

CONTACTS: Final = {"administrative": Role.ADMINISTRATIVE, "technical": Role.TECHNICAL}
"""Contacts whose naming also gives the role of that name (E4)."""

CHANGEABLE: Final = ("network", "equipment", "software", "room", "other")
"""What of its own a customer can report as changed."""


def agree(
    provider: int,
    customer: str,
    account: str,
    *,
    agreement: str,
    plan: str = "",
    region: str = "",
    office: str = "",
    fee: str = "",
    from_us: int | None = None,
    until_us: int | None = None,
) -> int:
    """The customer agreed to an agreement for one account."""
    home = _customer(provider, customer)
    data = {
        "provider": home.provider.key if home.provider else "",
        "agreement": agreement,
        "plan": plan,
        "region": region,
        "office": office,
        "fee": fee,
        "reseller": home.sold_by.key if home.sold_by else "",
        "role": "customer",
        "from": _time(from_us),
        "until": _time(until_us),
    }
    return _say(home, "customer.agreed", account, data)


def renew(
    provider: int, customer: str, account: str, *, plan: str = "", until_us: int | None = None
) -> int:
    """The account lives on until then, or without an end; perhaps by another plan."""
    home = _customer(provider, customer)
    return _say(home, "customer.renewed", account, {"plan": plan, "until": _time(until_us)})


def end_account(provider: int, customer: str, account: str, *, until_us: int) -> int:
    """The account ends then: what said that it lives on longer is corrected."""
    home = _customer(provider, customer)
    longer = [
        fact
        for fact in _facts(home)
        if fact.type in ("customer.agreed", "customer.renewed")
        and (fact.account or "") == account
        and (end_of(fact) is None or (end_of(fact) or 0) > until_us)
    ]
    if not longer:
        raise NotDone(Wrong("account", message("accounts.no-such-account", account=account)))
    return _append(home, [_corrected(fact, until=format_time(until_us)) for fact in longer])


def set_fee(provider: int, customer: str, account: str, amount: str) -> int:
    """The monthly fee from now on."""
    return _say(_customer(provider, customer), "customer.fee", account, {"amount": amount})


def set_office(
    provider: int, customer: str, account: str, *, office: str = "", region: str = ""
) -> int:
    """Another office or region serves the account from now on (E10)."""
    data = {"office": office, "region": region}
    return _say(_customer(provider, customer), "customer.office", account, data)


def add_addition(
    provider: int,
    customer: str,
    account: str,
    addition: str,
    *,
    service: str = "",
    from_us: int | None = None,
    until_us: int | None = None,
) -> int:
    """An addition, such as 24x7 support, connected to one service or to all (E10)."""
    data = {
        "addition": addition,
        "service": service,
        "from": _time(from_us),
        "until": _time(until_us),
    }
    return _say(_customer(provider, customer), "customer.added", account, data)


def train(provider: int, customer: str, person: str, *, by: str, at_us: int | None = None) -> int:
    """The provider trained a person of the customer (C7)."""
    home = _customer(provider, customer)
    _refuse_stranger(home, person)
    if any(_is_training(fact, person) for fact in _facts(home)):
        raise NotDone(Wrong("person", message("accounts.trained-already")))
    return _say(home, "customer.trained", "", {"person": person, "by": by}, at_us)


def untrain(provider: int, customer: str, person: str, *, by: str) -> int:
    """Takes back that a person was trained: it was put down by mistake."""
    home = _customer(provider, customer)
    wrong = [fact for fact in _facts(home) if _is_training(fact, person)]
    if not wrong:
        raise NotDone(Wrong("person", message("accounts.not-trained")))
    return _append(home, [_retracted(fact, by=by) for fact in wrong])


def name_contact(provider: int, customer: str, person: str, what: str) -> int:
    """Names a person as the customer's contact, with the role that goes with it (E4)."""
    home = _customer(provider, customer)
    _refuse_stranger(home, person)
    position = _say(home, "customer.contact", "", {"person": person, "role": what})
    if what in CONTACTS:
        add_role(person, organisation=home.pk, role=CONTACTS[what])
    return position


def name_by_role(home: Party, person: str, role: Role) -> None:
    """Names whoever was given a contact's role as that contact (E4); other roles name nobody."""
    for what, contact in CONTACTS.items():
        if role == contact and home.kind == OrganisationKind.CUSTOMER:
            name_contact(home.provider, home.key, person, what)


def drop_contact(provider: int, customer: str, person: str, what: str) -> int:
    """Takes back that a person is the customer's contact; their roles stay."""
    home = _customer(provider, customer)
    named = [
        fact
        for fact in _facts(home)
        if fact.type == "customer.contact"
        and (fact.written["person"], fact.written["role"]) == (person, what)
    ]
    if not named:
        raise NotDone(Wrong("person", message("accounts.no-such-contact")))
    return _append(home, [_retracted(fact) for fact in named])


def report_infrastructure_change(
    provider: int,
    customer: str,
    words: str,
    *,
    what: str,
    by: str,
    account: str = "",
    language: str = "",
) -> int:
    """The customer changed something of its own that the service rests on (E4).

    `what` is one of `CHANGEABLE`: a word that may stand in the fact, and that agreements ask for.
    """
    home = _customer(provider, customer)
    if what not in CHANGEABLE:
        raise NotDone(Wrong("what", message("accounts.choice-needed")))
    if not words.strip() or len(words) > 10_000:
        raise NotDone(Wrong("words", message("accounts.words-needed", length=10_000)))
    told = ledger.new_text(
        provider, words.strip(), kind="infrastructure", person=by, language=language
    )
    data = {"what": what, "by": by, "written": told.digest}
    fact = _fact(home, "customer.infrastructure changed", account, data)
    return _append(home, [fact], texts=[told])


def infrastructure_changes(provider: int, customer: str) -> tuple[Reported, ...]:
    """What the customer reported of its own infrastructure, the latest first."""
    home = _customer(provider, customer)
    told = [each for each in _facts(home) if each.type == "customer.infrastructure changed"]
    digests = [str(fact.written["written"]) for fact in told if fact.written.get("written")]
    words = ledger.texts(provider, digests)
    return tuple(_reported(fact, words) for fact in reversed(told))


def _reported(fact: Fact, words: Mapping[str, str | None]) -> Reported:
    """An imported fact may say in itself what changed, in words of its own."""
    what = str(fact.written.get("what") or "")
    digest = fact.written.get("written")
    return Reported(
        at_us=fact.at_us,
        by=str(fact.written.get("by") or ""),
        what=what if what in CHANGEABLE else "",
        words=words.get(str(digest)) if digest else what or None,
    )


def _customer(provider: int, key: str) -> Organisation:
    rows = Organisation.objects.select_related("provider", "sold_by")
    found = rows.filter(provider_id=provider, key=key, kind=OrganisationKind.CUSTOMER).first()
    if found is None:
        raise NotDone(Wrong("customer", message("accounts.no-such-customer", key=key)))
    return found


def _refuse_stranger(home: Organisation, person: str) -> None:
    if home.pk not in homes_of(person):
        raise NotDone(Wrong("person", message("accounts.not-of-customer", name=home.name)))


def _facts(home: Organisation) -> tuple[Fact, ...]:
    """The facts about a customer that count."""
    subject = f"customer:{home.key}"
    return FactSet.of(ledger.facts_of(home.provider_id or 0, {subject})).of_subject(subject)


def _is_training(fact: Fact, person: str) -> bool:
    return fact.type == "customer.trained" and fact.written["person"] == person


def _time(at_us: int | None) -> str:
    return "" if at_us is None else format_time(at_us)


def _say(
    home: Organisation,
    type_: str,
    account: str,
    data: dict[str, str],
    at_us: int | None = None,
) -> int:
    return _append(home, [_fact(home, type_, account, data, at_us)])


def _fact(
    home: Organisation,
    type_: str,
    account: str,
    data: dict[str, str],
    at_us: int | None = None,
) -> Fact:
    """A fact about the customer; what is empty is left out."""
    named = {name: value for name, value in {"account": account, **data}.items() if value}
    at = format_time(clock.now_us() if at_us is None else at_us)
    try:
        return make_fact(type_, at, f"customer:{home.key}", customer=home.key, **named)
    except FactError as error:
        raise NotDone(*(Wrong("", problem.message) for problem in error.problems)) from error


def _corrected(fact: Fact, **changed: str) -> Fact:
    kept = {name: value for name, value in fact.content().items() if name not in ("id", "corrects")}
    return make_fact(**{**kept, **changed, "corrects": fact.id})  # type: ignore[arg-type]  # JSON


def _retracted(fact: Fact, **changed: str) -> Fact:
    kept = {name: value for name, value in fact.content().items() if name not in ("id", "corrects")}
    return make_fact(**{**kept, **changed, "retracts": fact.id})  # type: ignore[arg-type]  # JSON values


def _append(home: Organisation, facts: Sequence[Fact], texts: Sequence[ledger.NewText] = ()) -> int:
    try:
        return ledger.append(home.provider_id or 0, facts, texts=texts).position
    except ledger.Refused as error:
        raise NotDone(*(Wrong("", problem) for problem in error.problems)) from error
