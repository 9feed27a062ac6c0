"""Evidence from CSV and JSON Lines: the same looks, however a file spells them."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.evidence.looks import LOOKS

from uphold.facts.evidence import (
    SEEN,
    Columns,
    Evidence,
    EvidenceRead,
    Measure,
    Options,
    Run,
    UnknownColumn,
    read_evidence,
)
from uphold.facts.evidence.words import STATE_WORDS
from uphold.facts.times import HOUR, MINUTE, SECOND, format_time, parse_time
from uphold.worktime.errors import UnknownZone

TEN = parse_time("2027-02-01T10:00:00Z")


def read(text: str, options: Options | None = None) -> EvidenceRead:
    """What a file with this text holds."""
    return read_evidence(io.BytesIO(text.encode()), options)


def sound(text: str, options: Options | None = None) -> tuple[Run, ...]:
    """The runs of a file in which nothing is wrong."""
    found = read(text, options)
    assert found.problems == ()
    return found.runs


def one(text: str, options: Options | None = None) -> Run:
    """The only run of a file in which nothing is wrong."""
    (run,) = sound(text, options)
    return run


def test_a_csv_file_of_looks() -> None:
    text = (
        "checked_at,check,state\n"
        "2027-02-01T10:00:00Z,web,up\n"
        "2027-02-01T10:01:00Z,web,up\n"
        "2027-02-01T10:02:00Z,web,down\n"
    )
    assert sound(text, Options(interval=MINUTE)) == (
        Run("checks", "checks", "web", TEN, TEN + MINUTE, "up", MINUTE, 2),
        Run("checks", "checks", "web", TEN + 2 * MINUTE, TEN + 2 * MINUTE, "down", MINUTE),
    )


def test_a_file_of_json_lines() -> None:
    text = (
        '{"checked_at": "2027-02-01T10:00:00Z", "check": "web", "state": "up"}\n\n'
        '{"state": "up", "service": "web", "checked_at": "2027-02-01T10:01:00Z", "extra": [1]}\r\n'
    ).replace(', "extra": [1]', ', "extra": null')
    found = read(text, Options(interval=MINUTE))
    assert found.rows == 2
    assert found.problems == ()
    assert found.runs == (Run("checks", "checks", "web", TEN, TEN + MINUTE, "up", MINUTE, 2),)


FULL = (
    "kind,place,source,service,checked_at,state,interval,response_ms,total,failed,loss\n"
    "logs,oslo,prober,web,2027-02-01T10:00:00Z,degraded,5m,180.2,10,2,1.50\n"
)
FULL_RUN = Run(
    "logs",
    "oslo",
    "web",
    TEN,
    TEN,
    "degraded",
    5 * MINUTE,
    1,
    Measure(10, 2, 181, Decimal("1.5")),
)


def test_all_that_a_row_can_say() -> None:
    assert one(FULL) == FULL_RUN


def test_numbers_in_json_are_as_exact_as_texts() -> None:
    text = (
        '{"kind":"logs","place":"oslo","check":"web","checked_at":1801476000.0000001,'
        '"state":"degraded","interval":300,"milliseconds":180.2,"attempts":10,"good":8,"loss":1.5}'
    )
    assert one(text, Options(unit="seconds")) == FULL_RUN


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n"])
def test_forms_of_csv(delimiter: str, newline: str, start: str) -> None:
    text = start + FULL.replace(",", delimiter).replace("\n", newline)
    assert one(text) == FULL_RUN


def test_a_quoted_name_is_one_name() -> None:
    text = 'checked_at,check,state\n2027-02-01T10:00:00Z,"web, ""new""\nlook",up\n'
    assert one(text).check == 'web, "new"\nlook'


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("2027-02-01T11:00:00+01:00", Options()),
        ("2027-02-01 10:00:00.000000Z", Options()),
        (" 2027-02-01T10:00:00Z ", Options()),
        ("20270201T100000Z", Options()),
        ("2027-02-01 11:00", Options(zone="Europe/Oslo")),
        ("2027-02-01T10:00:00Z", Options(zone="Europe/Oslo")),
        ("1801476000", Options(unit="seconds")),
        ("1801476000.000000", Options(unit="seconds")),
        ("1801476000000", Options(unit="milliseconds")),
        ("1801476000000000", Options(unit="microseconds")),
        ("2027-02-01T10:00:00Z", Options(unit="seconds")),
    ],
)
def test_ways_to_write_a_time(written: str, options: Options) -> None:
    assert one(f"checked_at,check,state\n{written},web,up\n", options).first == TEN


@pytest.mark.parametrize(
    ("written", "us"),
    [("00.000001Z", 1), ("00.9999999Z", 999_999), ("59.5Z", 59_500_000)],
)
def test_times_are_exact_to_the_microsecond(written: str, us: int) -> None:
    text = f"checked_at,check,state\n2027-02-01T10:00:{written},web,up\n"
    assert one(text).first == TEN + us


def test_local_times_around_a_night_that_the_clock_changes() -> None:
    text = (
        "checked_at,check,state\n2026-10-25 01:59,web,up\n2026-10-25 03:00,web,up\n"
        "2026-03-29 01:59,web,up\n2026-03-29 03:00,web,up\n"
    )
    first, second, third, fourth = sound(text, Options(zone="Europe/Oslo"))
    assert second.first - first.first == MINUTE  # in March the clock went from 02:00 to 03:00
    assert fourth.first - third.first == 2 * HOUR + MINUTE


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("up", "up"),
        ("UP", "up"),
        ("ok", "up"),
        ("success", "up"),
        ("1", "up"),
        ("true", "up"),
        ("degraded", "degraded"),
        ("down", "down"),
        ("Failed", "down"),
        ("error", "down"),
        ("0", "down"),
        ("false", "down"),
        ("unknown", "unknown"),
    ],
)
def test_words_for_states(word: str, state: str) -> None:
    assert one(f"checked_at,check,state\n2027-02-01T10:00:00Z,web,{word}\n").state == state
    if word in ("1", "0", "true", "false"):
        line = f'{{"checked_at":"2027-02-01T10:00:00Z","check":"web","state":{word}}}'
        assert one(line).state == state


def test_the_words_for_states_are_those_of_the_page(repository: Path) -> None:
    page = (repository / "docs" / "language" / "measuring.md").read_text(encoding="utf-8")
    for state in SEEN:
        words = ", ".join(f"`{word}`" for word, meant in STATE_WORDS.items() if meant == state)
        assert f"| {state} | {words} |" in page


@pytest.mark.parametrize(
    ("counts", "state", "failed"),
    [("10,10", "up", 0), ("10,9", "degraded", 1), ("10,0", "down", 10), ("0,0", "unknown", 0)],
)
def test_a_state_told_by_counts(counts: str, state: str, failed: int) -> None:
    found = one(f"checked_at,check,total,good\n2027-02-01T10:00:00Z,web,{counts}\n")
    assert found.state == state
    assert found.measure is not None
    assert found.measure.failed == failed


@pytest.mark.parametrize(
    ("written", "interval"),
    [
        ("300", 300 * SECOND),
        ("0.5", SECOND // 2),
        ("90s", 90 * SECOND),
        ("5m", 5 * MINUTE),
        ("1 h", HOUR),
        ("5 minutes", 5 * MINUTE),
        ("PT5M", 5 * MINUTE),
        ("", 7 * MINUTE),
    ],
)
def test_ways_to_write_an_interval(written: str, interval: int) -> None:
    text = f"checked_at,check,state,interval\n2027-02-01T10:00:00Z,web,up,{written}\n"
    assert one(text, Options(interval=7 * MINUTE)).interval == interval


def test_columns_by_other_names() -> None:
    columns = Columns.of({"checked_at": "ts", "check": "monitor", "state": "Result"})
    text = "TS,monitor,service,result\n2027-02-01T10:00:00Z,web,shop,up\n"
    assert one(text, Options(columns=columns)).check == "web"


def test_a_column_of_ours_that_there_is_not() -> None:
    with pytest.raises(UnknownColumn, match=r"called “chek”\nhint: nearest known: check"):
        Columns.of({"chek": "monitor"})
    with pytest.raises(UnknownColumn, match=r"hint: the columns are checked_at, check, state,"):
        Columns.of({"xyz": "monitor"})


def test_what_rows_do_not_say_the_options_do() -> None:
    options = Options(kind="logs", source="prober", interval=MINUTE)
    text = "checked_at,check,state,source,kind\n2027-02-01T10:00:00Z,web,up,,\n"
    assert one(text, options) == Run("logs", "prober", "web", TEN, TEN, "up", MINUTE)


@pytest.mark.parametrize(
    ("kind", "checks", "logs"),
    [(None, MINUTE, None), ("checks", MINUTE, None), ("logs", None, MINUTE)],
)
def test_an_interval_is_that_of_the_kind_that_the_options_are_about(
    kind: str | None, checks: int | None, logs: int | None
) -> None:
    """A component's log beside checks every minute does not look every minute."""
    text = (
        "checked_at,check,state,kind\n"
        "2027-02-01T10:00:00Z,web,down,checks\n"
        "2027-02-01T10:00:12Z,web,down,Logs\n"
    )
    found = {run.kind: run.interval for run in sound(text, Options(kind=kind, interval=MINUTE))}
    assert found == {"checks": checks, "logs": logs}


