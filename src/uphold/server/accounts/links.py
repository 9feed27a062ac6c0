"""Links that work once: the set-up of a provider, and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from uphold.messages import message
from uphold.server import clock
from uphold.server.accounts.kinds import Role
from uphold.server.accounts.models import Membership, Person, SetupLink
from uphold.server.accounts.parties import new_provider, party_of
from uphold.server.accounts.people import add_role, homes_of, key_of_email, new_person
from uphold.server.accounts.secret import digest_of, new_secret
from uphold.server.accounts.shapes import NotDone, Party, PersonView, Wrong
from uphold.server.accounts.subscribing import name_by_role

_HOUR: Final = 3_600_000_000
SETUP_LASTS: Final = 24 * _HOUR
INVITATION_LASTS: Final = 7 * 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited: their key, and the path that is theirs alone, empty if they need none.

    `is_offer` tells that they work elsewhere too, and are in once they accept.
    """

    person: str
    path: str
    is_offer: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link is for: whom it lets in, and where it takes them (empty: a first password)."""

    person: str
    name: str
    party: Party | None
    role: Role | None


def has_administrator() -> bool:
    """Whether anybody administers any provider yet."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).exists()


def setup_link(*, another: bool = False) -> str | None:
    """The path that makes a provider with its administrator, once, within a day.

    None where there is an administrator already, unless `another` provider is wanted. A new link
    ends those made before.
    """
    if has_administrator() and not another:
        return None
    with transaction.atomic():
        SetupLink.objects.filter(person=None, used_us__isnull=True).delete()
        secret = _kept(SETUP_LASTS)
    return reverse("accounts:setup", args=[secret])


def is_setup(secret: str) -> bool:
    """Whether the link can still make a provider."""
    found = _open(secret)
    return found is not None and found.person_id is None


def set_up(
    secret: str,
    *,
    provider: str,
    name: str,
    email: str,
    password: str,
    language: str = "en",
    zone: str = "UTC",
) -> PersonView:
    """A provider with its first administrator; the link is used up. Raises `NotDone`."""
    with transaction.atomic():
        if not _used_up(secret, person=None):
            raise NotDone(Wrong("", message("accounts.link-over")))
        home = _provider(provider, language, zone)
        _refuse_weak(password, Person(email=email, name=name))
        return new_person(
            email,
            name,
            organisation=home.id,
            role=Role.ADMINISTRATOR,
            language=language,
            zone=zone,
            password=password,
        )


def _provider(name: str, language: str, zone: str) -> Party:
    """The provider; what is wrong with its name is said at the field `provider`."""
    try:
        return new_provider(name, language=language, zone=zone)
    except NotDone as error:
        of_field = {"name": "provider", "key": "provider"}
        wrong = (Wrong(of_field.get(each.field, each.field), each.said) for each in error.wrong)
        raise NotDone(*wrong) from error


def invite(
    organisation: int,
    role: Role,
    email: str,
    name: str,
    *,
    language: str = "",
    zone: str = "",
    reach: frozenset[int] = frozenset(),
) -> Invited:
    """Gives somebody a role, and a path to set a password by where they have none yet.

    `reach` are the organisations that the inviter manages. Whoever has a role outside of them is
    not changed by anybody's invitation: they get an offer that they accept signed in, so that no
    inviter learns who they are or takes them over; so does whoever has a password, but no role left
    anywhere. Raises `NotDone`.
    """
    with transaction.atomic():
        key = key_of_email(email)
        if key is None:
            made = new_person(
                email, name, organisation=organisation, role=role, language=language, zone=zone
            )
            return Invited(made.key, _password_path(made.key), is_offer=False)
        person = Person.objects.get(key=key)
        homes = homes_of(key)
        is_somebody = bool(homes) or person.has_usable_password()
        if is_somebody and (not homes or homes - reach - {organisation}):
            if not homes:  # they sign in to accept, which nobody inactive can
                Person.objects.filter(pk=person.pk).update(is_active=True)
            secret = _kept(INVITATION_LASTS, person=person, organisation=organisation, role=role)
            return Invited(key, reverse("accounts:offer", args=[secret]), is_offer=True)
        add_role(key, organisation=organisation, role=role)
        path = "" if person.has_usable_password() else _password_path(key)
        return Invited(key, path, is_offer=False)


def invite_again(key: str) -> str:
    """A new path for somebody who has set no password yet; earlier ones end."""
    person = Person.objects.get(key=key, is_active=True)
    if person.has_usable_password():
        raise NotDone(Wrong("", message("accounts.has-joined")))
    return _password_path(key)


def offer(secret: str) -> Offer | None:
    """What the link is for; None where it was never made, is used up, or over."""
    found = _open(secret)
    if found is None or found.person is None:
        return None
    home = found.organisation
    return Offer(
        person=found.person.key,
        name=found.person.name,
        party=party_of(home) if home else None,
        role=Role(found.role) if found.role else None,
    )


def join(secret: str, password: str) -> str:
    """The person's first password; gives their key. Raises `NotDone`."""
    with transaction.atomic():
        found = _open(secret)
        if found is None or found.person is None or found.organisation is not None:
            raise NotDone(Wrong("", message("accounts.link-over")))
        person = found.person
        _refuse_weak(password, person)
        if person.has_usable_password() or not _used_up(secret, person=person):
            raise NotDone(Wrong("", message("accounts.link-over")))
        person.set_password(password)
        person.save(update_fields=["password"])
        return person.key


def accept(secret: str, key: str) -> Party:
    """The person of that key, signed in, takes the offered role. Raises `NotDone`."""
    with transaction.atomic():
        found = _open(secret)
        home = found.organisation if found else None
        if found is None or home is None or found.person is None or found.person.key != key:
            raise NotDone(Wrong("", message("accounts.link-over")))
        if not _used_up(secret, person=found.person):
            raise NotDone(Wrong("", message("accounts.link-over")))
        add_role(key, organisation=home.pk, role=Role(found.role))
        party = party_of(home)
        name_by_role(party, key, Role(found.role))
        return party


def _password_path(key: str) -> str:
    person = Person.objects.get(key=key)
    SetupLink.objects.filter(person=person, organisation=None, used_us__isnull=True).delete()
    return reverse("accounts:join", args=[_kept(INVITATION_LASTS, person=person)])


def _kept(
    lasts_us: int,
    *,
    person: Person | None = None,
    organisation: int | None = None,
    role: Role | None = None,
) -> str:
    secret = new_secret()
    SetupLink.objects.create(
        digest=digest_of(secret),
        person=person,
        organisation_id=organisation,
        role=role or "",
        expires_us=clock.now_us() + lasts_us,
    )
    return secret


def _open(secret: str) -> SetupLink | None:
    rows = SetupLink.objects.filter(digest=digest_of(secret), used_us__isnull=True)
    return (
        rows.filter(expires_us__gt=clock.now_us()).select_related("person", "organisation").first()
    )


def _used_up(secret: str, *, person: Person | None) -> bool:
    """Whether this call is the one that uses the link: of two at a time one gets it."""
    now = clock.now_us()
    rows = SetupLink.objects.filter(
        digest=digest_of(secret), person=person, used_us__isnull=True, expires_us__gt=now
    )
    return rows.update(used_us=now) == 1


def _refuse_weak(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        said = "; ".join(error.messages)
        raise NotDone(Wrong("password", message("accounts.password-weak", said=said))) from error
