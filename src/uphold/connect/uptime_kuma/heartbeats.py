"""Kuma's heartbeats, monitor by monitor in the order of time, to looks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby, islice
from math import ceil
from pathlib import Path
from typing import Any, Final

from uphold.connect.adapter import AdapterRead, microseconds
from uphold.connect.uptime_kuma.database import columns_of, opened
from uphold.connect.uptime_kuma.monitors import Monitor, monitors_of, require_tables
from uphold.connect.uptime_kuma.options import Options
from uphold.connect.uptime_kuma.thinning import KEPT, parted
from uphold.facts.evidence import Run, runs_of_changes
from uphold.facts.evidence.run import Measure
from uphold.facts.problems import Place, Problem
from uphold.facts.times import SECOND, from_datetime, parse_time, to_datetime
from uphold.messages import Message, message

_DOWN, _UP, _PENDING, _MAINTENANCE = range(4)
_WORDS: Final = {_DOWN: "down", _UP: "up", _MAINTENANCE: "unknown"}
_LONGEST_PING: Final = 10**9
_EARLIEST: Final = parse_time("1970-01-01T00:00:00Z")
_LATEST: Final = parse_time("9999-12-31T00:00:00Z")


@dataclass(slots=True)
class Tally:
    """What was counted while heartbeats were read."""

    rows: int = 0
    pending: int = 0
    maintenance: int = 0
    orphans: int = 0
    thinned: int = 0
    undated: list[int] = field(default_factory=list)
    stateless: list[int] = field(default_factory=list)


def looks(place: str | Path, options: Options | None = None) -> AdapterRead:
    """What the monitors of a Kuma file saw.

    Raises `SourceError` for a file that is no Kuma's or cannot be read as it stands, OSError
    for one that cannot be opened.
    """
    asked = options or Options()
    path = Path(place)
    tally = Tally()
    with opened(path, asked.wait) as connection:
        require_tables(connection, path)
        monitors = monitors_of(connection, asked)
        thins = bool(columns_of(connection, "stat_hourly"))
        found: list[Run] = []
        for identity, rows in groupby(_rows(connection, asked), key=lambda row: row[0]):
            monitor = monitors.by_id.get(identity)
            if monitor is None:
                lost = sum(1 for _ in rows)
                tally.orphans += lost
                tally.rows += lost
            else:
                seen = tuple(_seen(monitor, rows, _window(asked), asked, tally))
                found.extend(
                    _of_thinned(connection, monitor, seen, asked, tally)
                    if thins
                    else (look for look, _ in seen)
                )
    notes = _notes(asked, tally, monitors.shared_names)
    return AdapterRead(tuple(found), tally.rows, notes, _problems(path, tally))


# A time that cannot be read must not fall out of the window unseen.
_DATED: Final = "typeof(time) = 'text' AND time GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] *'"


def _rows(connection: sqlite3.Connection, options: Options) -> Iterator[tuple[Any, ...]]:
    """The heartbeats of the window: monitor, time, status, ping, important, id."""
    # Kuma writes times as text that sorts as time does, and keeps an index on monitor and time.
    chosen = (
        f"{_selected(connection)} WHERE time >= :start AND time < :end OR NOT ({_DATED}) "
        "ORDER BY monitor_id, time, id"
    )
    first, behind = _window(options)
    window = {"start": _sql_time(first), "end": _sql_time(behind + SECOND)}
    return connection.execute(chosen, window)


def _selected(connection: sqlite3.Connection) -> str:
    ping = "ping" if "ping" in columns_of(connection, "heartbeat") else "NULL"
    return f"SELECT monitor_id, time, status, {ping}, important, id FROM heartbeat"


def _window(options: Options) -> tuple[int, int]:
    """From when and until before when looks are taken (us)."""
    first = _EARLIEST if options.start is None else from_datetime(options.start)
    if options.start is not None and options.holds is not None:
        first -= microseconds(options.holds)  # the change before the window may hold into it
    return first, _LATEST if options.end is None else from_datetime(options.end)


def _sql_time(at: int) -> str:
    """The whole second, which sorts before all that begins with it, milliseconds or none."""
    moment = to_datetime(min(max(at, _EARLIEST), _LATEST))
    return moment.replace(tzinfo=None).isoformat(" ", "seconds")


def _seen(
    monitor: Monitor,
    rows: Iterable[tuple[Any, ...]],
    window: tuple[int, int],
    options: Options,
    tally: Tally,
) -> Iterator[tuple[Run, bool]]:
    """The looks of one monitor in a half-open time (us), each with whether it was a change."""
    first, behind = window
    for row in rows:
        tally.rows += 1
        at = _instant(row[1])
        if at is None:
            tally.undated.append(row[5])
        elif first <= at < behind:
            look = _look(monitor, at, row, options, tally)
            if look is not None:
                yield look, row[4] == 1


def _of_thinned(
    connection: sqlite3.Connection,
    monitor: Monitor,
    seen: Sequence[tuple[Run, bool]],
    options: Options,
    tally: Tally,
) -> Iterator[Run]:
    """The looks of one monitor, or the runs of what was thinned to changes and may hold."""
    following = _following(connection, monitor, options)
    changes, rest = parted((*seen, *following), _whole_from(connection, monitor.identity))
    tally.thinned += max(len(changes) - 1, 0)
    if changes and options.holds is not None:
        yield from _held(changes, microseconds(options.holds))
    else:
        yield from changes[:-1]
    yield from rest[: len(rest) - len(following)]


def _following(
    connection: sqlite3.Connection, monitor: Monitor, options: Options
) -> tuple[tuple[Run, bool], ...]:
    """The look behind the window, if any: it tells whether the last one inside stands alone."""
    if options.end is None:
        return ()
    behind = from_datetime(options.end)
    chosen = (
        f"{_selected(connection)} WHERE monitor_id = ? AND time >= ? AND {_DATED} ORDER BY time, id"
    )
    rows = connection.execute(chosen, (monitor.identity, _sql_time(behind)))
    return tuple(islice(_seen(monitor, rows, (behind, _LATEST), options, Tally()), 1))


def _whole_from(connection: sqlite3.Connection, monitor: int) -> int | None:
    """From when on a monitor's looks are all there: its newest hundred are never thrown away."""
    chosen = "SELECT time FROM heartbeat WHERE monitor_id = ? ORDER BY time DESC LIMIT 1 OFFSET ?"
    row = connection.execute(chosen, (monitor, KEPT - 1)).fetchone()
    return None if row is None else _instant(row[0])


