"""Laws of credits: worse never earns less, caps hold, parts add up, order never matters."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.money.made import (
    HOUR,
    agreed,
    changed,
    claim,
    fact,
    missed,
    months,
    owed,
    shipped,
    the,
)

from uphold.agreement import Agreement
from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.crediting import earns
from uphold.engine.money.currency import cut, digits_of, half_up

ZONE = "Europe/London"
FEBRUARY = months("2026-02", zone=ZONE)
OWED_US = FEBRUARY.end - FEBRUARY.start
UNCAPPED = changed(
    "caps", ("at most: [50 % of account.fee a month, 1200 GBP a year]\nat least: 5 GBP\n", "")
)
SHAPES = {
    "steps in proportion": UNCAPPED,
    "capped": shipped("caps"),
    "whole steps": changed("caps", ("account.fee per 0.1 %", "account.fee per full 0.1 %")),
    "hours": shipped("per-hour"),
    "days": shipped("days-of-service"),
}  # fmt: skip

FULL = changed("per-hour", ("40 GBP per started hour", "40 GBP per full hour"))
EXACT = changed("per-hour", ("40 GBP per started hour", "40 GBP per hour"))
TIERS = shipped("tiers")
BY_MISSES = shipped("by-misses")

cents = st.integers(1, 10_000_000).map(lambda units: Decimal(units).scaleb(-2))
downtime = st.integers(0, OWED_US)
labels = st.sampled_from([f"2026-{number:02d}" for number in range(1, 13)] + ["2027-01", "2027-02"])


def credited(agreement: Agreement, fee: Decimal, figure: Figure) -> Credit:
    return the(owed(agreement, "2028-01-01", [agreed(f"{fee} GBP")], [figure]))


def size(credit: Credit) -> Decimal:
    found = credit.days if credit.days is not None else credit.amount
    assert found is not None
    return found


@pytest.mark.parametrize("shape", SHAPES)
@given(fee=cents, one=downtime, other=downtime)
def test_more_downtime_never_earns_less(shape: str, fee: Decimal, one: int, other: int) -> None:
    agreement = SHAPES[shape]
    small, large = sorted((one, other))
    less = credited(agreement, fee, missed(agreement, FEBRUARY, down=small))
    more = credited(agreement, fee, missed(agreement, FEBRUARY, down=large))
    assert size(less) <= size(more)


@given(one=downtime, other=downtime)
def test_a_lower_figure_never_earns_a_lower_tier(one: int, other: int) -> None:
    window = months("2026-02")
    amounts = [
        size(credited(TIERS, Decimal(100), missed(TIERS, window, down=down)))
        for down in sorted((one, other))
    ]
    assert amounts == sorted(amounts)


@given(fee=cents, down=downtime)
def test_rounding_moves_at_most_half_a_coin(fee: Decimal, down: int) -> None:
    figure = missed(UNCAPPED, FEBRUARY, down=down)
    assert figure.target is not None and figure.availability is not None
    short = max(figure.target - figure.availability, Fraction(0)) * 100
    exact = Fraction(fee) * Fraction(5, 100) * short / Fraction(1, 10)
    amount = credited(UNCAPPED, fee, figure).amount
    assert amount is not None
    assert -Fraction(1, 200) < Fraction(amount) - exact <= Fraction(1, 200)


@given(
    units=st.fractions(0, 10**9, max_denominator=10**6),
    currency=st.sampled_from(["JPY", "EUR", "BHD", "CLF"]),
)
def test_rounding_in_any_currency(units: Fraction, currency: str) -> None:
    digits = digits_of(currency)
    rounded, floor = half_up(units, digits), cut(units, digits)
    assert -Fraction(1, 2) < (Fraction(rounded) - units) * 10**digits <= Fraction(1, 2)
    assert 0 <= (units - Fraction(floor)) * 10**digits < 1
    assert rounded.as_tuple().exponent == floor.as_tuple().exponent == -digits


@given(
    fee=cents,
    misses=st.dictionaries(labels, downtime, min_size=1, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_caps_are_never_exceeded_whatever_the_order(
    fee: Decimal, misses: dict[str, int], order: object
) -> None:
    caps = SHAPES["capped"]
    figures = [
        missed(caps, months(label, zone=ZONE), share=Fraction(OWED_US - down, OWED_US))
        for label, down in misses.items()
    ]
    facts = [agreed(f"{fee} GBP"), agreed("70 GBP", account="bolt-1", customer="bolt")]
    found = owed(caps, "2028-01-01", facts, figures)
    order.shuffle(figures)  # type: ignore[attr-defined]
    assert owed(caps, "2028-01-01", facts[::-1], figures) == found
    for account, monthly in (("acme-1", fee), ("bolt-1", Decimal(70))):
        amounts: dict[str, Decimal] = {}
        for credit in found:
            if credit.account == account:
                assert credit.amount is not None
                assert 2 * credit.amount <= monthly
                assert credit.amount == 0 or credit.amount >= 5
                year = credit.window.label[:4]
                amounts[year] = amounts.get(year, Decimal(0)) + credit.amount
        assert all(amount <= 1200 for amount in amounts.values())


@given(fee=cents, misses=st.dictionaries(labels, downtime, min_size=1, max_size=6))
def test_without_caps_each_window_earns_by_itself(fee: Decimal, misses: dict[str, int]) -> None:
    figures = [
        missed(UNCAPPED, months(label, zone=ZONE), share=Fraction(OWED_US - down, OWED_US))
        for label, down in misses.items()
    ]
    together = owed(UNCAPPED, "2028-01-01", [agreed(f"{fee} GBP")], figures)
    alone = [credited(UNCAPPED, fee, figure) for figure in figures]
    assert sorted(together, key=repr) == sorted(alone, key=repr)


@given(count=st.integers(0, 9), others=st.integers(0, 9))
def test_misses_count_for_their_own_account(count: int, others: int) -> None:
    def repairs(account: str, number: int, day: int) -> list[object]:
        subject = f"request:{account}-{number}"
        start = f"2026-02-{day:02d} 08:00"
        return [
            fact("request.opened", start, subject, account=account),
            fact("request.resolved", f"2026-02-{day:02d} 17:00", subject),
        ]

    facts = [agreed("1000 SEK"), agreed("1000 SEK", account="bolt-1", customer="bolt")]
    for account, number in (("acme-1", count), ("bolt-1", others)):
        for day in range(1, number + 1):
            facts += repairs(account, day, day)  # type: ignore[arg-type]
    found = {credit.account: credit for credit in owed(BY_MISSES, "2026-03-10", facts)}
    for account, number in (("acme-1", count), ("bolt-1", others)):
        expected = 0 if number < 3 else 50 if number < 6 else 150
        assert (found[account].amount if number else 0) == expected


@given(down=st.integers(1, OWED_US), shape=st.sampled_from(sorted(SHAPES)))
def test_what_earns_is_what_a_fee_would_make_more_than_nothing(down: int, shape: str) -> None:
    agreement = SHAPES[shape]
    figure = missed(agreement, FEBRUARY, down=down)
    credit = credited(agreement, Decimal(10**12), figure)
    assert earns(agreement, figure) is (size(credit) > 0)


STEPS = ("filed", "accepted", "rejected", "applied")


@given(
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 28)), max_size=5),
    shuffled=st.randoms(use_true_random=False),
)
def test_the_state_is_told_by_the_facts_in_any_order(
    steps: list[tuple[str, int]], shuffled: object
) -> None:
    figure = missed(TIERS, months("2026-02"), share="0.998")
    facts = [
        claim(step, f"2026-04-{day:02d} 10:00", period="2026-02" if step == "filed" else None)
        for step, day in steps
    ]
    first = the(owed(TIERS, "2026-05-01", [agreed("100 USD"), *facts], [figure]))
    shuffled.shuffle(facts)  # type: ignore[attr-defined]
    again = the(owed(TIERS, "2026-05-01", [*facts, agreed("100 USD")], [figure]))
    assert first == again
    taken = {step for step, _ in steps}
    if "applied" in taken:
        assert first.state is CreditState.APPLIED
    elif not taken & {"accepted", "rejected"}:
        assert first.state is CreditState.LAPSED  # claimed too late, or not at all
    else:
        assert first.state in (CreditState.ACCEPTED, CreditState.REFUSED, CreditState.LAPSED)


@given(down=st.integers(0, 40 * HOUR))
def test_started_hours_are_never_fewer_than_full_ones(down: int) -> None:
    amounts = [
        size(credited(agreement, Decimal(1), missed(agreement, FEBRUARY, down=down)))
        for agreement in (FULL, EXACT, SHAPES["hours"])
    ]
    assert all(less <= more for less, more in pairwise(amounts))
    assert amounts[2] - amounts[0] in (0, 40)
