"""From evidence to money in one call: what was seen, what was missed, what is owed and claimed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from tests.engine.money.made import agreed, at, changed, claim, fact, shipped, us

from uphold.engine import State
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.suppliers import GapKind
from uphold.engine.settle import Settlement, settle
from uphold.facts import Fact
from uphold.facts.evidence import Run

OSLO = "Europe/Oslo"
MINUTE = 60_000_000


def seen(
    check: str, *stretches: tuple[str, str, str], source: str = "oslo", every: int = 1
) -> list[Run]:
    """Runs of one source: each stretch's state, its first look and its last, as wall times."""
    runs = []
    for state, first, last in stretches:
        begins, ends = us(first, OSLO), us(last, OSLO)
        count = (ends - begins) // (every * MINUTE) + 1
        runs.append(Run("checks", source, check, begins, ends, state, every * MINUTE, count))
    return runs


def credit_of(settlement: Settlement, term: str, label: str) -> Credit:
    (found,) = (
        each for each in settlement.all_credits if (each.term, each.window.label) == (term, label)
    )
    return found


# -- Harbour: by the month and by the year

HARBOUR = shipped("harbour")


def harbour(time: str, *facts: Fact, down: tuple[str, str]) -> Settlement:
    first, last = down
    sign_in = (
        ("up", "2027-03-01 00:00", first[:-2] + "00"),
        ("down", first, last),
        ("up", last[:-5] + f"{int(last[-5:-3]) + 1:02d}:00", "2028-03-01 00:00"),
    )
    runs = [
        run
        for place in ("oslo", "bergen")
        for run in (
            *seen("sign-in", *sign_in, source=place),
            *seen("place-call", ("up", "2027-03-01 00:00", "2028-03-01 00:00"), source=place),
        )
    ]
    account = agreed("100 EUR", agreement="harbour-hosting", time="2027-02-15 12:00",
                     until="2028-02-15T00:00:00Z")  # fmt: skip
    return settle([HARBOUR], [account, *facts], runs, at(time))


def test_an_outage_earns_the_months_credit() -> None:
    settlement = harbour("2027-04-05 10:00", down=("2027-03-10 10:01", "2027-03-10 20:00"))
    (figure,) = (each for each in settlement.figures if each.window.label == "2027-03"
                 and each.term == "account-uptime")  # fmt: skip
    assert figure.state is State.MISSED
    credit = credit_of(settlement, "uptime-credit", "2027-03")
    assert (credit.state, credit.amount, credit.currency) == (
        CreditState.OWED,
        Decimal("5.00"),
        "EUR",
    )
    assert credit.earned_by == (figure.key,)
    assert credit.paid_on == us("2028-02-15")
    assert {gap.kind for gap in settlement.gaps} == {GapKind.NOT_LOADED}


# -- Easymeeting: E14 from looks and a judgement to the invoice

EASYMEETING = shipped("easymeeting")
NORD = agreed("400 NOK", account="nord", customer="nord", time="2020-10-01 00:00",
              from_="2020-09-30T22:00:00Z")  # fmt: skip


def easymeeting(time: str, end: str, facts: Iterable[Fact] = ()) -> Settlement:
    """Every look was good for two years, but a person judged the licence to have been down."""
    judged = fact(
        "outage.judged", "2021-04-01 09:00", "outage:7", OSLO,
        service="licence", start="2021-03-01T00:00:00+01:00", end=end,
    )  # fmt: skip
    looks = [
        run
        for check in ("meeting-servers", "cloud-connect", "licence")
        for run in seen(check, ("up", "2020-10-01 00:00", "2022-10-01 00:00"), every=5)
    ]
    return settle([EASYMEETING], [NORD, judged, *facts], looks, at(time))


