"""The one format of a backup, for both databases: JSON Lines, compressed, with its own digest.

The first line tells what made it: the migrations its tables had, and each table's columns with
their kinds. Each row is a list, behind a line that names its table. The last line holds the number
of rows and the digest of everything before it, so that a file cut short or changed is found out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from uphold.messages import Message, message

FORMAT: Final = "uphold backup 1"
_LEVEL: Final = 3


class BackupError(Exception):
    """A backup that cannot be written, read or restored; `said` tells why and `hint` what helps."""

    def __init__(self, said: Message, hint: Message | None = None) -> None:
        from uphold.messages import Reader

        super().__init__(Reader("en").text(said))
        self.said = said
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name, with the names of its columns and the kinds of their values."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a backup says of itself: when it was made (microseconds), and of what."""

    made_us: int
    migrations: Mapping[str, tuple[str, ...]]
    tables: tuple[Table, ...]


Rows = Iterator[tuple[Table, list[Any]]]


class Writer:
    """A backup being written: its heading first, then the rows of one table after the other."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._rows = 0

    def heading(self, heading: Heading) -> None:
        """Writes what the backup says of itself."""
        self._line(
            {
                "format": FORMAT,
                "made_us": heading.made_us,
                "migrations": heading.migrations,
                "tables": [[each.name, each.columns, each.kinds] for each in heading.tables],
            }
        )

    def rows(self, table: Table, rows: Iterable[Iterable[object]]) -> None:
        """Writes the rows of a table."""
        self._line({"table": table.name})
        for row in rows:
            self._line(list(row))
            self._rows += 1

    def end(self) -> int:
        """Writes the last line; gives how many rows there are."""
        self._line({"rows": self._rows, "sha256": self._digest.hexdigest()})
        return self._rows

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._stream.write(line)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A file that is there whole or not at all, for its owner's eyes. Raises `BackupError`."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                with gzip.GzipFile("", "wb", _LEVEL, file) as stream:
                    yield Writer(stream)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        told = {"file": str(path), "reason": error.strerror or str(error)}
        raise BackupError(Message("ledger.backup-unwritable", told)) from error


def checked_heading(path: Path) -> Heading:
    """The heading of a backup that is whole. Raises `BackupError`."""
    digest, first, last, rows = hashlib.sha256(), b"", b"", 0
    for line in _lines(path):
        if not first:
            first = _of_ours(path, line)
        digest.update(last)
        rows += last.startswith(b"[")
        last = line
    if _json(last) != {"rows": rows, "sha256": digest.hexdigest()}:
        raise _damaged(path)
    return _heading(json.loads(first))


def rows_in(path: Path, heading: Heading) -> Rows:
    """The rows of a backup that was found whole, each with its table."""
    tables = {each.name: each for each in heading.tables}
    table: Table | None = None
    lines = _lines(path)
    next(lines)
    for line in lines:
        if line.startswith(b"["):
            assert table is not None
            yield table, json.loads(line)
        else:
            table = tables.get(json.loads(line).get("table", ""))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as stream:
            yield from stream
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(path) from error
    except OSError as error:
        told = {"file": str(path), "reason": error.strerror or str(error)}
        raise BackupError(Message("ledger.backup-unreadable", told)) from error


def _of_ours(path: Path, line: bytes) -> bytes:
    """The first line, if it is one of a backup."""
    found = _json(line)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupError(message("ledger.backup-foreign", file=str(path)))
    return line


def _heading(found: dict[str, Any]) -> Heading:
    return Heading(
        found["made_us"],
        {app: tuple(names) for app, names in found["migrations"].items()},
        tuple(
            Table(name, tuple(columns), tuple(kinds)) for name, columns, kinds in found["tables"]
        ),
    )


def _json(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _damaged(path: Path) -> BackupError:
    return BackupError(
        message("ledger.backup-damaged", file=str(path)), message("ledger.backup-damaged-hint")
    )
