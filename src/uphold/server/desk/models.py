"""Projections for lists and pages: what the facts and the agreements say, written with the facts.

Every row can be made again from the facts of its subject as of `as_of_us` (`uphold rebuild`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from uphold.server.tenancy import Owned

QUEUE = ("rank", "arrived_us", "number")
"""The order of work: by rank, then by arrival; the number settles what came at one instant."""


class Thing(Owned):
    """A request, complaint or order, as of the last fact about it.

    `position` is the ledger's when it was worked out and `as_of_us` the instant. `state` is what
    the last facts make of it: waiting (at the customer, to be passed on), open, answered, resolved,
    closed, cancelled, merged; `stage` is 0 while it waits at the customer, 1 while there is work to
    do, 2 when it is done. `level` is the priority's place in the agreement, 0 the highest; `rank`
    the same on a scale from 0 to 100 that things under different agreements share (`ranking`).
    `counts_us` is when its first clock started, `arrived_us` the same, or the opening while none
    has. `due_us` is the earliest due time of a running clock, `next_clock` that clock, `left_us`
    the least left of a held one; empty where nothing runs. Whether it is missed is worked out on
    reading. `title` is the digest of the words that it was opened with.
    """

    subject = models.CharField(max_length=200)
    thing = models.CharField(max_length=20)
    number = models.BigIntegerField()
    account = models.CharField(max_length=100, blank=True, default="")
    agreement = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=100, blank=True, default="")
    channel = models.CharField(max_length=20, blank=True, default="")
    service = models.CharField(max_length=100, blank=True, default="")
    priority = models.CharField(max_length=100, blank=True, default="")
    level = models.PositiveSmallIntegerField(default=0)
    rank = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=20)
    stage = models.PositiveSmallIntegerField(default=1)
    waits_for = models.JSONField(default=list)
    assigned = models.CharField(max_length=100, blank=True, default="")
    team = models.CharField(max_length=100, blank=True, default="")
    opened_us = models.BigIntegerField()
    counts_us = models.BigIntegerField(null=True)
    arrived_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()
    next_clock = models.CharField(max_length=100, blank=True, default="")
    due_us = models.BigIntegerField(null=True)
    left_us = models.BigIntegerField(null=True)
    position = models.BigIntegerField()
    as_of_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_thing"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["provider", "stage", *QUEUE], name="thing_queue"),
            models.Index(fields=["provider", "customer", "stage", *QUEUE], name="thing_customer"),
            models.Index(fields=["provider", "assigned", "stage", *QUEUE], name="thing_assigned"),
            models.Index(fields=["provider", "stage", "due_us", "number"], name="thing_due"),
            models.Index(fields=["provider", "stage", "number"], name="thing_newest"),
            models.Index(fields=["provider", "number"], name="thing_number"),
        ]


class Clock(models.Model):
    """One clock of a thing, as of the thing's `as_of_us`.

    `state` is the engine's, but a clock that has not stopped is `running` though its time may be
    over: `due_us` tells. `used_us` and `left_us` are as of then too; `verdict` is the whole verdict
    as JSON with its reasons.
    """

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=100)
    cycle = models.PositiveIntegerField(default=1)
    agreement = models.CharField(max_length=100)
    revision = models.PositiveIntegerField()
    clause = models.CharField(max_length=100)
    state = models.CharField(max_length=20)
    party = models.CharField(max_length=20)
    standing = models.CharField(max_length=20)
    provisional = models.BooleanField(default=False)
    starts_us = models.BigIntegerField(null=True)
    due_us = models.BigIntegerField(null=True)
    stopped_us = models.BigIntegerField(null=True)
    used_us = models.BigIntegerField(null=True)
    left_us = models.BigIntegerField(null=True)
    verdict = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["thing", "agreement", "name", "cycle"], name="one_clock"
            ),
        ]


class Alarm(Owned):
    """A warning or miss that was due and has been raised, once; somebody may have seen it."""

    key = models.CharField(max_length=300, unique=True)
    subject = models.CharField(max_length=200)
    clock = models.CharField(max_length=100)
    cycle = models.PositiveIntegerField(default=1)
    threshold = models.CharField(max_length=60)
    raised_us = models.BigIntegerField()
    seen_by = models.CharField(max_length=100, blank=True, default="")
    seen_us = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["provider", "seen_us", "raised_us"], name="alarm_open"),
        ]


class SavedFilter(models.Model):
    """A person's saved view of the queue."""

    person = models.CharField(max_length=100)
    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "provider", "name"], name="one_filter"),
        ]
