"""Triggers by which the database itself keeps what has happened, whoever writes to it.

Facts are neither changed nor deleted. Words may be erased, once, and nothing else. The triggers are
put up after every migration, because on SQLite a table that is changed loses its own.
"""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

FACTS: Final = "ledger_factrow"
TEXTS: Final = "ledger_text"

_FACTS_SAY: Final = "a fact is never changed or deleted; append one that corrects or retracts it"
_TEXTS_SAY: Final = "words may be erased and nothing else; a row of them is never deleted"

_KEPT: Final = ("id", "provider_id", "digest", "person", "kind", "subject", "language")
_ERASES: Final = (
    "OLD.erased_us IS NULL AND NEW.erased_us IS NOT NULL AND NEW.content = '' AND NEW.salt = ''"
)

_REFUSE_FACT: Final = f"BEGIN SELECT RAISE(ABORT, '{_FACTS_SAY}'); END"
_REFUSE_TEXT: Final = f"BEGIN SELECT RAISE(ABORT, '{_TEXTS_SAY}'); END"
_SQLITE: Final = {
    "fact_kept_on_update": f"BEFORE UPDATE ON {FACTS} {_REFUSE_FACT}",
    "fact_kept_on_delete": f"BEFORE DELETE ON {FACTS} {_REFUSE_FACT}",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "fact_kept_on_insert": f"""BEFORE INSERT ON {FACTS} WHEN
        EXISTS (SELECT 1 FROM {FACTS} WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM {FACTS}
            WHERE provider_id = NEW.provider_id AND position = NEW.position)
        OR EXISTS (SELECT 1 FROM {FACTS}
            WHERE provider_id = NEW.provider_id AND fact_id = NEW.fact_id)
        {_REFUSE_FACT}""",
    "text_kept_on_update": f"""BEFORE UPDATE ON {TEXTS} WHEN NOT ({_ERASES}
        AND {" AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)})
        {_REFUSE_TEXT}""",
    "text_kept_on_delete": f"BEFORE DELETE ON {TEXTS} {_REFUSE_TEXT}",
    "text_kept_on_insert": f"""BEFORE INSERT ON {TEXTS} WHEN
        EXISTS (SELECT 1 FROM {TEXTS} WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM {TEXTS}
            WHERE provider_id = NEW.provider_id AND digest = NEW.digest)
        {_REFUSE_TEXT}""",
}

_POSTGRESQL_FUNCTION: Final = """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"""
_POSTGRESQL: Final = {
    "fact_kept": (
        FACTS,
        f"""BEFORE UPDATE OR DELETE ON {FACTS} FOR EACH ROW
        EXECUTE FUNCTION ledger_refuse('{_FACTS_SAY}')""",
    ),
    "fact_kept_whole": (
        FACTS,
        f"""BEFORE TRUNCATE ON {FACTS} FOR EACH STATEMENT
        EXECUTE FUNCTION ledger_refuse('{_FACTS_SAY}')""",
    ),
    "text_kept_on_update": (
        TEXTS,
        f"""BEFORE UPDATE ON {TEXTS} FOR EACH ROW WHEN (NOT ({_ERASES}
        AND {" AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _KEPT)}))
        EXECUTE FUNCTION ledger_refuse('{_TEXTS_SAY}')""",
    ),
    "text_kept_on_delete": (
        TEXTS,
        f"""BEFORE DELETE ON {TEXTS} FOR EACH ROW
        EXECUTE FUNCTION ledger_refuse('{_TEXTS_SAY}')""",
    ),
    "text_kept_whole": (
        TEXTS,
        f"""BEFORE TRUNCATE ON {TEXTS} FOR EACH STATEMENT
        EXECUTE FUNCTION ledger_refuse('{_TEXTS_SAY}')""",
    ),
}


def put_up(*, using: str, **_: object) -> None:
    """Puts up every guard that is not there yet; called after each migration of the ledger."""
    connection = connections[using]
    if {FACTS, TEXTS} <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            for statement in _statements(connection):
                cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return [f"CREATE TRIGGER IF NOT EXISTS {name} {body}" for name, body in _SQLITE.items()]
    bodies = [f"CREATE OR REPLACE TRIGGER {name} {body}" for name, (_, body) in _POSTGRESQL.items()]
    return [_POSTGRESQL_FUNCTION, *bodies]


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Takes every guard down: for a database that is emptied whole, as between tests."""
    with connection.cursor() as cursor:
        for name in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            on = "" if connection.vendor == "sqlite" else f" ON {_POSTGRESQL[name][0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
