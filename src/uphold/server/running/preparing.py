"""Before the first page: one server to a file, and the tables as this version wants them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from uphold.cli.refusal import Refusal
from uphold.messages import message
from uphold.server.environment import Environment

_MIGRATING = 7_207_110
"""The number of the advisory lock that a process which makes tables holds on PostgreSQL."""


@contextmanager
def alone(environment: Environment) -> Iterator[None]:
    """Inside, this is the one server on its SQLite file; PostgreSQL is shared by many.

    Raises `Refusal` with the number of the process that serves the file. The lock is the kernel's:
    it ends with its process, however that ends.
    """
    file = environment.sqlite_file
    if file is None:
        yield
        return
    with file.with_name(f"{file.name}.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal(
                message("running.served-already", file=str(file), process=lock.read().strip()),
                message("running.served-hint"),
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def migrate() -> None:
    """Makes the tables, or brings them up to this version; one process at a time.

    Others wait for that one however long it takes.
    """
    from django.core.management import call_command
    from django.db import connection

    _refuse_newer()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
                cursor.execute("RESET lock_timeout")


def check_migrated() -> None:
    """Raises `Refusal` where the tables are not as this version wants them."""
    _refuse_newer()
    if missing():
        raise Refusal(message("running.tables-missing"), message("running.tables-hint"))


def missing() -> bool:
    """Whether the database lacks migrations of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_newer() -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in set(loader.applied_migrations or ()) - set(loader.disk_migrations or ())
        if app in loader.migrated_apps
    )
    if unknown:
        raise Refusal(
            message("running.tables-newer", names=tuple(unknown)),
            message("running.tables-newer-hint"),
        )
