"""Looks of one source: what they say, how long they speak, and where the edges are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from tests.engine.measure.outages.sight import (
    SERVICE,
    START,
    evidence,
    indicator,
    known,
    looks,
    readings,
    run,
    seen,
    spans,
)
from tests.engine.pages import agreement

from uphold.engine.measure.timelines import timeline
from uphold.facts.evidence import Evidence, Run

CHECKS = evidence(sources="{checks: every 1 minute}")
ONE_CHECK = ("service: calling\nparts: [sign-in]\ndown when: any part is down\n", CHECKS)


def test_a_failed_look_lasts_until_the_next_good_one() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UUDDDUU"), until=7)
    (outage,) = found.outages
    assert readings(outage) == ((2, 4), (2, 5), (1, 5))
    assert not outage.open
    assert known(found) == [(0, 7)]
    assert found.questions == ()


def test_one_failed_look_is_one_interval_at_most_and_nothing_at_least() -> None:
    (outage,) = seen(ONE_CHECK, looks("oslo", "UUDUU"), until=5).outages
    assert readings(outage) == ((2, 2), (2, 3), (1, 3))


def test_joined_runs_say_what_their_looks_say() -> None:
    single = looks("oslo", "UUUDDDDU..UUU.D.....UUDU?DU")
    joined = Evidence.of(single).runs
    assert len(joined) < len(single)
    assert seen(ONE_CHECK, joined, until=30) == seen(ONE_CHECK, single, until=30)


def test_a_pause_as_long_as_is_allowed_is_no_silence() -> None:
    found = seen(ONE_CHECK, looks("oslo", "U..U"), until=4)
    assert known(found) == [(0, 4)]


def test_behind_a_silence_a_look_speaks_for_its_own_interval_alone() -> None:
    found = seen(ONE_CHECK, looks("oslo", "U...U"), until=5)
    assert known(found) == [(0, 1), (4, 5)]


def test_without_a_limit_three_intervals_are_no_silence() -> None:
    terms = (ONE_CHECK[0], evidence(sources="{checks: every 1 minute}", silent_after=""))
    assert known(seen(terms, looks("oslo", "U..U"), until=4)) == [(0, 4)]
    assert known(seen(terms, looks("oslo", "U...U"), until=5)) == [(0, 1), (4, 5)]


def test_a_runs_own_interval_goes_before_the_terms() -> None:
    runs = looks("oslo", "U.U", every=10)
    assert known(seen(ONE_CHECK, runs, until=40)) == [(0, 10), (20, 30)]
    assert known(seen(ONE_CHECK, looks("oslo", "UU", every=10), until=40)) == [(0, 20)]


def test_where_the_source_does_not_say_how_often_it_looks_the_term_does() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UUD", interval=False), until=10)
    assert known(found) == [(0, 3)]
    assert spans(found.outages) == [(2, 3)]


def test_a_changed_interval_bends_nothing() -> None:
    slow = looks("oslo", "UUUDUU", every=5)
    fast = looks("oslo", "UUUDDUUU", start=30)
    found = seen(ONE_CHECK, slow + fast, until=38)
    assert spans(found.outages) == [(15, 20), (33, 35)]
    assert known(found) == [(0, 38)]


def test_an_outage_over_a_change_of_interval_is_one() -> None:
    runs = [*looks("oslo", "UUD", every=5), *looks("oslo", "DDU", start=13)]
    (outage,) = seen(ONE_CHECK, runs, until=16).outages
    assert readings(outage) == ((10, 14), (10, 15), (5, 15))


def test_down_before_a_silence_ends_with_its_own_interval() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UDD.....UU"), until=10)
    (outage,) = found.outages
    assert readings(outage) == ((1, 2), (1, 3), (0, 3))
    assert known(found) == [(0, 3), (8, 10)]


def test_a_silence_within_an_outage_makes_two_with_unknown_time_between() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UDD.....DDU"), until=11)
    assert spans(found.outages) == [(1, 3), (8, 10)]
    assert readings(found.outages[1]) == ((8, 9), (8, 10), (8, 10))
    assert known(found) == [(0, 3), (8, 11)]


def test_a_look_that_saw_nothing_is_unknown_time_and_no_good_look() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UD?DU"), until=5)
    assert [readings(each) for each in found.outages] == [
        ((1, 1), (1, 2), (0, 4)),
        ((3, 3), (3, 4), (0, 4)),
    ]
    assert known(found) == [(0, 2), (3, 5)]


def test_degraded_counts_as_the_term_says() -> None:
    assert seen(ONE_CHECK, looks("oslo", "UGGU"), until=4).outages == ()
    terms = (ONE_CHECK[0], evidence(sources="{checks: every 1 minute}", degraded="down"))
    assert spans(seen(terms, looks("oslo", "UGGU"), until=4).outages) == [(1, 3)]


def test_of_two_looks_at_one_instant_the_worse_counts() -> None:
    runs = [*looks("oslo", "UUUU"), *looks("oslo", "D", start=2)]
    assert spans(seen(ONE_CHECK, runs, until=4).outages) == [(2, 3)]
    assert seen(ONE_CHECK, runs[::-1], until=4) == seen(ONE_CHECK, runs, until=4)


def test_a_silent_source_beside_one_that_speaks_leaves_nothing_unknown() -> None:
    runs = looks("oslo", "UU......UU") + looks("bergen", "UUUUUUUUUU")
    found = seen(ONE_CHECK, runs, until=10)
    assert known(found) == [(0, 10)]
    assert found.outages == ()


def test_a_retired_source_knows_nothing_and_the_one_that_follows_it_does() -> None:
    runs = looks("old-prober", "UUUU") + looks("new-prober", "UUDU", start=6)
    found = seen(ONE_CHECK, runs, until=10)
    assert known(found) == [(0, 4), (6, 10)]
    assert spans(found.outages) == [(8, 9)]


def test_nothing_behind_the_instant_looked_at_is_used() -> None:
    runs = looks("oslo", "UUDDDDUU")
    found = seen(ONE_CHECK, runs, until=4.5)
    (outage,) = found.outages
    assert readings(outage) == ((2, 4), (2, 4.5), (1, 4.5))
    assert outage.open
    assert found == seen(ONE_CHECK, Evidence.of(runs).runs, until=4.5)
    assert found == seen(ONE_CHECK, runs[:5], until=4.5)


@given(st.integers(2, 7), st.integers(0, 40), st.integers(0, 50))
@example(4, 4, 3)
def test_a_run_that_is_cut_has_the_looks_up_to_then_and_the_last_of_them(
    count: int, more: int, until: int
) -> None:
    """Ten microseconds have no three equal parts: the looks are at 0, 3, 6 and 10."""
    length, end = 2 * count - 2 + more, START + until
    every = length // (count - 1)
    whole = Run("checks", "oslo", "sign-in", START, START + length, "down", every, count)
    times = [START + each * length // (count - 1) for each in range(count)]
    single = [replace(whole, first=at, last=at, count=1) for at in times if at <= end]
    page = agreement(*ONE_CHECK)
    by_run, by_look = (
        timeline(page, "calling", runs, [], START, end) for runs in ([whole], single)
    )
    assert by_run == by_look


def test_a_usual_gap_is_that_of_the_looks_so_far() -> None:
    runs = looks("oslo", "UUUD", interval=False) + looks("oslo", "UUUUUU", start=9, every=5)
    later = [replace(run, interval=None) for run in runs]
    terms = (ONE_CHECK[0],)
    assert seen(terms, later, until=3.5) == seen(terms, later[:4], until=3.5)
    assert spans(seen(terms, later, until=4).outages) == [(3, 4)]


def test_an_outage_that_began_before_keeps_its_beginning() -> None:
    found = seen(ONE_CHECK, looks("oslo", "UUDDDDUU"), since=4, until=8)
    assert spans(found.outages) == [(2, 6)]
    assert known(found) == [(4, 8)]
    assert seen(ONE_CHECK, looks("oslo", "UDUUUUUU"), since=4, until=8).outages == ()


class TestRows:
    terms = (*ONE_CHECK, indicator("sign-in", "3 checks in a row fail"))

    def test_fewer_failed_looks_than_a_row_count_as_up(self) -> None:
        found = seen(self.terms, looks("oslo", "UDUDDU"), until=6)
        assert found.outages == ()
        assert known(found) == [(0, 6)]

    def test_a_row_counts_from_its_first_look(self) -> None:
        (outage,) = seen(self.terms, looks("oslo", "UDDDU"), until=5).outages
        assert readings(outage) == ((1, 3), (1, 4), (0, 4))

    def test_the_looks_of_a_row_are_those_of_one_source(self) -> None:
        runs = looks("oslo", "UDDU") + looks("bergen", "UUDU")
        assert seen(self.terms, runs, until=4).outages == ()

    def test_a_run_counts_for_as_many_looks_as_it_has(self) -> None:
        short = [run("oslo", 0, 4, "up"), run("oslo", 5, 6, "down"), run("oslo", 7, 9, "up")]
        long = [run("oslo", 0, 4, "up"), run("oslo", 5, 7, "down"), run("oslo", 8, 9, "up")]
        assert seen(self.terms, short, until=10).outages == ()
        assert spans(seen(self.terms, long, until=10).outages) == [(5, 8)]

    def test_states_in_turn_are_never_a_row(self) -> None:
        assert seen(self.terms, looks("oslo", "DUDUDUDUDU"), until=10).outages == ()

    def test_silence_neither_counts_nor_breaks_a_row(self) -> None:
        found = seen(self.terms, looks("oslo", "UDD.....DU"), until=10)
        assert spans(found.outages) == [(1, 3), (8, 9)]
        found = seen(self.terms, looks("oslo", "UD?DU"), until=5)
        assert found.outages == ()

    def test_a_log_says_itself_when_it_is_down(self) -> None:
        terms = (ONE_CHECK[0], evidence(), self.terms[2])
        log = [run("app", 0, 9, "up", kind="logs"), run("app", 10, 10, "down", kind="logs")]
        assert spans(seen(terms, log, until=11).outages) == [(10, 11)]


class TestLogs:
    terms = (ONE_CHECK[0], evidence(sources="{logs: component logs}", log_holds="26 hours"))

    def test_a_log_without_an_interval_has_sharp_edges(self) -> None:
        log = looks("app", "U.....D...U", kind="logs", interval=False)
        found = seen(self.terms, log, until=60)
        (outage,) = found.outages
        assert readings(outage) == ((6, 10), (6, 10), (6, 10))
        assert known(found) == [(0, 60)]

    def test_a_row_holds_for_the_stated_time_at_most(self) -> None:
        terms = (self.terms[0], evidence(sources="{logs: component logs}", log_holds="20 minutes"))
        found = seen(terms, looks("app", "U", kind="logs", interval=False), until=60)
        assert known(found) == [(0, 20)]

    def test_what_was_held_when_it_was_read_is_held_no_longer(self) -> None:
        terms = (self.terms[0], evidence(sources="{logs: component logs}", log_holds="20 minutes"))
        log = [run("app", 0, 20, "down", kind="logs", every=None)]
        (outage,) = seen(terms, log, until=60).outages
        assert readings(outage) == ((0, 20), (0, 20), (0, 20))

    def test_a_log_with_an_interval_has_the_edges_of_looks(self) -> None:
        log = [
            run("app", 0, 15, "up", kind="logs", every=5),
            run("app", 20, 30, "down", kind="logs", every=5),
            run("app", 35, 60, "up", kind="logs", every=5),
        ]
        (outage,) = seen(self.terms, log, until=60).outages
        assert readings(outage) == ((20, 30), (20, 35), (15, 35))


def test_an_agreement_without_an_evidence_term_takes_every_source_at_its_word() -> None:
    runs = looks("oslo", "UUDDUU") + looks("bergen", "UUUUUU")
    found = seen((SERVICE,), runs, until=6)
    assert spans(found.outages) == [(2, 4)]
    assert known(found) == [(2, 4)], "of place-call nothing is known while sign-in is up"
    both = [*runs, *looks("oslo", "UUUUUU", "place-call")]
    assert known(seen((SERVICE,), both, until=6)) == [(0, 6)]
