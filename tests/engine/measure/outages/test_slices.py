"""Indicators that judge slices of time: failed attempts, lost packets, slow answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.engine.measure.outages.sight import (
    evidence,
    indicator,
    known,
    looks,
    readings,
    run,
    seen,
    spans,
)

from uphold.agreement.phrases.measures import parse_down_when
from uphold.facts.evidence import Run
from uphold.worktime.durations import Elapsed

SERVICE = "service: calling\nparts: [query]\ndown when: any part is down\n"
CHECKS = evidence(sources="{checks: every 1 minute}")
FAILED = indicator("query", "failed at least 10 % of attempts in 5 minutes", at_least="20 attempts")


def failing(
    first: float, last: float, failed: int, attempts: int = 100, state: str = "up", every: float = 1
) -> Run:
    """A run of looks that each made attempts."""
    return run("oslo", first, last, state, "query", every=every, attempts=attempts, failed=failed)


def test_a_slice_is_down_as_a_whole_when_the_share_is_reached() -> None:
    runs = [failing(0, 4, 0), failing(5, 9, 10), failing(10, 14, 9)]
    found = seen((SERVICE, CHECKS, FAILED), runs, until=15)
    (outage,) = found.outages
    assert readings(outage) == ((5, 10), (5, 10), (5, 10))
    assert known(found) == [(0, 15)]


def test_slices_count_from_the_epoch_and_looks_add_up_in_them() -> None:
    runs = [failing(3, 3, 0, 90), failing(6, 6, 0, 90), failing(8, 8, 10, 10)]
    found = seen((SERVICE, CHECKS, FAILED), runs, until=15)
    assert spans(found.outages) == [(5, 10)]
    assert known(found) == [(0, 10)], "the slice from minute 10 has no look"


def test_a_slice_with_too_few_attempts_is_up() -> None:
    runs = [failing(5, 5, 19, 19), failing(10, 10, 20, 20)]
    found = seen((SERVICE, CHECKS, FAILED), runs, until=15)
    assert spans(found.outages) == [(10, 15)]
    assert known(found) == [(5, 15)]


def test_a_look_without_measures_is_one_attempt() -> None:
    rule = indicator("query", "failed at least 40 % of attempts in 5 minutes")
    found = seen((SERVICE, CHECKS, rule), looks("oslo", "UUUDUDUDUU", "query"), until=10)
    assert spans(found.outages) == [(5, 10)]


def test_a_look_that_saw_nothing_is_no_attempt() -> None:
    rule = indicator("query", "failed at least 40 % of attempts in 5 minutes")
    found = seen((SERVICE, CHECKS, rule), looks("oslo", "?????D?U?D", "query"), until=10)
    assert known(found) == [(5, 10)]
    assert spans(found.outages) == [(5, 10)]


def test_attempts_without_a_number_of_failed_ones_fail_with_the_look() -> None:
    runs = [
        run("oslo", 0, 4, "down", "query", attempts=100),
        run("oslo", 5, 9, "up", "query", attempts=100),
    ]
    assert spans(seen((SERVICE, CHECKS, FAILED), runs, until=10).outages) == [(0, 5)]


def test_long_runs_say_what_their_looks_say_one_by_one() -> None:
    rule = indicator("query", "failed at least 50 % of attempts in 5 minutes")
    every = [failing(at / 2, at / 2, 1 if at in range(61, 90) else 0, 1) for at in range(120)]
    whole = [
        failing(0, 30, 0, 1, every=0.5),
        failing(30.5, 44.5, 1, 1, every=0.5),
        failing(45, 59.5, 0, 1, every=0.5),
    ]
    one, other = (seen((SERVICE, CHECKS, rule), runs, until=60) for runs in (every, whole))
    assert spans(one.outages) == [(30, 45)]
    assert one == other


def test_looks_further_apart_than_a_slice_leave_slices_unknown() -> None:
    rule = indicator("query", "failed at least 50 % of attempts in 5 minutes")
    found = seen((SERVICE, CHECKS, rule), [failing(1, 31, 1, 1, every=10)], until=60)
    assert spans(found.outages) == [(0, 5), (10, 15), (20, 25), (30, 35)]
    assert known(found) == [(0, 5), (10, 15), (20, 25), (30, 35)]


def test_two_places_are_judged_each_alone() -> None:
    two = evidence(sources="{checks: every 1 minute}", agreed_when="checks from 2 places")
    rule = indicator("query", "failed at least 40 % of attempts in 5 minutes")
    runs = looks("oslo", "DDDDDUUUUU", "query") + looks("bergen", "DDUUUDDUUU", "query")
    found = seen((SERVICE, two, rule), runs, until=10)
    assert spans(found.outages) == [(0, 10)], "bergen's second slice hangs together with the first"
    runs = looks("oslo", "DDDDDUUUUU", "query") + looks("bergen", "UUUUUUUUUU", "query")
    found = seen((SERVICE, two, rule), runs, until=10)
    assert found.outages == ()
    assert spans(found.questions) == [(0, 5)]


@pytest.mark.parametrize(("lost", "down"), [("0.99", []), ("1", [(0, 5)]), ("1.01", [(0, 5)])])
def test_packet_loss_is_the_mean_of_the_looks_weighed_by_attempts(
    lost: str, down: list[tuple[float, float]]
) -> None:
    rule = indicator("query", "packet loss of at least 1 % in 5 minutes")
    runs = [
        run("oslo", 0, 0, "up", "query", attempts=300, loss=Decimal(0)),
        run("oslo", 1, 1, "up", "query", attempts=100, loss=4 * Decimal(lost)),
    ]
    assert spans(seen((SERVICE, CHECKS, rule), runs, until=5).outages) == down


def test_packets_counted_as_attempts_and_failed_ones_give_the_loss() -> None:
    rule = indicator("query", "packet loss of at least 1 % in 5 minutes")
    runs = [failing(0, 4, 1, 100), failing(5, 9, 1, 101)]
    assert spans(seen((SERVICE, CHECKS, rule), runs, until=10).outages) == [(0, 5)]


def test_slow_answers_and_failed_ones_are_slow() -> None:
    rule = indicator(
        "query", "slower than 800 milliseconds for at least 20 % of attempts in 5 minutes"
    )
    runs = [
        *(run("oslo", at, at, "up", "query", milliseconds=800) for at in (0, 1, 2, 3)),
        run("oslo", 4, 4, "up", "query", milliseconds=801),
        *(run("oslo", at, at, "up", "query", milliseconds=800) for at in (5, 6, 7, 8, 9)),
        *(run("oslo", at, at, "up", "query", milliseconds=800) for at in (10, 11, 12, 13)),
        run("oslo", 14, 14, "down", "query"),
    ]
    assert spans(seen((SERVICE, CHECKS, rule), runs, until=15).outages) == [(0, 5), (10, 15)]


def test_a_part_of_a_millisecond_is_read_exactly() -> None:
    rule = parse_down_when(
        "slower than 1.001 milliseconds for at least 20 % of attempts in 5 minutes"
    )
    assert rule.threshold == Elapsed(1001)


def test_a_slice_that_lasts_is_judged_so_far() -> None:
    rule = indicator("query", "failed at least 50 % of attempts in 5 minutes")
    runs = looks("oslo", "UUUUUDUUUU", "query")
    found = seen((SERVICE, CHECKS, rule), runs, until=5.5)
    (outage,) = found.outages
    assert spans(found.outages) == [(5, 5.5)]
    assert outage.open
    assert seen((SERVICE, CHECKS, rule), runs, until=10).outages == ()


def test_a_log_that_counts_attempts_is_judged_by_them_and_one_that_does_not_is_not() -> None:
    terms = (SERVICE, evidence(), FAILED)
    counting = [run("balancer", 0, 4, "up", "query", kind="logs", attempts=100, failed=50)]
    assert spans(seen(terms, counting, until=10).outages) == [(0, 5)]
    telling = [run("balancer", 1, 2, "down", "query", kind="logs", every=None)]
    assert spans(seen(terms, telling, until=10).outages) == [(1, 2)]


def test_no_more_attempts_fail_than_were_made() -> None:
    rule = indicator("query", "failed at least 15 % of attempts in 5 minutes")
    runs = [failing(0, 0, 200, 100), failing(1, 1, 0, 900)]
    assert seen((SERVICE, CHECKS, rule), runs, until=5).outages == ()


def test_slices_of_one_run_may_hold_one_look_more_or_less() -> None:
    """Every 70 seconds there are four or five looks in five minutes; five are needed."""
    rule = indicator(
        "query", "failed at least 50 % of attempts in 5 minutes", at_least="5 attempts"
    )
    whole = [run("oslo", 0, 56, "down", "query", every=7 / 6, count=49)]
    single = looks("oslo", 49 * "D", "query", every=7 / 6)
    found = seen((SERVICE, CHECKS, rule), whole, until=60)
    assert found == seen((SERVICE, CHECKS, rule), single, until=60)
    assert 1 < len(found.outages) < 12


def test_a_state_that_is_held_is_one_attempt_in_every_slice_that_it_reaches() -> None:
    rule = indicator("query", "failed at least 50 % of attempts in 5 minutes")
    runs = [
        run("oslo", 1, 15, "down", "query", every=None, count=1),
        run("oslo", 15, 40, "up", "query", every=None, count=1),
    ]
    found = seen((SERVICE, CHECKS, rule), runs, until=60)
    assert spans(found.outages) == [(0, 15)]
    assert known(found) == [(0, 40)]
