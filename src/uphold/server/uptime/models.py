"""Maintenance as planned, announced and done, for lists and planning."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from uphold.server.tenancy import Owned


class Maintenance(Owned):
    """A projection of `maintenance.…` facts: one piece of maintenance and its lead times.

    `verdicts` are those on its notice, as JSON with their reasons.
    """

    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    title = models.CharField(max_length=64, blank=True, default="")
    services = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    accounts = models.JSONField(default=list)
    start_us = models.BigIntegerField(null=True)
    end_us = models.BigIntegerField(null=True)
    announced_us = models.BigIntegerField(null=True)
    announced_to = models.JSONField(default=list)
    started_us = models.BigIntegerField(null=True)
    ended_us = models.BigIntegerField(null=True)
    verdicts = models.JSONField(default=list)
    position = models.BigIntegerField()
    as_of_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_maintenance"),
        ]
