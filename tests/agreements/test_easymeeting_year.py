"""A year of Easymeeting's licence: from what was seen and told to the credit on an invoice."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.agreements.settled import Desk, credit, figure, said
from tests.engine.measure.figures.watch import DAY, HOUR, MINUTE

from uphold.engine.money.credit import CreditState
from uphold.engine.settle import Settlement
from uphold.engine.verdict import State
from uphold.facts import Fact

DESK = Desk.of("easymeeting")
LABEL = "2020-10..2021-09"
LICENCE = f"service:licence/yearly-availability/{LABEL}"
CREDIT = f"service:licence/account:nord/availability-credit/{LABEL}"
YEAR = ("2020-10-01 00:00", "2021-10-01 00:00")

LONG = ("2021-03-01 00:00", "2021-03-11 00:00")
"""Ten days down: the monitoring sees it, and the servers' log says when it was."""
LOGGED = ("2021-03-01 00:02", "2021-03-10 23:58")
NIGHT = ("2021-02-02 01:00", "2021-02-02 05:00")
CALL = ("2021-05-04 10:05", "2021-05-04 10:25")

NORD = DESK.fact(
    "customer.agreed", "2020-09-24 09:00", "customer:nord",
    account="nord", region="europe", fee="400.00 NOK",
)  # fmt: skip


def maintenance() -> list[Fact]:
    """Four hours planned and carried out at night; the service was down for all of them."""
    subject = "maintenance:1"
    return [
        DESK.fact("maintenance.planned", "2021-01-15 09:00", subject, kind="planned",
                  start=NIGHT[0], end=NIGHT[1]),
        DESK.fact("maintenance.announced", "2021-01-20 09:00", subject,
                  to=["customers", "partners", "resellers"]),
        DESK.fact("maintenance.started", NIGHT[0], subject),
        DESK.fact("maintenance.ended", NIGHT[1], subject),
    ]  # fmt: skip


def connection() -> list[Fact]:
    """Three hours that customers could not connect, for which a carrier answers."""
    return [
        DESK.fact("outage.judged", "2021-06-02 09:00", "outage:2", service="licence",
                  start="2021-06-01 10:00", end="2021-06-01 13:00", cause="connection",
                  reason="a carrier's cable was cut"),
    ]  # fmt: skip


REPORT = DESK.fact("outage.reported", "2021-05-04 11:00", "outage:3", service="licence",
                   start=CALL[0], end=CALL[1])  # fmt: skip


def year(time: str = "2021-10-05 10:00", *facts: Fact) -> Settlement:
    looks = DESK.looks("meeting-servers", YEAR, LONG, NIGHT, every=5 * MINUTE)
    log = DESK.looks("meeting-servers", YEAR, LOGGED, NIGHT, source="edge-1", kind="logs")
    told = (*maintenance(), *connection(), REPORT)
    return DESK.settle(time, [*looks, *log], NORD, *told, *facts)


LOST = 10 * DAY - 4 * MINUTE
OWED = 365 * DAY - 4 * HOUR - 3 * HOUR
UNKNOWN = 20 * MINUTE
"""What a customer alone reported waits for a person."""


@pytest.mark.requirement("E6", "E7", "E12", "E13")
def test_the_year_of_the_licence_is_what_all_evidence_agrees_on() -> None:
    one = figure(year(), LICENCE)
    assert (one.state, one.standing, one.target) == (State.MISSED, "endeavour", Fraction(99, 100))
    assert (one.owed, one.down, one.unknown) == (OWED, LOST, UNKNOWN)
    assert one.excluded == (("planned maintenance", 4 * HOUR), ("cause connection", 3 * HOUR))
    assert one.availability == 1 - Fraction(LOST, OWED - UNKNOWN)
    assert [(each.span, each.why.id) for each in one.outages] == [
        ((DESK.us(NIGHT[0]), DESK.us(NIGHT[1])), "outage.excluded"),
        ((DESK.us(LOGGED[0]), DESK.us(LOGGED[1])), "outage.counts"),
        ((DESK.us("2021-06-01 10:00"), DESK.us("2021-06-01 13:00")), "outage.cause"),
    ]
    assert one.questions == 1


