"""The one table of work that is due."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Due(models.Model):
    """One piece of work: what, when, and who holds it until when.

    `key` is its own among all work ("warning:3:request:1004:response:1:75 %"), so it is queued
    once and, once `done_us` is set, never again. Times are microseconds since
    1970-01-01T00:00Z. A lease that has run out is anybody's; after too many `attempts` the row is
    parked with its last `error` for a person to look at.
    """

    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=40)
    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    subject = models.CharField(max_length=200, blank=True, default="")
    payload = models.JSONField(default=dict)
    due_us = models.BigIntegerField()
    holder = models.CharField(max_length=60, blank=True, default="")
    lease_us = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    done_us = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_us"], name="due_open", condition=models.Q(done_us__isnull=True)
            ),
            models.Index(fields=["provider", "subject"], name="due_subject"),
        ]
