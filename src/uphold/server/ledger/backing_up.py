"""A backup while the server runs: everything as it stood at one instant, in one file.

It is read in one transaction that sees nothing of what is written meanwhile and holds up nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from uphold.server import clock
from uphold.server.ledger.backup_file import Heading, Table, writing
from uphold.server.ledger.models import Staged

LEFT_OUT: Final = frozenset({"auth", "contenttypes", "sessions"})
"""Apps whose rows every installation makes itself, or that end with it: people sign in again."""

_AT_A_TIME: Final = 2_000
_NUMBERED = {"AutoField": "IntegerField", "BigAutoField": "BigIntegerField"}


def backup(path: Path) -> int:
    """Writes everything into a file for its owner's eyes; gives how many rows that are.

    What an import has set aside is left out. Words that were erased before are not in it; those
    erased later are. Raises `BackupError`.
    """
    kept = kept_models()
    tables = {model: table_of(model) for model in kept}
    with writing(path) as file, _as_of_now():
        file.heading(Heading(clock.now_us(), _migrations(), tuple(tables.values())))
        for model, table in tables.items():
            file.rows(table, _rows(model))
        return file.end()


def kept_models() -> tuple[type[models.Model], ...]:
    """Every model whose rows a backup holds."""
    return tuple(
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and model is not Staged
    )


def table_of(model: type[models.Model]) -> Table:
    """The table of a model, as this version has it."""
    fields = model._meta.concrete_fields
    return Table(
        model._meta.db_table,
        tuple(str(field.column) for field in fields),
        tuple(_kind(field) for field in fields),
    )


def _kind(field: models.Field[Any, Any]) -> str:
    """The kind of a column's values: the name of Django's class for it."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    return _NUMBERED.get(kind, kind)


def _rows(model: type[models.Model]) -> Iterator[list[object]]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        yield [each.isoformat() if isinstance(each, date | datetime) else each for each in row]


def _migrations() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    applied = MigrationRecorder(connection).applied_migrations()
    for app, name in sorted(applied):
        found.setdefault(app, []).append(name)
    return {app: tuple(names) for app, names in found.items()}


@contextmanager
def _as_of_now() -> Iterator[None]:
    """A transaction that reads one state of the database, however long it takes."""
    assert not connection.in_atomic_block
    if connection.vendor == "sqlite":  # Django's own transactions would keep writers out
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
