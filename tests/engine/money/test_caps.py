"""Caps a month and a year, least amounts, and the order of time."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from tests.engine.money.made import (
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
)

from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import CreditState

CAPS = shipped("caps")
ZONE = "Europe/London"


def month(label: str, share: str) -> Figure:
    return missed(CAPS, months(label, zone=ZONE), share=share)


@pytest.mark.parametrize(
    ("share", "amount"),
    [
        ("0.998", "50.00"),  # one step of 5 %
        ("0.99", "450.00"),
        ("0.989", "500.00"),  # ten steps: half the fee exactly
        ("0.9", "500.00"),
    ],
)
def test_half_the_fee_a_month_at_most(share: str, amount: str) -> None:
    credit = the(owed(CAPS, "2026-03-10", [agreed("1000 GBP")], [month("2026-02", share)]))
    assert credit.amount == Decimal(amount)
    assert ("credit-cap" in ids(credit.because)) is (share == "0.9")


def test_a_cap_that_is_no_whole_coin_is_cut_off_and_says_so() -> None:
    """Half of 123.45 GBP is 61.725 GBP: rounded up it would exceed the cap."""
    credit = the(owed(CAPS, "2026-03-10", [agreed("123.45 GBP")], [month("2026-02", "0.9")]))
    assert credit.amount == Decimal("61.72")
    assert "£61.725 is cut off to £61.72, as rounding would exceed the cap." in said(credit.because)
    less = the(owed(CAPS, "2026-03-10", [agreed("123.45 GBP")], [month("2026-02", "0.998")]))
    assert "£6.1725 is rounded to £6.17." in said(less.because)


def test_the_years_cap_is_used_up_in_the_order_of_time() -> None:
    figures = [month(f"2026-{number:02d}", "0.9") for number in (1, 2, 3, 4)]
    january = [month("2027-01", "0.9")]
    facts = [agreed("1000 GBP")]
    for order in permutations(figures):
        found = owed(CAPS, "2027-02-10", facts, [*january, *order])
        assert [(credit.window.label, credit.amount, str(credit.state)) for credit in found] == [
            ("2026-01", Decimal("500.00"), "owed"),
            ("2026-02", Decimal("500.00"), "owed"),
            ("2026-03", Decimal("200.00"), "owed"),
            ("2026-04", Decimal("0.00"), "not owed"),
            ("2027-01", Decimal("500.00"), "owed"),
        ]
    assert "At most £1,200.00 in 2026, of which £200.00 was left." in said(
        found[2].because
    ) and "At most £1,200.00 in 2026, of which £0.00 was left." in said(found[3].because)


def test_each_account_has_caps_of_its_own() -> None:
    facts = [agreed("1000 GBP"), agreed("1000 GBP", account="bolt-1", customer="bolt")]
    figures = [month(f"2026-{number:02d}", "0.9") for number in (1, 2, 3)]
    found = owed(CAPS, "2026-05-10", facts, figures)
    assert [credit.amount for credit in found if credit.account == "bolt-1"] == [500, 500, 200]
    assert [credit.amount for credit in found if credit.account == "acme-1"] == [500, 500, 200]


def test_what_is_refused_or_lapsed_leaves_its_room_to_later_ones() -> None:
    claimed = changed(
        "caps", ("claim: not required", "claim: within 30 calendar days of the window's end")
    )
    figures = [missed(claimed, months(f"2026-{n:02d}", zone=ZONE), share="0.9") for n in (1, 2, 3)]
    facts = [
        agreed("1000 GBP"),
        claim("filed", "2026-02-03 10:00", period="2026-01"),
        claim("rejected", "2026-02-05 10:00", reason="caused by the customer"),
        claim("filed", "2026-03-03 10:00", 2, period="2026-02"),
        claim("accepted", "2026-03-05 10:00", 2, amount="900 GBP"),
    ]
    found = owed(claimed, "2026-04-10", facts, figures)
    assert [(str(credit.state), credit.amount, credit.granted) for credit in found] == [
        ("refused", Decimal("500.00"), None),
        ("accepted", Decimal("500.00"), Decimal(900)),
        ("claimable", Decimal("300.00"), None),
    ]


@pytest.mark.parametrize(
    ("fee", "amount", "state"),
    [
        ("100 GBP", "5.00", CreditState.OWED),  # the least amount is paid
        ("99.99 GBP", "0.00", CreditState.NOT_OWED),  # 4.9995 is less, though it would round to it
    ],
)
def test_the_least_amount_holds_before_rounding(fee: str, amount: str, state: CreditState) -> None:
    credit = the(owed(CAPS, "2026-03-10", [agreed(fee)], [month("2026-02", "0.998")]))
    assert (credit.amount, credit.state) == (Decimal(amount), state)


def test_what_is_too_small_to_be_paid_uses_up_no_cap() -> None:
    narrow = changed("caps", ("1200 GBP a year", "6 GBP a year"))
    figures = [
        missed(narrow, months("2026-01", zone=ZONE), share="0.9985"),
        missed(narrow, months("2026-02", zone=ZONE), share="0.9978"),
    ]
    first, second = owed(narrow, "2026-05-10", [agreed("100 GBP")], figures)
    assert (first.amount, first.state) == (Decimal("0.00"), CreditState.NOT_OWED)
    assert (second.amount, second.state) == (Decimal("6.00"), CreditState.OWED)


def test_a_cap_by_a_services_own_fee_caps_that_service_alone() -> None:
    capped = changed(
        "easymeeting",
        ("claim: required\nwith: [service, period]", "at most: [10 % of account.fee a year]"),
    )
    facts = [
        agreed(time="2020-10-01 00:00"),
        *(
            fact("customer.fee", "2020-10-01 00:00", "customer:acme", account="acme-1",
                 amount=amount, service=service)
            for amount, service in (("100 NOK", "licence"), ("200 NOK", "cloud-connect"))
        ),
    ]  # fmt: skip
    figures = [
        missed(capped, months("2021-01", 12, "Europe/Oslo"), share="0.9", service=service)
        for service in ("licence", "cloud-connect")
    ]
    found = owed(capped, "2022-01-10", facts, figures)
    assert {credit.service: credit.amount for credit in found} == {
        "licence": Decimal("10.00"),
        "cloud-connect": Decimal("20.00"),
    }
