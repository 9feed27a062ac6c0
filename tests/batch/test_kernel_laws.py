"""Laws of the kernel: equal to plain Python, and joined in any grouping."""

from __future__ import annotations

import random
from dataclasses import asdict
from itertools import pairwise

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st
from tests.batch.oracle import STATES, Look, figure_by_hand, runs_by_hand
from tests.batch.tables import runs_in, spans_table, table_of_looks

from uphold.batch.kernel.figures import LENGTHS, figures
from uphold.batch.kernel.joining import join
from uphold.batch.kernel.runs import runs_of
from uphold.batch.rule import Rule

looks = st.builds(
    Look,
    check=st.sampled_from(["a", "b", "c"]),
    at=st.integers(0, 120),
    state=st.sampled_from(STATES),
    source=st.sampled_from(["here", "there"]),
    interval=st.sampled_from([None, 3, 5]),
)
rules = st.builds(
    Rule,
    interval=st.integers(1, 6),
    silent_after=st.none() | st.integers(1, 12),
    in_a_row=st.integers(1, 3),
    least=st.none() | st.integers(1, 30),
    degraded_down=st.booleans(),
)
spans = st.lists(
    st.tuples(st.integers(-20, 150), st.integers(0, 60)).map(lambda one: (one[0], sum(one))),
    max_size=4,
)
BOTH = ("source", "interval")


@given(st.lists(looks, max_size=60), rules)
def test_runs_are_those_found_by_walking_along(rows: list[Look], rule: Rule) -> None:
    found = join([runs_of(table_of_looks(rows, BOTH), rule)])
    assert runs_in(found) == runs_by_hand(rows, rule)


@given(st.lists(looks, min_size=1, max_size=60), rules, st.randoms(use_true_random=False))
def test_duplicates_are_counted(rows: list[Look], rule: Rule, rng: random.Random) -> None:
    found = runs_of(table_of_looks(rows, BOTH), rule)
    distinct = {(row.source, row.check, row.at) for row in rows}
    assert sum(found.column("duplicates").to_pylist()) == len(rows) - len(distinct)
    assert sum(found.column("count").to_pylist()) == len(distinct)


@given(st.lists(looks, max_size=50), rules, st.data())
def test_any_grouping_of_chunks_joins_to_the_same_runs(
    rows: list[Look], rule: Rule, data: st.DataObject
) -> None:
    ordered = sorted({(row.at, row.source, row.check): row for row in rows}.values(), key=_at)
    cuts = data.draw(st.lists(st.integers(0, len(ordered)), max_size=4).map(sorted))
    edges = [0, *cuts, len(ordered)]
    tables = [
        runs_of(table_of_looks(ordered[start:stop], BOTH), rule) for start, stop in pairwise(edges)
    ]
    whole = join([runs_of(table_of_looks(ordered, BOTH), rule)])
    while len(tables) > 1:
        first = tables.pop(data.draw(st.integers(0, len(tables) - 1)))
        other = tables.pop(data.draw(st.integers(0, len(tables) - 1)))
        tables.append(join([first, other]))
    assert runs_in(join(tables)) == runs_in(whole) == runs_by_hand(ordered, rule)


def _at(look: Look) -> int:
    return look.at


@given(st.lists(looks, max_size=40), rules, spans, st.lists(st.tuples(spans, st.booleans())))
def test_figures_are_those_worked_out_by_hand(
    rows: list[Look], rule: Rule, windows: list[tuple[int, int]], maintenance: list
) -> None:
    series = sorted({(row.source, row.check) for row in rows})
    excluded = [(span, None if common else "a") for found, common in maintenance for span in found]
    table = figures(
        join([runs_of(table_of_looks(rows, BOTH), rule)]),
        spans_table(windows, label=[str(place) for place in range(len(windows))]),
        spans_table([span for span, _ in excluded], check=[check for _, check in excluded]),
        rule,
    )
    expected = [
        asdict(
            figure_by_hand(
                [row for row in rows if (row.source, row.check) == one],
                rule,
                window,
                tuple(span for span, check in excluded if check in (None, one[1])),
            )
        )
        for one in series
        for window in windows
    ]
    assert table.select(list(LENGTHS)).to_pylist() == expected


@given(st.lists(looks, min_size=1, max_size=40), rules, spans)
def test_lowest_is_at_most_the_figure_and_that_at_most_the_highest(
    rows: list[Look], rule: Rule, windows: list[tuple[int, int]]
) -> None:
    runs = join([runs_of(table_of_looks(rows, BOTH), rule)])
    for row in figures(runs, spans_table(windows), None, rule).to_pylist():
        assert row["down_highest"] <= row["down"] <= row["down_lowest"] + row["unknown_short"]
        assert row["down"] + row["unknown"] <= row["owed"]


@given(st.integers(2, 7), st.integers(0, 40), st.integers(0, 50))
@example(4, 4, 3)
def test_a_run_that_is_cut_has_the_looks_up_to_then_and_the_last_of_them(
    count: int, more: int, until: int
) -> None:
    """Ten microseconds have no three equal parts: the looks are at 0, 3, 6 and 10."""
    length = 2 * count - 2 + more
    times = [each * length // (count - 1) for each in range(count)]
    rule = Rule(interval=length // (count - 1), silent_after=length, in_a_row=2)
    whole, seen = (
        join([runs_of(table_of_looks([Look("a", at, "down") for at in looked]), rule)])
        for looked in (times, [at for at in times if at <= until])
    )
    window = spans_table([(0, 2 * length)])
    cut, so_far = (figures(runs, window, None, rule, until) for runs in (whole, seen))
    assert cut.to_pylist() == so_far.to_pylist()


def test_no_checks_have_no_runs_and_no_figures() -> None:
    rule = Rule(interval=60)
    runs = join([runs_of(table_of_looks([]), rule)])
    assert runs.num_rows == 0
    assert figures(runs, spans_table([(0, 10)]), None, rule).num_rows == 0
    assert join([]).schema == runs.schema
    assert isinstance(runs, pa.Table)
