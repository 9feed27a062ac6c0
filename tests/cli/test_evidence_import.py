"""`uphold evidence import`: any evidence into one file of runs, and a report of what is in it."""

import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.desk import Run
from tests.cli.hosting import AT, checks_csv
from tests.connect.prometheus.server import always, cut, recorded, serving

from uphold.batch.writing import read_runs
from uphold.cli import progress

Hosting = tuple[Path, Path, Path]
AGREEMENTS = Path(__file__).resolve().parents[2] / "agreements"


def test_rows_become_runs(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    out = tmp_path / "runs.parquet"
    ran = uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", out)
    assert (ran.code, ran.err) == (0, "")
    assert f"578 rows became 6 runs of 2 checks, in {out}." in ran.out
    assert "search-page" in ran.out
    runs = list(read_runs(out))
    assert [(run.check, run.state, run.count) for run in runs] == [
        ("code-page", "up", 144), ("code-page", "down", 3), ("code-page", "up", 142),
        ("search-page", "up", 120), ("search-page", "down", 6), ("search-page", "up", 163),
    ]  # fmt: skip
    told = uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", out, "--json").json
    assert (told["rows"], told["runs"], told["problems"]) == (578, 6, 0)
    assert told["sources"][0] == {
        "kind": "checks",
        "source": "checks",
        "check": "code-page",
        "looks": 289,
        "runs": 3,
        "first": "2026-08-03T00:00:00Z",
        "last": "2026-08-04T00:00:00Z",
    }


def test_several_sources_are_joined(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    lines = checks_csv().splitlines(keepends=True)
    parts = [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"]
    for place, part in enumerate(parts):
        part.write_text("".join((lines[0], *lines[1 + place :: 3])))
    whole = uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", one)
    split = uphold("evidence", "import", *reversed(parts), "--interval", "5m", "--out", other)
    assert (whole.code, split.code) == (0, 0)
    assert list(read_runs(one)) == list(read_runs(other))
    again = tmp_path / "again.parquet"
    assert (
        uphold("evidence", "import", one, hosting[1], "--interval", "5m", "--out", again).code == 0
    )
    assert list(read_runs(again)) == list(read_runs(one))


def test_checks_in_parquet(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    folder = tmp_path / "days"
    folder.mkdir()
    table = pyarrow.csv.read_csv(hosting[1])
    table = table.set_column(0, "at", table["checked_at"].cast(pa.timestamp("us", "UTC")))
    pyarrow.parquet.write_table(table.slice(0, 200), folder / "a.parquet")
    pyarrow.parquet.write_table(table.slice(200), folder / "b.parquet")
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    ran = uphold("evidence", "import", folder, "--interval", "5m", "--out", one,
                 "--column", "checked_at=at")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", other)
    assert list(read_runs(one)) == list(read_runs(other))
    ran = uphold("evidence", "import", folder, "--change-log", "26h", "--out", one)
    assert ran.code == 2
    assert "a log of changes cannot be read from Parquet" in ran.err


def test_a_terminal_shows_a_bar(
    uphold: Run, hosting: Hosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", one)
    monkeypatch.setattr("uphold.cli.progress.wants_colour", lambda _: True)
    seen: list[tuple[int, int]] = []
    move = progress._Bar.part

    def told(bar: progress._Bar, done: int, total: int) -> None:
        seen.append((done, total))
        move(bar, done, total)

    monkeypatch.setattr(progress._Bar, "part", told)
    ran = uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", other)
    assert ran.code == 0
    assert list(read_runs(one)) == list(read_runs(other))
    size = hosting[1].stat().st_size
    assert seen[-1] == (size, size)


def test_bad_rows_are_all_told_and_refused(uphold: Run, hosting: Hosting, tmp_path: Path) -> None:
    checks, out = hosting[1], tmp_path / "runs.parquet"
    with checks.open("a") as file:
        file.write("yesterday,search-page,up\n2026-08-03T12:00:00Z,search-page,upp\n")
    ran = uphold("evidence", "import", checks, "--interval", "5m", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert f"{checks}:580" in ran.err
    assert f"{checks}:581" in ran.err
    assert "--keep-going" in ran.err
    assert not out.exists()
    ran = uphold("evidence", "import", checks, "--interval", "5m", "--out", out, "--keep-going")
    assert ran.code == 1
    assert "580 rows became 6 runs" in ran.out
    assert f"{checks}:581" in ran.err


def test_the_real_checks(uphold: Run, shared: Callable[[str], Path], tmp_path: Path) -> None:
    log, out = shared("data/uptime_checks_2026-08.csv"), tmp_path / "runs.parquet"
    taken = ("--interval", "5m", "--change-log", "26h")
    ran = uphold("evidence", "import", log, *taken, "--out", out)
    assert ran.code == 0
    assert "314 rows became" in ran.out
    assert "of 18 checks" in ran.out


def test_other_systems_and_what_cannot_be_read(
    uphold: Run, hosting: Hosting, tmp_path: Path
) -> None:
    out = tmp_path / "runs.parquet"
    store = tmp_path / "kuma.db"
    with sqlite3.connect(store) as database:
        database.execute("create table other (id integer)")
    for name, found in (
        (store, "kuma.db"),
        (tmp_path / "none.csv", "There is no file"),
        ("http://localhost:1/", "--start"),
    ):
        ran = uphold("evidence", "import", name, "--out", out)
        assert (ran.code, ran.out) == (2, ""), name
        assert found in ran.err
    assert not out.exists()
    ran = uphold("evidence", "import", "--out", out)
    assert ran.code == 2
    assert "uphold evidence import needs more to work with." in ran.err
    ran = uphold("evidence", "import", hosting[1], "--interval", "5m")
    assert "uphold evidence import needs --out." in ran.err


def test_without_pyarrow_the_way_to_it_is_told(
    uphold: Run, hosting: Hosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = uphold("evidence", "import", hosting[1], "--out", tmp_path / "runs.parquet")
    assert (ran.code, ran.out) == (2, "")
    assert 'pip install "uphold[batch]"' in ran.err
    assert uphold("uptime", *hosting, "--interval", "5m").code == 0


BEGAN = 1_795_332_717
"""When the recorded Prometheus was first asked, in seconds since 1970."""
SHOP = "http://127.0.0.1:18080/shop"


def asked(since: int, until: int) -> tuple[str, ...]:
    start, end = (
        datetime.fromtimestamp(BEGAN + seconds, UTC).isoformat() for seconds in (since, until)
    )
    return ("--start", start, "--end", end, "--interval", "1s", "--rename", f"{SHOP}=shop")


def test_prometheus_by_its_address(uphold: Run, tmp_path: Path) -> None:
    out = tmp_path / "runs.parquet"
    with serving(cut(probe_success="samples")) as server:
        ran = uphold("evidence", "import", server.address, *asked(0, 62), "--out", out)
    assert ran.code == 0
    looks = [run for run in read_runs(out) if run.check == "shop"]
    states = {
        state: sum(run.count for run in looks if run.state == state) for state in ("up", "down")
    }
    assert states == {"up": 13 + 18 + 8, "down": 9}
    assert {run.source for run in looks} == {"blackbox"}


def test_a_step_asks_prometheus_for_a_range(uphold: Run, tmp_path: Path) -> None:
    out = tmp_path / "runs.parquet"
    with serving(always(recorded("silence_range"))) as server:
        ran = uphold(
            "evidence", "import", server.address, *asked(107, 133), "--step", "1s", "--out", out
        )
        path, parameters = server.asked.requests[0]
    assert ran.code == 0
    assert path == "/api/v1/query_range"
    assert parameters["step"] == "1.000"
    assert "repeat" in ran.err


def test_evidence_is_not_written_over_itself(uphold: Run, hosting: Hosting) -> None:
    before = hosting[1].read_bytes()
    ran = uphold("evidence", "import", hosting[1], "--out", hosting[1])
    assert (ran.code, ran.out) == (2, "")
    assert "is read by this command" in ran.err
    assert hosting[1].read_bytes() == before


def test_what_memory_would_not_hold_is_refused_with_the_way_out(
    uphold: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checks every 5 minutes of which it is said that they come every minute: no two hang together.

    So many runs there are not in a test: the bound is lowered, the reading is the command's.
    """
    import pyarrow.csv
    import pyarrow.parquet

    checks, out = tmp_path / "checks.parquet", tmp_path / "runs.parquet"
    csv = tmp_path / "checks.csv"
    csv.write_text(checks_csv())
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(csv), checks)
    monkeypatch.setattr("uphold.cli.parquet.MOST_RUNS", 500)
    ran = uphold("evidence", "import", checks, "--interval", "1m", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert "there are more than 500 runs" in ran.err
    assert "State the interval (--interval)" in ran.err
    assert not out.exists()
    assert uphold("evidence", "import", checks, "--interval", "5m", "--out", out).code == 0


@pytest.mark.parametrize("interval", [(), ("--interval", "5m")])
def test_figures_are_the_same_whatever_the_evidence_came_in(
    uphold: Run, hosting: Hosting, tmp_path: Path, interval: tuple[str, ...]
) -> None:
    """From the CSV, from runs imported from it, and from a folder of Parquet by date: exactly."""
    import pyarrow as pa
    import pyarrow.compute
    import pyarrow.csv
    import pyarrow.parquet

    page, checks, facts = hosting
    runs, folder = tmp_path / "runs.parquet", tmp_path / "days"
    assert uphold("evidence", "import", checks, *interval, "--out", runs).code == 0
    table = pyarrow.csv.read_csv(checks)
    days = pa.compute.strftime(table["checked_at"], "%Y-%m-%d")
    for day in days.unique().to_pylist():
        (folder / f"date={day}").mkdir(parents=True)
        part = table.filter(pa.compute.equal(days, day))
        pyarrow.parquet.write_table(part, folder / f"date={day}" / "part-0.parquet")
    assert len(list(folder.iterdir())) == 2
    for command in ("uptime", "outages", "credits"):
        told = [
            uphold(command, page, facts, each, *interval, "--at", AT, "--json").json
            for each in (checks, runs, folder)
        ]
        assert told[0]
        assert told[1] == told[0]
        assert told[2] == told[0]


def test_the_real_checks_measure_alike_from_csv_and_from_runs(
    uphold: Run, shared: Callable[[str], Path], tmp_path: Path
) -> None:
    log, runs = shared("data/uptime_checks_2026-08.csv"), tmp_path / "runs.parquet"
    page = AGREEMENTS / "connexys.md"
    taken = ("--interval", "5m", "--change-log", "26h")
    assert uphold("evidence", "import", log, *taken, "--out", runs).code == 0
    at = ("--at", "2026-09-10T00:00:00Z", "--window", "2026-08", "--json")
    told = uphold("uptime", page, runs, *at).json
    assert len(told) > 10
    assert told == uphold("uptime", page, log, *taken, *at).json


def test_no_bar_where_nobody_watches(
    uphold: Run, hosting: Hosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(*_: object) -> None:
        raise AssertionError("a bar was drawn")

    monkeypatch.setattr(progress._Bar, "part", drawn)
    out = tmp_path / "runs.parquet"
    ran = uphold("evidence", "import", hosting[1], "--interval", "5m", "--out", out)
    assert (ran.code, ran.err) == (0, "")
