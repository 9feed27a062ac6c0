"""Maintenance as planned, announced and done, for lists and planning."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from uphold.server.tenancy import Owned


class Maintenance(Owned):
    """A projection of `maintenance.…` facts: one piece of maintenance and its lead times.

    `state` is planned, under way, done or cancelled. `title` is the digest of what was written
    when it was planned. Without `services`, `regions` and `accounts` all are concerned, unless a
    `customer` is named; `site` is where. `start_us` and `end_us` are the plan that stands,
    `known_us` is the first that was heard of it, and `verdicts` are those on its notice, as JSON
    with their reasons; whether a notice has been missed meanwhile is worked out on reading.
    """

    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    title = models.CharField(max_length=64, blank=True, default="")
    services = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    accounts = models.JSONField(default=list)
    site = models.CharField(max_length=100, blank=True, default="")
    requested_by = models.CharField(max_length=100, blank=True, default="")
    known_us = models.BigIntegerField()
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
        indexes: ClassVar = [
            models.Index(fields=["provider", "state", "start_us"], name="maintenance_calendar"),
        ]
