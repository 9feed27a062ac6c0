"""Writing what is due, and when: inside the caller's transaction, so that it stands or falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from uphold.server import clock
from uphold.server.worker.kinds import key_in_hand
from uphold.server.worker.models import Due
from uphold.server.worker.waking import SOON_US, poke

Wanted = Mapping[str, tuple[int, Mapping[str, Any]]]
"""What is to be done for one subject: by key, when (microseconds) and with what."""

_WRITTEN = (
    "kind", "provider", "subject", "payload", "due_us",
    "holder", "lease_us", "attempts", "error", "parked_us",
)  # fmt: skip
"""What queueing writes over: all but `done_us`, so that what is done meanwhile stays done."""


def queue(
    key: str,
    kind: str,
    due_us: int,
    *,
    provider: int | None = None,
    subject: str = "",
    payload: Mapping[str, Any] | None = None,
) -> None:
    """The work of this key is due then; moved if it was queued before, left alone once done."""
    row = Due(
        key=key,
        kind=kind,
        provider_id=provider,
        subject=subject,
        payload=dict(payload or {}),
        due_us=due_us,
    )
    _put([row], Due.objects.filter(key=key))


def settle_rows(provider: int, subject: str, kind: str, wanted: Wanted) -> None:
    """The rows of this kind for this subject become these; those that are done stay done."""
    settle_subjects(provider, kind, {subject: wanted})


def settle_subjects(provider: int, kind: str, wanted: Mapping[str, Wanted]) -> None:
    """`settle_rows` for many subjects at once, in a fixed number of queries."""
    there = Due.objects.filter(provider=provider, subject__in=list(wanted), kind=kind)
    rows = [
        Due(
            key=key,
            kind=kind,
            provider_id=provider,
            subject=subject,
            payload=dict(payload),
            due_us=due_us,
        )
        for subject, keys in wanted.items()
        for key, (due_us, payload) in keys.items()
    ]
    kept = {row.key for row in rows} | {key_in_hand()}
    gone = [each.pk for each in _put(rows, there) if each.done_us is None and each.key not in kept]
    if gone:
        Due.objects.filter(pk__in=gone, done_us__isnull=True).delete()


def _put(rows: Iterable[Due], there: Iterable[Due]) -> tuple[Due, ...]:
    """Writes those of the rows that are new or have changed; gives the rows there were.

    Whoever holds a row that changes loses it: they find so when they mark it done, and roll back.
    """
    before = {each.key: each for each in there}
    changed = [
        row for row in rows if row.key != key_in_hand() and not _stands(before.get(row.key), row)
    ]
    if changed:
        Due.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN
        )
        if min(row.due_us for row in changed) <= clock.now_us() + SOON_US:
            transaction.on_commit(poke)
    return tuple(before.values())


def _stands(before: Due | None, row: Due) -> bool:
    """Whether the row is there already as it should be, or is done."""
    if before is None:
        return False
    return before.done_us is not None or (
        (before.kind, before.provider_id, before.subject, before.due_us, before.payload)
        == (row.kind, row.provider_id, row.subject, row.due_us, row.payload)
    )
