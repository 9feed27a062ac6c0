"""No file, whatever is in it, makes reading evidence fail other than by its problems."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from uphold.facts.evidence import Options, read_evidence
from uphold.facts.times import HOUR, MINUTE

AT = "2027-02-01T10:00:00Z"

CELLS = st.one_of(
    st.sampled_from(
        [
            AT,
            "2027-02-01T11:00:00Z",
            "web",
            "up",
            "down",
            "1",
            "0",
            "",
            "1e999",
            "9" * 400,
            "0001-01-01T00:00:00+23:59",
            "9999-12-31T23:59:59-23:59",
            "NaN",
            "-5",
            "2.5",
            "1m",
            '"',
            "\ud800",
            "\x00",
            "02:30",
            "2027-W05-1T10",
            "99999999999999999999999",
        ]
    ),
    st.text(max_size=12),
)
COLUMNS = st.lists(
    st.sampled_from(
        [
            "checked_at",
            "check",
            "state",
            "source",
            "place",
            "kind",
            "interval",
            "milliseconds",
            "attempts",
            "failed",
            "good",
            "loss",
            "first",
            "last",
            "count",
            "other",
            "",
        ]
    ),
    max_size=9,
)
OPTIONS = st.builds(
    Options,
    interval=st.sampled_from([None, MINUTE]),
    change_log=st.sampled_from([None, HOUR]),
    kind=st.sampled_from([None, "logs"]),
    zone=st.sampled_from([None, "Europe/Oslo"]),
    unit=st.sampled_from([None, "seconds", "milliseconds", "microseconds"]),
    keep_going=st.booleans(),
    longest_gap=st.sampled_from([0, HOUR]),
)


@given(st.binary(max_size=300), OPTIONS)
def test_no_bytes_raise(content: bytes, options: Options) -> None:
    read = read_evidence(io.BytesIO(content), options)
    assert read.problems or read.rows >= len(read.runs) or options.change_log


@given(COLUMNS, st.lists(st.lists(CELLS, max_size=9), max_size=6), OPTIONS)
def test_no_csv_raises(header: list[str], rows: list[list[str]], options: Options) -> None:
    lines = [",".join(cells) for cells in [header, *rows]]
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    read = read_evidence(io.BytesIO(content), options)
    assert read.runs == () or not read.problems or options.keep_going


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(CELLS, inner, max_size=2)),
    max_leaves=4,
)


@given(st.lists(st.dictionaries(COLUMNS.map("".join) | CELLS, JSON, max_size=6)), OPTIONS)
def test_no_json_raises(rows: list[dict[str, object]], options: Options) -> None:
    content = "\n".join(map(json.dumps, rows))
    read = read_evidence(io.BytesIO(content.encode()), options)
    assert read.runs == () or not read.problems or options.keep_going


@given(
    st.lists(
        st.fixed_dictionaries(
            {"checked_at": CELLS | st.integers(), "check": CELLS, "state": CELLS | st.booleans()},
            optional={
                "interval": CELLS | st.floats(),
                "attempts": st.integers(),
                "failed": st.integers(0, 5),
                "milliseconds": CELLS | st.floats(),
            },
        ),
        max_size=4,
    ),
    OPTIONS,
)
def test_no_look_in_json_raises(rows: list[dict[str, object]], options: Options) -> None:
    content = "\n".join(map(json.dumps, rows))
    read = read_evidence(io.BytesIO(content.encode()), options)
    assert read.rows == len(rows)
    assert read.runs == () or not read.problems or options.keep_going
