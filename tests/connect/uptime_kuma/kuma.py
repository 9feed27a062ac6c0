"""Small Kuma files for tests, with the tables as versions 1 and 2 make them.

Only the columns that matter here stand in them, with Kuma's own types and defaults
(`db/kuma.db` and its patches for version 1, `db/knex_migrations` for version 2).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

DOWN, UP, PENDING, MAINTENANCE = range(4)
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)

Beat = tuple[int, float, int]  # monitor, seconds after noon, status

_MONITOR = """
CREATE TABLE monitor (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(150),
    active BOOLEAN DEFAULT 1 NOT NULL, interval INTEGER DEFAULT 20 NOT NULL,
    type VARCHAR(20), maxretries INTEGER NOT NULL DEFAULT 0, upside_down BOOLEAN DEFAULT 0 NOT NULL,
    retry_interval INTEGER DEFAULT 0 NOT NULL
);
"""
_HEARTBEAT = """
CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY AUTOINCREMENT, important BOOLEAN DEFAULT 0 NOT NULL,
    monitor_id INTEGER NOT NULL REFERENCES monitor ON UPDATE CASCADE ON DELETE CASCADE,
    status SMALLINT NOT NULL, msg TEXT, time DATETIME NOT NULL, ping INTEGER,
    duration INTEGER DEFAULT 0 NOT NULL, down_count INTEGER DEFAULT 0 NOT NULL
);
CREATE INDEX monitor_time_index ON heartbeat (monitor_id, time);
"""
_SECOND = """
ALTER TABLE heartbeat ADD COLUMN end_time DATETIME DEFAULT NULL;
ALTER TABLE heartbeat ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
CREATE TABLE stat_hourly (
    id INTEGER PRIMARY KEY, monitor_id INTEGER NOT NULL, timestamp INTEGER NOT NULL,
    ping FLOAT NOT NULL, up SMALLINT NOT NULL, down SMALLINT NOT NULL
);
"""

_INSERT = "INSERT INTO heartbeat (monitor_id, time, status, ping, important) VALUES (?, ?, ?, ?, ?)"
# isImportantBeat of server/model/monitor.js
_IMPORTANT = {
    (UP, DOWN),
    (DOWN, UP),
    (PENDING, DOWN),
    (UP, MAINTENANCE),
    (DOWN, MAINTENANCE),
    (MAINTENANCE, UP),
    (MAINTENANCE, DOWN),
}


def made(
    path: Path,
    beats: Iterable[Beat],
    monitors: Iterable[tuple[object, ...]] = ((1, "Shop", 60, 0),),
    version: int = 1,
) -> Path:
    """A file with these monitors (id, name, interval, retry interval) and beats."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_MONITOR + _HEARTBEAT + (_SECOND if version == 2 else ""))
        connection.executemany(
            "INSERT INTO monitor (id, name, interval, retry_interval) VALUES (?, ?, ?, ?)", monitors
        )
        add(connection, beats)
    return path


def add(connection: sqlite3.Connection, beats: Iterable[Beat]) -> None:
    """Beats as Kuma stores them: with a ping when up, important when its rule says so."""
    before: dict[int, int] = {}
    for monitor, seconds, status in beats:
        last = before.get(monitor)
        row = (monitor, stamp(seconds), status, 12 if status == UP else None)
        connection.execute(_INSERT, (*row, last is None or (last, status) in _IMPORTANT))
        before[monitor] = status
    connection.commit()


def thin(path: Path, behind: float) -> None:
    """Deletes what changed nothing and is older, as version 2 does every night."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "DELETE FROM heartbeat WHERE important = 0 AND time < ?", (stamp(behind),)
        )
        connection.commit()


def stamp(seconds: float) -> str:
    """A time as Kuma writes it."""
    return f"{NOON + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S.%f}"[:-3]
