"""Looks of any split, order and grouping make the same runs."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.facts.evidence.looks import LOOKS, STEADY, look, runs, runs_by_the_letter, series

from uphold.facts.evidence import Evidence, EvidenceConflict, Measure, Run
from uphold.facts.times import HOUR, MINUTE, SECOND

MANY = st.lists(LOOKS, max_size=40) | st.lists(STEADY, max_size=12)


def run(first: int, last: int, state: str, count: int, interval: int | None = MINUTE) -> Run:
    """A run at the web from Oslo, from minute to minute."""
    return Run("checks", "oslo", "web", first * MINUTE, last * MINUTE, state, interval, count)


@given(MANY, st.sampled_from([0, 2 * MINUTE, HOUR]))
def test_runs_are_those_that_the_rule_says(looks: list[Run], longest_gap: int) -> None:
    found = Evidence.of(looks, longest_gap=longest_gap).runs
    assert found == runs_by_the_letter(looks, longest_gap)


@given(MANY, st.data())
def test_any_split_order_and_grouping_gives_the_same_runs(
    looks: list[Run], data: st.DataObject
) -> None:
    whole = Evidence.of(looks)
    shuffled = data.draw(st.permutations(looks))
    parts = data.draw(st.integers(1, 5))
    owners = [data.draw(st.integers(0, parts - 1)) for _ in shuffled]
    pieces = [
        Evidence.of(each for each, owner in zip(shuffled, owners, strict=True) if owner == part)
        for part in range(parts)
    ]
    one_by_one = pieces[0]
    for piece in pieces[1:]:
        one_by_one = one_by_one.joined(piece)
    from_the_end = pieces[-1]
    for piece in reversed(pieces[:-1]):
        from_the_end = piece.joined(from_the_end)
    assert Evidence.join(pieces) == one_by_one == from_the_end == whole
    assert one_by_one.runs == whole.runs


@given(MANY, MANY)
def test_looks_that_came_twice_make_no_difference(looks: list[Run], others: list[Run]) -> None:
    one, other = Evidence.of(looks), Evidence.of(others)
    assert one.joined(one) == one
    assert one.joined(other) == other.joined(one) == one.joined(other).joined(one)
    assert Evidence.join([one, Evidence()]) == one


@given(MANY, st.sampled_from([0, 2 * MINUTE]))
def test_runs_read_again_are_the_same_runs(looks: list[Run], longest_gap: int) -> None:
    found = Evidence.of(looks, longest_gap=longest_gap).runs
    assert Evidence.of(found, longest_gap=longest_gap).runs == found
    assert Evidence.of([*looks, *found], longest_gap=longest_gap).runs == found


@given(MANY)
def test_no_gap_over_the_interval_is_inside_a_run(looks: list[Run]) -> None:
    """Silence that an agreement may ask about stays visible between two runs."""
    seen = {(each.source, each.check, each.kind): set[int]() for each in looks}
    for each in looks:
        seen[each.source, each.check, each.kind].add(each.first)
    for found in Evidence.of(looks).runs:
        inside = sorted(
            at
            for at in seen[found.source, found.check, found.kind]
            if found.first <= at <= found.last
        )
        assert len(inside) == found.count
        assert (inside[0], inside[-1]) == (found.first, found.last)
        gaps = [after - before for before, after in pairwise(inside)]
        assert all(2 * gap <= 3 * (found.interval or 0) for gap in gaps)


def test_equal_looks_one_behind_the_other_are_one_run() -> None:
    assert runs(series("uuudduuu")) == (
        run(0, 2, "up", 3),
        run(3, 4, "down", 2),
        run(5, 7, "up", 3),
    )


def test_a_silence_ends_a_run() -> None:
    assert runs(series("uu..uu")) == (run(0, 1, "up", 2), run(4, 5, "up", 2))


def test_a_silence_that_nobody_asks_about_may_be_bridged() -> None:
    evidence = Evidence.of(series("uu..uu"), longest_gap=3 * MINUTE)
    assert evidence.runs == (run(0, 5, "up", 4),)


def test_the_shorter_of_two_longest_gaps_holds_for_both() -> None:
    one = Evidence.of(series("uu..uu"), longest_gap=3 * MINUTE)
    other = Evidence.of(series("u"), longest_gap=2 * MINUTE)
    assert one.joined(other).longest_gap == other.joined(one).longest_gap == 2 * MINUTE
    assert len(one.joined(other).runs) == 2


def test_looks_of_unknown_interval_stay_looks() -> None:
    """How long each of them speaks only the agreement can say."""
    looks = [look(minute, interval=None) for minute in range(3)]
    assert runs(looks) == tuple(looks)


def test_a_change_of_interval_makes_a_new_run() -> None:
    every_minute = series("uuu")
    every_five = series("uu", every=5 * MINUTE, start=3 * MINUTE)
    assert runs(every_minute, every_five) == (
        run(0, 2, "up", 3),
        run(3, 8, "up", 2, 5 * MINUTE),
    )


def test_of_two_looks_at_one_instant_the_worse_counts() -> None:
    ranked = ["down", "degraded", "up", "unknown"]
    for place, worse in enumerate(ranked):
        for better in ranked[place:]:
            found = runs([look(0, better), look(0, worse)])
            assert [each.state for each in found] == [worse]


def test_a_late_look_takes_its_place() -> None:
    whole, late = series("uuuuu"), [look(2, "down")]
    assert runs(whole, late) == (run(0, 1, "up", 2), look(2, "down"), run(3, 4, "up", 2))


def test_one_loss_has_one_spelling() -> None:
    one, other = (
        Run("checks", "oslo", "web", at, at, "up", MINUTE, 1, Measure(loss=Decimal(text)))
        for at, text in ((0, "1.50"), (MINUTE, "1.5"))
    )
    (found,) = runs([one, other])
    assert found.count == 2
    assert found.measure is not None
    assert str(found.measure.loss) == "1.5"


def test_a_measure_of_nothing_is_none() -> None:
    assert runs([Run("checks", "oslo", "web", 0, 0, "up", MINUTE, 1, Measure())]) == (look(0),)


def test_a_renamed_check_goes_on_as_one() -> None:
    before = [Run("checks", "oslo", "old", at * MINUTE, at * MINUTE, "up", MINUTE) for at in (0, 1)]
    evidence = Evidence.of([*before, *series("..uu")]).renamed({"old": "web"})
    assert evidence.runs == (run(0, 3, "up", 4),)


def test_names_are_replaced_all_at_once() -> None:
    swapped = Evidence.of([Run("checks", "a", "b", 0, 0, "up")]).renamed({"a": "b", "b": "a"})
    assert swapped.runs == (Run("checks", "b", "a", 0, 0, "up"),)


@pytest.mark.parametrize(
    "wrong",
    [
        Run("checks", "oslo", "web", 1, 0, "up", None, 2),
        Run("checks", "oslo", "web", 0, 1, "up", None, 1),
        Run("checks", "oslo", "web", 0, 0, "up", None, 0),
        Run("checks", "oslo", "web", 0, 0, "well"),
        Run("pings", "oslo", "web", 0, 0, "up"),
    ],
)
def test_what_cannot_be_a_run_is_refused(wrong: Run) -> None:
    with pytest.raises(ValueError, match="run"):
        Evidence.of([wrong])


SUM = run(0, 10, "up", 11)
JITTERED = run(0, 10, "up", 12)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([SUM], [SUM]),
        ([run(2, 5, "up", 4)], [SUM]),
        ([run(0, 5, "up", 6)], [SUM]),
        ([look(4)], [SUM]),
        ([look(4.5)], [SUM]),
        ([look(0)], [SUM]),
        ([look(0, "unknown")], [SUM]),
        ([look(11)], [run(0, 11, "up", 12)]),
        ([look(12)], [SUM, look(12)]),
        ([look(11, "down")], [SUM, look(11, "down")]),
        ([run(11, 20, "up", 10)], [run(0, 20, "up", 21)]),
        ([run(10, 20, "up", 11)], [run(0, 20, "up", 21)]),
        ([run(5, 20, "up", 16)], [run(0, 20, "up", 21)]),
        ([run(12, 20, "up", 9)], [SUM, run(12, 20, "up", 9)]),
        ([run(5, 20, "up", 16), run(12, 14, "up", 3)], [run(0, 20, "up", 21)]),
    ],
)
def test_summed_runs_join_where_nothing_is_lost(others: list[Run], expected: list[Run]) -> None:
    assert runs([SUM], others) == tuple(expected)
    assert runs(others, [SUM]) == tuple(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SUM, look(4, "down")),
        (SUM, look(4, "unknown")),
        (SUM, look(4, "up", 5 * MINUTE)),
        (SUM, look(10, "down")),
        (SUM, run(2, 5, "down", 4)),
        (SUM, run(5, 20, "down", 16)),
        (SUM, run(10, 20, "down", 11)),
        (SUM, run(2, 5, "up", 40)),
        (SUM, run(0, 10, "up", 3, 5 * MINUTE)),
        (JITTERED, run(5, 20, "up", 16)),
    ],
)
def test_what_summed_runs_no_longer_tell_is_not_guessed(one: Run, other: Run) -> None:
    evidence = Evidence.of([one]).joined(Evidence.of([other]))
    assert Evidence.of([other]).joined(Evidence.of([one])) == evidence
    with pytest.raises(EvidenceConflict):
        assert evidence.runs
    assert [problem.code for problem in evidence.conflicts] == ["evidence-conflict"]


def test_a_conflict_says_what_meets_what_and_what_to_do() -> None:
    with pytest.raises(EvidenceConflict) as raised:
        assert Evidence.of([SUM, look(4, "down")]).runs
    assert str(raised.value) == (
        "error [evidence-conflict] what “oslo” saw of “web” (checks) does not fit together: "
        "“up” from Thu, 1 Jan 1970 00:00 UTC to Thu, 1 Jan 1970 00:10 UTC (11 looks), "
        "yet also “down” at Thu, 1 Jan 1970 00:04 UTC (1 look)\n"
        "hint: a summed run no longer says when its inner looks were; "
        "read the files that the runs were made from together"
    )


@pytest.mark.parametrize("join", [Evidence.joined, lambda one, two: Evidence.join([two, one])])
def test_a_conflict_is_gone_with_the_looks_that_hold_the_sum(
    join: Callable[[Evidence, Evidence], Evidence],
) -> None:
    """Joining never fails half-way, so it does not matter what is joined first."""
    overlap = join(Evidence.of([JITTERED]), Evidence.of([run(5, 20, "up", 16)]))
    assert overlap.conflicts
    whole = overlap.joined(Evidence.of([run(0, 20, "up", 22)]))
    assert whole.conflicts == ()
    assert whole.runs == (run(0, 20, "up", 22),)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(3, 6), st.booleans()), max_size=6))
def test_sums_join_alike_in_any_order(drawn: list[tuple[int, int, bool]]) -> None:
    sums = [run(at, at + size - 1, "up" if up else "down", size) for at, size, up in drawn]

    def outcome(evidence: Evidence) -> object:
        return evidence.conflicts or evidence.runs

    whole = outcome(Evidence.of(sums))
    assert outcome(Evidence.of(reversed(sums))) == whole
    assert outcome(Evidence.join(Evidence.of([each]) for each in sums)) == whole
    assert outcome(Evidence.of([*sums, *sums])) == whole


def test_evenly_spaced_sums_of_any_split_are_the_run_of_their_looks() -> None:
    looks = series("u" * 30)
    pieces = [Evidence.of(looks[start : start + 12]).runs for start in range(0, 24, 6)]
    assert runs(*pieces) == runs(looks[:30])


def test_instants_are_exact_to_the_microsecond() -> None:
    late = 253_402_300_799_999_999
    early = late - SECOND * 3 // 2 - 1
    at_edge = [Run("checks", "oslo", "web", early, early, "up", SECOND)]
    after = [Run("checks", "oslo", "web", late, late, "up", SECOND)]
    assert len(runs(at_edge, after)) == 2