def test_a_log_of_changes_beside_checks_keeps_its_sharp_edges() -> None:
    text = (
        "checked_at,check,state,kind\n"
        "2027-02-01T10:00:00Z,web,down,logs\n"
        "2027-02-01T10:30:00Z,web,up,logs\n"
    )
    options = Options(interval=5 * MINUTE, change_log=60 * MINUTE)
    assert sound(text, options)[0].last == TEN + 30 * MINUTE - 1


def test_sources_and_checks_get_their_new_names() -> None:
    text = (
        "checked_at,check,state,source\n"
        "2027-02-01T10:00:00Z,old web,up,a\n"
        "2027-02-01T10:01:00Z,web,up,b\n"
    )
    options = Options(interval=MINUTE, renames={"old web": "web", "a": "b"})
    assert one(text, options) == Run("checks", "b", "web", TEN, TEN + MINUTE, "up", MINUTE, 2)


@pytest.mark.parametrize("options", [{"kind": "pings"}, {"unit": "days"}, {"interval": 0}])
def test_options_that_cannot_be(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is"):
        Options(**options)


def test_a_zone_that_there_is_not() -> None:
    with pytest.raises(UnknownZone, match="Europe/Oslo"):
        read("", Options(zone="Europe/Olso"))


RUNS = (
    "source,check,first,last,count,state,interval\n"
    "oslo,web,2027-02-01T10:00:00Z,2027-02-01T11:00:00Z,61,up,1m\n"
    "oslo,web,2027-02-01T11:01:00Z,2027-02-01T11:01:00Z,1,down,1m\n"
)


def test_a_file_of_runs() -> None:
    assert sound(RUNS) == (
        Run("checks", "oslo", "web", TEN, TEN + HOUR, "up", MINUTE, 61),
        Run("checks", "oslo", "web", TEN + 61 * MINUTE, TEN + 61 * MINUTE, "down", MINUTE),
    )


def test_runs_in_a_file_may_bear_the_gaps_that_the_reader_allows() -> None:
    text = RUNS.replace(",61,", ",31,")
    assert [problem.code for problem in read(text).problems] == ["evidence-run-silent"]
    assert sound(text, Options(longest_gap=2 * MINUTE))[0].count == 31


def test_runs_that_contradict_each_other_are_a_problem() -> None:
    text = RUNS + "oslo,web,2027-02-01T10:30:00Z,2027-02-01T10:30:00Z,1,down,1m\n"
    found = read(text)
    assert [problem.code for problem in found.problems] == ["evidence-conflict"]
    assert found.runs == ()


def test_files_of_a_log_of_changes_are_read_as_one() -> None:
    header = "checked_at,check,state\n"
    files = [
        io.BytesIO((header + rows).encode())
        for rows in ("2027-02-01T10:00:00Z,web,up\n", "2027-02-01T10:20:00Z,web,down\n")
    ]
    options = Options(change_log=26 * HOUR, interval=5 * MINUTE)
    for order in (files, files[::-1]):
        for file in files:
            file.seek(0)
        first, second = read_evidence(order, options).runs
        assert (first.state, first.last, second.first) == (
            "up",
            TEN + 15 * MINUTE,
            TEN + 20 * MINUTE,
        )


def test_sound_rows_are_kept_beside_bad_ones_only_if_asked() -> None:
    text = (
        "checked_at,check,state\n"
        "2027-02-01T10:00:00Z,web,up\n"
        "yesterday,web,up\n"
        "2027-02-01T10:02:00Z,web,sideways\n"
    )
    found = read(text)
    assert (found.rows, found.runs, len(found.problems)) == (3, (), 2)
    kept = read(text, Options(keep_going=True))
    assert (kept.rows, len(kept.runs), kept.problems) == (3, 1, found.problems)


def test_a_path_and_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "looks.csv"
    path.write_text(FULL, encoding="utf-8")
    assert read_evidence(path).runs == read_evidence(str(path)).runs == (FULL_RUN,)
    missing = read_evidence(tmp_path / "none.csv")
    assert [problem.code for problem in missing.problems] == ["facts-file-unreadable"]
    assert str(tmp_path / "none.csv") in str(missing.problems[0].place)


def test_rows_in_any_order_and_twice_are_the_same_evidence() -> None:
    rows = [f"2027-02-01T10:{minute:02}:00Z,web,up\n" for minute in range(30)]
    forwards = "checked_at,check,state\n" + "".join(rows)
    backwards = "checked_at,check,state\n" + "".join(reversed(rows + rows[::2]))
    options = Options(interval=MINUTE)
    assert read(forwards, options).evidence == read(backwards, options).evidence


def csv_line(run: Run) -> str:
    """The look as a row; what it measured is left empty where it did not."""
    measure = run.measure or Measure()
    cells = (
        format_time(run.first), run.kind, run.source, run.check, run.state,
        None if run.interval is None else run.interval // SECOND,
        measure.milliseconds, measure.attempts, measure.failed, measure.loss,
    )  # fmt: skip
    return ",".join("" if cell is None else str(cell) for cell in cells) + "\n"


@given(st.lists(LOOKS, max_size=20))
def test_looks_written_as_csv_are_the_same_looks(looks: list[Run]) -> None:
    header = "checked_at,kind,source,check,state,interval,milliseconds,attempts,failed,loss\n"
    text = header + "".join(map(csv_line, looks))
    assert read(text).evidence == Evidence.of(looks)
