"""Which fee counts, in which currency, and when a credit is paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.engine.money.made import (
    HOUR,
    agreed,
    changed,
    claim,
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

from uphold.engine.money.credit import CreditState
from uphold.facts import Fact

TIERS = shipped("tiers")
CAPS = shipped("caps")
EASYMEETING = shipped("easymeeting")
FEBRUARY = months("2026-02")
MISSED = missed(TIERS, FEBRUARY, share="0.985")


def fee(amount: str, time: str, **rest: str) -> Fact:
    return fact("customer.fee", time, "customer:acme", account="acme-1", amount=amount, **rest)


@pytest.mark.parametrize(
    ("facts", "amount"),
    [
        ([agreed("100 USD")], "25.00"),
        ([agreed("100 USD"), fee("200 USD", "2026-02-28 23:59:59")], "50.00"),
        ([agreed("100 USD"), fee("200 USD", "2026-03-01 00:00")], "25.00"),
        ([agreed("100 USD"), fee("200 USD", "2026-02-05 00:00"), fee("80 USD", "2026-02-20 00:00")],
         "20.00"),
        ([agreed("100 USD", time="2026-03-02 00:00", from_="2026-01-01T00:00:00Z")], "25.00"),
    ],
)  # fmt: skip
def test_the_fee_in_force_on_the_windows_last_day(facts: list[Fact], amount: str) -> None:
    assert the(owed(TIERS, "2026-03-10", facts, [MISSED])).amount == Decimal(amount)


def test_the_largest_fee_that_a_fact_may_bear_is_reckoned_to_the_coin() -> None:
    # 25 % of 999999999999999.96 is 249999999999999.99.
    facts = [agreed("999999999999999.96 USD")]
    credit = the(owed(TIERS, "2026-03-10", facts, [MISSED]))
    assert credit.amount == Decimal("249999999999999.99")
    assert "25% of US$999,999,999,999,999.96: US$249,999,999,999,999.99." in said(credit.because)


def test_an_account_that_left_pays_its_last_fee() -> None:
    facts = [
        agreed("100 USD", until="2026-02-11T00:00:00Z"),
        fee("200 USD", "2026-02-10 12:00"),
        fee("400 USD", "2026-02-12 12:00"),
    ]
    assert the(owed(TIERS, "2026-03-10", facts, [MISSED])).amount == Decimal("50.00")


def test_a_fee_of_the_service_goes_before_one_for_all() -> None:
    year = months("2021-01", 12, "Europe/Oslo")
    facts = [
        agreed("1000 NOK", time="2020-10-01 00:00"),
        fee("400 NOK", "2020-11-01 00:00", service="cloud-connect"),
        fee("1200 NOK", "2021-02-01 00:00"),
    ]
    figures = [
        missed(EASYMEETING, year, share="0.975", service=service)
        for service in ("licence", "cloud-connect")
    ]
    found = owed(EASYMEETING, "2022-01-10", facts, figures)
    assert [(credit.key, credit.amount, credit.currency) for credit in found] == [
        ("service:cloud-connect/account:acme-1/availability-credit/2021-01..2021-12",
         Decimal("10.00"), "NOK"),
        ("service:licence/account:acme-1/availability-credit/2021-01..2021-12",
         Decimal("30.00"), "NOK"),
    ]  # fmt: skip
    assert "credit-fee-of-service" in ids(found[0].because)
    assert "credit-fee" in ids(found[1].because)


def test_a_fee_in_another_currency_is_not_converted() -> None:
    credit = the(owed(TIERS, "2026-03-10", [agreed("100 EUR")], [MISSED]))
    assert (credit.amount, credit.currency) == (Decimal("25.00"), "EUR")
    assert "The fee is €100.00, while the agreement reckons in USD; nothing is converted." in said(
        credit.because
    )


def test_a_cap_in_another_currency_leaves_the_amount_unknown() -> None:
    figure = missed(CAPS, months("2026-02", zone="Europe/London"), share="0.99")
    credit = the(owed(CAPS, "2026-03-10", [agreed("100 EUR")], [figure]))
    assert (credit.amount, credit.currency, credit.state) == (None, "EUR", CreditState.OWED)
    assert "credit-cap-uncounted" in ids(credit.because)


@pytest.mark.parametrize(
    ("amount", "credited"),
    [("1010 JPY", "253"), ("10.010 BHD", "2.503"), ("100.02 EUR", "25.01"), ("10 CLF", "2.5000")],
)
def test_amounts_are_rounded_to_the_currencys_own_coin(amount: str, credited: str) -> None:
    credit = the(owed(TIERS, "2026-03-10", [agreed(amount)], [MISSED]))
    assert str(credit.amount) == credited  # 252.5, 2.5025, 25.005 and 2.5 exactly


def test_a_newcomer_is_not_owed_the_year() -> None:
    year = months("2021-01", 12, "Europe/Oslo")
    figure = missed(EASYMEETING, year, share="0.9", service="licence")
    facts = [
        agreed("100 NOK", time="2021-01-01 00:00", zone="Europe/Oslo"),
        agreed("100 NOK", account="bolt-1", customer="bolt", time="2021-01-01 00:00:01",
               zone="Europe/Oslo"),
    ]  # fmt: skip
    old, new = owed(EASYMEETING, "2022-01-10", facts, [figure])
    assert (old.account, old.state, old.amount) == (
        "acme-1",
        CreditState.CLAIMABLE,
        Decimal("22.50"),
    )
    assert (new.account, new.state, new.amount) == ("bolt-1", CreditState.NOT_OWED, Decimal(0))
    assert "credit-younger" in ids(new.because)


# -- payment

HARBOUR = shipped("harbour")
MARCH = months("2027-03", zone="Europe/Oslo")
UPTIME = missed(HARBOUR, MARCH, share="0.99", account="acme-1", term="account-uptime")


def renewed(time: str, until: str | None = None) -> Fact:
    return fact("customer.renewed", time, "customer:acme", account="acme-1", until=until)


@pytest.mark.parametrize(
    ("facts", "paid_on"),
    [
        ([agreed("100 EUR", until="2027-12-31T23:00:00Z")], "2027-12-31 23:00"),
        ([agreed("100 EUR", until="2027-03-31T22:00:00Z")], "2027-03-31 22:00"),  # the same instant
        ([agreed("100 EUR", until="2027-03-31T21:59:59Z")], None),
        ([agreed("100 EUR")], None),
        ([agreed("100 EUR", until="2027-01-01T00:00:00Z"),
          renewed("2026-12-01 09:00", "2028-01-01T00:00:00Z")], "2028-01-01 00:00"),
        ([agreed("100 EUR"), renewed("2027-04-05 09:00")], "2027-04-05 09:00"),
        ([agreed("100 EUR", until="2027-04-05T00:00:00Z"), renewed("2027-04-02 09:00")],
         "2027-04-05 00:00"),
    ],
)  # fmt: skip
def test_paid_at_the_next_renewal(facts: list[Fact], paid_on: str | None) -> None:
    credit = the(owed(HARBOUR, "2027-04-10", facts, [UPTIME]))
    assert (credit.state, credit.amount) == (CreditState.OWED, Decimal("5.00"))
    assert credit.paid_on == (None if paid_on is None else us(paid_on))
    assert ("paid-renewal-unknown" in ids(credit.because)) is (paid_on is None)


def test_paid_with_the_next_invoice_once_it_was_accepted() -> None:
    filed = claim("filed", "2026-03-05 10:00", period="2026-02")
    accepted = claim("accepted", "2026-04-06 10:00")
    waiting = the(owed(TIERS, "2026-05-10", [agreed("100 USD"), filed], [MISSED]))
    assert (waiting.paid_on, "paid-after-claim" in ids(waiting.because)) == (None, True)
    granted = the(owed(TIERS, "2026-05-10", [agreed("100 USD"), filed, accepted], [MISSED]))
    assert granted.paid_on == us("2026-05-01")
    applied = claim("applied", "2026-05-02 08:00")
    given = the(owed(TIERS, "2026-05-10", [agreed("100 USD"), filed, accepted, applied], [MISSED]))
    assert given.paid_on == us("2026-05-02 08:00")


def test_without_a_claim_the_next_invoice_is_that_of_the_month_after() -> None:
    hourly = shipped("per-hour")
    window = months("2026-03", zone="Europe/London")
    credit = the(owed(hourly, "2026-04-10", [agreed()], [missed(hourly, window, down=HOUR)]))
    assert credit.paid_on == us("2026-04-01", "Europe/London")
    left = replace(window, end=us("2026-03-10", "Europe/London"))
    cut = the(owed(hourly, "2026-04-10", [agreed()], [missed(hourly, left, down=HOUR)]))
    assert cut.paid_on == us("2026-04-01", "Europe/London")


def test_paid_on_a_date() -> None:
    dated = changed("caps", ("claim: not required", "claim: not required\npaid: 2026-12-31"))
    figure = missed(dated, months("2026-02", zone="Europe/London"), share="0.99")
    credit = the(owed(dated, "2026-03-10", [agreed("100 GBP")], [figure]))
    assert (credit.paid, credit.paid_on) == ("2026-12-31", us("2026-12-31", "Europe/London"))
