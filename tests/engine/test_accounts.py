"""What a customer's facts do to clocks: plans, offices, additions, training, and agreements.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.pages import (
    DESK,
    PRIORITY,
    agreement,
    at,
    fact,
    hours,
    ids,
    judge,
    response,
    the,
)

from uphold.agreement import Agreement
from uphold.engine import State, Verdicts
from uphold.facts import Fact

OPENED = fact("opened", "2026-03-06 14:00", account="acme-1", author="p7")


def customer(what: str, time: str, **more: Any) -> Fact:
    return fact(f"customer.{what}", time, "customer:acme", account="acme-1", **more)


AGREED = customer("agreed", "2026-01-05 09:00", plan="basic", office="oslo")

# -- hours and targets that the account decides

ADDITION = agreement(
    DESK, response("4 business hours", calendar="[always when account has 24x7, desk]")
)


@pytest.mark.parametrize(
    ("added", "due"),
    [
        ("2026-03-01 09:00", "2026-03-06 18:00"),
        ("2026-03-06 17:00", "2026-03-06 18:00"),  # counted round the clock from the same start
        ("2026-03-07 12:00", "2026-03-07 12:00"),  # what is past by then is due at the change
        ("2026-03-09 10:00", "2026-03-09 10:00"),
        ("2026-03-09 10:01", "2026-03-09 10:00"),  # too late to matter
    ],
)
def test_an_addition_that_begins_while_the_clock_runs(added: str, due: str) -> None:
    verdict = the(judge(ADDITION, "2026-03-09 12:00", AGREED, OPENED,
                        customer("added", added, addition="24x7")))  # fmt: skip
    assert verdict.due == at(due)
    before = the(judge(ADDITION, "2026-03-06 15:00", AGREED, OPENED))
    assert before.due == at("2026-03-09 10:00")


def test_an_addition_to_another_service_or_that_has_ended_changes_nothing() -> None:
    other = customer("added", "2026-03-01 09:00", addition="24x7", service="phone")
    ended = customer("added", "2026-03-01 09:00", addition="24x7", until=at("2026-03-06 14:00"))
    of_service = fact("opened", "2026-03-06 14:00", account="acme-1", service="video")
    for added in (other, ended):
        verdict = the(judge(ADDITION, "2026-03-06 15:00", AGREED, of_service, added))
        assert verdict.due == at("2026-03-09 10:00")
    mine = fact("opened", "2026-03-06 14:00", account="acme-1", service="phone")
    verdict = the(judge(ADDITION, "2026-03-06 15:00", AGREED, mine, other))
    assert verdict.due == at("2026-03-06 18:00")


BOSTON = "calendar: boston-desk\nzone: America/New_York\nhours: {mon-fri: 09:00-17:00}\n"
OFFICES = response("4 business hours", calendar="{by: account.office, oslo: desk, us: boston-desk}")


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("keep start", "2026-03-06 19:00"),  # 4 h from Boston's opening at 15:00
        ("restart", "2026-03-06 20:00"),  # 4 h from the change at 16:00
        ("no change", "2026-03-09 10:00"),
    ],
)
def test_a_change_of_office_while_the_clock_runs(rule: str, due: str) -> None:
    clock = agreement(DESK, BOSTON, OFFICES.replace("keep start", rule))
    moved = customer("office", "2026-03-06 16:00", office="us")
    verdict = the(judge(clock, "2026-03-06 16:30", AGREED, OPENED, moved))
    assert verdict.due == at(due)


def test_an_account_without_an_office_has_no_calendar() -> None:
    clock = agreement(DESK, BOSTON, OFFICES)
    verdict = the(judge(clock, "2026-03-06 15:00", OPENED))
    assert (verdict.state, verdict.due) == (State.UNKNOWN, None)
    assert "value-unknown" in ids(verdict)
    later = the(judge(clock, "2026-03-06 15:30", OPENED, customer("office", "2026-03-06 15:00",
                                                                  office="oslo")))  # fmt: skip
    assert (later.state, later.due) == (State.RUNNING, at("2026-03-09 10:00"))


def test_a_target_by_plan_follows_the_plan() -> None:
    clock = agreement(
        DESK, response("{by: account.plan, basic: 8 business hours, plus: 2 business hours}")
    )
    plus = customer("renewed", "2026-03-06 15:00", plan="plus")
    assert the(judge(clock, "2026-03-06 14:30", AGREED, OPENED, plus)).due == at("2026-03-09 14:00")
    assert the(judge(clock, "2026-03-06 15:30", AGREED, OPENED, plus)).due == at("2026-03-06 16:00")
    other = the(judge(clock, "2026-03-06 15:30", customer("agreed", "2026-01-05 09:00",
                                                          plan="gold"), OPENED))  # fmt: skip
    assert (other.state, "row-lacks" in ids(other)) == (State.UNKNOWN, True)


# -- entitlement

PEOPLE = "applies: people\nto: [response]\nonly if: [request.author is trained]\n"
TRAINED = agreement(DESK, PEOPLE, response("4 business hours"))


def test_a_person_who_is_trained_later_is_owed_from_then_on() -> None:
    trained = customer("trained", "2026-03-09 09:00", person="p7")
    before = the(judge(TRAINED, "2026-03-09 08:59", AGREED, OPENED, trained))
    assert (before.state, before.due, before.leans_on("people")) == (State.NOT_OWED, None, True)
    after = the(judge(TRAINED, "2026-03-09 10:00", AGREED, OPENED, trained))
    assert (after.state, after.due) == (State.RUNNING, at("2026-03-09 13:00"))
    assert after.used_us == hours(1)


def test_training_of_another_person_or_customer_entitles_nobody_else() -> None:
    others = [
        customer("trained", "2026-03-01 09:00", person="p8"),
        fact("customer.trained", "2026-03-01 09:00", "customer:zen", person="p7"),
    ]
    assert the(judge(TRAINED, "2026-03-09 10:00", AGREED, OPENED, *others)).state is State.NOT_OWED


def test_a_promise_that_is_taken_away_and_comes_back_counts_no_time_between() -> None:
    own = "applies: own\nto: [response]\nunless: [request.cause is third-party]\n"
    clock = agreement(DESK, own, response("4 business hours"))
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("cause", "2026-03-06 09:00", cause="third-party"),
        fact("cause", "2026-03-06 11:00", cause="own"),
    ]
    assert the(judge(clock, "2026-03-06 10:00", *facts)).state is State.NOT_OWED
    verdict = the(judge(clock, "2026-03-06 13:00", *facts))
    assert (verdict.state, verdict.due, verdict.used_us) == (
        State.RUNNING,
        at("2026-03-06 14:00"),
        hours(3),
    )
    missed = fact("cause", "2026-03-06 14:01", cause="third-party", seq=1)
    assert the(judge(clock, "2026-03-09 13:00", *facts, missed)).state is State.MISSED


# -- which agreement, and from when

SAMPLE = agreement(DESK, response("4 business hours"))
OTHER = agreement(DESK, response("1 business hour"), name="other")


def names(verdicts: Verdicts) -> list[tuple[str, State]]:
    return [(each.agreement, each.state) for each in verdicts]


def test_the_agreement_that_the_customer_agreed_to_binds() -> None:
    agreed = customer("agreed", "2026-01-05 09:00", agreement="other")
    assert names(judge([SAMPLE, OTHER], "2026-03-06 14:30", agreed, OPENED)) == [
        ("other", State.RUNNING)
    ]
    nobody = fact("opened", "2026-03-06 14:00")
    assert {name for name, _ in names(judge([SAMPLE, OTHER], "2026-03-06 14:30", nobody))} == {
        "sample",
        "other",
    }


@pytest.mark.parametrize(
    ("opened", "state"),
    [
        ("2026-02-27 23:59", State.NOT_OWED),
        ("2026-02-28 00:00", State.MISSED),
        ("2026-03-05 23:59", State.MISSED),
        ("2026-03-06 00:00", State.NOT_OWED),
    ],
)
@pytest.mark.parametrize("as_if", [False, True])
def test_an_agreement_binds_from_its_beginning_until_its_end(
    opened: str, state: State, as_if: bool
) -> None:
    agreed = customer(
        "agreed",
        "2026-01-05 09:00",
        agreement="sample",
        from_=at("2026-02-28 00:00"),
        until=at("2026-03-06 00:00"),
    )
    request = fact("opened", opened, account="acme-1")
    verdict = the(judge(SAMPLE, "2026-03-20 12:00", agreed, request, as_if_in_force=as_if))
    assert verdict.state is state
    assert ("no-agreement" in ids(verdict)) is (state is State.NOT_OWED)


def test_a_renewal_carries_the_agreement_on() -> None:
    agreed = customer(
        "agreed", "2026-01-05 09:00", agreement="sample", until=at("2026-03-01 00:00")
    )
    renewed = customer("renewed", "2026-02-20 09:00", until=at("2027-03-01 00:00"))
    assert the(judge(SAMPLE, "2026-03-06 15:00", agreed, OPENED)).state is State.NOT_OWED
    assert the(judge(SAMPLE, "2026-03-06 15:00", agreed, renewed, OPENED)).state is State.RUNNING


@pytest.mark.parametrize(
    ("as_if", "state", "reason"),
    [(False, State.NOT_OWED, "before-in-force"), (True, State.MISSED, "as-if-in-force")],
)
def test_things_from_before_the_agreement(as_if: bool, state: State, reason: str) -> None:
    opened = fact("opened", "2025-12-31 23:59:59")
    verdict = the(judge(SAMPLE, "2026-01-20 12:00", opened, as_if_in_force=as_if))
    assert (verdict.state, ids(verdict)[0]) == (state, reason)
    first = fact("opened", "2026-01-01 00:00")
    judged = the(judge(SAMPLE, "2026-01-20 12:00", first, as_if_in_force=as_if))
    assert (judged.state, reason in ids(judged)) == (State.MISSED, False)


def revision(number: int, target: str, posted: str, *more: str) -> Agreement:
    return agreement(DESK, response(target), *more, revision=number, posted=f"{posted}+01:00")


NOTICE = "amendment: posting\nin force: 30 calendar days after posted\n"


@pytest.mark.parametrize(("opened", "number"), [("2026-03-03 08:59", 1), ("2026-03-03 09:00", 2)])
def test_a_revision_with_notice_takes_effect_after_it(opened: str, number: int) -> None:
    both = [
        revision(1, "4 business hours", "2026-01-01T00:00:00"),
        revision(2, "2 business hours", "2026-02-01T09:00:00", NOTICE),
    ]
    assert the(judge(both, "2026-03-20 12:00", fact("opened", opened))).revision == number


def test_the_fact_of_a_posting_counts_before_the_date_on_the_page() -> None:
    both = [
        revision(1, "4 business hours", "2026-01-01T00:00:00"),
        revision(2, "2 business hours", "2026-02-01T09:00:00", NOTICE),
    ]
    posted = fact("agreement.posted", "2026-02-10 09:00", "agreement:sample", agreement="sample",
                  revision="2")  # fmt: skip
    opened = fact("opened", "2026-03-05 10:00")
    assert the(judge(both, "2026-03-20 12:00", opened)).revision == 2
    assert the(judge(both, "2026-03-20 12:00", opened, posted)).revision == 1


def test_what_a_source_does_not_record_is_unknown() -> None:
    clock = agreement(DESK, PRIORITY, response("4 business hours"))
    unrecorded = fact("unrecorded", "2026-03-06 14:00", what=["request.answered"])
    for time in ("2026-03-06 15:00", "2026-03-20 12:00"):
        verdict = the(judge(clock, time, OPENED, unrecorded))
        assert verdict.state is State.UNKNOWN
        assert "unrecorded" in ids(verdict)
    answered = fact("answered", "2026-03-06 15:00")
    assert the(judge(clock, "2026-03-20 12:00", OPENED, unrecorded, answered)).state is State.MET