@pytest.mark.requirement("E14", "X2")
def test_a_year_short_by_a_full_percent_is_credited_from_evidence_to_invoice() -> None:
    # 365 days × 2 % are 7.3 days: down 7 days 7 h 12 min, the figure is 98.0 % exactly.
    end = "2021-03-08T07:12:00+01:00"
    settlement = easymeeting("2021-10-05 10:00", end)
    credit = credit_of(settlement, "availability-credit", "2020-10..2021-09")
    assert (credit.service, credit.account) == ("licence", "nord")
    assert (credit.state, credit.amount, credit.currency) == (
        CreditState.CLAIMABLE,
        Decimal("10.00"),
        "NOK",
    )
    figure = next(each for each in settlement.history if each.key in credit.earned_by)
    assert figure.down == 7 * 86_400_000_000 + 432 * MINUTE
    named = {"account": "nord", "service": "licence", "period": "2020-10..2021-09"}
    facts = [
        claim("filed", "2021-10-06 09:00", **named),
        claim("accepted", "2021-10-08 09:00", account="nord"),
    ]
    accepted = credit_of(
        easymeeting("2021-10-20 10:00", end, facts), "availability-credit", "2020-10..2021-09"
    )
    assert (accepted.state, accepted.granted) == (CreditState.ACCEPTED, Decimal("10.00"))
    assert accepted.paid_on == us("2021-11-01", OSLO)


@pytest.mark.requirement("E14")
def test_one_outage_earns_one_yearly_credit() -> None:
    """It lies in twelve windows; the eleven behind the credited one are not owed."""
    settlement = easymeeting("2022-10-05 10:00", "2021-03-08T07:12:00+01:00")
    earned = [
        credit for credit in settlement.all_credits if credit.service == "licence" and credit.amount
    ]
    assert [credit.window.label for credit in earned] == ["2020-10..2021-09"]


@pytest.mark.requirement("E14")
def test_a_microsecond_less_than_a_full_percent_earns_nothing() -> None:
    settlement = easymeeting("2021-10-05 10:00", "2021-03-08T07:11:59.999999+01:00")
    credit = credit_of(settlement, "availability-credit", "2020-10..2021-09")
    assert (credit.state, credit.amount) == (CreditState.NOT_OWED, Decimal(0))


# -- Lifesize: L5


@pytest.mark.requirement("L5", "L3")
@pytest.mark.parametrize(
    ("plan", "last", "states"),
    [
        ("extreme-support", "2026-03-10 11:00", ["owed"]),
        ("extreme-support", "2026-03-10 10:20", []),  # 99.95 % of March is enough
        ("basic", "2026-03-10 11:00", []),
    ],
)
def test_a_missed_month_waits_for_the_renewal(plan: str, last: str, states: list[str]) -> None:
    looks = [
        *seen("sign-in", ("up", "2026-03-01 01:00", "2026-03-10 10:00"),
              ("down", "2026-03-10 10:01", last), ("up", last[:-2] + "01", "2026-04-01 02:00")),
        *seen("start-call", ("up", "2026-03-01 01:00", "2026-04-01 02:00")),
    ]  # fmt: skip
    account = agreed("100 USD", plan=plan, until="2027-01-01T00:00:00Z")
    settlement = settle([shipped("lifesize")], [account], looks, at("2026-04-02 10:00"))
    march = [each for each in settlement.all_credits if each.window.label == "2026-03"]
    assert [str(credit.state) for credit in march] == states
    for credit in march:
        assert (credit.amount, credit.paid_on) == (None, us("2027-01-01"))
        assert "reason.credit-not-stated" in [reason.id for reason in credit.because]


# -- tiers


@pytest.mark.parametrize(
    ("last", "amount"),
    [("2026-02-03 00:39", None), ("2026-02-03 00:41", "10.00"), ("2026-02-03 07:00", "25.00")],
)
def test_tiers_from_looks(last: str, amount: str | None) -> None:
    tiers = changed("tiers", ("zone: Etc/UTC", "zone: Europe/Oslo"))
    begun = int(last[-2:]) + 1
    looks = seen(
        "read-and-write",
        ("up", "2026-02-01 00:00", "2026-02-03 00:00"),
        ("down", "2026-02-03 00:01", last),
        ("up", f"{last[:-2]}{begun:02d}", "2026-03-01 00:00"),
    )
    settlement = settle([tiers], [agreed("100 USD")], looks, at("2026-03-02 10:00"))
    found = [credit.amount for credit in settlement.credits if credit.window.label == "2026-02"]
    assert found == ([] if amount is None else [Decimal(amount)])
