"""The credits of the four shipped agreements, from figures and facts to what is owed and why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.engine.money.made import (
    agreed,
    claim,
    evaluated,
    fact,
    ids,
    missed,
    months,
    owed,
    said,
    shipped,
    the,
    us,
)

from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.unmatched import unmatched_claims
from uphold.facts import Fact
from uphold.messages import LANGUAGES, Reader

OSLO = "Europe/Oslo"
EASYMEETING = shipped("easymeeting")
LIFESIZE = shipped("lifesize")
YEAR = months("2021-01", 12, OSLO)
LABEL = "2021-01..2021-12"
CUSTOMER = agreed("400 NOK", account="nord", customer="nord", time="2020-10-01 00:00")


def year(share: str, service: str = "licence") -> Figure:
    return missed(EASYMEETING, YEAR, share=share, service=service)


def nord(time: str, figure: Figure, *facts: Fact) -> Credit:
    return the(owed(EASYMEETING, time, [CUSTOMER, *facts], [figure]))


FULL_STEPS = "Our reading: Only a full step lost earns the credit; a part of a step earns nothing."
FROM_THE_TARGET = (
    "Our reading: What is lost is counted from the promised share downwards, "
    "in percentage points of the exact figure."
)


@pytest.mark.requirement("E14", "X3")
@pytest.mark.parametrize(
    ("share", "amount", "state"),
    [
        ("0.98999", "0.00", CreditState.NOT_OWED),  # less than a full 1 % below 99.0 %
        ("0.9800001", "0.00", CreditState.NOT_OWED),
        ("0.98", "10.00", CreditState.CLAIMABLE),
        ("0.9700001", "10.00", CreditState.CLAIMABLE),
        ("0.97", "20.00", CreditState.CLAIMABLE),
    ],
)
def test_each_full_percent_below_the_target_earns(
    share: str, amount: str, state: CreditState
) -> None:
    credit = nord("2022-01-10", year(share))
    assert (credit.amount, credit.currency, credit.state) == (Decimal(amount), "NOK", state)
    told = said(credit.because)
    assert FULL_STEPS in told
    assert FROM_THE_TARGET in told


HELD = {"account": "nord", "service": "licence", "period": LABEL}


@pytest.mark.requirement("E14")
def test_the_credit_is_worked_out_claimed_judged_and_applied() -> None:
    figure = year("0.975")
    filed = claim("filed", "2022-02-01 10:00", **HELD)
    accepted = claim("accepted", "2022-02-03 10:00", account="nord")
    applied = claim("applied", "2022-03-01 00:00", account="nord", invoice="2022-31")
    states = [
        nord("2022-03-10", figure, *facts).state
        for facts in ((), (filed,), (filed, accepted), (filed, accepted, applied))
    ]
    assert states == [
        CreditState.CLAIMABLE,
        CreditState.CLAIMED,
        CreditState.ACCEPTED,
        CreditState.APPLIED,
    ]
    granted = nord("2022-02-10", figure, filed, accepted)
    assert (granted.granted, granted.paid_on) == (Decimal("10.00"), us("2022-03-01", OSLO))
    refused = claim(
        "rejected", "2022-02-03 10:00", account="nord", reason="the customer's own network"
    )
    told = nord("2022-02-10", figure, filed, refused)
    assert told.state is CreditState.REFUSED
    assert "Thu, 3 Feb 2022 11:00 UTC+01:00: refused: the customer's own network." in said(
        told.because
    )


@pytest.mark.requirement("E14", "X3")
def test_a_request_is_valid_when_it_names_the_service_and_the_period() -> None:
    figure = year("0.975")
    bare = claim("filed", "2022-02-01 10:00", account="nord", period=LABEL)
    credit = nord("2022-02-10", figure, bare)
    assert credit.state is CreditState.CLAIMED
    assert "claim:1 lacks: service." in said(credit.because)
    assert (
        "The text says: the credit must be asked for with a valid request. It leaves out: what "
        "makes a request valid, and by when it is filed." in said(credit.because)
    )
    whole = nord("2022-02-10", figure, claim("filed", "2022-02-01 10:00", **HELD))
    assert "claim-lacks" not in ids(whole.because)


@pytest.mark.requirement("E14")
def test_each_service_that_missed_earns_by_itself() -> None:
    figures = [year("0.975"), year("0.94", "cloud-connect")]
    filed = claim("filed", "2022-02-01 10:00", **HELD)
    found = owed(EASYMEETING, "2022-02-10", [CUSTOMER, filed], figures)
    assert [(credit.key, credit.amount, str(credit.state)) for credit in found] == [
        (f"service:cloud-connect/account:nord/availability-credit/{LABEL}", Decimal("50.00"),
         "claimable"),
        (f"service:licence/account:nord/availability-credit/{LABEL}", Decimal("10.00"), "claimed"),
    ]  # fmt: skip
    other = claim("filed", "2022-02-01 10:00", 2, account="nord", service="webcast", period=LABEL)
    evaluation = evaluated(EASYMEETING, "2022-02-10", [CUSTOMER, filed, other])
    assert [each.subject for each in unmatched_claims(evaluation, figures)] == ["claim:2"]


@pytest.mark.requirement("E14", "X2")
def test_the_credit_explains_itself_in_every_language() -> None:
    credit = nord("2022-01-10", year("0.9651"))
    told = said(credit.because)
    assert told[:6] == [
        f"service:licence/yearly-availability/{LABEL} was missed: 96.510%, where 99% is promised.",
        "The exact figure lies 2.49 percentage points below the target.",
        "2 whole steps of 1%.",
        "The monthly fee is NOK400.00, by customer.agreed of Thu, 1 Oct 2020 02:00 UTC+02:00.",
        "2.5% of NOK400.00: NOK10.00.",
        "NOK10.00 × 2 = NOK20.00.",
    ]
    assert credit.clause == "credit"
    assert credit.earned_by == (f"service:licence/yearly-availability/{LABEL}",)
    (fee,) = (reason for reason in credit.because if reason.id == "reason.credit-fee")
    assert fee.data["fact"] == CUSTOMER.id
    for language in LANGUAGES:
        texts = [Reader(language).text(reason) for reason in credit.because]
        assert not [text for text in texts if text.startswith("[")]
        assert language == "en" or texts != told


# -- Lifesize

MARCH = months("2026-03")


def renewal_credit(*facts: Fact, time: str = "2026-04-10", plan: str = "extreme-support") -> Credit:
    figure = missed(LIFESIZE, MARCH, share="0.99", account="acme-1")
    account = agreed("100 USD", plan=plan, until="2027-02-01T00:00:00Z")
    return the(owed(LIFESIZE, time, [account, *facts], [figure]))


@pytest.mark.requirement("L5", "X3")
def test_a_credit_whose_amount_is_not_stated_is_owed_all_the_same() -> None:
    credit = renewal_credit()
    assert (credit.state, credit.amount, credit.granted) == (CreditState.OWED, None, None)
    told = said(credit.because)
    assert "Owed, but the agreement does not state the amount." in told
    assert "The text says: klient dostaje kredyt na usługi. It leaves out: kwota kredytu." in told


@pytest.mark.requirement("L5")
def test_it_waits_for_the_renewal() -> None:
    credit = renewal_credit()
    assert (credit.paid, credit.paid_on) == ("next renewal", us("2027-02-01"))
    later = fact("customer.renewed", "2027-01-10 09:00", "customer:acme", account="acme-1",
                 until="2028-02-01T00:00:00Z")  # fmt: skip
    assert renewal_credit(later, time="2027-01-15").paid_on == us("2027-02-01")


@pytest.mark.requirement("L5", "L6")
def test_an_account_of_another_plan_is_not_eligible() -> None:
    credit = renewal_credit(plan="basic")
    assert (credit.state, credit.amount) == (CreditState.NOT_OWED, Decimal(0))
    assert "Not owed, because of extreme-plan." in said(credit.because)
    assert "extreme-plan: it holds only if “account.plan is extreme-support”." in said(
        credit.because
    )


@pytest.mark.requirement("L5")
def test_what_the_official_agreement_gives_is_told_by_the_claim() -> None:
    facts = [
        claim("accepted", "2026-04-05 10:00", amount="12.34 USD"),
        claim("applied", "2027-02-01 00:00", invoice="77"),
    ]
    credit = renewal_credit(*facts, time="2027-02-02")
    assert (credit.state, credit.amount) == (CreditState.APPLIED, None)
    assert (credit.granted, credit.currency) == (Decimal("12.34"), "USD")


def test_the_exact_figure_counts_and_not_the_printed_one() -> None:
    """99.8999… % is printed as 99.899 %, and 98.99999 % has lost no full percent of 99.0 %."""
    close = year("0.9800000000000001")
    assert close.availability == Fraction("0.9800000000000001")
    assert nord("2022-01-10", close).state is CreditState.NOT_OWED
