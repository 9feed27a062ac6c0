"""Posted revisions, each compiled once, and their translations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Revision(models.Model):
    """One posted revision: the page as it was posted, and its compiled form.

    `lock` is what `uphold.agreement.lock.lock` gives, as canonical JSON; judging reads only that.
    `digest` is the lock's SHA-256, by which processes know what they have compiled already.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=100)
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    posted_us = models.BigIntegerField()
    in_force_us = models.BigIntegerField()
    source = models.TextField()
    lock = models.TextField()
    digest = models.CharField(max_length=64)
    posted_by = models.CharField(max_length=100, blank=True, default="")
    is_supplier = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name", "revision"], name="one_revision"),
        ]


class Translation(models.Model):
    """The same clauses in another language, without terms."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "language"], name="one_translation"),
        ]
