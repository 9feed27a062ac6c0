"""Files that are no Kuma's, or cannot be read as they stand, and heartbeats that say nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connect.uptime_kuma.kuma import DOWN, PENDING, UP, made

from uphold.connect.adapter import SourceError
from uphold.connect.uptime_kuma import Options, looks
from uphold.connect.uptime_kuma import database as opening
from uphold.facts.evidence import SEEN
from uphold.messages import LANGUAGES, Reader


def refused(file: Path) -> SourceError:
    """The error of reading a file, with its words in every language."""
    with pytest.raises(SourceError) as caught:
        looks(file, Options(wait=timedelta(milliseconds=10)))
    for language in LANGUAGES:
        assert caught.value.problem.text(Reader(language))
    assert str(file) in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "content", [b"", b"checked_at,service,state\n", b"SQLite format 2\0", b"\0" * 99]
)
def test_no_sqlite(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kuma.db"
    file.write_bytes(content)
    error = refused(file)
    assert error.problem.code == "kuma-not-sqlite"
    assert "kuma.db-wal" in str(error)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        looks(tmp_path / "kuma.db")


def changed(file: Path, *statements: str) -> Path:
    """The file after these statements."""
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return file


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE heartbeat", "no table “heartbeat”"),
        ("DROP TABLE monitor", "no table “monitor”"),
        ("ALTER TABLE monitor RENAME COLUMN name TO title", "“monitor” lacks name"),
        ("ALTER TABLE heartbeat RENAME COLUMN status TO state", "“heartbeat” lacks status"),
    ],
)
def test_sqlite_but_not_kumas(tmp_path: Path, statement: str, words: str) -> None:
    error = refused(changed(made(tmp_path / "kuma.db", []), statement))
    assert words in str(error)


def test_a_file_that_is_locked(tmp_path: Path) -> None:
    file = changed(made(tmp_path / "kuma.db", [(1, 0, UP)]), "PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE heartbeat SET status = 0")
        error = refused(file)
    assert error.problem.code == "kuma-locked"
    assert ".backup" in str(error)


def test_a_file_that_is_written_to_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP)])
    connected: Callable[[str, timedelta], sqlite3.Connection] = opening._connected

    def connected_before_a_writer(address: str, wait: timedelta) -> sqlite3.Connection:
        connection = connected(address, wait)
        changed(file, "PRAGMA journal_mode = DELETE", "UPDATE monitor SET name = 'Mail'")
        return connection

    monkeypatch.setattr(opening, "_connected", connected_before_a_writer)
    assert refused(file).problem.code in {"kuma-changed", "kuma-damaged"}


def test_heartbeats_that_say_nothing_are_told_by_their_ids(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, UP), (1, 120, DOWN), (1, 180, 7)])
    changed(file, "UPDATE heartbeat SET time = 'yesterday' WHERE id IN (2, 3)")
    read = looks(file)
    assert [run.state for run in read.runs] == ["up"]
    assert read.rows == 4
    undated, stateless = (each.text(Reader("en")) for each in read.problems)
    assert undated == (
        f"{file}: heartbeat: error [kuma-undated] 2 heartbeats, the first with the id 2, have no "
        "readable time; they were left out\n"
        "hint: a time is written as 2027-02-01 10:00:00.000, in UTC"
    )
    assert stateless == (
        f"{file}: heartbeat: error [kuma-stateless] 1 heartbeat, with the id 4, has a state that "
        "Kuma does not have; it was left out\n"
        "hint: states are 0 (down), 1 (up), 2 (pending) and 3 (maintenance)"
    )


ANYTHING = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=30)
    | st.binary(max_size=8)
    | st.sampled_from([0, 1, 2, 3, "2027-03-01 12:00:00.000", "0001-01-01", "9999-12-31 23:59:59"])
)


@given(
    rows=st.lists(st.tuples(*[ANYTHING] * 6), max_size=6),
    monitors=st.lists(st.tuples(*[ANYTHING] * 4), max_size=3),
)
def test_no_value_raises(
    rows: list[tuple[object, ...]],
    monitors: list[tuple[object, ...]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("kuma") / "kuma.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE monitor (id, name, interval, retry_interval)")
        connection.execute("CREATE TABLE heartbeat (id, monitor_id, status, time, important, ping)")
        connection.execute("CREATE TABLE stat_hourly (id)")
        connection.executemany(
            "INSERT INTO monitor VALUES (?, ?, ?, ?)", [(1, "a", 60, 0), *monitors]
        )
        connection.executemany(
            "INSERT INTO heartbeat VALUES (?, ?, ?, ?, ?, ?)",
            [*rows, *((i, 1, *rest) for i, _, *rest in rows)],
        )
        connection.commit()
    for options in (Options(), Options(holds=timedelta(hours=1))):
        read = looks(file, options)
        assert all(run.state in SEEN for run in read.runs)


@given(place=st.integers(0, 2**20), content=st.binary(min_size=1, max_size=40))
def test_no_damage_raises_anything_else(
    place: int, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("kuma") / "kuma.db"
    made(file, [(1, minute * 60, (UP, DOWN, PENDING)[minute % 3]) for minute in range(40)])
    whole = bytearray(file.read_bytes())
    begin = place % len(whole)
    whole[begin : begin + len(content)] = content
    file.write_bytes(whole)
    try:
        read = looks(file)
    except SourceError:
        return
    assert all(run.state in SEEN for run in read.runs)
