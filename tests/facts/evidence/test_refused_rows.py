"""What is wrong with files of evidence, where, and what would be right."""

import io

import pytest

from uphold.facts.evidence import Columns, Options, read_evidence
from uphold.facts.evidence.findings import MOST
from uphold.messages import LANGUAGES, Reader

HEADER = "checked_at,check,state\n"
AT = "2027-02-01T10:00:00Z"
RUNS = "check,first,last,count,state,interval\n"
HEADER_HINT = (
    "hint: right would be CSV whose first line names its columns, "
    "such as checked_at,check,state, or JSON Lines with these keys"
)
TIME_HINT = "hint: right would be a time with its offset, such as 2027-02-01T10:00:00+01:00"


def refused(content: str | bytes, options: Options | None = None) -> list[str]:
    """The problems of a file in English, which each language can tell."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    problems = read_evidence(io.BytesIO(raw), options).problems
    for language in LANGUAGES:
        assert all(problem.text(Reader(language)) for problem in problems)
    return [problem.text(Reader("en")) for problem in problems]


CASES: dict[str, tuple[str | bytes, str, str]] = {
    "empty": ("", "evidence: error [evidence-empty] the file is empty", HEADER_HINT),
    "blank": (" \n\n", "evidence: error [evidence-empty] the file is empty", HEADER_HINT),
    "binary": (
        b"PAR1\x00\x15\x04",
        (
            "evidence:1: error [facts-not-text] the file is not text in UTF-8: "
            "it is compressed, or written another way"
        ),
        HEADER_HINT,
    ),
    "packed": (
        b"\x1f\x8b\x08\x08",
        (
            "evidence:1: error [facts-not-text] the file is not text in UTF-8: "
            "it is compressed, or written another way"
        ),
        HEADER_HINT,
    ),
    "JSON list": (
        '[{"check":"web"}]',
        "evidence:1: error [facts-a-list] the file is one JSON list, not one object a line",
        "hint: each line is one JSON object in braces, with nothing between the lines",
    ),
    "other columns": (
        "when,what,how\n",
        (
            "evidence:1: error [evidence-columns-missing] "
            "there is no column checked_at, check and state"
        ),
        "hint: the columns there are: when, what and how; tell which of them is meant",
    ),
    "a column nearly right": (
        "checked_at,chek,state\n",
        "evidence:1: error [evidence-columns-missing] there is no column check",
        "hint: nearest known: chek",
    ),
    "two columns for one": (
        "checked_at,check,service,state\n",
        (
            "evidence:1: error [evidence-column-twice] "
            "more than one column could be check: check and service"
        ),
        "hint: tell by its name which one is check, and give no name twice",
    ),
    "half a run": (
        "check,state,first,last\n",
        "evidence:1: error [evidence-columns-missing] there is no column count",
        "hint: the columns there are: check, state, first and last; tell which of them is meant",
    ),
    "ragged row": (
        f"{HEADER}{AT},web\n",
        "evidence:2: error [evidence-ragged] the row has 2 cells, the header 3",
        (
            "hint: give each row a cell for each column; "
            "one that holds the delimiter stands in quotation marks"
        ),
    ),
    "open quotation mark": (
        f'{HEADER}{AT},"web,up\n',
        (
            "evidence:2: error [evidence-not-csv] from here on the file is no CSV: "
            "a quotation mark is left open, stands in the wrong place, or a line is too long"
        ),
        (
            "hint: a cell that holds a quotation mark or the delimiter stands in quotation marks, "
            "with its own ones doubled"
        ),
    ),
    "no time": (
        f"{HEADER},web,up\n",
        "evidence:2: error [evidence-cell-empty] “checked_at” is empty",
        TIME_HINT,
    ),
    "no such time": (
        f"{HEADER}2027-02-30T10:00:00Z,web,up\n",
        (
            "evidence:2: error [evidence-time-unreadable] "
            "“2027-02-30T10:00:00Z” in “checked_at” is not a time"
        ),
        TIME_HINT,
    ),
    "a day": (
        f"{HEADER}2027-02-01,web,up\n",
        "evidence:2: error [evidence-time-unreadable] “2027-02-01” in “checked_at” is not a time",
        TIME_HINT,
    ),
    "no offset": (
        f"{HEADER}2027-02-01 10:00:00,web,up\n",
        (
            "evidence:2: error [evidence-time-naive] "
            "the time “2027-02-01 10:00:00” in “checked_at” has no offset from UTC"
        ),
        (
            "hint: tell the zone that the file's times are in, "
            "or write them as 2027-02-01T10:00:00+01:00"
        ),
    ),
    "a bare number": (
        f"{HEADER}1801476000,web,up\n",
        (
            "evidence:2: error [evidence-time-number] "
            "“1801476000” in “checked_at” is a number, and nothing says what it counts"
        ),
        (
            "hint: tell whether times count seconds, milliseconds or microseconds since 1970, "
            "or write them as 2027-02-01T10:00:00+01:00"
        ),
    ),
    "no check": (
        f"{HEADER}{AT},,up\n",
        "evidence:2: error [evidence-cell-empty] “check” is empty",
        "hint: each row names the check or the service that was looked at",
    ),
    "no state": (
        f"{HEADER}{AT},web,\n",
        "evidence:2: error [evidence-cell-empty] “state” is empty",
        "hint: a state is one of up, degraded, down and unknown",
    ),
    "an HTTP status is no state": (
        f"{HEADER}{AT},web,200\n",
        "evidence:2: error [evidence-state] “200” in “state” is not a state",
        "hint: a state is one of up, degraded, down and unknown",
    ),
    "a state nearly right": (
        f"{HEADER}{AT},web,degrade\n",
        "evidence:2: error [evidence-state] “degrade” in “state” is not a state",
        "hint: nearest known: degraded",
    ),
    "a kind": (
        f"checked_at,check,state,kind\n{AT},web,up,pings\n",
        "evidence:2: error [evidence-kind] “pings” in “kind” is not a kind of evidence",
        "hint: a kind is one of checks and logs",
    ),
    "an interval": (
        f"checked_at,check,state,interval\n{AT},web,up,often\n",
        "evidence:2: error [evidence-interval] “often” in “interval” is not an interval",
        "hint: tell how often the source looks, as 5m, 90s, PT5M or a number of seconds above 0",
    ),
    "an answer's time": (
        f"checked_at,check,state,response_ms\n{AT},web,up,-1\n",
        "evidence:2: error [evidence-number] “response_ms” cannot be “-1”",
        "hint: right would be a number of milliseconds, such as 180 or 180.5",
    ),
    "a count": (
        f"checked_at,check,total,failed\n{AT},web,ten,1\n",
        "evidence:2: error [evidence-number] “total” cannot be “ten”",
        "hint: right would be a whole number, 0 or more",
    ),
    "a loss": (
        f"checked_at,check,state,loss\n{AT},web,up,100.1\n",
        "evidence:2: error [evidence-number] “loss” cannot be “100.1”",
        "hint: right would be a number from 0 to 100, such as 1.5",
    ),
    "more failed than tried": (
        f"checked_at,check,total,failed\n{AT},web,10,11\n",
        "evidence:2: error [evidence-attempts] of 10 attempts there cannot be failed 11",
        (
            "hint: of “attempts” some are “failed” and all others “good”; "
            "give the first and one of the two"
        ),
    ),
    "counts that do not add up": (
        f"checked_at,check,total,failed,good\n{AT},web,10,2,9\n",
        "evidence:2: error [evidence-attempts] of 10 attempts there cannot be failed 2 and good 9",
        (
            "hint: of “attempts” some are “failed” and all others “good”; "
            "give the first and one of the two"
        ),
    ),
    "failures of no attempts": (
        f"checked_at,check,state,failed\n{AT},web,up,1\n",
        (
            "evidence:2: error [evidence-attempts-missing] "
            "the row counts attempts that failed or were good, but not how many there were"
        ),
        (
            "hint: of “attempts” some are “failed” and all others “good”; "
            "give the first and one of the two"
        ),
    ),
    "a run backwards": (
        f"{RUNS}web,2027-02-01T11:00:00Z,{AT},2,up,1h\n",
        "evidence:2: error [evidence-run-backwards] the run ends before it begins",
        "hint: “first” is the time of the earliest look, “last” that of the latest",
    ),
    "a run of one look that lasts": (
        f"{RUNS}web,{AT},2027-02-01T11:00:00Z,1,up,1h\n",
        (
            "evidence:2: error [evidence-run-count] "
            "the run cannot have “1” looks between its first and its last"
        ),
        "hint: a run at one instant has one look, every other at least two: its first and its last",
    ),
    "a run that hides a silence": (
        f"{RUNS}web,{AT},2027-02-01T11:00:00Z,8,up,5m\n",
        (
            "evidence:2: error [evidence-run-silent] "
            "with 8 looks the run is too long for its interval, so it hides a silence"
        ),
        "hint: end a run at each silence; a log that holds changes alone is read as one of changes",
    ),
    "a run without an interval": (
        f"{RUNS}web,{AT},2027-02-01T11:00:00Z,13,up,\n",
        (
            "evidence:2: error [evidence-run-interval] "
            "the run sums up several looks, but does not say how far they are apart"
        ),
        "hint: tell how often the source looks, as 5m, 90s, PT5M or a number of seconds above 0",
    ),
    "JSON cut off": (
        '{"checked_at":"2027-02-01T10:00:00Z","check"',
        "evidence:1:45: error [facts-cut-off] the line ends in the middle of a fact",
        "hint: was the file cut off, or a fact spread over several lines?",
    ),
    "JSON without keys": (
        "{}",
        (
            "evidence:1: error [evidence-columns-missing] "
            "there is no column checked_at, check and state"
        ),
        HEADER_HINT,
    ),
    "a key twice": (
        f'{{"checked_at":"{AT}","check":"web","state":"up","state":"down"}}',
        (
            "evidence:1: error [evidence-column-twice] "
            "more than one column could be state: state and state"
        ),
        "hint: tell by its name which one is state, and give no name twice",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str) -> None:
    content, problem, hint = CASES[name]
    assert refused(content) == [f"{problem}\n{hint}"]


@pytest.mark.parametrize(
    ("wall", "code"),
    [("2026-10-25 02:30", "evidence-time-repeated"), ("2026-03-29 02:30", "evidence-time-skipped")],
)
def test_a_local_time_that_was_twice_or_never(wall: str, code: str) -> None:
    (said,) = refused(f"{HEADER}{wall},web,up\n", Options(zone="Europe/Oslo"))
    assert code in said
    assert f"“{wall}”" in said
    assert said.endswith(TIME_HINT)


def test_a_named_column_that_the_file_lacks() -> None:
    options = Options(columns=Columns(checked_at="ts"))
    assert refused(f"{HEADER}{AT},web,up\n", options) == [
        (
            "evidence:1: error [evidence-columns-missing] there is no column ts\n"
            "hint: the columns there are: checked_at, check and state; tell which of them is meant"
        )
    ]


def test_a_value_that_is_no_cell() -> None:
    line = f'{{"checked_at":"{AT}","check":["web"],"state":"up"}}'
    assert refused(line)[0].startswith("evidence:1: error [evidence-cell] “check” holds")
    half = f'{{"checked_at":"{AT}","check":"\\ud800","state":"up"}}'
    assert refused(half)[0].startswith("evidence:1: error [evidence-cell] “check” holds")


def test_a_line_in_another_encoding_is_left_out_alone() -> None:
    content = f"{HEADER}{AT},caf\xe9,up\n".encode("latin-1") + f"{AT},web,up\n".encode()
    read = read_evidence(io.BytesIO(content), Options(keep_going=True))
    assert [run.check for run in read.runs] == ["web"]
    (problem,) = read.problems
    assert str(problem.place) == "evidence:2:25"
    assert problem.code == "facts-not-utf-8"


def test_every_bad_row_is_told_up_to_a_bound() -> None:
    """So a file of another kind neither fills the memory nor the screen."""
    rows = MOST + 234
    problems = refused(HEADER + "then,web,up\n" * rows)
    assert len(problems) == MOST + 1
    assert problems[-1] == (
        "evidence: error [evidence-more] 234 more problems in this file are not shown"
    )


def test_a_line_without_end_is_refused_in_bounded_memory() -> None:
    (said,) = refused(HEADER + "x" * 3_000_000)
    assert "evidence:2: error [evidence-not-csv]" in said
