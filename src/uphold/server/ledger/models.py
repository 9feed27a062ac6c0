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
    """Facts that came together in bulk; they stand in `Staged` until all are taken at once.

    `alive_us` is when it last wrote; one that has been silent for long is dead and cleared away.
    `facts` counts those that were new, `left` the pieces of work by which lists are to follow.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    begun_us = models.BigIntegerField()
    alive_us = models.BigIntegerField()
    completed_us = models.BigIntegerField(null=True)
    facts = models.BigIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)


class FactFields(models.Model):
    """What is kept of a fact, in the ledger as in an import on its way there.

    `written` is the whole fact as JSON but for `recorded`, which is the ledger's to say. A fact
    that corrects or retracts another bears the id of the first fact of that chain as `family`,
    and that one's subject, so that all that bears on a subject is found at once. `context` is the
    kind of subject where facts about it bear on others. These three are mostly NULL, and their
    indexes hold the other rows alone: SQLite uses such an index only where it is on NOT NULL.
    """

    fact_id = models.CharField(max_length=200)
    type = models.CharField(max_length=60)
    thing = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    customer = models.CharField(max_length=100, blank=True, default="")
    at_us = models.BigIntegerField()
    recorded_us = models.BigIntegerField()
    context = models.CharField(max_length=20, null=True)
    family = models.CharField(max_length=200, null=True)
    family_subject = models.CharField(max_length=200, null=True)
    written = models.TextField()

    class Meta:
        abstract = True


class FactRow(FactFields):
    """One fact as it was appended. Never updated, never deleted: the database refuses both.

    `position` is its place in its provider's order, without gaps; `at_us` and `recorded_us` are
    microseconds since 1970-01-01T00:00Z.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.BigIntegerField()
    imported = models.ForeignKey(
        Import, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "position"], name="fact_position"),
            models.UniqueConstraint(fields=["provider", "fact_id"], name="fact_id"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["provider", "subject", "position"], name="fact_subject"),
            models.Index(
                fields=["provider", "context", "position"],
                name="fact_context",
                condition=models.Q(context__isnull=False),
            ),
            models.Index(
                fields=["provider", "family"],
                name="fact_family",
                condition=models.Q(family__isnull=False),
            ),
            models.Index(
                fields=["provider", "family_subject"],
                name="fact_family_subject",
                condition=models.Q(family_subject__isnull=False),
            ),
        ]


class Staged(FactFields):
    """A fact of an import that is not complete: nobody sees it. `line` is where it stood."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged", db_index=False)
    line = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "line"], name="staged_line"),
        ]
        indexes: ClassVar = [models.Index(fields=["of", "fact_id"], name="staged_id")]


class Text(models.Model):
    """Words that a person wrote, kept apart from the facts so that they can be erased.

    Facts name them by `digest`, which is salted: from a digest nobody can guess what was written.
    `subject` is that of the first fact that did. Erasing empties `content` and `salt`; nothing else
    of a row may ever change.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    person = models.CharField(max_length=100, blank=True, default="")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    content = models.TextField()
    erased_us = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "digest"], name="text_digest"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["provider", "person"], name="text_person"),
            models.Index(fields=["provider", "subject"], name="text_subject"),
        ]
