"""Kuma's heartbeats to looks: what each state says, and what version 2 has thrown away."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.connect.uptime_kuma.kuma import (
    DOWN,
    MAINTENANCE,
    NOON,
    PENDING,
    UP,
    Beat,
    add,
    made,
    thin,
)

from uphold.connect.adapter import AdapterRead
from uphold.connect.uptime_kuma import Options, looks
from uphold.facts.evidence import Evidence, Measure, Run
from uphold.facts.times import from_datetime
from uphold.messages import message

MINUTE = 60
NOON_US = from_datetime(NOON)


def us(seconds: float) -> int:
    """Seconds after noon as an instant of the engine."""
    return NOON_US + round(seconds * 1_000_000)


def short(read: AdapterRead) -> list[tuple[str, str, float]]:
    """Each look's check, state, and seconds after noon."""
    return [(run.check, run.state, (run.first - NOON_US) / 1_000_000) for run in sorted(read.runs)]


def test_each_heartbeat_is_a_look_with_its_own_time(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60.007, DOWN), (1, 120.5, UP)])
    read = looks(file)
    assert sorted(read.runs) == [
        Run(
            "checks",
            "uptime-kuma",
            "Shop",
            us(0),
            us(0),
            "up",
            60_000_000,
            1,
            Measure(milliseconds=12),
        ),
        Run("checks", "uptime-kuma", "Shop", us(60.007), us(60.007), "down", 60_000_000),
        Run(
            "checks",
            "uptime-kuma",
            "Shop",
            us(120.5),
            us(120.5),
            "up",
            60_000_000,
            1,
            Measure(milliseconds=12),
        ),
    ]
    assert (read.rows, read.notes, read.problems) == (3, (), ())


def test_a_failed_look_that_is_retried_is_down_only_for_its_true_share(tmp_path: Path) -> None:
    # A failure at 12:01 is retried 20 seconds later, with success: down for those 20 seconds.
    beats = [(1, 0, UP), (1, 60, PENDING), (1, 80, UP), (1, 140, UP)]
    file = made(tmp_path / "kuma.db", beats, [(1, "Shop", 60, 20)])
    read = looks(file)
    assert short(read) == [
        ("Shop", "up", 0),
        ("Shop", "down", 60),
        ("Shop", "up", 80),
        ("Shop", "up", 140),
    ]
    assert sorted(read.runs)[1].interval == 20_000_000
    assert read.notes == (message("kuma.pending-down", count=1),)


def test_pending_can_be_taken_as_unknown(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, PENDING), (1, 120, DOWN)])
    read = looks(file, Options(pending="unknown"))
    assert [state for _, state, _ in short(read)] == ["up", "unknown", "down"]
    assert read.notes == (message("kuma.pending-unknown", count=1),)


def test_maintenance_is_unknown_and_counted(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, MAINTENANCE), (1, 120, MAINTENANCE)])
    read = looks(file)
    assert [state for _, state, _ in short(read)] == ["up", "unknown", "unknown"]
    assert read.notes == (message("kuma.maintenance", count=2),)


def test_the_window_is_half_open(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, minute * 60, UP) for minute in range(5)])
    window = Options(start=NOON + timedelta(minutes=1), end=NOON + timedelta(minutes=3))
    assert [at for _, _, at in short(looks(file, window))] == [60, 120]


def test_monitors_of_one_name_bear_their_ids_and_lost_ones_are_counted(tmp_path: Path) -> None:
    monitors = [(1, "Shop", 60, 0), (2, "Shop", 60, 0), (3, None, 60, 0), (4, "Mail", 30, 0)]
    beats: list[Beat] = [(number, 0, UP) for number in (1, 2, 3, 4, 9)]
    read = looks(made(tmp_path / "kuma.db", beats, monitors))
    assert [check for check, _, _ in short(read)] == ["Mail", "Shop #1", "Shop #2", "monitor #3"]
    assert read.notes == (
        message("kuma.orphans", count=1),
        message("kuma.names-shared", names=("Shop",)),
    )


def test_the_interval_can_be_said_where_it_was_changed_since(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP)])
    read = looks(file, Options(interval=timedelta(seconds=20), source="oslo"))
    assert [(run.interval, run.source) for run in read.runs] == [(20_000_000, "oslo")]


def test_a_file_of_an_early_version_without_retry_intervals(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, PENDING)])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE monitor DROP COLUMN retry_interval")
    assert [run.interval for run in looks(file).runs] == [60_000_000]


def test_a_part_of_a_millisecond_counts_as_a_whole_one(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, UP)])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE heartbeat SET ping = 800.04 WHERE id = 1")
        connection.commit()
    measures = [run.measure for run in sorted(looks(file).runs)]
    assert measures == [Measure(milliseconds=801), Measure(milliseconds=12)]


def test_a_time_of_another_form_does_not_fall_out_of_the_window(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP), (1, 60, UP)])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE heartbeat SET time = replace(time, ' ', 'T')")
        connection.commit()
    assert [at for _, _, at in short(looks(file, Options(end=NOON + timedelta(minutes=1))))] == [0]


def day() -> list[Beat]:
    """Two days of looks a minute: down from 06:00 to 06:30 of the first."""
    return [
        (1, minute * MINUTE, DOWN if 360 <= minute < 390 else UP) for minute in range(2 * 24 * 60)
    ]


