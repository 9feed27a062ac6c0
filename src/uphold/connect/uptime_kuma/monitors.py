"""Kuma's monitors: what each is called, and how often it looks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from uphold.connect.adapter import microseconds
from uphold.connect.uptime_kuma.database import columns_of, refuse
from uphold.connect.uptime_kuma.options import Options
from uphold.facts.times import SECOND
from uphold.messages import message

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "monitor": ("id", "name", "interval"),
    "heartbeat": ("id", "monitor_id", "status", "time", "important"),
}
_LONGEST_INTERVAL: Final = 2_073_600  # seconds: Kuma's own limit, 24 days


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor under the name that its looks bear; lengths in microseconds, None unknown."""

    identity: int
    check: str
    interval: int | None
    retry_interval: int | None


@dataclass(frozen=True, slots=True)
class Monitors:
    """All monitors by id, and the names that more than one of them has."""

    by_id: Mapping[int, Monitor]
    shared_names: tuple[str, ...]


def require_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Refuses a file that is SQLite, but not Kuma's."""
    for table, needed in _NEEDED.items():
        present = columns_of(connection, table)
        if not present:
            told = message("problem.kuma-table-missing", table=table)
            refuse(path, "table-missing", told, message("hint.kuma-file"))
        missing = tuple(name for name in needed if name not in present)
        if missing:
            told = message("problem.kuma-column-missing", table=table, columns=missing)
            refuse(path, "column-missing", told, message("hint.kuma-file"))


def monitors_of(connection: sqlite3.Connection, options: Options) -> Monitors:
    """The monitors; where two have one name, each bears its id as well."""
    retry = "retry_interval" if "retry_interval" in columns_of(connection, "monitor") else "NULL"
    listed = f"SELECT id, name, interval, {retry} FROM monitor ORDER BY id"
    rows = [row for row in connection.execute(listed) if isinstance(row[0], int)]
    names = Counter(str(row[1] or "").strip() for row in rows)
    found: dict[int, Monitor] = {}
    for identity, given, interval, again in rows:
        name = str(given or "").strip()
        check = name if name and names[name] == 1 else f"{name or 'monitor'} #{identity}"
        found[identity] = Monitor(identity, check, _interval(interval, options), _length(again))
    shared = tuple(sorted(name for name, count in names.items() if name and count > 1))
    return Monitors(found, shared)


def _interval(found: object, options: Options) -> int | None:
    if options.interval is not None:
        return microseconds(options.interval)
    return _length(found)


def _length(seconds: object) -> int | None:
    if isinstance(seconds, int) and 0 < seconds <= _LONGEST_INTERVAL:
        return seconds * SECOND
    return None
