"""Logs of changes: rows that tell a state until the next row, for a stated time at most."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.evidence.looks import look

from uphold.facts.evidence import Evidence, Measure, Options, Run, read_evidence, runs_of_changes
from uphold.facts.times import HOUR, MINUTE, SECOND, parse_time

HOLDS = 26 * HOUR
FIVE = 5 * MINUTE


def row(minute: int, state: str, measure: Measure | None = None) -> Run:
    """A row at the web from Oslo, so many minutes after ten."""
    at = parse_time("2027-02-01T10:00:00Z") + minute * MINUTE
    return Run("checks", "oslo", "web", at, at, state, None, 1, measure)


def told(runs: tuple[Run, ...]) -> list[tuple[str, int, int, int]]:
    """State, first and last in minutes after ten, and count."""
    start = row(0, "up").first
    return [
        (run.state, (run.first - start) // MINUTE, (run.last - start) // MINUTE, run.count)
        for run in runs
    ]


def test_the_old_state_was_last_seen_one_interval_before_the_change() -> None:
    found = runs_of_changes([row(0, "down"), row(20, "up")], HOLDS, FIVE)
    assert told(found)[0] == ("down", 0, 15, 4)
    assert found[0].interval == FIVE


def test_a_state_holds_for_the_stated_time_at_most() -> None:
    """Its last look speaks for its interval, and no longer: to 26 hours after the row."""
    (found,) = runs_of_changes([row(0, "up")], HOLDS, FIVE)
    assert found.last + FIVE == found.first + HOLDS
    assert found.count == HOLDS // FIVE


def test_what_follows_the_stated_time_is_a_gap() -> None:
    found = runs_of_changes([row(0, "up"), row(30 * 60, "down")], HOLDS, FIVE)
    assert told(found)[0] == ("up", 0, 26 * 60 - 5, 312)
    assert told(found)[1][:2] == ("down", 30 * 60)


def test_a_row_that_repeats_the_state_renews_it() -> None:
    day = 24 * 60
    found = runs_of_changes([row(0, "up"), row(day, "up"), row(2 * day, "down")], HOLDS, FIVE)
    assert told(found)[0] == ("up", 0, 2 * day - 5, 2 * day // 5)


def test_a_state_does_not_end_before_its_own_row() -> None:
    found = runs_of_changes([row(0, "up"), row(2, "down"), row(3, "up")], HOLDS, FIVE)
    assert told(found)[:2] == [("up", 0, 0, 1), ("down", 2, 2, 1)]


def test_looks_between_rows_are_never_further_apart_than_the_interval() -> None:
    """Twelve minutes hold a look at each end and two between, every four minutes."""
    found = runs_of_changes([row(0, "down"), row(17, "up")], HOLDS, FIVE)
    assert told(found)[0] == ("down", 0, 12, 4)


def test_without_an_interval_edges_are_sharp() -> None:
    found = runs_of_changes([row(0, "down"), row(20, "up")], HOLDS)
    assert found[0].last + 1 == found[1].first
    assert found[0].interval == SECOND
    assert found[0].count == 20 * 60 + 1
    assert found[1].last + SECOND == found[1].first + HOLDS


def test_what_a_row_measured_is_its_own_looks_alone() -> None:
    slow = Measure(milliseconds=900)
    found = runs_of_changes([row(0, "up", slow), row(20, "down")], HOLDS, FIVE)
    assert told(found)[:2] == [("up", 0, 0, 1), ("up", 5, 15, 3)]
    assert [each.measure for each in found[:2]] == [slow, None]


def test_an_interval_of_the_row_itself_goes_first() -> None:
    found = runs_of_changes([look(0, "down", MINUTE), look(20, "up", MINUTE)], HOLDS, FIVE)
    assert (found[0].last, found[0].count, found[0].interval) == (19 * MINUTE, 20, MINUTE)


def test_runs_that_are_summed_up_are_handed_on() -> None:
    summed = Run("checks", "oslo", "mail", 0, 10 * MINUTE, "up", MINUTE, 11)
    assert summed in runs_of_changes([summed, row(0, "down")], HOLDS, FIVE)


@pytest.mark.parametrize(("holds", "interval"), [(0, FIVE), (-1, None), (HOLDS, 0)])
def test_a_time_of_nothing_is_refused(holds: int, interval: int | None) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        runs_of_changes([], holds, interval)


ROWS = st.lists(
    st.builds(row, st.integers(0, 90), st.sampled_from(["up", "down", "degraded"])), max_size=12
)


@given(ROWS, st.integers(1, 40), st.sampled_from([None, MINUTE, FIVE]), st.data())
def test_each_moment_is_as_the_last_row_before_it_says(
    rows: list[Run], holds: int, interval: int | None, data: st.DataObject
) -> None:
    """Against asking, minute by minute, for the last row at or before: order does not matter."""
    shuffled = data.draw(st.permutations(rows))
    found = runs_of_changes(shuffled, holds * MINUTE, interval)
    assert found == Evidence.of(found).runs
    kept = {run.first: run for run in Evidence.of(rows).runs}
    apart = interval or SECOND
    for run in found:
        inside = [at for at in kept if run.first <= at <= run.last]
        assert {kept[at].state for at in inside} <= {run.state}
        assert run.last - run.first <= (run.count - 1) * apart
    start = row(0, "up").first
    for at in range(start, start + 150 * MINUTE, MINUTE):
        states = [run.state for run in found if run.first <= at <= run.last]
        last = max((each for each in kept if each <= at), default=None)
        following = min((each for each in kept if each > at), default=None)
        until = at if following is None else following - (interval or 1)
        if last is None:
            assert states == []
        elif at == last or (at <= until and at <= last + holds * MINUTE - apart):
            assert states == [kept[last].state]
        elif states:  # looks of one state, not further apart than the interval, hang together
            assert following is not None
            assert states == [kept[last].state] == [kept[following].state]
            last_look = max(last, min(until, last + holds * MINUTE - apart))
            assert following - last_look <= apart


def test_the_real_log_of_changes(shared: Callable[[str], Path]) -> None:
    """The facet demo: down by a row of 14:01:10, up by one of 14:47:01, looked at every 5 minutes.

    So the last failed look was at 14:42:01. The row's own look took 0 ms, which is a look by
    itself; the 2,151 s from 14:06:10 to 14:42:01 hold nine looks that are within 5 minutes.
    """
    options = Options(change_log=HOLDS, interval=FIVE)
    read = read_evidence(shared("data/uptime_checks_2026-08.csv"), options)
    assert (read.rows, read.problems) == (314, ())
    assert len({run.check for run in read.runs}) == 18
    down = [run for run in read.runs if (run.check, run.state) == ("Facet Demo", "down")]
    assert [(run.first, run.last, run.count) for run in down] == [
        (parse_time("2026-08-19T14:01:10Z"), parse_time("2026-08-19T14:01:10Z"), 1),
        (parse_time("2026-08-19T14:06:10Z"), parse_time("2026-08-19T14:42:01Z"), 9),
    ]
