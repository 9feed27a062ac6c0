"""The one table of work that is due, and the beats of those who do it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Due(models.Model):
    """One piece of work: what, when, and who holds it until when.

    `key` is its own among all work ("warning:3:request:1004:response:1:75 %"), so it is queued
    once and, once `done_us` is set, never again. Times are microseconds since
    1970-01-01T00:00Z. Nobody takes a row before its `lease_us`: the end of a worker's lease, or of
    the wait after a try that failed; a lease that has run out is anybody's. After too many
    `attempts` the row is parked with its last `error` for a person to look at.
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
    parked_us = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_us"],
                name="due_open",
                condition=models.Q(done_us__isnull=True, parked_us__isnull=True),
            ),
            models.Index(fields=["provider", "subject"], name="due_subject"),
        ]


class Beat(models.Model):
    """One worker that is running: since when, and when it last said so, in microseconds."""

    worker = models.CharField(max_length=60, primary_key=True)
    since_us = models.BigIntegerField()
    last_us = models.BigIntegerField()