@pytest.mark.requirement("E6", "E13", "X2", "X3")
def test_it_tells_the_clause_the_facts_and_the_sum_it_rests_on() -> None:
    told = said(figure(year(), LICENCE).because)
    assert "Left out, “planned maintenance”: 4 hours." in told
    assert "Left out, “cause connection”: 3 hours." in told
    assert "Its time by platform-evidence: component log." in told
    assert "The reason given: a carrier's cable was cut." in told
    assert "1 question about the evidence is open; its time is unknown." in told
    sum_of_all = "(8,753 hours − 20 minutes − 239 h 56 min) / (8,753 hours − 20 minutes) = 97.258%."
    assert sum_of_all in told
    assert "That is below the promised 99.0%, by 1.741259 percentage points." in told
    readings = [line for line in told if line.startswith("Our reading: ")]
    term = DESK.agreement.term("yearly-availability")
    assert term is not None
    assert {f"Our reading: {reading}" for reading in term.interpretation} <= set(readings)


@pytest.mark.requirement("E13")
def test_a_person_answers_what_a_customer_alone_saw() -> None:
    answer = DESK.fact("outage.judged", "2021-05-05 09:00", "outage:3", service="licence",
                       start="2021-05-04 10:10", end="2021-05-04 10:25", by="kari")  # fmt: skip
    one = figure(year("2021-10-05 10:00", answer), LICENCE)
    assert (one.down, one.unknown, one.questions) == (LOST + 15 * MINUTE, 0, 0)


@pytest.mark.requirement("E14", "X2")
def test_a_valid_request_turns_the_miss_into_a_credit_on_an_invoice() -> None:
    named = {"account": "nord", "service": "licence", "period": LABEL}
    filed = DESK.fact("claim.filed", "2021-10-06 09:00", "claim:1", **named)
    accepted = DESK.fact("claim.accepted", "2021-10-08 09:00", "claim:1", account="nord")
    applied = DESK.fact("claim.applied", "2021-11-01 00:00", "claim:1", account="nord",
                        invoice="2021-1107")  # fmt: skip
    steps = [(), (filed,), (filed, accepted), (filed, accepted, applied)]
    found = [credit(year("2021-11-05 10:00", *facts), CREDIT) for facts in steps]
    assert [each.state for each in found] == [
        CreditState.CLAIMABLE,
        CreditState.CLAIMED,
        CreditState.ACCEPTED,
        CreditState.APPLIED,
    ]
    # 97.26 % is 1.74 percentage points below 99 %: one full step of 2.5 % of 400 NOK.
    assert {(each.amount, each.currency) for each in found} == {(Decimal("10.00"), "NOK")}
    assert found[0].earned_by == (LICENCE,)
    assert found[-1].paid_on == DESK.us("2021-11-01 00:00")
    assert (found[-1].clause, found[-1].revision) == ("credit", 1)


@pytest.mark.requirement("E5", "E7")
def test_all_planned_maintenance_is_announced_to_every_list() -> None:
    verdicts = year().verdicts.of("maintenance:1")
    assert {each.clock: each.state for each in verdicts} == {
        "planned-maintenance.scheduled": State.MET,
        "planned-maintenance.announced": State.MET,
    }


@pytest.mark.requirement("E7")
def test_the_colocation_centres_own_agreement_is_missing_and_told() -> None:
    gaps = year().gaps
    assert {(gap.service, str(gap.kind), gap.promised) for gap in gaps} == {
        ("licence", "no agreement named", Fraction(99, 100)),
        ("cloud-connect", "no agreement named", Fraction(99, 100)),
    }