def test_what_version_2_threw_away_is_unknown_and_said(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", day(), version=2)
    thin(file, 24 * 60 * MINUTE)
    read = looks(file)
    assert [at for _, _, at in short(read)][:4] == [0, 360 * MINUTE, 390 * MINUTE, 1440 * MINUTE]
    assert read.notes == (message("kuma.thinned", count=3),)


def test_what_version_2_threw_away_holds_where_it_is_said_for_how_long(tmp_path: Path) -> None:
    full = made(tmp_path / "full.db", day(), version=2)
    thinned = made(tmp_path / "kuma.db", day(), version=2)
    thin(thinned, 24 * 60 * MINUTE)
    held = Evidence.of(looks(thinned, Options(holds=timedelta(hours=26))).runs)
    assert states(held.runs) == states(looks(full).runs)
    # Unless for so long nothing was told: then it is unknown behind that.
    shorter = looks(thinned, Options(holds=timedelta(hours=2)))
    assert [
        ((run.first - NOON_US) // 60_000_000, (run.last - NOON_US) // 60_000_000)
        for run in sorted(shorter.runs)
        if run.count > 1
    ] == [(1, 119), (360, 389), (391, 509)]
    assert shorter.notes == (message("kuma.thinned-held", count=3),)


def states(runs: tuple[Run, ...]) -> list[tuple[str, int, int]]:
    """Stretches of one state, in minutes after noon, both ends seen."""
    found: list[tuple[str, int, int]] = []
    for run in sorted(runs, key=lambda run: run.first):
        first, last = ((at - NOON_US) // 60_000_000 for at in (run.first, run.last))
        if found and found[-1][0] == run.state and first - found[-1][2] <= 1:
            found[-1] = run.state, found[-1][1], last
        else:
            found.append((run.state, first, last))
    return found


def test_a_change_before_the_window_holds_into_it(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", day(), version=2)
    thin(file, 24 * 60 * MINUTE)
    window = Options(start=NOON + timedelta(hours=7), holds=timedelta(hours=26))
    assert states(looks(file, window).runs)[-1][:2] == ("up", 390)


@pytest.mark.parametrize(
    ("hours", "seen"),
    [
        (3, [("up", 0, 359)]),
        (6.25, [("up", 0, 359), ("down", 360, 389)]),
        (8, [("up", 0, 359), ("down", 360, 389), ("up", 390, 1439)]),
        (26, [("up", 0, 359), ("down", 360, 389), ("up", 390, 26 * 60 - 1)]),
    ],
)
def test_the_last_change_in_the_window_holds_until_the_look_behind_it(
    tmp_path: Path, hours: float, seen: list[tuple[str, int, int]]
) -> None:
    file = made(tmp_path / "kuma.db", day(), version=2)
    thin(file, 24 * 60 * MINUTE)
    window = Options(end=NOON + timedelta(hours=hours), holds=timedelta(hours=26))
    assert states(looks(file, window).runs) == seen
    # Without a hold nothing more than the changes is known, and that is said.
    bare = looks(file, Options(end=window.end))
    count = min(len(seen), 3)
    assert bare.notes == (message("kuma.thinned", count=count),)
    assert [at for _, _, at in short(bare)][:count] == [0, 360 * MINUTE, 390 * MINUTE][:count]
    assert max(at for _, _, at in short(bare)) < hours * 60 * MINUTE


def test_the_newest_looks_are_never_taken_for_thinned(tmp_path: Path) -> None:
    # Only changes, and a night when Kuma stood still: but 24 h and 100 looks are kept as they were.
    flapping: list[Beat] = [(1, minute * MINUTE, minute % 2) for minute in range(6)]
    later: list[Beat] = [(1, minute * MINUTE, UP) for minute in range(600, 690)]
    file = made(tmp_path / "kuma.db", [*flapping, *later], version=2)
    read = looks(file, Options(holds=timedelta(hours=26)))
    assert read.notes == ()
    assert {run.count for run in read.runs} == {1}
    assert len(read.runs) == 96


def test_version_1_threw_nothing_away(tmp_path: Path) -> None:
    beats: list[Beat] = [(1, 0, DOWN), *((1, minute * MINUTE, UP) for minute in range(600, 900))]
    assert looks(made(tmp_path / "one.db", beats)).notes == ()
    assert looks(made(tmp_path / "two.db", beats, version=2)).notes == (
        message("kuma.thinned", count=1),
    )


def test_reading_while_kuma_writes_sees_what_it_has_committed(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP)])
    with closing(sqlite3.connect(file)) as kuma:
        add(kuma, [(1, 60, DOWN)])
        kuma.execute("BEGIN IMMEDIATE")
        kuma.execute("UPDATE heartbeat SET status = 1")
        assert [state for _, state, _ in short(looks(file))] == ["up", "down"]
        kuma.rollback()


def test_reading_leaves_nothing_behind(tmp_path: Path) -> None:
    file = made(tmp_path / "kuma.db", [(1, 0, UP)])
    before = file.read_bytes()
    looks(file)
    assert os.listdir(tmp_path) == ["kuma.db"]
    assert file.read_bytes() == before
