"""What the kernel refuses rather than measure wrongly, and what it takes as it comes."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.oracle import Look, runs_by_hand
from tests.batch.tables import runs_in, spans_table, table_of_looks
from tests.batch.test_kernel_laws import BOTH, looks, rules

from uphold.batch import Rule
from uphold.batch.faults import ChecksMissing, ChunksInterleave, ColumnWrong
from uphold.batch.kernel.figures import figures
from uphold.batch.kernel.joining import clashing_series, join
from uphold.batch.kernel.looks import grouped, looks_of
from uphold.batch.kernel.runs import runs_of

RULE = Rule(interval=60)
WINDOW = spans_table([(0, 1000)])


@given(st.lists(st.tuples(looks, st.integers(0, 2)), max_size=40), rules)
def test_chunks_that_interleave_are_never_joined_wrongly(
    rows: list[tuple[Look, int]], rule: Rule
) -> None:
    tables = [
        runs_of(table_of_looks([row for row, chunk in rows if chunk == number], BOTH), rule)
        for number in range(3)
    ]
    expected = runs_by_hand([row for row, _ in rows], rule)
    clashing = clashing_series(tables)
    if not clashing:
        assert runs_in(join(tables)) == expected
        return
    with pytest.raises(ChunksInterleave) as raised:
        join(tables)
    assert raised.value.series == clashing


def test_interleaving_names_the_series_and_the_time() -> None:
    ones = [runs_of(table_of_looks([Look("web", at, "up") for at in ats]), RULE) for ats in _ATS]
    with pytest.raises(ChunksInterleave, match="“web”") as raised:
        join(ones)
    assert raised.value.series == (("", "web"),)


_ATS = ((0, 100, 200), (50, 150, 250))


def test_looks_of_many_series_keep_their_order() -> None:
    number = 5000
    table = pa.table(
        {
            "check": pa.array([f"c{place % number}" for place in range(4 * number)]),
            "at": pa.array(range(4 * number), pa.int64()),
            "state": pa.array(["up", "down"] * (2 * number)),
        }
    )
    once = looks_of(table, "", "refuse")
    found = grouped(once)
    assert sorted(found.at.tolist()) == once.at.tolist()
    assert found.at.tolist() == sorted(once.at.tolist(), key=lambda at: (at % number, at))
    runs = runs_of(table, Rule(interval=number))
    assert runs.num_rows == number
    assert sum(runs.column("count").to_pylist()) == 4 * number


def test_the_same_name_twice_in_a_dictionary_is_one_series() -> None:
    check = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0]), pa.array(["web", "web"]))
    table = table_of_looks([Look("x", at, "up") for at in (0, 60, 120)])
    found = runs_in(runs_of(table.set_column(0, "check", check), RULE))
    assert [(run.check, run.count) for run in found] == [("web", 3)]


@pytest.mark.parametrize("name", ["check", "state"])
def test_a_damaged_dictionary_is_refused(name: str) -> None:
    """Parquet's reader checks neither, and a name that is not there would be another's."""
    beyond = pa.DictionaryArray.from_arrays(pa.array([0, 7]), pa.array(["up", "down"]), safe=False)
    below = pa.DictionaryArray.from_arrays(pa.array([0, -1]), pa.array(["up", "down"]), safe=False)
    garbled = pa.DictionaryArray.from_arrays(
        pa.array([0, 1]),
        pa.Array.from_buffers(pa.string(), 2, pa.array([b"up", b"\xff"]).buffers()),
    )
    table = table_of_looks([Look("up", 0, "up"), Look("up", 60, "up")])
    for damaged in (beyond, below, garbled):
        place = table.schema.get_field_index(name)
        with pytest.raises(ColumnWrong, match=f"the column “{name}” is damaged"):
            runs_of(table.set_column(place, name, damaged), RULE)


@pytest.mark.parametrize(
    ("name", "column", "text"),
    [
        ("at", pa.array([1.5]), "is double"),
        ("at", pa.array([1], pa.timestamp("us")), "name no zone"),
        ("at", pa.array([1 << 62]), "in no year from 1 to 9999"),
        ("at", pa.array([1 << 63], pa.uint64()), "cannot be taken as whole microseconds"),
        ("check", pa.array([7]), "names and states are text"),
        ("state", pa.array(["flaky"]), "no state is called flaky"),
        ("interval", pa.array([0]), "must be above 0"),
    ],
)
def test_a_column_that_cannot_be_taken_is_named(name: str, column: pa.Array, text: str) -> None:
    table = table_of_looks([Look("web", 0, "up")], ("interval",))
    place = table.schema.get_field_index(name)
    with pytest.raises(ColumnWrong, match=text):
        runs_of(table.set_column(place, name, column), RULE)


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(ColumnWrong, match="named at is missing; there are check and state"):
        runs_of(table_of_looks([]).drop(["at"]), RULE)
    with pytest.raises(ColumnWrong, match="named start is missing"):
        figures(join([]), WINDOW.drop(["start"]), None, RULE)


def test_nulls_are_refused_unless_they_are_to_be_dropped() -> None:
    table = table_of_looks([Look("web", 0, "up"), Look("web", 60, "up")])
    table = table.set_column(2, "state", pa.array(["up", None]))
    with pytest.raises(ChecksMissing, match="1 row has nothing in the column “state”"):
        runs_of(table, RULE)
    assert [run.count for run in runs_in(runs_of(table, RULE, nulls="drop"))] == [1]


def test_runs_that_may_hide_a_silence_are_not_measured() -> None:
    runs = join([runs_of(table_of_looks([Look("web", 0, "up"), Look("web", 150, "up")]), RULE)])
    assert runs.num_rows == 1
    with pytest.raises(ColumnWrong, match="hide silence of 180 microseconds, but only 100"):
        figures(runs, WINDOW, None, Rule(interval=60, silent_after=100))


def test_runs_that_are_not_joined_are_not_measured() -> None:
    one, other = (runs_of(table_of_looks([Look("web", at, "up")]), RULE) for at in (500, 0))
    with pytest.raises(ColumnWrong, match="join them first"):
        figures(pa.concat_tables([one, other]), WINDOW, None, RULE)


def test_a_window_or_exclusion_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ColumnWrong, match="row 2 of the windows ends before it starts"):
        figures(join([]), spans_table([(0, 1), (9, 3)]), None, RULE)
    with pytest.raises(ColumnWrong, match="row 1 of the exclusions"):
        figures(join([]), WINDOW, spans_table([(9, 3)]), RULE)


@pytest.mark.parametrize("wrong", [{"interval": 0}, {"least": -1}, {"in_a_row": 0}])
def test_a_rule_that_means_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Rule(**wrong)
