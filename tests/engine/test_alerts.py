"""Warnings fire at a share of the time, or a stretch before due, in working time.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from tests.engine.pages import DESK, PRIORITY, TARGETS, agreement, at, fact, judge, response, the

from uphold.agreement import Agreement
from uphold.engine import State, Verdict
from uphold.engine.alert import Alert, AlertState
from uphold.facts import Fact

FIRED, PENDING, NONE = AlertState.FIRED, AlertState.PENDING, AlertState.NONE
OPENED = fact("opened", "2026-03-06 10:00")


def warned(alerts: str, target: str = "8 business hours", **more: str) -> Agreement:
    return agreement(DESK, PRIORITY, response(target, alerts=f"[{alerts}]", **more))


def alert(verdict: Verdict) -> tuple[AlertState, datetime | None]:
    (found,) = verdict.alerts
    return found.state, found.at


def after(alerts: str, time: str, *facts: Fact, **more: str) -> tuple[AlertState, datetime | None]:
    return alert(the(judge(warned(alerts, **more), time, *facts)))


@pytest.mark.parametrize(
    ("time", "state"),
    [
        ("2026-03-06 16:00", PENDING),
        ("2026-03-07 12:00", PENDING),
        ("2026-03-08 23:59", PENDING),
        ("2026-03-09 07:59:59", PENDING),
        ("2026-03-09 08:00", PENDING),
        ("2026-03-09 09:00", FIRED),
    ],
)
def test_a_share_across_a_weekend_counts_working_time(time: str, state: AlertState) -> None:
    opened = fact("opened", "2026-03-06 11:00")  # 5 h on Friday, 3 h on Monday
    assert after("75 %", time, opened) == (state, at("2026-03-09 09:00"))


def test_a_share_used_up_exactly_at_closing_is_reached_at_closing() -> None:
    assert after("75 %", "2026-03-06 16:00", OPENED) == (FIRED, at("2026-03-06 16:00"))


@pytest.mark.parametrize(
    ("before", "warning"),
    [
        ("1 business hour before", "2026-03-06 15:30"),
        ("30 minutes before", "2026-03-09 08:00"),
        ("1 hour before", "2026-03-09 07:30"),
        ("30 business minutes before", "2026-03-09 08:00"),
        ("1 working day before", "2026-03-06 10:00"),  # Friday's opening, so at once
        ("2 business hours before", "2026-03-06 14:30"),
    ],
)
def test_a_stretch_before_a_monday_0830_due_time(before: str, warning: str) -> None:
    target = "6.5 business hours"
    state, time = after(before, "2026-03-06 10:00", OPENED, target=target)
    verdict = the(judge(warned(before, target), "2026-03-06 10:00", OPENED))
    assert (verdict.due, time) == (at("2026-03-09 08:30"), at(warning))
    assert state is (FIRED if warning == "2026-03-06 10:00" else PENDING)


def test_a_warning_longer_than_the_target_is_given_at_the_start() -> None:
    assert after("9 business hours before", "2026-03-06 10:00", OPENED) == (
        FIRED,
        at("2026-03-06 10:00"),
    )


def test_a_hold_moves_a_warning_that_has_not_been_given() -> None:
    facts = [
        OPENED,
        fact("awaiting", "2026-03-06 15:00", cause="customer"),
        fact("resumed", "2026-03-09 09:00", cause="customer"),
    ]
    assert after("75 %", "2026-03-09 09:30", *facts) == (PENDING, at("2026-03-09 10:00"))
    assert after("75 %", "2026-03-09 10:00", *facts) == (FIRED, at("2026-03-09 10:00"))
    before = after("1 business hour before", "2026-03-09 10:59", *facts)
    assert before == (PENDING, at("2026-03-09 11:00"))


def test_while_held_a_warning_stays_pending_however_long() -> None:
    facts = [OPENED, fact("awaiting", "2026-03-06 15:00", cause="customer")]
    for time in ("2026-03-06 15:30", "2026-03-09 12:00", "2026-03-31 12:00"):
        state, warning = after("75 %", time, *facts)
        assert state is PENDING
        assert warning is not None and warning > at(time)


def test_a_hold_that_is_on_at_the_very_instant_of_a_warning_puts_it_off() -> None:
    facts = [
        fact("opened", "2026-03-06 07:00"),
        fact("awaiting", "2026-03-06 07:30", cause="customer"),
        fact("resumed", "2026-03-06 09:00", cause="customer"),
    ]
    threshold = "8 business hours before"  # from the opening of the desk on
    assert after(threshold, "2026-03-06 08:00", *facts) == (PENDING, at("2026-03-06 08:00"))
    assert after(threshold, "2026-03-06 09:00", *facts) == (FIRED, at("2026-03-06 09:00"))


@pytest.mark.parametrize("threshold", ["75 %", "1 business hour before"])
def test_a_hold_after_a_warning_does_not_take_it_back(threshold: str) -> None:
    opened = fact("opened", "2026-03-06 08:00")
    given = at("2026-03-06 14:00" if threshold == "75 %" else "2026-03-06 15:00")
    facts = [
        opened,
        fact("awaiting", "2026-03-06 15:30", cause="customer"),
        fact("resumed", "2026-03-09 12:00", cause="customer"),
    ]
    for time in ("2026-03-06 15:00", "2026-03-06 15:45", "2026-03-09 12:00", "2026-04-01 12:00"):
        assert after(threshold, time, *facts) == (FIRED, given)


def test_what_ends_before_its_warning_needs_none() -> None:
    answered = fact("answered", "2026-03-06 16:00")
    assert after("75 %", "2026-03-10 12:00", OPENED, answered) == (NONE, None)
    merged = fact("merged", "2026-03-06 12:00", into="request:2")
    assert after("75 %", "2026-03-10 12:00", OPENED, merged) == (NONE, None)


def test_what_ends_after_its_warning_was_warned_of() -> None:
    answered = fact("answered", "2026-03-06 16:01")
    assert after("75 %", "2026-03-10 12:00", OPENED, answered) == (FIRED, at("2026-03-06 16:00"))


def test_a_tightened_target_warns_at_the_change_and_a_loosened_one_later() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("classified", "2026-03-06 11:00", priority="p1"),
    ]
    assert after("75 %", "2026-03-06 10:59", *facts, target=TARGETS) == (
        PENDING,
        at("2026-03-06 14:00"),
    )
    assert after("75 %", "2026-03-06 11:00", *facts, target=TARGETS) == (
        FIRED,
        at("2026-03-06 11:00"),
    )
    loosened = [
        fact("opened", "2026-03-06 08:00", priority="p1"),
        fact("classified", "2026-03-06 08:30", priority="p3"),
    ]
    assert after("75 %", "2026-03-06 12:00", *loosened, target=TARGETS) == (
        PENDING,
        at("2026-03-06 14:00"),
    )


def test_a_warning_given_before_the_target_was_loosened_stands() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p1"),
        fact("classified", "2026-03-06 08:50", priority="p3"),
    ]
    for time in ("2026-03-06 08:45", "2026-03-06 08:50", "2026-03-06 15:00"):
        assert after("75 %", time, *facts, target=TARGETS) == (FIRED, at("2026-03-06 08:45"))


def test_a_share_of_working_days_is_a_share_of_their_hours() -> None:
    # From 10:00 on Friday to Tuesday's closing are 22 hours of work: half of them on Monday 13:00.
    assert after("50 %", "2026-03-06 12:00", OPENED, target="2 working days") == (
        PENDING,
        at("2026-03-09 13:00"),
    )
    assert after("1 working day before", "2026-03-06 12:00", OPENED, target="2 working days") == (
        PENDING,
        at("2026-03-09 08:00"),
    )


def test_a_share_of_elapsed_time_over_a_change_of_the_clock() -> None:
    clock = agreement(response("4 hours", calendar="always", alerts="[50 %]"))
    verdict = the(judge(clock, "2026-03-29 00:30", fact("opened", "2026-03-29 00:30")))
    assert alert(verdict) == (PENDING, at("2026-03-29 03:30"))


def test_a_third_of_an_odd_time_is_never_early() -> None:
    clock = agreement(response("1 second", calendar="always", alerts="[33.33333333 %]"))
    verdict = the(judge(clock, "2026-03-29 00:30", fact("opened", "2026-03-29 00:30")))
    (found,) = verdict.alerts
    assert found.at is not None and found.at.microsecond == 333_334


def test_each_warning_of_each_cycle_has_a_key_of_its_own_and_a_json_form() -> None:
    clock = agreement(
        DESK,
        "clock: next-reply\nof: request\nstarts: each request.replied\nstops: request.answered\n"
        "calendar: desk\ntarget: 2 business hours\nalerts: [50 %, 30 minutes before]\n",
    )
    verdicts = judge(
        clock,
        "2026-03-06 14:15",
        fact("opened", "2026-03-06 08:00"),
        fact("replied", "2026-03-06 09:00"),
        fact("answered", "2026-03-06 10:30"),
        fact("replied", "2026-03-06 13:00"),
    )
    found = [each for verdict in verdicts for each in verdict.alerts]
    assert [each.key for each in found] == [
        ("request:1", "next-reply", 1, "50 %"),
        ("request:1", "next-reply", 1, "30 minutes before"),
        ("request:1", "next-reply", 2, "50 %"),
        ("request:1", "next-reply", 2, "30 minutes before"),
    ]
    assert [each.state for each in found] == [FIRED, NONE, FIRED, PENDING]
    written = json.loads(json.dumps(the(verdicts, "next-reply", 2).to_json()))
    assert written["alerts"][1] == {
        "key": ["request:1", "next-reply", 2, "30 minutes before"],
        "threshold": "30 minutes before",
        "at": "2026-03-06T14:30:00+01:00",
        "state": "pending",
    }


def test_a_clock_that_has_not_begun_or_is_not_owed_or_not_known_warns_of_nothing() -> None:
    limited = "applies: own-faults\nto: [response]\nunless: [request.cause is third-party]\n"
    clock = agreement(DESK, limited, response("8 business hours", alerts="[75 %]"))
    unowed = the(judge(clock, "2026-03-09 12:00", fact("opened", "2026-03-06 08:00",
                                                       cause="third-party")))  # fmt: skip
    assert (unowed.state, alert(unowed)) == (State.NOT_OWED, (NONE, None))
    waiting = warned("75 %", starts="request.forwarded")
    verdict = the(judge(waiting, "2026-03-09 12:00", OPENED))
    assert (verdict.state, alert(verdict)) == (State.NOT_STARTED, (NONE, None))
    unrecorded = fact("unrecorded", "2026-03-06 10:00", what=["request.answered"])
    unknown = the(judge(warned("75 %"), "2026-03-09 12:00", OPENED, unrecorded))
    assert (unknown.state, alert(unknown)) == (State.UNKNOWN, (NONE, None))


def test_a_warning_given_while_the_promise_held_stands_when_it_no_longer_does() -> None:
    limited = "applies: own-faults\nto: [response]\nunless: [request.cause is third-party]\n"
    clock = agreement(DESK, limited, response("4 business hours", alerts="[50 %]"))
    cause = fact("cause", "2026-03-06 13:00", cause="third-party")
    verdict = the(judge(clock, "2026-03-06 15:00", OPENED, cause))
    assert (verdict.state, alert(verdict)) == (State.NOT_OWED, (FIRED, at("2026-03-06 12:00")))


def test_a_chained_clock_is_warned_of_before_it_starts() -> None:
    chained = (
        "clock: resolution\nof: request\nstarts: response.due\nstops: request.resolved\n"
        "calendar: desk\ntarget: 4 business hours\nalerts: [50 %]\n"
    )
    clock = agreement(DESK, response("8 business hours"), chained)
    verdict = the(judge(clock, "2026-03-06 12:00", OPENED), "resolution")
    assert (verdict.state, alert(verdict)) == (State.NOT_STARTED, (PENDING, at("2026-03-09 12:00")))


def test_a_lead_time_is_warned_of_before_it_runs_out() -> None:
    placed = (
        "clock: lead\nof: order\nstops: order.delivered\ncalendar: desk\n"
        "target: at least 4 business hours before order.wanted\nalerts: [2 business hours before]\n"
    )
    order = fact("order.placed", "2026-03-06 08:00", item="bridge", wanted=at("2026-03-09 10:00"))
    verdict = the(judge(agreement(DESK, placed), "2026-03-06 12:01", order), "lead", 1, "order:1")
    assert verdict.due == at("2026-03-06 14:00")
    assert alert(verdict) == (FIRED, at("2026-03-06 12:00"))


def test_before_the_agreement_there_is_nothing_to_warn_of() -> None:
    verdict = the(judge(warned("75 %"), "2026-03-06 12:00", fact("opened", "2025-12-01 09:00")))
    assert (verdict.state, verdict.alerts) == (State.NOT_OWED, ())


def test_an_alert_compares_by_value() -> None:
    key = ("request:1", "response", 1, "75 %")
    assert Alert(key, None, NONE) == Alert(key, None, NONE)
