"""What a miss would cost: by one microsecond, and in the worst case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.engine.money.made import (
    HOUR,
    agreed,
    changed,
    evaluated,
    ids,
    missed,
    months,
    shipped,
)

from uphold.agreement import Agreement
from uphold.engine import State
from uphold.engine.measure.availability import EXCLUDED
from uphold.engine.money.cost import Cost, cost_of_miss, depths_of
from uphold.engine.money.cost_json import cost_json
from uphold.engine.money.crediting import earns
from uphold.facts import Fact
from uphold.messages import Money

FEBRUARY = months("2026-02")
LONDON = months("2026-02", zone="Europe/London")


def cost(agreement: Agreement, *facts: Fact, zone: str = "UTC", down: int = 0) -> Cost:
    window = months("2026-02", zone=zone)
    figure = missed(agreement, window, down=down, state=State.MET)
    return cost_of_miss(evaluated(agreement, "2026-03-10", facts), figure)


def money(*amounts: str) -> tuple[Money, ...]:
    parts = (amount.split() for amount in amounts)
    return tuple(Money(Decimal(amount), currency) for amount, currency in parts)


@pytest.mark.parametrize(
    ("name", "zone", "fee", "least", "worst"),
    [
        ("tiers", "UTC", "100 USD", "10.00 USD", "100.00 USD"),
        ("caps", "Europe/London", "1000 GBP", "0.00 GBP", "500.00 GBP"),
        # 0.05 % of 28 days are 20 min 9.6 s: an hour that has begun; all 672 hours at worst.
        ("per-hour", "Europe/London", "1 GBP", "40.00 GBP", "26880.00 GBP"),
    ],
)
def test_the_least_and_the_worst_of_each_shape(
    name: str, zone: str, fee: str, least: str, worst: str
) -> None:
    found = cost(shipped(name), agreed(fee), zone=zone)
    assert (found.least, found.worst, found.stated) == (money(least), money(worst), True)


def test_days_of_service_are_no_money() -> None:
    found = cost(shipped("days-of-service"), agreed(), zone="Europe/London")
    # 0.5 % of 28 days are 3.36 hours, so three full ones; two days for each.
    assert (found.least, found.least_days, found.worst_days) == ((), Decimal(6), Decimal(1344))


def test_it_is_written_with_exact_amounts_and_its_reasons() -> None:
    written = cost_json(cost(shipped("tiers"), agreed("100 USD")))

    assert [reason["id"] for reason in written.pop("because")] == ["reason.cost"]
    assert written == {
        "least": [{"amount": "10.00", "currency": "USD"}],
        "worst": [{"amount": "100.00", "currency": "USD"}],
        "least_days": "0",
        "worst_days": "0",
        "stated": True,
    }


def test_the_least_possible_miss_is_one_microsecond_beyond_the_target() -> None:
    figure = missed(shipped("tiers"), FEBRUARY, down=0, state=State.RUNNING)
    depths = depths_of(figure, 0, EXCLUDED)
    assert depths is not None and figure.target is not None
    owed, least = figure.owed, depths[0]
    assert least.availability < figure.target <= Fraction(owed - least.down + 1, owed)


HALF = replace(LONDON, end=LONDON.start + 14 * 24 * HOUR)
WHO = {"account": "acme-1", "customer": "acme"}


@pytest.mark.parametrize(
    ("end", "now", "worst"),
    [
        ("", "2026-02-15 00:00", 28 * 24),  # the rest of the month is still to come
        ("2026-02-15T00:00:00Z", "2026-03-10", 14 * 24),  # the account has left: nothing is
        ("2026-02-20T00:00:00Z", "2026-02-15 00:00", 19 * 24),  # and none of it once it leaves
    ],
)
def test_what_is_left_of_a_window_ends_with_the_account(end: str, now: str, worst: int) -> None:
    """40 GBP for each hour that has begun; 0.05 % of the time may be lost."""
    per_hour = shipped("per-hour")
    figure = missed(per_hour, HALF, down=0, state=State.RUNNING, **WHO)
    facts = [agreed("1 GBP", until=end or None)]
    found = cost_of_miss(evaluated(per_hour, now, facts), figure)
    assert found.worst == money(f"{worst * 40}.00 GBP")
    assert found.least == money("40.00 GBP")


@pytest.mark.parametrize(
    ("rule", "least", "worst"),
    [
        ("excluded", "320.00 GBP", "24480.00 GBP"),
        ("counts as up", "360.00 GBP", "24480.00 GBP"),
        ("counts as down", "0.00 GBP", "24480.00 GBP"),
    ],
)
def test_unknown_time_counts_as_the_term_says(rule: str, least: str, worst: str) -> None:
    """Of 672 hours 60 are unknown; 1.25 % of 612 are 7.65 hours, of 672 they are 8.4.

    As down the 60 hours are more than is allowed; but no hour was down, and hours are paid for.
    """
    per_hour = changed("per-hour", ("at least 99.95 %", f"at least 98.75 %\nunknown: {rule}"))
    figure = missed(
        per_hour, LONDON, down=0, unknown=60 * HOUR, availability=None, state=State.MET
    )  # fmt: skip
    found = cost_of_miss(evaluated(per_hour, "2026-03-10", [agreed("1 GBP")]), figure)
    assert (found.least, found.worst) == (money(least), money(worst))


def test_no_miss_is_possible_where_all_that_is_not_known_to_be_up_counts_as_up() -> None:
    per_hour = changed("per-hour", ("at least 99.95 %", "at least 5 %\nunknown: counts as up"))
    figure = missed(per_hour, LONDON, down=0, unknown=600 * HOUR, state=State.MET)
    found = cost_of_miss(evaluated(per_hour, "2026-03-10", [agreed("1 GBP")]), figure)
    assert (found.least, found.worst) == ((), ())


def test_a_figure_that_is_missed_costs_what_it_costs() -> None:
    tiers = shipped("tiers")
    figure = missed(tiers, FEBRUARY, share="0.94")
    found = cost_of_miss(evaluated(tiers, "2026-03-10", [agreed("100 USD")]), figure)
    assert found.least == money("100.00 USD")


def test_a_services_miss_costs_all_its_accounts() -> None:
    facts = [
        agreed("100 USD"),
        agreed("50 USD", account="bolt-1", customer="bolt"),
        agreed("70 EUR", account="cove-1", customer="cove"),
        agreed(account="dune-1", customer="dune"),
    ]
    found = cost(shipped("tiers"), *facts)
    assert found.least == money("7.00 EUR", "15.00 USD")
    assert not found.stated  # dune's fee is not known
    assert ids(found.because) == ["credit-fee-unknown", "cost", "cost"]


def test_an_amount_that_is_not_stated_is_no_amount() -> None:
    lifesize = shipped("lifesize")
    for plan, stated, told in (
        ("extreme-support", False, ["credit-not-stated"]),
        ("basic", True, []),
    ):
        found = cost(lifesize, agreed("100 USD", plan=plan, time="2026-01-05 00:00"))
        assert (found.least, found.stated, ids(found.because)) == ((), stated, told)


def test_nothing_is_promised_nothing_is_lost() -> None:
    assert cost(shipped("connexys"), agreed("100 EUR"), zone="Europe/Amsterdam").least == ()


# -- whether a miss earns anything


@pytest.mark.parametrize(
    ("pairs", "share", "found"),
    [
        ((), "0.998", True),
        ((("below 99.9 %: 10 %", "below 99.5 %: 10 %"),), "0.998", False),
        ((("below 99.9 %: 10 %", "below 99.9 %: 0 %"),), "0.998", False),
        ((("below 99.9 %: 10 %", "below 99.9 %: 0 %"),), "0.989", True),
    ],
)
def test_a_tier_that_was_not_reached_earns_nothing(
    pairs: tuple[tuple[str, str], ...], share: str, found: bool
) -> None:
    tiers = changed("tiers", *pairs)
    assert earns(tiers, missed(tiers, FEBRUARY, share=share)) is found


def test_an_amount_that_is_not_stated_may_be_something() -> None:
    lifesize = shipped("lifesize")
    assert earns(lifesize, missed(lifesize, FEBRUARY, share="0.99"))


def test_without_a_credit_term_nothing_is_earned() -> None:
    connexys = shipped("connexys")
    assert not earns(connexys, missed(connexys, FEBRUARY, share="0.5"))
