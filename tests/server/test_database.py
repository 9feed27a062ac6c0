"""The tests of the server run on the database they were asked to run on."""

from __future__ import annotations

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    assert connection.vendor == (os.environ.get("UPHOLD_TEST_DATABASE") or "sqlite")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            assert cursor.fetchone()[0].startswith("18.")
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone()[0] == "read committed"
        else:
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone()[0] == 1


@pytest.mark.django_db
def test_nobody_waits_for_other_writers_for_ever() -> None:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA busy_timeout" if is_sqlite else "SHOW lock_timeout")
        assert cursor.fetchone()[0] == (20_000 if is_sqlite else "20s")


@pytest.mark.django_db
def test_what_is_acknowledged_is_on_the_disk() -> None:
    """Tests' own PostgreSQL is told not to wait for the disk; there it is the server's to say."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2  # FULL
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"
