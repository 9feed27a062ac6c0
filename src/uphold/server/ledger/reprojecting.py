"""Judging subjects anew without a new fact about them: because of others, or of time passing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from uphold.server import clock
from uphold.server.ledger.appending import held
from uphold.server.ledger.models import Import
from uphold.server.ledger.projecting import REPROJECT, project, projector_named
from uphold.server.ledger.retrying import again
from uphold.server.worker.services import Work, handles


def reproject(provider: int, subjects: Collection[str], *, only: str | None = None) -> None:
    """Writes the rows of these subjects anew as of now, by every projector or the one named.

    The provider's ledger is held meanwhile, so that the rows reflect all of it. Raises `Busy`.
    """
    again(lambda: _reproject(provider, subjects, only))


def _reproject(provider: int, subjects: Collection[str], only: str | None) -> None:
    with transaction.atomic():
        head = held(provider)
        head.recorded_us = max(head.recorded_us, clock.now_us())
        head.save()
        projector = None if only is None else projector_named(only)
        assert only is None or projector is not None, only
        chosen = None if projector is None else (projector,)
        project(provider, subjects, head.recorded_us, head.position, chosen)


@handles(REPROJECT, forget=True)
def rejudge(work: Work) -> None:
    """The worker's part of a fact that bears on many subjects."""
    assert work.provider is not None
    reproject(work.provider, work.payload["subjects"], only=work.payload["projector"])
    Import.objects.filter(pk=work.payload["import"]).update(left=F("left") - 1)
