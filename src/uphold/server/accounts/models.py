"""Organisations and people, and what the facts say about customers, for lists and lookups."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.tenancy import Owned


class Organisation(models.Model):
    """A party: a provider, or a customer, reseller or partner of one.

    `key` names it in facts and never changes; it is unique among a provider's parties. `provider`
    is empty for a provider itself; `sold_by` is the reseller or partner that a customer came by.
    """

    kind = models.CharField(max_length=10, choices=[(each, each) for each in OrganisationKind])
    key = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    provider = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="parties"
    )
    sold_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="sold_to")
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    contact = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "key"], name="party_key"),
            models.UniqueConstraint(
                fields=["key"], name="provider_key", condition=models.Q(provider__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Person:
        """A person who signs in by e-mail; without a password, by a link until they set one."""
        person = self.model(email=self.normalize_email(email).lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. `key` names them in facts and tells nothing about them.

    `known_at` are the providers in whose house they have, or once had, a role: there their name is
    told beside what they did, and nowhere else.

    Erasing a person empties `email`, `name` and the password; the key stays in the facts.
    """

    key = models.CharField(max_length=40, unique=True)
    email = models.EmailField(unique=True, null=True)
    name = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    zone = models.CharField(max_length=60, blank=True, default="")
    is_active = models.BooleanField(default=True)
    erased_us = models.BigIntegerField(null=True)
    known_at = models.ManyToManyField(Organisation, related_name="+")

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    def __str__(self) -> str:
        return self.name or self.email or self.key


class Membership(models.Model):
    """A person's role in an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=24, choices=[(each, each) for each in Role])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], name="one_membership"
            ),
        ]


class Subscription(Owned):
    """A projection of `customer.…` facts: one account of a customer, as the facts say now.

    Called an account in pages and facts. Times are microseconds; `fee` is as facts spell money;
    `additions` are what was connected, each with `addition`, `service`, `from_us` and `until_us`.
    """

    account = models.CharField(max_length=200, blank=True, default="")
    agreement = models.CharField(max_length=200, blank=True, default="")
    plan = models.CharField(max_length=200, blank=True, default="")
    region = models.CharField(max_length=200, blank=True, default="")
    office = models.CharField(max_length=200, blank=True, default="")
    fee = models.CharField(max_length=100, blank=True, default="")
    additions = models.JSONField(default=list)
    from_us = models.BigIntegerField(null=True)
    until_us = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "customer", "account"], name="one_subscription"
            ),
        ]


class Standing(Owned):
    """A projection of `customer.trained` and `customer.contact` facts: what a person is there.

    `author` is the person's key, so that plain users see their own; `what` is `trained`, or what
    they are named as contact for.
    """

    what = models.CharField(max_length=40)
    since_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "customer", "author", "what"], name="one_standing"
            ),
        ]


class Registered(models.Model):
    """Up to which fact and as of when a customer's subscriptions and standings were worked out."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    customer = models.CharField(max_length=100)
    position = models.BigIntegerField()
    as_of_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "customer"], name="one_registered"),
        ]


class Token(models.Model):
    """A key to the API, of which only a hash is kept; `prefix` tells tokens apart in lists."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_us = models.BigIntegerField()
    expires_us = models.BigIntegerField(null=True)
    used_us = models.BigIntegerField(null=True)
    revoked_us = models.BigIntegerField(null=True)


class SetupLink(models.Model):
    """A link that works once: the first administrator's, or an invited person's.

    Without a person it makes a provider with its administrator. With an organisation and a role it
    is an offer to somebody who signs in elsewhere too, and takes them in once they accept it;
    without these it lets an invited person set their first password.
    """

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    role = models.CharField(max_length=24, blank=True, default="")
    expires_us = models.BigIntegerField()
    used_us = models.BigIntegerField(null=True)
