"""A backup back into an empty installation, on the database it came from or on the other one.

The tables are made as they were when the backup was made, filled, and then brought up to this
version, so an older backup can be restored too.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count, Max

from uphold.messages import message
from uphold.server.ledger.backing_up import kept_models
from uphold.server.ledger.backup_file import (
    BackupError,
    Heading,
    Rows,
    Table,
    checked_heading,
    rows_in,
)
from uphold.server.ledger.models import FactRow, Head

_AT_A_TIME: Final = 500


def restore(path: Path) -> int:
    """Fills an empty installation from a backup; gives how many rows that are.

    Makes the tables. All rows come in one transaction: where it fails or is killed, the
    installation is still empty. Raises `BackupError` where the file is damaged or from a newer
    version, or where the installation holds something already.
    """
    heading = checked_heading(path)
    _make_tables(heading)
    with transaction.atomic():
        _refuse_filled(heading)
        count = _fill(rows_in(path, heading))
        _number_on(heading)
        _refuse_gaps()
    call_command("migrate", verbosity=0, interactive=False)
    return count


def _make_tables(heading: Heading) -> None:
    """Makes the tables of the version that the backup is from, unless they are there."""
    loader = MigrationLoader(connection)
    known = loader.disk_migrations or {}
    wanted = {(app, name) for app, names in heading.migrations.items() for name in names}
    newer = sorted(f"{app}.{name}" for app, name in wanted - known.keys())
    if newer:
        raise BackupError(message("ledger.backup-newer", names=tuple(newer)))
    if wanted >= known.keys():
        call_command("migrate", verbosity=0, interactive=False)
        return
    if set(loader.applied_migrations or ()) - wanted:
        raise BackupError(message("ledger.restore-tables"), message("ledger.restore-empty-hint"))
    for app, name in loader.graph.leaf_nodes():
        names = [each for each in heading.migrations.get(app, ()) if (app, each) in known]
        target = name if (app, name) in wanted else (names[-1] if names else "zero")
        call_command("migrate", app, target, verbosity=0, interactive=False)


def _refuse_filled(heading: Heading) -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in heading.tables:
            if table.name not in there:
                raise BackupError(message("ledger.backup-table", table=table.name))
            cursor.execute(f"SELECT 1 FROM {_quoted(table.name)} LIMIT 1")
            if cursor.fetchone():
                raise BackupError(
                    message("ledger.restore-filled", table=table.name),
                    message("ledger.restore-empty-hint"),
                )


def _fill(rows: Rows) -> int:
    count = 0
    with connection.cursor() as cursor:
        for table, group in groupby(rows, key=lambda each: each[0]):
            converters = [_converter(kind) for kind in table.kinds]
            into = _insert(table)
            values = (
                [convert(each) for convert, each in zip(converters, row, strict=True)]
                for _, row in group
            )
            while some := list(islice(values, _AT_A_TIME)):
                cursor.executemany(into, some)
                count += len(some)
    return count


def _insert(table: Table) -> str:
    columns = ", ".join(map(_quoted, table.columns))
    places = ", ".join(["%s"] * len(table.columns))
    return f"INSERT INTO {_quoted(table.name)} ({columns}) VALUES ({places})"


def _converter(kind: str) -> Callable[[Any], Any]:
    """What makes of a value in the file what this database takes."""
    field: models.Field[Any, Any] = getattr(models, kind)()
    if kind == "JSONField":
        return lambda value: field.get_db_prep_save(value, connection)
    return lambda value: field.get_db_prep_save(field.to_python(value), connection)


def _number_on(heading: Heading) -> None:
    """Lets the database number new rows behind those that came."""
    tables = {each.name for each in heading.tables}
    there = [model for model in kept_models() if model._meta.db_table in tables]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), there):
            cursor.execute(statement)


def _refuse_gaps() -> None:
    """Each ledger must be whole: one fact at each position up to its head."""
    ends = {each.provider_id: each.position for each in Head.objects.all()}
    found = FactRow.objects.values("provider_id").annotate(Count("id"), Max("position"))
    facts = {each["provider_id"]: (each["id__count"], each["position__max"]) for each in found}
    for provider in ends.keys() | facts.keys():
        end = ends.get(provider, 0)
        if facts.get(provider, (0, 0)) != (end, end):
            raise BackupError(message("ledger.backup-gaps", provider=provider))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
