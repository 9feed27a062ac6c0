"""Providers and their parties: made, changed, found (E1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from uphold.messages import LANGUAGES, message
from uphold.server.accounts.kinds import OrganisationKind
from uphold.server.accounts.models import Organisation
from uphold.server.accounts.shapes import NotDone, Party, Wrong
from uphold.worktime import UnknownZone
from uphold.worktime.zone import find_zone

SELLERS = (OrganisationKind.RESELLER, OrganisationKind.PARTNER)


def new_provider(name: str, *, key: str = "", language: str = "en", zone: str = "UTC") -> Party:
    """A provider of this installation. Raises `NotDone`."""
    return _made(OrganisationKind.PROVIDER, name, None, None, key, language, zone, {})


def new_party(
    provider: int,
    kind: OrganisationKind,
    name: str,
    *,
    key: str = "",
    sold_by: str = "",
    language: str = "en",
    zone: str = "UTC",
    contact: Mapping[str, str] | None = None,
) -> Party:
    """A customer, reseller or partner of a provider. Raises `NotDone`.

    `key` names it in facts for ever; without one it is made from the name. `sold_by` is the key of
    a reseller or partner of the same provider, which a customer alone can have.
    """
    if kind == OrganisationKind.PROVIDER:
        raise NotDone(Wrong("kind", message("accounts.no-provider-of-a-provider")))
    seller = _seller(provider, kind, sold_by)
    home = Organisation.objects.get(pk=provider, kind=OrganisationKind.PROVIDER)
    return _made(kind, name, home, seller, key, language, zone, contact or {})


def change_party(
    provider: int,
    key: str,
    *,
    name: str,
    sold_by: str,
    language: str,
    zone: str,
    contact: Mapping[str, str],
) -> Party:
    """The party, or the provider itself, with other words about it; key and kind stay.

    Raises `NotDone`.
    """
    row = _row(provider, key)
    if row is None:
        raise NotDone(Wrong("key", message("accounts.no-such-customer", key=key)))
    _refuse_unfit(name, key, language, zone)
    row.name, row.language, row.zone, row.contact = name.strip(), language, zone, dict(contact)
    row.sold_by = _seller(provider, OrganisationKind(row.kind), sold_by)
    row.save()
    return party_of(row)


def party(provider: int, key: str) -> Party | None:
    """The provider's party of that key, or the provider itself by its own; None without one."""
    found = _row(provider, key)
    return party_of(found) if found else None


def _row(provider: int, key: str) -> Organisation | None:
    rows = Organisation.objects.select_related("sold_by")
    found = rows.filter(provider_id=provider, key=key).first()
    return found or rows.filter(pk=provider, key=key).first()


def party_by_id(organisation: int) -> Party | None:
    """Any party by its id; None without one."""
    found = Organisation.objects.select_related("sold_by").filter(pk=organisation).first()
    return party_of(found) if found else None


def parties(provider: int, kind: OrganisationKind | None = None) -> tuple[Party, ...]:
    """The provider's parties by name, of one kind or of all."""
    rows = Organisation.objects.filter(provider_id=provider).select_related("sold_by")
    if kind is not None:
        rows = rows.filter(kind=kind)
    return tuple(party_of(row) for row in rows.order_by("name", "key"))


def providers() -> tuple[Party, ...]:
    """Every provider of this installation, by name."""
    rows = Organisation.objects.filter(kind=OrganisationKind.PROVIDER)
    return tuple(party_of(row) for row in rows.order_by("name", "key"))


def names_of_parties(provider: int) -> Mapping[str, str]:
    """The names of all the provider's parties by key."""
    return dict(Organisation.objects.filter(provider_id=provider).values_list("key", "name"))


def key_from(name: str) -> str:
    """A key made of a name: ASCII letters and digits with hyphens."""
    plain = name.lower().translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:100]


_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "þ": "th"})
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")


def _made(
    kind: OrganisationKind,
    name: str,
    provider: Organisation | None,
    seller: Organisation | None,
    key: str,
    language: str,
    zone: str,
    contact: Mapping[str, str],
) -> Party:
    key = key or key_from(name)
    _refuse_unfit(name, key, language, zone)
    try:
        with transaction.atomic():
            row = Organisation.objects.create(
                kind=kind,
                key=key,
                name=name.strip(),
                provider=provider,
                sold_by=seller,
                language=language,
                zone=zone,
                contact=dict(contact),
            )
    except IntegrityError as error:
        raise NotDone(Wrong("key", message("accounts.key-taken", key=key))) from error
    return party_of(row)


def _refuse_unfit(name: str, key: str, language: str, zone: str) -> None:
    wrong = unfit_name(name)
    if name.strip() and not _KEY.fullmatch(key):
        wrong.append(Wrong("key", message("accounts.key-unfit", key=key)))
    wrong += unfit_language(language) + unfit_zone(zone)
    if wrong:
        raise NotDone(*wrong)


def unfit_name(name: str) -> list[Wrong]:
    """What is wrong with the name of a person or party: nothing, or that it is no line of text."""
    if name.strip() and len(name.strip()) <= 200 and name.isprintable():
        return []
    return [Wrong("name", message("accounts.name-needed", length=200))]


def unfit_language(language: str) -> list[Wrong]:
    """What is wrong with a language that somebody chose: nothing, or that we do not speak it."""
    if language in LANGUAGES:
        return []
    known = ", ".join(LANGUAGES)
    return [Wrong("language", message("accounts.language-unknown", language=language, known=known))]


def unfit_zone(zone: str) -> list[Wrong]:
    """What is wrong with a zone that somebody typed: nothing, or that there is none such."""
    try:
        find_zone(zone)
    except UnknownZone:
        return [Wrong("zone", message("accounts.zone-unknown", zone=zone))]
    return []


def _seller(provider: int, kind: OrganisationKind, key: str) -> Organisation | None:
    if not key:
        return None
    if kind != OrganisationKind.CUSTOMER:
        raise NotDone(Wrong("sold_by", message("accounts.only-customers-sold")))
    found = Organisation.objects.filter(provider_id=provider, key=key, kind__in=SELLERS).first()
    if found is None:
        raise NotDone(Wrong("sold_by", message("accounts.no-such-seller", key=key)))
    return found


def party_of(row: Organisation) -> Party:
    """The row as a shape."""
    return Party(
        id=row.pk,
        key=row.key,
        kind=OrganisationKind(row.kind),
        name=row.name,
        provider=row.provider_id or row.pk,
        sold_by=row.sold_by.key if row.sold_by else "",
        language=row.language,
        zone=row.zone,
        contact=row.contact,
    )
