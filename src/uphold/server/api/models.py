"""Answers kept for callers who repeat a call."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class KeptAnswer(models.Model):
    """What a call with an `Idempotency-Key` was answered, until `expires_us`.

    `caller` is a token's digest or a person in an organisation, `digest` that of the call. Written
    in the transaction of what the call did, so there is an answer exactly where there is an effect.
    """

    caller = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True, default="")
    expires_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caller", "key"], name="one_answer"),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_us"], name="answer_expires")]
