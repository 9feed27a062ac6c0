"""Opening Kuma's SQLite file without leaving a trace on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import quote

from uphold.connect.adapter import SourceError
from uphold.facts.problems import Place, Problem
from uphold.messages import Message, message

MAGIC: Final = b"SQLite format 3\0"
"""What every SQLite file begins with (sqlite.org/fileformat.html)."""

_BESIDE: Final = ("-wal", "-journal")


@contextmanager
def opened(path: Path, wait: timedelta) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, inside one transaction.

    Raises `SourceError` for a file that is not SQLite, is locked, damaged, or was written to while
    it was read without Kuma's log beside it; OSError for one that cannot be opened at all.
    """
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            refuse(path, "not-sqlite", message("problem.kuma-not-sqlite"), _hint())
    beside = _is_open(path)
    before = path.stat()
    # Without a log beside it nobody has the file open, and SQLite would make a log of its own,
    # which Kuma's user may not be allowed to write; told that nothing changes, it makes none.
    mode = "mode=ro" if beside else "mode=ro&immutable=1"
    address = f"file:{quote(str(path.absolute()))}?{mode}"
    try:
        with closing(_connected(address, wait)) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            refuse(path, "locked", message("problem.kuma-locked"), message("hint.kuma-locked"))
        _unreadable(path, error)
    except (sqlite3.Error, UnicodeError) as error:
        _unreadable(path, error)  # damage reaches names that SQLite's own messages then bear
    after = path.stat()
    if not beside and (
        _is_open(path) or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size)
    ):
        refuse(path, "changed", message("problem.kuma-changed"), message("hint.kuma-locked"))


def _connected(address: str, wait: timedelta) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, timeout=wait.total_seconds(), isolation_level=None, uri=True
    )
    connection.text_factory = _text
    # A file from elsewhere may bear a schema that would call functions for its own ends.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("BEGIN")
    return connection


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table, none where there is no such table."""
    return tuple(str(row[0]) for row in connection.execute(_COLUMNS, (table,)))


_COLUMNS: Final = "SELECT name FROM pragma_table_info(?)"


def refuse(path: Path, code: str, told: Message, hint: Message | None = None) -> NoReturn:
    """Says that the file cannot be read at all."""
    raise SourceError(Problem(f"kuma-{code}", told, hint, Place(str(path)))) from None


def _is_open(path: Path) -> bool:
    return any(Path(f"{path}{ending}").exists() for ending in _BESIDE)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _unreadable(path: Path, error: Exception) -> NoReturn:
    refuse(path, "damaged", message("problem.kuma-damaged", reason=str(error)), _hint())


def _hint() -> Message:
    return message("hint.kuma-file")
