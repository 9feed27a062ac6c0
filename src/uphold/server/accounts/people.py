"""People and their roles: made, found, sent away, forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from uphold.messages import message
from uphold.server import clock
from uphold.server.accounts.kinds import ROLES_IN, OrganisationKind, Role
from uphold.server.accounts.models import Membership, Organisation, Person, SetupLink, Token
from uphold.server.accounts.parties import unfit_language, unfit_name, unfit_zone
from uphold.server.accounts.shapes import NotDone, PersonView, Wrong
from uphold.server.accounts.wording import ROLES


def new_person(
    email: str,
    name: str,
    *,
    organisation: int,
    role: Role,
    language: str = "",
    zone: str = "",
    password: str | None = None,
    key: str = "",
) -> PersonView:
    """A person with a role; without a password they sign in once they have set one.

    `key` names them in facts for ever; without one it is drawn. Raises `NotDone`.
    """
    email = email.strip().lower()
    wrong = [*_unfit_email(email), *unfit_name(name)]
    wrong += unfit_language(language) if language else []
    wrong += unfit_zone(zone) if zone else []
    home = Organisation.objects.get(pk=organisation)
    wrong += _unfit_role(home, role)
    if not wrong and Person.objects.filter(email=email).exists():
        wrong.append(Wrong("email", message("accounts.email-taken")))
    if wrong:
        raise NotDone(*wrong)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email,
                password,
                key=key or f"p{secrets.token_hex(8)}",
                name=name.strip(),
                language=language,
                zone=zone,
            )
            Membership.objects.create(person=person, organisation=home, role=role)
            person.known_at.add(home.provider or home)
    except IntegrityError as error:
        if key_of_email(email) is None:
            raise
        raise NotDone(Wrong("email", message("accounts.email-taken"))) from error
    return _view(person, (role,))


def add_role(key: str, *, organisation: int, role: Role) -> None:
    """One more role for a person; a role they have already stays. Raises `NotDone`."""
    home = Organisation.objects.get(pk=organisation)
    wrong = _unfit_role(home, role)
    if wrong:
        raise NotDone(*wrong)
    person = Person.objects.get(key=key, erased_us__isnull=True)
    Membership.objects.get_or_create(person=person, organisation=home, role=role)
    person.known_at.add(home.provider or home)
    Person.objects.filter(pk=person.pk).update(is_active=True)


def take_role(key: str, *, organisation: int, role: Role) -> None:
    """One role less; the last one there takes the tokens with it.

    A provider keeps its last administrator: `NotDone`.
    """
    with transaction.atomic():
        _keep_an_administrator(organisation, key, role)
        Membership.objects.filter(person__key=key, organisation_id=organisation, role=role).delete()
        if organisation not in homes_of(key):
            _end_tokens(organisation, key)
        _retire_the_homeless(key)


def send_away(key: str, *, organisation: int) -> None:
    """No role there any more and no token; who has none anywhere can no longer sign in."""
    with transaction.atomic():
        for role in Role:
            _keep_an_administrator(organisation, key, role)
        Membership.objects.filter(person__key=key, organisation_id=organisation).delete()
        _end_tokens(organisation, key)
        _retire_the_homeless(key)


def change_person(key: str, *, name: str, language: str, zone: str) -> None:
    """Other words about a person. Raises `NotDone`."""
    wrong = unfit_name(name)
    wrong += unfit_language(language) if language else []
    wrong += unfit_zone(zone) if zone else []
    if wrong:
        raise NotDone(*wrong)
    Person.objects.filter(key=key).update(name=name.strip(), language=language, zone=zone)


def choose_language(key: str, language: str) -> None:
    """The person reads in another language from now on. Raises `NotDone`."""
    wrong = unfit_language(language)
    if wrong:
        raise NotDone(*wrong)
    Person.objects.filter(key=key).update(language=language)


def erase(key: str) -> bool:
    """Forgets a person: name, e-mail, password, roles, tokens, ways to sign in; the key stays.

    False where there is no such person, or they were erased before.
    """
    with transaction.atomic():
        person = Person.objects.filter(key=key, erased_us__isnull=True).first()
        if person is None:
            return False
        for of_us in (Membership, Token, SetupLink):
            of_us.objects.filter(person=person).delete()
        for of_sign_in in (EmailAddress, Authenticator):
            of_sign_in.objects.filter(user=person).delete()
        person.known_at.clear()
        person.email, person.name, person.language, person.zone = None, "", "", ""
        person.is_active, person.erased_us, person.last_login = False, clock.now_us(), None
        person.set_unusable_password()
        person.save()
    return True


def names_of(keys: Iterable[str], *, provider: int) -> Mapping[str, str]:
    """The names by key of people who have, or once had, a role in this provider's house.

    Whoever is erased or was never there is not in it: a fact may name any key, and no ledger tells
    the names of another's people.
    """
    found = Person.objects.filter(key__in=set(keys), known_at=provider, erased_us__isnull=True)
    return dict(found.values_list("key", "name"))


def person_by_key(key: str) -> PersonView | None:
    """The person of that key with all their roles; None where unknown."""
    person = Person.objects.filter(key=key).first()
    if person is None:
        return None
    roles = person.memberships.values_list("role", flat=True).distinct()
    return _view(person, _in_order(roles))


def key_of_email(email: str) -> str | None:
    """The key of whoever signs in by an e-mail; None where nobody does."""
    found = Person.objects.filter(email=email.strip().lower()).values_list("key", flat=True)
    return found.first()


def people_of(organisation: int) -> tuple[PersonView, ...]:
    """Everybody with a role in an organisation, by name."""
    rows = Membership.objects.filter(organisation_id=organisation).select_related("person")
    roles: dict[Person, list[str]] = {}
    for row in rows.order_by("person__name", "person__key"):
        roles.setdefault(row.person, []).append(row.role)
    return tuple(_view(person, _in_order(held)) for person, held in roles.items())


def organisations_of(key: str) -> tuple[tuple[int, str], ...]:
    """The organisations, by id and name, in which a person has a role."""
    rows = Organisation.objects.filter(memberships__person__key=key).distinct()
    return tuple(rows.order_by("name", "pk").values_list("pk", "name"))


def homes_of(key: str) -> frozenset[int]:
    """The ids of the organisations in which a person has a role."""
    return frozenset(
        Membership.objects.filter(person__key=key).values_list("organisation_id", flat=True)
    )


def _unfit_email(email: str) -> list[Wrong]:
    try:
        validate_email(email)
    except ValidationError:
        return [Wrong("email", message("accounts.email-unfit", email=email[:100]))]
    return []


def _unfit_role(home: Organisation, role: Role) -> list[Wrong]:
    if role in ROLES_IN[OrganisationKind(home.kind)]:
        return []
    return [Wrong("role", message("accounts.role-unfit", role=ROLES[role], name=home.name))]


def _keep_an_administrator(organisation: int, key: str, role: Role) -> None:
    if role != Role.ADMINISTRATOR:
        return
    held = Membership.objects.select_for_update().filter(
        organisation_id=organisation, role=role, person__is_active=True
    )
    keys = set(held.values_list("person__key", flat=True))
    if keys == {key}:
        raise NotDone(Wrong("role", message("accounts.last-administrator")))


def _end_tokens(organisation: int, key: str) -> None:
    """Ends them for good: a role given again later brings none of them back."""
    tokens = Token.objects.filter(person__key=key, organisation_id=organisation)
    tokens.filter(revoked_us__isnull=True).update(revoked_us=clock.now_us())


def _retire_the_homeless(key: str) -> None:
    """Whoever has no role anywhere is inactive, which ends their sessions and first-password links.

    Offers stay open: whoever accepts one is active again.
    """
    person = Person.objects.get(key=key)
    if not person.memberships.exists():
        person.is_active = False
        person.save(update_fields=["is_active"])
        SetupLink.objects.filter(person=person, organisation=None, used_us__isnull=True).delete()


def _in_order(roles: Collection[str]) -> tuple[Role, ...]:
    held = set(roles)
    return tuple(role for role in Role if role in held)


def _view(person: Person, roles: tuple[Role, ...]) -> PersonView:
    return PersonView(
        key=person.key,
        name=person.name,
        email=person.email or "",
        language=person.language,
        zone=person.zone,
        roles=roles,
        is_active=person.is_active,
        has_joined=person.has_usable_password(),
    )