def _held(changes: tuple[Run, ...], holds: int) -> Iterator[Run]:
    """The changes as a log whose last row, the first look that has its like behind it, ends it."""
    end = changes[-1].first
    for run in runs_of_changes(changes, holds):
        if run.first < end:
            yield run


def _look(
    monitor: Monitor, at: int, row: tuple[Any, ...], options: Options, tally: Tally
) -> Run | None:
    _, _, status, ping, _, identity = row
    interval = monitor.interval
    if status == _PENDING:
        tally.pending += 1
        state: str | None = options.pending
        interval = monitor.retry_interval or interval
    else:
        tally.maintenance += status == _MAINTENANCE
        state = _WORDS.get(status) if isinstance(status, int) else None
    if state is None:
        tally.stateless.append(identity)
        return None
    # Where Kuma pings it stores parts of a millisecond, too; they count as a whole one.
    measured = status == _UP and isinstance(ping, int | float) and 0 <= ping <= _LONGEST_PING
    measure = _took(ceil(ping)) if measured else None
    return Run("checks", options.source, monitor.check, at, at, state, interval, 1, measure)


@lru_cache(maxsize=4096)
def _took(milliseconds: int) -> Measure:
    """One value for the many looks that took as long."""
    return Measure(milliseconds=milliseconds)


def _instant(time: object) -> int | None:
    """Microseconds of a time as Kuma writes it, `2026-08-11 11:06:25.123`, in UTC."""
    if not isinstance(time, str):
        return None
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _notes(options: Options, tally: Tally, shared: tuple[str, ...]) -> tuple[Message, ...]:
    notes: list[Message] = []
    if tally.pending and options.pending == "down":
        notes.append(message("kuma.pending-down", count=tally.pending))
    elif tally.pending:
        notes.append(message("kuma.pending-unknown", count=tally.pending))
    if tally.maintenance:
        notes.append(message("kuma.maintenance", count=tally.maintenance))
    if tally.thinned and options.holds is None:
        notes.append(message("kuma.thinned", count=tally.thinned))
    elif tally.thinned:
        notes.append(message("kuma.thinned-held", count=tally.thinned))
    if tally.orphans:
        notes.append(message("kuma.orphans", count=tally.orphans))
    if shared:
        notes.append(message("kuma.names-shared", names=shared))
    return tuple(notes)


def _problems(path: Path, tally: Tally) -> tuple[Problem, ...]:
    place = Place(f"{path}: heartbeat")
    found: list[Problem] = []
    if tally.undated:
        told = message(
            "problem.kuma-undated", count=len(tally.undated), first=str(tally.undated[0])
        )
        found.append(Problem("kuma-undated", told, message("hint.kuma-undated"), place))
    if tally.stateless:
        first = str(tally.stateless[0])
        told = message("problem.kuma-stateless", count=len(tally.stateless), first=first)
        found.append(Problem("kuma-stateless", told, message("hint.kuma-stateless"), place))
    return tuple(found)
