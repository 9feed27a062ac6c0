"""The database itself refuses to change what has happened, also to plain SQL."""

from __future__ import annotations

import os

import pytest
from django.db import DatabaseError, connection, transaction
from tests.server.ledger.told import opened
from tests.server.people import World, world  # noqa: F401 - a fixture

from uphold.server.ledger import services as ledger
from uphold.server.ledger.models import FactRow, Text


@pytest.fixture
def north(world: World) -> int:  # noqa: F811 - the fixture
    north = world.provider("north")
    text = ledger.new_text(north, "The bridge is silent.", kind="public", person="p1")
    ledger.append(north, [opened("request:1", id="x", written=text.digest)], texts=[text])
    return north


def _run(sql: str) -> None:
    connection.check_constraints()  # what a commit would settle first
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


pytestmark = pytest.mark.usefixtures("recording")

REFUSED = [
    "UPDATE ledger_factrow SET at_us = 0",
    "UPDATE ledger_factrow SET written = written",
    "DELETE FROM ledger_factrow",
    "DELETE FROM ledger_text",
    "UPDATE ledger_text SET content = 'All is well.'",
    "UPDATE ledger_text SET content = ''",
    "UPDATE ledger_text SET content = '', salt = ''",
    "UPDATE ledger_text SET erased_us = 1",
    "UPDATE ledger_text SET content = '', salt = '', erased_us = 1, person = 'p2'",
    "UPDATE ledger_text SET content = '', salt = '', erased_us = 1, digest = 'other'",
]
POSTGRESQL = ["TRUNCATE ledger_factrow CASCADE", "TRUNCATE ledger_text"]
SQLITE = [
    "INSERT OR REPLACE INTO ledger_factrow SELECT * FROM ledger_factrow",
    "UPDATE OR REPLACE ledger_factrow SET position = 2",
    "INSERT OR REPLACE INTO ledger_text SELECT * FROM ledger_text",
]


OWN = POSTGRESQL if os.environ.get("UPHOLD_TEST_DATABASE") == "postgresql" else SQLITE


@pytest.mark.parametrize("sql", [*REFUSED, *OWN])
def test_plain_sql_cannot_change_what_has_happened(north: int, sql: str) -> None:
    facts, texts = list(FactRow.objects.values()), list(Text.objects.values())
    with pytest.raises(DatabaseError, match="never"):
        _run(sql)
    assert list(FactRow.objects.values()) == facts
    assert list(Text.objects.values()) == texts


def test_words_can_be_erased_once(north: int) -> None:
    _run("UPDATE ledger_text SET content = '', salt = '', erased_us = 1")
    with pytest.raises(DatabaseError, match="never"):
        _run("UPDATE ledger_text SET content = '', salt = '', erased_us = 2")


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_once_a_committing_test_is_over() -> None:
    assert FactRow.objects.count() == 0


@pytest.mark.django_db
def test_the_guards_stand(north: int) -> None:
    with pytest.raises(DatabaseError, match="never"):
        _run("DELETE FROM ledger_factrow")
