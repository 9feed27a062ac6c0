"""Warnings of an availability term: when so much of what may be lost was lost.

February 2026 has 28 days, of which 0.1 % may be lost: 40 minutes, 19.2 seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.measure.figures.watch import (
    ALLOWED,
    MINUTE,
    SECOND,
    Stretch,
    figure,
    ids,
    maintained,
    measured,
    promise,
    uptime,
    us,
    watched,
)
from tests.engine.pages import agreement, at, fact

from uphold.engine.alert import AlertState
from uphold.engine.measure.figure import BudgetAlert, Figure
from uphold.engine.measure.figure_json import figure_json
from uphold.facts import Fact


def february(
    alerts: str,
    *down: Stretch,
    until: str = "2026-02-15",
    facts: Iterable[Fact] = (),
    silent: Iterable[Stretch] = (),
    **term: Any,
) -> Figure:
    """The figure of February with these warnings, as seen until a time."""
    terms = uptime(alerts=f"[{alerts}]", **term)
    evidence = watched("2026-02-01", until, *down, silent=silent)
    return figure(measured(promise(terms), evidence, until, *facts), "2026-02")


def the(one: Figure) -> BudgetAlert:
    """The only warning of a figure."""
    (found,) = one.alerts
    return found


def test_a_share_of_what_may_be_lost_is_reached_at_an_exact_instant() -> None:
    """75 % of 40 min 19.2 s are 30 min 14.4 s: 20 of them on the 3rd, the others on the 4th."""
    one = february(
        "75 %",
        ("2026-02-03 10:00", "2026-02-03 10:20"),
        ("2026-02-04 10:00", "2026-02-04 10:15"),
    )

    alert = the(one)
    assert (alert.state, alert.threshold) == (AlertState.FIRED, "75 %")
    assert (alert.share, alert.before) == (Fraction(3, 4), None)
    assert alert.at == us("2026-02-04 10:00") + 10 * MINUTE + 14 * SECOND + 400_000
    assert "reason.alert-share" in ids(one)


def test_it_is_met_by_equality_and_a_microsecond_before_it_waits() -> None:
    exact = uptime("1 calendar days", "99.0", alerts="[50 %]")
    reached = us("2026-02-01 00:07:12")  # half of the 864 s that a day may lose
    for end, state, at_ in (
        ("00:07:12", AlertState.FIRED, reached),
        ("00:07:11", AlertState.PENDING, None),
    ):
        evidence = watched(
            "2026-02-01", "2026-02-01 12:00", ("2026-02-01", f"2026-02-01 {end}"), every=SECOND
        )
        found = measured(promise(exact), evidence, "2026-02-01 12:00")
        alert = the(figure(found, "2026-02-01..2026-02-01"))
        assert (alert.state, alert.at) == (state, at_)


def test_a_length_warns_when_only_so_much_may_still_be_lost() -> None:
    one = february("10 minutes before", ("2026-02-03 10:00", "2026-02-03 10:31"))

    assert the(one).before == 10 * MINUTE
    assert the(one).at == us("2026-02-03 10:00") + ALLOWED - 10 * MINUTE
    assert one.budget_left == ALLOWED - 31 * MINUTE
    assert "reason.alert-left" in ids(one)


def test_every_threshold_is_judged_by_itself() -> None:
    one = february("50 %, 75 %, 100 %, 5 minutes before", ("2026-02-03 10:00", "2026-02-03 10:31"))

    fired = [alert.at - us("2026-02-03 10:00") for alert in one.alerts if alert.at is not None]
    assert fired == [ALLOWED // 2, ALLOWED * 3 // 4]
    assert [str(alert.state) for alert in one.alerts] == ["fired", "fired", "pending", "pending"]


def test_what_does_not_count_warns_of_nothing() -> None:
    work = maintained("2026-02-03 10:00", "2026-02-03 11:00")
    left_out: dict[str, Any] = {
        "excludes": "[planned maintenance]",
        "counts": "outages of at least 1 hour",
    }
    one = february(
        "1 %",
        ("2026-02-03 10:00", "2026-02-03 11:00"),
        ("2026-02-05 10:00", "2026-02-05 10:59"),
        facts=work,
        **left_out,
    )

    assert (the(one).state, the(one).at) == (AlertState.PENDING, None)


def test_a_warning_that_was_not_reached_is_none_behind_the_window() -> None:
    one = february("75 %", ("2026-02-03 10:00", "2026-02-03 10:20"), until="2026-03-01")

    assert (the(one).state, the(one).at) == (AlertState.NONE, None)


def test_a_term_without_warnings_and_a_window_that_is_not_owed_have_none() -> None:
    down = ("2026-02-03 10:00", "2026-02-03 11:00")
    later = agreement("service: web\n", uptime(alerts="[75 %]"), posted="2026-03-10T00:00:00+01:00")
    evidence = watched("2026-02-01", "2026-03-01", down)

    assert figure(measured(promise(uptime()), evidence, "2026-03-01"), "2026-02").alerts == ()
    assert figure(measured(later, evidence, "2026-03-01"), "2026-02").alerts == ()


def test_where_nothing_may_be_lost_the_first_loss_warns() -> None:
    """A target of 100 %, and a length that is longer than all that may be lost."""
    down = ("2026-02-03 10:00", "2026-02-03 10:20")
    for alerts, target in (("75 %", "100"), ("2 hours before", "99.9")):
        assert the(february(alerts, down, target=target)).at == us("2026-02-03 10:00")
        assert the(february(alerts, target=target)).state is AlertState.PENDING


def test_nothing_warns_before_something_is_lost() -> None:
    """12 hours of silence leave 39 min 36 s to lose, which is no more than 40 minutes."""
    silent = [("2026-02-10 00:00", "2026-02-10 12:00")]
    down = ("2026-02-14 10:00", "2026-02-14 10:01")

    assert the(february("40 minutes before", silent=silent)).state is AlertState.PENDING
    assert the(february("40 minutes before", down, silent=silent)).at == us("2026-02-14 10:00")


def test_time_that_leaves_the_denominator_may_reach_it_while_the_service_is_up() -> None:
    """After 320 minutes of silence 40 minutes may be lost: the 20 that were are half of them."""
    silent = [("2026-02-10 00:00", "2026-02-10 12:00")]
    one = february("50 %", ("2026-02-03 10:00", "2026-02-03 10:20"), silent=silent)

    assert the(one).at == us("2026-02-10 05:20")


def test_unknown_time_that_counts_as_down_is_lost() -> None:
    silent = [("2026-02-10 00:00", "2026-02-10 12:00")]
    one = february("50 %", silent=silent, unknown="counts as down")

    assert the(one).at == us("2026-02-10 00:00") + ALLOWED // 2


def test_of_a_mean_of_parts_the_mean_is_held_against_it() -> None:
    """One of two parts down for 40 min 19.2 s is half of what may be lost."""
    parts = agreement(
        "service: web\nparts: [page, mail]\n", uptime(per="mean of parts", alerts="[50 %]")
    )
    evidence = [
        *watched(
            "2026-02-01", "2026-02-15", ("2026-02-03 10:00", "2026-02-03 11:00"), check="page"
        ),
        *watched("2026-02-01", "2026-02-15", check="mail"),
    ]

    assert the(figure(measured(parts, evidence, "2026-02-15"), "2026-02")).at == (
        us("2026-02-03 10:00") + ALLOWED
    )


def test_an_account_that_leaves_may_lose_less() -> None:
    """14 of 28 days: 20 min 9.6 s, of which three quarters are 15 min 7.2 s."""
    left = fact(
        "customer.agreed", "2026-01-01", "customer:acme", until=at("2026-02-15").isoformat()
    )
    terms = promise(uptime(per="account", alerts="[75 %]"))
    evidence = watched("2026-02-01", "2026-02-15", ("2026-02-03 10:00", "2026-02-03 10:20"))
    one = figure(measured(terms, evidence, "2026-02-20", left), "2026-02")

    assert the(one).at == us("2026-02-03 10:15:07.200000")


def test_it_is_written_as_the_warnings_of_clocks_are() -> None:
    terms = promise(uptime(alerts="[75 %, 5 minutes before]"))
    evidence = watched("2026-02-01", "2026-02-15", ("2026-02-03 10:00", "2026-02-03 10:31"))
    one = figure(measured(terms, evidence, "2026-02-15"), "2026-02")

    assert figure_json(one, terms)["alerts"] == [
        {
            "key": ["service:web/uptime/2026-02", "75 %"],
            "threshold": "75 %",
            "at": "2026-02-03T10:30:14.400000+01:00",
            "state": "fired",
        },
        {
            "key": ["service:web/uptime/2026-02", "5 minutes before"],
            "threshold": "5 minutes before",
            "at": None,
            "state": "pending",
        },
    ]


minutes = st.integers(0, 26 * 24 * 60)
downs = st.lists(st.tuples(minutes, st.integers(1, 40)), max_size=4)


@given(downs, st.integers(0, 27), st.sampled_from(["50 %", "75 %", "20 minutes before"]))
def test_a_warning_once_given_stays_as_the_window_goes_on(
    outages: list[tuple[int, int]], silent: int, threshold: str
) -> None:
    """Looked at when it was given, and ever after, it was given at the same instant."""
    begin = at("2026-02-01")

    def time(number: int) -> datetime:
        return begin + timedelta(minutes=number)

    stretches = [(time(start), time(start + length)) for start, length in outages]
    gap = [(time(silent * 24 * 60), time(silent * 24 * 60 + 600))]
    evidence = watched("2026-02-01", "2026-03-01", *stretches, silent=gap)
    terms = promise(uptime(alerts=f"[{threshold}]"))

    def seen(until: str | datetime) -> BudgetAlert:
        return the(figure(measured(terms, evidence, until), "2026-02"))

    whole = seen("2026-03-01")
    if whole.at is None:
        return
    given_at = begin + timedelta(microseconds=whole.at - us("2026-02-01"))
    for later in (timedelta(minutes=1), timedelta(hours=7)):
        if given_at + later < at("2026-03-01"):
            assert seen(given_at + later).at == whole.at
