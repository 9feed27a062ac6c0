"""The ledger's tables: facts in one order, imports, and the texts that can be erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Head(models.Model):
    """The end of one provider's ledger; whoever appends holds this row until the commit.

    `position` is that of the last fact, `recorded_us` the last instant recorded, so that what is
    recorded never runs back. `next_number` names the next request, complaint or order.
    """

    provider = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    position = models.BigIntegerField(default=0)
    recorded_us = models.BigIntegerField(default=0)
    next_number = models.BigIntegerField(default=1)


class Import(models.Model):
    """Facts that came together in bulk; none is seen before `completed_us` is set."""

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    begun_us = models.BigIntegerField()
    completed_us = models.BigIntegerField(null=True)
    facts = models.BigIntegerField(default=0)


class FactRow(models.Model):
    """One fact as it was appended. Never updated, never deleted: the database refuses both.

    `position` is its place in its provider's order, `at_us` and `recorded_us` are microseconds
    since 1970-01-01T00:00Z, `written` is the whole fact as canonical JSON with `recorded`.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.BigIntegerField()
    fact_id = models.CharField(max_length=200)
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    customer = models.CharField(max_length=100, blank=True, default="")
    at_us = models.BigIntegerField()
    recorded_us = models.BigIntegerField()
    written = models.TextField()
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "position"], name="fact_position"),
            models.UniqueConstraint(fields=["provider", "fact_id"], name="fact_id"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["provider", "subject", "position"], name="fact_subject"),
            models.Index(fields=["provider", "customer", "position"], name="fact_customer"),
        ]


class Text(models.Model):
    """Words that a person wrote, kept apart from the facts so that they can be erased.

    Facts name them by `digest`, which is salted: from a digest nobody can guess what was written.
    Erasing empties `content` and `salt`; nothing else of a row may ever change.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    person = models.CharField(max_length=100, blank=True, default="")
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True, default="")
    content = models.TextField()
    erased_us = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "digest"], name="text_digest"),
        ]
        indexes: ClassVar = [models.Index(fields=["provider", "person"], name="text_person")]
