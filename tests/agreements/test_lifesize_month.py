"""A month of Lifesize's guarantee: from checks and reports to the credit at the renewal."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.agreements.settled import Desk, credit, figure, said
from tests.engine.measure.figures.watch import DAY, MINUTE, SECOND

from uphold.engine.money.credit import CreditState
from uphold.engine.settle import Settlement
from uphold.engine.verdict import State
from uphold.facts import Fact

DESK = Desk.of("lifesize")
MONTH = ("2024-03-01 00:00", "2024-04-01 00:00")
SIGN_IN = ("2024-03-31 23:30", "2024-04-01 00:30")
"""Half of it lies in March, by the clock of Greenwich."""
SHORT = ("2024-03-05 10:00:00", "2024-03-05 10:04:59")
CALLS = ("2024-03-06 10:00:00", "2024-03-06 10:15:00")
WORK = ("2024-03-20 01:00", "2024-03-20 03:00")


def account(name: str, plan: str) -> Fact:
    return DESK.fact("customer.agreed", "2024-01-10 12:00", f"customer:{name}", account=name,
                     plan=plan, until="2025-01-10 00:00")  # fmt: skip


ACCOUNTS = [
    account("one", "extreme-support"),
    account("two", "extreme-support"),
    account("three", "basic"),
]


def works(kind: str) -> list[Fact]:
    subject = f"maintenance:{kind}"
    return [
        DESK.fact("maintenance.planned", "2024-03-01 09:00", subject, kind=kind,
                  start=WORK[0], end=WORK[1]),
        DESK.fact("maintenance.started", WORK[0], subject),
        DESK.fact("maintenance.ended", WORK[1], subject),
    ]  # fmt: skip


ONLY_ONE = DESK.fact("outage.reported", "2024-03-06 10:20", "outage:7", service="cloud-service",
                     start=CALLS[0], end=CALLS[1], accounts=["one"])  # fmt: skip


def month(*facts: Fact) -> Settlement:
    """March as two checks saw it that looked every second; one account alone reports the calls."""
    beyond = (MONTH[0], "2024-04-02 00:00")
    runs = [
        *DESK.looks("sign-in", beyond, SHORT, SIGN_IN, every=SECOND),
        *DESK.looks("start-call", beyond, CALLS, WORK, every=SECOND),
    ]
    return DESK.settle("2024-04-02 00:00", runs, *ACCOUNTS, ONLY_ONE, *facts)


def key(name: str, term: str = "monthly-uptime") -> str:
    return f"account:{name}/{term}/2024-03"


@pytest.mark.requirement("L1", "L2", "L3")
def test_the_month_of_each_account_is_its_own() -> None:
    found = month(*works("emergency"))
    one, two = figure(found, key("one")), figure(found, key("two"))
    owed = 31 * DAY - 120 * MINUTE
    assert (one.owed, one.down) == (owed, (30 + 15) * MINUTE)
    assert (two.owed, two.down) == (owed, 30 * MINUTE)
    assert one.availability == 1 - Fraction(45 * MINUTE, owed)
    assert (one.state, two.state) == (State.MISSED, State.MET)  # 0.1 % is 44 min 31.2 s
    assert (one.standing, one.target) == ("endeavour", Fraction(999, 1000))
    assert [each.why.id for each in one.outages] == [
        "outage.too-short",
        "outage.counts",
        "outage.excluded",
        "outage.counts",
    ]


@pytest.mark.requirement("L4")
@pytest.mark.parametrize(
    ("kind", "excluded"),
    [("planned", 120), ("emergency", 120), ("requested", 120), ("unplanned", 0)],
)
def test_three_kinds_of_maintenance_are_no_downtime(kind: str, excluded: int) -> None:
    two = figure(month(*works(kind)), key("two"))
    assert sum(length for _, length in two.excluded) == excluded * MINUTE
    assert two.down == (30 + 120 - excluded) * MINUTE
    assert two.state is (State.MET if excluded else State.MISSED)


@pytest.mark.requirement("L5", "X3")
def test_the_credit_waits_for_the_renewal_and_no_amount_is_invented() -> None:
    found = month(*works("planned"))
    owed = credit(found, key("one", "renewal-credit"))
    assert (owed.state, owed.amount, owed.claim) == (CreditState.OWED, None, None)
    assert owed.paid_on == DESK.us("2025-01-10 00:00")
    assert owed.earned_by == (key("one"),)
    told = said(owed.because)
    assert "Owed, but the agreement does not state the amount." in told
    assert "The text says: klient dostaje kredyt na usługi. It leaves out: kwota kredytu." in told
    assert [each.account for each in found.all_credits] == ["one"]


@pytest.mark.requirement("L6", "X3")
def test_another_plan_is_promised_nothing_and_the_official_agreement_is_named() -> None:
    three = figure(month(*works("planned")), key("three"))
    assert three.state is State.NOT_OWED
    told = said(three.because)
    assert "Not owed, because of extreme-plan." in told
    assert any("rozstrzyga oficjalna umowa planu" in line for line in told)
    assert DESK.agreement.document.header_text("prevails") == (
        "oficjalna umowa o poziomie usług planu Lifesize Extreme Support"
    )
