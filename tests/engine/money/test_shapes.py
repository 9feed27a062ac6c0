"""Each shape of credit that published agreements use, worked out to the smallest coin."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.engine.money.made import (
    HOUR,
    MINUTE,
    agreed,
    changed,
    fact,
    ids,
    missed,
    months,
    owed,
    said,
    shipped,
    the,
)

from uphold.engine import State
from uphold.engine.money.credit import CreditState
from uphold.engine.money.crediting import earns
from uphold.facts import Fact

FEBRUARY = months("2026-02")
LONDON = months("2026-02", zone="Europe/London")

TO_CLAIM = (
    "To be claimed by Tue, 31 Mar 2026 00:00 UTC: "
    "30 calendar days from the end of the window (Sun, 1 Mar 2026 00:00 UTC)."
)


# -- tiers


@pytest.mark.parametrize(
    ("share", "amount"),
    [
        ("0.998999", "10.00"),
        ("0.990", "10.00"),  # not below 99.0
        ("0.98999999", "25.00"),
        ("0.95", "25.00"),
        ("0.9499999", "100.00"),
        ("0", "100.00"),
    ],
)
def test_the_lowest_tier_that_the_exact_figure_is_below(share: str, amount: str) -> None:
    tiers = shipped("tiers")
    credit = the(
        owed(tiers, "2026-03-10", [agreed("100 USD")], [missed(tiers, FEBRUARY, share=share)])
    )
    assert (credit.amount, credit.currency) == (Decimal(amount), "USD")
    assert credit.state is CreditState.CLAIMABLE


def test_a_tier_names_itself_the_fee_and_the_share() -> None:
    tiers = shipped("tiers")
    figure = missed(tiers, FEBRUARY, share="0.9765")
    credit = the(owed(tiers, "2026-03-10 12:00", [agreed("49.90 USD")], [figure]))
    assert credit.amount == Decimal("12.48")  # 12.475, a half rounded up
    assert said(credit.because) == [
        "service:storage/monthly-uptime/2026-02 was missed: 97.650%, where 99.9% is promised.",
        "The lowest tier that the exact figure is below: 99.0%.",
        "The monthly fee is US$49.90, by customer.agreed of Thu, 1 Jan 2026 00:00 UTC.",
        "25% of US$49.90: US$12.475.",
        "US$12.475 is rounded to US$12.48.",
        TO_CLAIM,
        "20 days are left to claim it.",
        "It is paid once a claim has been accepted.",
    ]


# -- steps


@pytest.mark.parametrize(
    ("share", "amount"),
    [("0.990", "0.00"), ("0.98", "2.50"), ("0.9700001", "2.50"), ("0", "247.50")],
)  # fmt: skip
def test_whole_steps_below_the_target(share: str, amount: str) -> None:
    harbour = shipped("harbour")
    year = months("2027-03", 12, "Europe/Oslo")
    figure = missed(harbour, year, share=share, term="yearly-uptime")
    facts = [agreed("100 EUR", agreement="harbour-hosting")]
    credit = the(owed(harbour, "2028-03-10", facts, [figure]))
    assert (credit.amount, credit.currency) == (Decimal(amount), "EUR")
    assert credit.state is (CreditState.CLAIMABLE if credit.amount else CreditState.NOT_OWED)
    assert earns(harbour, figure) is bool(credit.amount)


def test_steps_in_proportion() -> None:
    caps = shipped("caps")
    figure = missed(caps, LONDON, share=Fraction(999, 1000) - Fraction(2, 1500))
    credit = the(owed(caps, "2026-03-10", [agreed("100.10 GBP")], [figure]))
    assert credit.amount == Decimal("6.67")  # 2/15 points are 4/3 steps of 5.005
    assert said(credit.because)[1:6] == [
        "The exact figure lies 0.133333 percentage points below the target.",
        "1.333333 steps of 0.1%, in proportion.",
        "The monthly fee is £100.10, by customer.agreed of Thu, 1 Jan 2026 00:00 UTC.",
        "5% of £100.10: £5.005.",
        "£5.005 × 1.333333 = £6.673333.",
    ]


# -- hours, days of service


@pytest.mark.parametrize(
    ("down", "amount"),
    [(21 * MINUTE, "40"), (HOUR, "40"), (HOUR + 1, "80"), (10 * HOUR - 1, "400")],
)
def test_an_hour_that_has_begun(down: int, amount: str) -> None:
    hourly = shipped("per-hour")
    credit = the(owed(hourly, "2026-03-10", [agreed()], [missed(hourly, LONDON, down=down)]))
    assert credit.amount == Decimal(amount)
    assert (credit.currency, credit.state) == ("GBP", CreditState.OWED)


@pytest.mark.parametrize(
    ("down", "days"), [(4 * HOUR - 1, 6), (4 * HOUR, 8), (4 * HOUR + 59 * MINUTE, 8)]
)
def test_days_of_service_for_full_hours(down: int, days: int) -> None:
    prolonged = shipped("days-of-service")
    facts = [agreed(until="2027-01-01T00:00:00Z")]
    credit = the(owed(prolonged, "2026-03-10", facts, [missed(prolonged, LONDON, down=down)]))
    assert (credit.days, credit.amount, credit.currency) == (Decimal(days), None, None)
    assert credit.paid == "next renewal"
    assert "Paid when the account is renewed, on Fri, 1 Jan 2027 00:00 UTC." in said(credit.because)


@pytest.mark.parametrize(
    ("down", "days"),
    [(HOUR, "2.00"), (90 * MINUTE, "3.00"), (100 * MINUTE, "3.33"), (200 * MINUTE, "6.67")],
)
def test_days_of_service_in_proportion_are_rounded_to_hundredths(down: int, days: str) -> None:
    prolonged = changed("days-of-service", ("service per full hour", "service per hour"))
    facts = [agreed(until="2027-01-01T00:00:00Z")]
    credit = the(owed(prolonged, "2026-03-10", facts, [missed(prolonged, LONDON, down=down)]))
    assert (credit.days, credit.amount, credit.currency) == (Decimal(days), None, None)


def test_hours_of_downtime_in_proportion() -> None:
    """An hour and a third at 40 GBP an hour is 53.33…, half up 53.33."""
    exact = changed("per-hour", ("40 GBP per started hour", "40 GBP per hour"))
    down = 80 * MINUTE
    credit = the(owed(exact, "2026-03-10", [agreed()], [missed(exact, LONDON, down=down)]))
    assert credit.amount == Decimal("53.33")
    assert said(credit.because)[1:4] == [
        "Hours of downtime: 1.333333 (80 minutes).",
        "£40.00 × 1.333333 = £53.333333.",
        "£53.333333 is rounded to £53.33.",
    ]


def test_an_hour_that_is_not_full_earns_no_days() -> None:
    prolonged = shipped("days-of-service")
    figure = missed(prolonged, LONDON, down=HOUR - 1)
    credit = the(owed(prolonged, "2026-03-10", [agreed()], [figure]))
    assert (credit.days, credit.state) == (Decimal(0), CreditState.NOT_OWED)
    assert not earns(prolonged, figure)


# -- clocks


def late_answer(number: int, day: str, **rest: str) -> list[Fact]:
    return [
        fact("request.opened", f"{day} 10:00", f"request:{number}", "Europe/Stockholm", **rest),
        fact("request.answered", f"{day} 16:00", f"request:{number}", "Europe/Stockholm"),
    ]


def test_each_late_answer_earns_for_the_account_that_asked() -> None:
    clocks = shipped("per-missed-clock")
    facts = [
        agreed(),
        agreed(account="bolt-1", customer="bolt"),
        *late_answer(1, "2026-01-12", account="acme-1"),
        *late_answer(2, "2026-01-13", account="acme-1"),
        *late_answer(3, "2026-01-13", account="bolt-1"),
    ]
    found = owed(clocks, "2026-01-20", facts)
    assert [(credit.key, credit.amount, credit.currency) for credit in found] == [
        ("account:acme-1/request:1/answer/late-answer/2026-01", Decimal("250.00"), "SEK"),
        ("account:acme-1/request:2/answer/late-answer/2026-01", Decimal("250.00"), "SEK"),
        ("account:bolt-1/request:3/answer/late-answer/2026-01", Decimal("250.00"), "SEK"),
    ]
    assert {credit.state for credit in found} == {CreditState.OWED}
    assert said(found[0].because) == [
        "request:1/answer was missed; it was due Mon, 12 Jan 2026 14:00 UTC+01:00.",
        "The agreement gives SEK250.00 for it.",
        "Paid with the next invoice, on Sun, 1 Feb 2026 00:00 UTC+01:00.",
    ]


def test_a_request_of_nobody_known_still_earns() -> None:
    credit = the(owed(shipped("per-missed-clock"), "2026-01-20", late_answer(1, "2026-01-12")))
    assert (credit.account, credit.customer, credit.amount) == (None, None, Decimal("250.00"))
    assert credit.key == "request:1/answer/late-answer/2026-01"


def repair(number: int, opened: str, hours_later: str, account: str = "acme-1") -> list[Fact]:
    zone = "Europe/Stockholm"
    return [
        fact("request.opened", opened, f"request:{number}", zone, account=account),
        fact("request.resolved", hours_later, f"request:{number}", zone),
    ]


def repairs(count: int) -> list[Fact]:
    return [
        each
        for day in range(1, count + 1)
        for each in repair(day, f"2026-02-{day:02d} 08:00", f"2026-02-{day:02d} 17:00")
    ]


@pytest.mark.parametrize(
    ("count", "amount"), [(2, "0.00"), (3, "50.00"), (5, "50.00"), (6, "150.00"), (9, "150.00")]
)
def test_the_highest_row_of_misses_counts_once(count: int, amount: str) -> None:
    found = owed(shipped("by-misses"), "2026-03-10", [agreed("1000 SEK"), *repairs(count)])
    credit = the(found)
    assert (credit.key, credit.amount) == (
        "account:acme-1/repeated-lateness/2026-02",
        Decimal(amount),
    )
    assert len(credit.earned_by) == count
    assert credit.state is (CreditState.OWED if count > 2 else CreditState.NOT_OWED)


# A repair is due 8 hours later, round the clock: a second before the period is over, and with it.
QUARTERS = ("2026-02-02 08:00", "2026-03-02 08:00", "2026-03-31 15:59:59", "2026-03-31 16:00")
YEARS = ("2026-12-31 15:59:59", "2027-02-02 08:00", "2027-05-01 08:00", "2027-12-31 15:59:59")


@pytest.mark.parametrize(
    ("kind", "opened", "expected"),
    [
        ("quarter", QUARTERS, [("2026-Q1", "50.00"), ("2026-Q2", "0.00")]),
        ("year", YEARS, [("2026", "0.00"), ("2027", "50.00")]),
    ],
)
def test_misses_of_a_quarter_and_of_a_year(
    kind: str, opened: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    counted = changed(
        "by-misses",
        ("from 3 misses a month", f"from 3 misses a {kind}"),
        ("from 6 misses a month", f"from 6 misses a {kind}"),
    )
    facts = [
        each
        for number, time in enumerate(opened)
        for each in repair(number, time, f"{int(time[:4]) + 1}-01-03 00:00")
    ]
    found = owed(counted, "2028-02-01", [agreed("1000 SEK"), *facts])
    assert [(each.window.label, str(each.amount)) for each in found] == expected


TIER_ROWS = """\
tiers:
  below 99.9 %: 10 % of account.fee
  below 99.0 %: 25 % of account.fee
  below 95.0 %: 100 % of account.fee
