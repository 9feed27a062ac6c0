"""Forgetting a person: their words and their name go, what happened and every figure stands.

Apart from `services`, because it asks the accounts, which append facts themselves.
"""

from __future__ import annotations

from django.db import connection, transaction

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.ledger.retrying import again
from uphold.server.ledger.texts import erase_texts


def erase_person(provider: int, person: str) -> int:
    """Empties what the person wrote to this provider and forgets who they are.

    Facts keep the person's key, which tells nothing about them. Gives how many texts were emptied;
    doing it again does no harm and finds none. Copies made before still hold the words: a backup
    has to be given up, or erased again after it is restored. Raises `Busy`.
    """
    erased = again(lambda: _erase(provider, person))
    _leave_no_trace()
    return erased


def _erase(provider: int, person: str) -> int:
    with transaction.atomic():
        erased = erase_texts(provider, person, clock.now_us())
        accounts.erase(person)
    return erased


def _leave_no_trace() -> None:
    """SQLite writes over what is deleted; its log keeps it until the log is emptied.

    Where somebody reads meanwhile the log is emptied later, by SQLite itself. PostgreSQL frees the
    place by vacuuming, which it does by itself too.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
