"""Files of checks: every form gives the same runs, and odd rows are told, not hidden."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from tests.batch.oracle import Look, runs_by_hand
from tests.batch.tables import spans_table, table_of_looks

from uphold.batch import (
    BatchError,
    Options,
    Rule,
    measure_checks,
    read_runs_of_checks,
    runs_in,
    write_checks,
)
from uphold.batch.faults import (
    ChecksMissing,
    ChecksUnsorted,
    ChunksInterleave,
    ColumnWrong,
    FileUnreadable,
    TooManyRuns,
)
from uphold.facts.evidence import Columns, read_evidence
from uphold.facts.evidence import Options as EvidenceOptions

SECOND = 1_000_000
RULE = Rule(interval=60 * SECOND, silent_after=60 * SECOND)
BEGIN = 1_788_000_000 * SECOND


def seen(*states: str, check: str = "web", start: int = BEGIN, every: int = 60) -> list[Look]:
    """Looks behind each other."""
    return [
        Look(check, start + place * every * SECOND, state, source="checks")
        for place, state in enumerate(states)
    ]


LOOKS = [
    *seen("up", "up", "down", "down", "up", "degraded", "unknown", "up"),
    *seen("up", "down", "up", check="mail"),
    *seen("up", "up", check="web", start=BEGIN + 3600 * SECOND),
]


def time_of(look: Look) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=look.at)).isoformat()


def as_csv(path: Path, looks: list[Look], header: str = "checked_at,check,state") -> Path:
    rows = [f"{time_of(look)},{look.check},{look.state}" for look in looks]
    path.write_text("\n".join([header, *rows, ""]))
    return path


def as_json(path: Path, looks: list[Look]) -> Path:
    rows = [
        json.dumps({"checked_at": time_of(each), "check": each.check, "state": each.state, "x": 1})
        for each in looks
    ]
    path.write_text("\n".join([*rows, ""]))
    return path


def as_parquet(path: Path, looks: list[Look]) -> Path:
    write_checks(path, [table_of_looks(looks)])
    return path


FORMS: dict[str, Callable[[Path, list[Look]], Path]] = {
    "checks.csv": as_csv,
    "checks.jsonl": as_json,
    "checks.parquet": as_parquet,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_runs(tmp_path: Path, name: str) -> None:
    path = FORMS[name](tmp_path / name, LOOKS)
    found = read_runs_of_checks([path], RULE)
    assert list(runs_in(found.table)) == runs_by_hand(LOOKS, RULE)
    assert found.report.rows == len(LOOKS)
    assert (found.report.dropped, found.report.duplicates, found.report.steps_back) == ((), 0, 0)


@pytest.mark.parametrize("name", ["checks.csv", "checks.jsonl"])
def test_runs_are_those_that_evidence_reads_one_by_one(tmp_path: Path, name: str) -> None:
    path = FORMS[name](tmp_path / name, LOOKS)
    theirs = read_evidence(path, EvidenceOptions(interval=60 * SECOND))
    ours = runs_in(read_runs_of_checks([path], RULE).table)
    assert not theirs.problems
    known = [(run.check, run.first, run.last, run.state, run.count) for run in theirs.runs]
    assert [(run.check, run.first, run.last, run.state, run.count) for run in ours] == known


def test_a_folder_by_date_is_read_as_one_file(tmp_path: Path) -> None:
    for place, look in enumerate(LOOKS):
        folder = tmp_path / f"date=2026-08-{place + 10}"
        folder.mkdir()
        as_parquet(folder / "part-0.parquet", [look])
    (tmp_path / "_SUCCESS").write_text("")
    (tmp_path / "date=2026-08-10" / ".part.crc").write_text("x")
    (tmp_path / "notes.txt").write_text("not checks")
    found = read_runs_of_checks([tmp_path], RULE)
    assert list(runs_in(found.table)) == runs_by_hand(LOOKS, RULE)
    assert found.report.files == len(LOOKS)


def test_a_folders_name_may_be_the_check(tmp_path: Path) -> None:
    for check in ("web", "sign in"):
        folder = tmp_path / f"check={check.replace(' ', '%20')}"
        folder.mkdir()
        table = table_of_looks(seen("up", "down")).drop(["check"])
        parquet.write_table(table.rename_columns(["checked_at", "state"]), folder / "a.parquet")
    found = read_runs_of_checks([tmp_path], RULE)
    assert {run.check for run in runs_in(found.table)} == {"web", "sign in"}


def test_files_of_several_forms_join_in_any_order(tmp_path: Path) -> None:
    ordered = sorted(LOOKS, key=lambda look: look.at)
    paths = [
        as_csv(tmp_path / "a.csv", ordered[:4]),
        as_json(tmp_path / "b.jsonl", ordered[4:8]),
        as_parquet(tmp_path / "c.parquet", ordered[8:]),
    ]
    expected = runs_by_hand(LOOKS, RULE)
    for given in (paths, paths[::-1]):
        assert list(runs_in(read_runs_of_checks(given, RULE).table)) == expected


def test_files_that_lie_across_each_other_are_read_again_and_sorted(tmp_path: Path) -> None:
    looks = seen(*["up", "up", "down", "up", "up", "up"] * 4) + seen("up", "down", check="mail")
    paths = [
        as_parquet(tmp_path / "even.parquet", looks[::2]),
        as_csv(tmp_path / "odd.csv", looks[1::2]),
    ]
    wide = Rule(interval=120 * SECOND, silent_after=120 * SECOND)
    for at_once in (1, 1 << 20):
        found = read_runs_of_checks(paths, wide, Options(at_once=at_once))
        assert list(runs_in(found.table)) == runs_by_hand(looks, wide)
        assert found.report.interleaved == (("checks", "web"),)
    with pytest.raises(ChunksInterleave, match="lie across each other in 1 series: “web”"):
        read_runs_of_checks(paths, wide, Options(unsorted="refuse"))


def test_the_same_file_given_twice_changes_nothing(tmp_path: Path) -> None:
    path = as_parquet(tmp_path / "a.parquet", LOOKS)
    found = read_runs_of_checks([path, path], RULE)
    assert list(runs_in(found.table)) == runs_by_hand(LOOKS, RULE)
    assert found.report.duplicates == len(LOOKS)


@pytest.mark.parametrize("name", FORMS)
def test_checks_out_of_order_are_sorted_and_told_or_refused(tmp_path: Path, name: str) -> None:
    looks = [LOOKS[1], LOOKS[0], *LOOKS[2:], LOOKS[3]]
    path = FORMS[name](tmp_path / name, looks)
    found = read_runs_of_checks([path], RULE)
    assert list(runs_in(found.table)) == runs_by_hand(looks, RULE)
    assert (found.report.duplicates, found.report.steps_back) == (1, 2)
    with pytest.raises(ChecksUnsorted, match=r"1 series: of “web”, one at .* stands behind one at"):
        read_runs_of_checks([path], RULE, Options(unsorted="refuse"))


def test_two_looks_at_one_instant_are_one_and_the_worse_counts(tmp_path: Path) -> None:
    looks = [*seen("up", "up", "up"), *seen("down"), *seen("unknown", start=BEGIN + 60 * SECOND)]
    found = read_runs_of_checks([as_csv(tmp_path / "a.csv", looks)], RULE)
    assert [(run.state, run.count) for run in runs_in(found.table)] == [("down", 1), ("up", 2)]
    assert found.report.duplicates == 2


def test_a_row_that_lacks_something_is_refused_or_dropped_and_counted(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", LOOKS)
    path.write_text(path.read_text() + ",web,up\n2026-09-01T00:00:00Z,,up\n,,\n")
    with pytest.raises(ChecksMissing, match=r"a\.csv: 2 rows have nothing in the column “check”"):
        read_runs_of_checks([path], RULE)
    found = read_runs_of_checks([path], RULE, Options(nulls="drop"))
    assert list(runs_in(found.table)) == runs_by_hand(LOOKS, RULE)
    assert dict(found.report.dropped) == {"checked_at": 2, "check": 2, "state": 1}


def test_times_are_taken_as_the_options_say(tmp_path: Path) -> None:
    expected = runs_by_hand(seen("up", "down", check="web"), RULE)

    def read(times: list[str], **options: object) -> object:
        path = tmp_path / "a.csv"
        rows = [f"{time},web,{state}" for time, state in zip(times, ("up", "down"), strict=True)]
        path.write_text("\n".join(["when,service,state", *rows, ""]))
        chosen = Options(columns=Columns(checked_at="when"), **options)  # type: ignore[arg-type]
        return list(runs_in(read_runs_of_checks([path], RULE, chosen).table))

    assert read(["1788000000", "1788000060"], unit="seconds") == expected
    assert read(["1788000000000.0", "1788000060000"], unit="milliseconds") == expected
    assert read(["2026-08-29 12:40:00", "2026-08-29 12:41:00"], zone="Europe/Oslo") == expected
    assert read(["2026-08-29T12:40:00+02:00", "2026-08-29T10:41:00Z"]) == expected
    with pytest.raises(ColumnWrong, match="look like 2027"):
        read(["2026-08-29 12:40:00", "2026-08-29 12:41:00"])
    with pytest.raises(ColumnWrong, match="cannot all be read"):
        read(["2026-10-25 02:30:00", "2026-10-25 04:00:00"], zone="Europe/Oslo")


@pytest.mark.parametrize("time", ["1788000000", "1788000000.0", '"1788000000"'])
def test_numbers_in_json_are_exact_times(tmp_path: Path, time: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"checked_at": {time}, "check": "web", "state": 1}}\n')
    found = read_runs_of_checks([path], RULE, Options(unit="seconds"))
    assert list(runs_in(found.table)) == runs_by_hand(seen("up"), RULE)
    with pytest.raises(ColumnWrong, match="checked_at"):
        read_runs_of_checks([path], RULE)


def test_words_for_states_are_those_of_all_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"checked_at": time_of(look), "service": "web", "state": True} for look in seen("up")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [run.state for run in runs_in(read_runs_of_checks([path], RULE).table)] == ["up"]
    bad = as_csv(tmp_path / "a.csv", seen("up", "OK", "flaky"))
    with pytest.raises(ColumnWrong, match="no state is called flaky; states are up, degraded"):
        read_runs_of_checks([bad], RULE)


def test_sources_and_intervals_of_the_rows_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "checked_at,check,state,place,interval\n"
        "2026-09-01T00:00:00Z,web,up,oslo,5m\n"
        "2026-09-01T00:05:00Z,web,up,oslo,5m\n"
        "2026-09-01T00:05:00Z,web,up,,30 s\n"
    )
    found = runs_in(read_runs_of_checks([path], Rule(silent_after=SECOND)).table)
    told = [(run.source, run.interval, run.count) for run in found]
    assert told == [("checks", 30 * SECOND, 1), ("oslo", 300 * SECOND, 2)]


def test_packed_text_is_unpacked(tmp_path: Path) -> None:
    plain = as_csv(tmp_path / "a.csv", LOOKS)
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(runs_in(read_runs_of_checks([packed], RULE).table)) == runs_by_hand(LOOKS, RULE)


def test_large_row_groups_are_read_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uphold.batch.chunks._MOST_ROWS", 3)
    path = as_parquet(tmp_path / "a.parquet", LOOKS)
    told: list[tuple[int, int]] = []
    found = read_runs_of_checks(
        [path], RULE, progress=lambda done, total: told.append((done, total))
    )
    assert list(runs_in(found.table)) == runs_by_hand(LOOKS, RULE)
    assert told == sorted(told) and 0 < told[-1][0] <= told[-1][1] == path.stat().st_size


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.parquet", b"PAR1 but nothing else PAR1", "a.parquet cannot be read"),
        ("a.parquet", b"checked_at,check,state\n", "a.parquet cannot be read"),
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"\x00\x01\x02", "neither text nor Parquet"),
        ("a.csv", b"time,service,state\n", "a column named checked_at is missing"),
        ("a.csv", b"checked_at,check,state\nyesterday,web,up\n", "yesterday"),
        ("a.csv", b"checked_at,check,state\n2026-09-01T00:00:00Z,web\n", "a.csv cannot be read"),
        ("a.csv", b"checked_at,check,stat\n", "the nearest there is stat"),
        ("a.jsonl", b"[1]\n", "no JSON object"),
        (
            "a.jsonl",
            b'{"checked_at": "x", "check": "a", "state": "up"}\n{"checked_at"\n',
            "a.jsonl",
        ),
        ("a.csv", b"checked_at,check,state\n1788000000,web,up\n", "a.csv"),
        ("a.csv.gz", b"not packed", "a.csv.gz"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(
    tmp_path: Path, name: str, content: bytes, text: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BatchError) as raised:
        read_runs_of_checks([path], RULE)
    assert text in str(raised.value) and name in str(raised.value)


def test_nothing_to_read_says_what_would_be(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"names end in \.parquet"):
        read_runs_of_checks([tmp_path], RULE)
    with pytest.raises(FileUnreadable, match="No such file"):
        read_runs_of_checks([tmp_path / "absent.csv"], RULE)
    with pytest.raises(FileUnreadable, match="no file of checks"):
        read_runs_of_checks([], RULE)


def test_without_an_interval_silence_cannot_be_told(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", LOOKS)
    runs = list(runs_in(read_runs_of_checks([path], Rule()).table))
    assert runs == runs_by_hand(LOOKS, Rule()) and len(runs) == len(LOOKS)
    with pytest.raises(ColumnWrong, match="give the interval"):
        measure_checks([path], spans_table([(0, BEGIN)]), None, Rule())


def test_a_parquet_column_of_the_wrong_type_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"checked_at": [1.5], "check": ["web"], "state": ["up"]})
    parquet.write_table(table, path)
    with pytest.raises(ColumnWrong, match=r"a\.parquet: the column “checked_at” is double"):
        read_runs_of_checks([path], RULE)


# -- memory


FLAPPING = [look for check in ("web", "mail") for look in seen(*(("up", "down") * 4), check=check)]


def test_more_runs_than_may_be_held_are_refused_while_they_are_read(tmp_path: Path) -> None:
    """Sixteen looks, each a run of its own; the first of each check may go on what came before."""
    path = as_csv(tmp_path / "a.csv", FLAPPING)
    assert read_runs_of_checks([path], RULE, Options(most_runs=14)).table.num_rows == 16
    with pytest.raises(TooManyRuns, match=r"a\.csv: there are more than 13 runs"):
        read_runs_of_checks([path], RULE, Options(most_runs=13))


def test_runs_that_files_share_are_not_counted_twice(tmp_path: Path) -> None:
    """A day a file, all up: one run in the end, however many files there are."""
    paths = [
        as_csv(tmp_path / f"{day}.csv", seen("up", "up", start=BEGIN + day * 120 * SECOND))
        for day in range(20)
    ]
    assert read_runs_of_checks(paths, RULE, Options(most_runs=1)).table.num_rows == 1
