"""By when a credit is claimed, what a claim must hold, and what its facts make of the credit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import permutations

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
from uphold.engine.money.crediting import credits as credits_of
from uphold.engine.money.unmatched import unmatched_claims
from uphold.facts import Fact

CLAIMS = shipped("claims")
TIERS = shipped("tiers")
FEBRUARY = months("2026-02")
OURS = agreed("100 USD")
MISSED = missed(TIERS, FEBRUARY, share="0.9985")


def credited(time: str, *facts: Fact, figures: tuple[Figure, ...] = (MISSED,)) -> Credit:
    return the(owed(TIERS, time, [OURS, *facts], figures))


# -- deadlines


@pytest.mark.parametrize(
    ("month", "by"),
    [
        ("2026-02", "2026-03-31 00:00"),
        ("2026-09", "2026-10-31 00:00"),  # over the end of summer time: the wall time is kept
        ("2026-10", "2026-12-01 00:00"),
    ],
)
def test_calendar_days_of_the_windows_end(month: str, by: str) -> None:
    figure = missed(CLAIMS, months(month, zone="Europe/London"), share="0.99")
    credit = the(owed(CLAIMS, "2026-11-02", [agreed("100 GBP")], [figure]))
    assert credit.claim == "within 30 calendar days of the window's end"
    assert credit.claim_by == us(by, "Europe/London")


def late(number: int, opened: str, answered: str) -> list[Fact]:
    zone = "Europe/London"
    return [
        fact("request.opened", opened, f"request:{number}", zone, account="acme-1"),
        fact("request.answered", answered, f"request:{number}", zone),
    ]


def test_business_hours_of_the_miss_count_in_the_clocks_own_desk() -> None:
    facts = [agreed("100 GBP"), *late(1, "2026-04-02 15:30", "2026-04-07 12:00")]
    single, _ = owed(CLAIMS, "2026-04-07 13:00", facts)
    # Missed on Tuesday at 11:00; 6.5 hours are left that day, then 8.5 and 1 more.
    assert single.term == "answer-credit"
    assert single.claim_by == us("2026-04-09 10:00", "Europe/London")
    assert single.amount == Decimal("20.00")


def test_billing_cycles_are_months_from_the_statement_on() -> None:
    facts = [
        agreed("100 GBP"),
        *late(1, "2026-04-14 09:00", "2026-04-14 14:00"),
        *late(2, "2026-04-15 09:00", "2026-04-15 14:00"),
    ]
    *_, second = owed(CLAIMS, "2026-05-10", facts)
    assert (second.term, second.amount) == ("second-answer-credit", Decimal("5.00"))
    assert second.claim_by == us("2026-07-01 00:00", "Europe/London")  # the statement: 1 May


def test_without_a_time_the_claim_stays_open() -> None:
    easymeeting = shipped("easymeeting")
    year = months("2021-01", 12, "Europe/Oslo")
    figure = missed(easymeeting, year, share="0.975", service="licence")
    credit = the(
        owed(easymeeting, "2026-01-01", [agreed("100 EUR", time="2020-10-01 00:00")], [figure])
    )
    assert (credit.state, credit.claim_by) == (CreditState.CLAIMABLE, None)
    assert "claim-no-limit" in ids(credit.because)


@pytest.mark.parametrize(
    ("time", "state"),
    [
        ("2026-03-01 00:00", CreditState.CLAIMABLE),
        ("2026-03-31 00:00", CreditState.CLAIMABLE),
        ("2026-03-31 00:00:01", CreditState.LAPSED),
    ],
)
def test_a_claim_at_the_last_instant_is_in_time(time: str, state: CreditState) -> None:
    assert credited(time).state is state
    filed = credited("2026-05-01", claim("filed", time, period="2026-02"))
    in_time = state is CreditState.CLAIMABLE
    assert filed.state is (CreditState.CLAIMED if in_time else CreditState.LAPSED)
    assert ("claim-late" in ids(filed.because)) is not in_time


# -- states


FILED = claim("filed", "2026-03-05 10:00", period="2026-02", amount="10 USD")
LATE = claim("filed", "2026-04-05 10:00", period="2026-02")
ACCEPTED = claim("accepted", "2026-04-06 10:00")
LESS = claim("accepted", "2026-04-06 10:00", amount="7.50 USD")
REJECTED = claim("rejected", "2026-04-06 10:00", reason="asked for by nobody")
APPLIED = claim("applied", "2026-04-20 10:00", invoice="2026-117")
AGAIN = claim("filed", "2026-04-10 10:00", period="2026-02")


@pytest.mark.parametrize(
    ("facts", "state", "granted"),
    [
        ((), CreditState.LAPSED, None),
        ((FILED,), CreditState.CLAIMED, None),
        ((LATE,), CreditState.LAPSED, None),
        ((FILED, ACCEPTED), CreditState.ACCEPTED, "10.00"),
        ((FILED, LESS), CreditState.ACCEPTED, "7.50"),
        ((LATE, ACCEPTED), CreditState.ACCEPTED, "10.00"),  # accepted all the same
        ((FILED, REJECTED), CreditState.REFUSED, None),
        ((LATE, REJECTED), CreditState.REFUSED, None),
        ((FILED, REJECTED, AGAIN), CreditState.CLAIMED, None),
        ((FILED, ACCEPTED, AGAIN), CreditState.ACCEPTED, "10.00"),
        ((FILED, ACCEPTED, APPLIED), CreditState.APPLIED, "10.00"),
        ((FILED, LESS, APPLIED, AGAIN), CreditState.APPLIED, "7.50"),
    ],
)
def test_the_facts_of_the_claim_tell_the_state(
    facts: tuple[Fact, ...], state: CreditState, granted: str | None
) -> None:
    for order in permutations(facts):
        credit = credited("2026-05-01", *order)
        assert credit.state is state
        assert credit.amount == Decimal("10.00")
        assert credit.granted == (None if granted is None else Decimal(granted))


def test_of_two_claims_the_one_that_came_furthest_tells() -> None:
    second = claim("filed", "2026-03-06 10:00", 2, period="2026-02")
    refused = claim("rejected", "2026-04-30 10:00", 2, reason="twice")
    for order in permutations((FILED, ACCEPTED, second, refused)):
        assert credited("2026-05-01", *order).state is CreditState.ACCEPTED


def test_the_story_of_a_claim_is_told() -> None:
    assert said(credited("2026-05-01", FILED, LESS, APPLIED).because)[-3:] == [
        "Thu, 5 Mar 2026 10:00 UTC: claim:1 was filed.",
        "Mon, 6 Apr 2026 10:00 UTC: accepted, US$7.50.",
        "Mon, 20 Apr 2026 10:00 UTC: given (2026-117).",
    ]
    refused = credited("2026-05-01", FILED, REJECTED)
    assert "Mon, 6 Apr 2026 10:00 UTC: refused: asked for by nobody." in said(refused.because)


def test_a_claim_for_another_amount_is_told_what_the_agreement_gives() -> None:
    more = claim("filed", "2026-03-05 10:00", period="2026-02", amount="15 USD")
    credit = credited("2026-03-10", more)
    assert credit.amount == Decimal("10.00")
    assert "US$15.00 is claimed; by the agreement it is US$10.00." in said(credit.because)


def test_what_is_granted_in_another_currency_is_not_taken_for_this_one() -> None:
    credit = credited("2026-05-01", FILED, claim("accepted", "2026-04-06 10:00", amount="9 EUR"))
    assert (credit.state, credit.granted, credit.currency) == (CreditState.ACCEPTED, None, "USD")
    assert "claim-other-currency" in ids(credit.because)


def test_what_was_granted_tells_an_amount_that_nobody_could_know() -> None:
    facts = [agreed(), FILED, claim("accepted", "2026-04-06 10:00", amount="9 EUR")]
    credit = the(owed(TIERS, "2026-05-01", facts, [MISSED]))
    assert (credit.amount, credit.granted, credit.currency) == (None, Decimal(9), "EUR")


# -- what a claim must hold


def test_a_claim_that_lacks_something_stays_claimed_and_does_not_lapse() -> None:
    figure = missed(CLAIMS, months("2026-02", zone="Europe/London"), share="0.99")
    bare = claim("filed", "2026-03-05 10:00", period="2026-02", credit="uptime-credit")
    for time in ("2026-03-06", "2026-09-01"):
        credit = the(owed(CLAIMS, time, [agreed("100 GBP"), bare], [figure]))
        assert credit.state is CreditState.CLAIMED
        assert "claim:1 lacks: the times at which the gateway was down." in said(credit.because)


def test_what_was_lacking_can_be_handed_in() -> None:
    figure = missed(CLAIMS, months("2026-02", zone="Europe/London"), share="0.99")
    bare = claim("filed", "2026-03-05 10:00", period="2026-02", credit="uptime-credit")
    rest = claim("filed", "2026-04-20 10:00", holds=["The times at which  the gateway was down"])
    credit = the(owed(CLAIMS, "2026-05-01", [agreed("100 GBP"), bare, rest], [figure]))
    assert credit.state is CreditState.CLAIMED
    assert not {"claim-lacks", "claim-late"} & set(ids(credit.because))


# -- which credit a claim is for


YEAR = tuple(missed(TIERS, months(f"2026-{month:02d}"), share="0.9985") for month in (1, 2, 3))


def states(time: str, *facts: Fact) -> list[str]:
    return [str(credit.state) for credit in owed(TIERS, time, [OURS, *facts], YEAR)]


def test_a_claim_is_for_its_period() -> None:
    filed = claim("filed", "2026-03-05 10:00", period="2026-02")
    assert states("2026-03-06", filed) == ["lapsed", "claimed", "claimable"]


def test_a_claim_without_a_period_is_for_none_of_several() -> None:
    filed = claim("filed", "2026-03-05 10:00")
    assert "claimed" not in states("2026-03-06", filed)
    (found,) = unmatched_claims(evaluated(TIERS, "2026-03-06", [OURS, filed]), YEAR)
    assert (found.subject, found.account, found.period) == ("claim:1", "acme-1", None)
    (why,) = said(found.because)
    assert why == (
        "claim:1 names no period, and may be for any of these: "
        "tiered-credit 2026-01, tiered-credit 2026-02 and tiered-credit 2026-03."
    )


@pytest.mark.parametrize(
    "named",
    [
        {"period": "2025-12"},
        {"period": "2026-02", "credit": "other-credit"},
        {"period": "2026-02", "service": "other"},
        {"period": "2026-02", "account": "bolt-1"},
        {"period": "2026-02", "customer": "bolt"},
    ],
)
def test_a_claim_that_fits_nothing_is_told_what_was_earned(named: dict[str, str]) -> None:
    filed = claim("filed", "2026-03-05 10:00", **named)
    assert "claimed" not in states("2026-03-06", filed)
    (found,) = unmatched_claims(evaluated(TIERS, "2026-03-06", [OURS, filed]), YEAR)
    assert ids(found.because) == ["claim-for-nothing"]
    assert found.filed == us("2026-03-05 10:00")


def test_a_customer_may_claim_for_its_account() -> None:
    filed = claim("filed", "2026-03-05 10:00", customer="acme", period="2026-02", service="storage")
    assert states("2026-03-06", filed)[1] == "claimed"
    assert unmatched_claims(evaluated(TIERS, "2026-03-06", [OURS, filed]), YEAR) == ()


def test_a_single_miss_can_be_claimed_by_its_thing() -> None:
    facts = [
        agreed("100 GBP"),
        *late(1, "2026-04-14 09:00", "2026-04-14 14:00"),
        *late(2, "2026-04-14 09:30", "2026-04-14 14:00"),
        claim("filed", "2026-04-15 09:00", credit="answer-credit", period="request:2"),
    ]
    found = owed(CLAIMS, "2026-04-15 10:00", facts)
    assert [(credit.term, str(credit.state)) for credit in found] == [
        ("answer-credit", "claimable"),
        ("answer-credit", "claimed"),
        ("second-answer-credit", "claimable"),
    ]


# -- decisions that name what the claim left open


def test_a_credit_that_is_given_without_a_claim_names_itself() -> None:
    """No claim is needed, none was filed: what was put on an invoice says which credit it is."""
    given = claim("applied", "2026-03-05 10:00", period="2026-02", credit="tiered-credit")
    assert states("2026-03-06", given) == ["lapsed", "applied", "claimable"]
    filed = claim("filed", "2026-03-05 10:00", 2, period="2026-03")
    refused = claim("rejected", "2026-03-07 10:00", 2, reason="paid in cash")
    assert states("2026-04-06", given, filed, refused) == ["lapsed", "applied", "refused"]


def test_a_decision_settles_which_of_several_a_claim_is_for() -> None:
    filed = claim("filed", "2026-03-05 10:00")
    accepted = claim("accepted", "2026-03-06 10:00", period="2026-02")
    for order in permutations((filed, accepted)):
        assert states("2026-03-07", *order) == ["lapsed", "accepted", "claimable"]
    assert unmatched_claims(evaluated(TIERS, "2026-03-07", [OURS, filed, accepted]), YEAR) == ()


def test_what_a_decision_names_was_not_in_the_claim() -> None:
    figure = missed(CLAIMS, months("2026-02", zone="Europe/London"), share="0.99")
    bare = claim("filed", "2026-03-05 10:00", credit="uptime-credit")
    refused = claim("rejected", "2026-03-06 10:00", period="2026-02", service="gateway")
    again = claim("filed", "2026-03-07 10:00")
    facts = [agreed("100 GBP"), bare, refused, again]
    credit = the(owed(CLAIMS, "2026-03-08", facts, [figure]))
    assert credit.state is CreditState.CLAIMED
    assert "claim:1 lacks: the times at which the gateway was down." in said(credit.because)


# -- one claim for several credits


BOTH = tuple(
    missed(TIERS, FEBRUARY, share=share, service=service)
    for service, share in (("storage", "0.9985"), ("vault", "0.985"))
)


@pytest.mark.parametrize(
    ("granted", "parts"),
    [
        (None, ("10.00", "25.00")),
        ("35 USD", ("10.00", "25.00")),
        ("12 USD", ("10.00", "2.00")),
        ("4 USD", ("4.00", "0.00")),
        ("50 USD", ("10.00", "40.00")),  # more than is owed: all of it was granted all the same
    ],
)
def test_what_is_granted_for_several_credits_is_granted_once(
    granted: str | None, parts: tuple[str, str]
) -> None:
    """One claim for a month in which two services fell short, and one amount for both."""
    filed = claim("filed", "2026-03-05 10:00", period="2026-02", amount="40 USD")
    accepted = claim("accepted", "2026-03-06 10:00", amount=granted)
    found = owed(TIERS, "2026-03-07", [OURS, filed, accepted], BOTH)
    assert [credit.amount for credit in found] == [Decimal("10.00"), Decimal("25.00")]
    assert [credit.granted for credit in found] == [Decimal(part) for part in parts]
    assert {credit.state for credit in found} == {CreditState.ACCEPTED}
    told = said(found[0].because)
    if granted is not None:
        assert (
            f"US${Decimal(granted[:-4]):.2f} was granted to claim:1 for several credits together; "
            f"US${parts[0]} of it is for this one."
        ) in told
    assert not any("by the agreement it is" in each for each in told)


def test_a_claim_that_was_not_known_yet_does_not_count() -> None:
    filed = claim("filed", "2026-03-05 10:00", period="2026-02", recorded="2026-04-15T00:00:00Z")
    for known, state in (("2026-04-14", CreditState.LAPSED), ("2026-04-15", CreditState.CLAIMED)):
        moment = datetime.fromisoformat(f"{known}T00:00:00+00:00")
        evaluation = evaluated(TIERS, "2026-05-01", [OURS, filed], known=moment)
        assert the(credits_of(evaluation, [MISSED])).state is state