"""


def test_figures_count_in_the_period_in_which_their_window_ends() -> None:
    """Three months of a quarter below target earn once; two do not."""
    rows = "by misses:\n  from 3 misses a quarter: 25 % of account.fee\n"
    terms = changed("tiers", (TIER_ROWS, rows))
    figures = [missed(terms, months(f"2026-{n:02d}"), share="0.99") for n in (1, 2, 3, 4, 5)]
    found = owed(terms, "2026-06-10", [agreed("100 USD")], figures)
    assert [(each.window.label, each.amount, len(each.earned_by)) for each in found] == [
        ("2026-Q1", Decimal("25.00"), 3),
        ("2026-Q2", Decimal("0.00"), 2),
    ]


def test_a_miss_belongs_to_the_month_it_was_due_in() -> None:
    facts = [
        agreed("1000 SEK"),
        *repairs(2),
        *repair(30, "2026-02-28 16:00", "2026-03-02 09:00"),  # due at 24:00, so in March
    ]
    found = owed(shipped("by-misses"), "2026-03-10", facts)
    assert [(credit.window.label, len(credit.earned_by)) for credit in found] == [
        ("2026-02", 2),
        ("2026-03", 1),
    ]
    facts[-2:] = repair(30, "2026-02-28 15:59", "2026-03-02 09:00")
    assert the(owed(shipped("by-misses"), "2026-03-10", facts)).amount == Decimal("50.00")


def test_accounts_do_not_count_each_others_misses() -> None:
    facts = [
        agreed("1000 SEK"),
        agreed("1000 SEK", account="bolt-1", customer="bolt"),
        *repairs(2),
        *repair(9, "2026-02-09 08:00", "2026-02-09 17:00", account="bolt-1"),
    ]
    found = owed(shipped("by-misses"), "2026-03-10", facts)
    assert [(credit.account, credit.state) for credit in found] == [
        ("acme-1", CreditState.NOT_OWED),
        ("bolt-1", CreditState.NOT_OWED),
    ]


# -- what is not known is said


def test_a_fee_that_no_fact_gives() -> None:
    tiers = shipped("tiers")
    credit = the(owed(tiers, "2026-03-10", [agreed()], [missed(tiers, FEBRUARY, share="0.99")]))
    assert (credit.amount, credit.currency) == (None, None)
    assert credit.state is CreditState.CLAIMABLE
    assert "credit-fee-unknown" in ids(credit.because)


def test_no_account_is_known() -> None:
    tiers = shipped("tiers")
    credit = the(owed(tiers, "2026-03-10", [], [missed(tiers, FEBRUARY, share="0.99")]))
    assert (credit.key, credit.amount) == ("service:storage/tiered-credit/2026-02", None)
    assert "credit-account-unknown" in ids(credit.because)


def test_a_window_that_lasts_says_that_the_amount_may_change() -> None:
    tiers = shipped("tiers")
    whole = months("2026-02")
    half = replace(whole, end=whole.start + 14 * 24 * HOUR)
    credit = the(owed(tiers, "2026-02-15", [agreed("100 USD")], [missed(tiers, half, down=HOUR)]))
    assert credit.amount == Decimal("10.00")
    assert "credit-provisional" in ids(credit.because)
    assert credit.claim_by == whole.whole[1] + 30 * 24 * HOUR


def test_what_was_not_missed_earns_nothing() -> None:
    tiers = shipped("tiers")
    for state in (State.MET, State.UNKNOWN, State.RUNNING, State.NOT_OWED):
        figure = missed(tiers, FEBRUARY, share="0.9", state=state)
        assert owed(tiers, "2026-03-10", [agreed("100 USD")], [figure]) == ()


def test_accounts_under_another_agreement_earn_nothing() -> None:
    tiers = shipped("tiers")
    facts = [
        agreed("100 USD", agreement="tiers"),
        agreed("100 USD", account="bolt-1", customer="bolt", agreement="others"),
        agreed("50 USD", account="left-1", customer="left", agreement="tiers",
               until="2026-02-01T00:00:00Z"),
    ]  # fmt: skip
    found = owed(tiers, "2026-03-10", facts, [missed(tiers, FEBRUARY, share="0.99")])
    assert [credit.account for credit in found] == ["acme-1"]
