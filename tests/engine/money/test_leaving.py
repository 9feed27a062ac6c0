"""Rights to leave after repeated misses."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.engine.money.made import (
    agreed,
    changed,
    claim,
    evaluated,
    ids,
    missed,
    months,
    said,
    shipped,
    us,
)

from uphold.engine.money.leaving import Right, rights
from uphold.engine.money.unmatched import unmatched_claims
from uphold.facts import Fact

TERMINATION = shipped("termination")
ZONE = "Europe/London"


def left(time: str, labels: Iterable[str], *facts: Fact) -> tuple[Right, ...]:
    figures = [missed(TERMINATION, months(label, zone=ZONE), share="0.99") for label in labels]
    return rights(evaluated(TERMINATION, time, [agreed(), *facts]), figures)


@pytest.mark.parametrize(
    ("labels", "given"),
    [
        (["2026-01", "2026-03"], []),
        (["2026-01", "2026-02", "2026-03"], ["2026-03"]),
        (["2026-01", "2026-03", "2026-06"], ["2026-06"]),
        (["2026-01", "2026-03", "2026-07"], []),
        (["2026-01", "2026-03", "2026-06", "2026-07"], ["2026-06", "2026-07"]),
        (["2026-09", "2026-12", "2027-02"], ["2027-02"]),
    ],
)
def test_three_months_out_of_six(labels: list[str], given: list[str]) -> None:
    for order in (labels, labels[::-1]):
        assert [right.window.label for right in left("2028-01-01", order)] == given


SINCE = "Wed, 1 Jul 2026 00:00 UTC+01:00"
THIRTY_DAYS = "30 calendar days from the miss"


def test_a_right_says_since_when_until_when_and_why() -> None:
    (right,) = left("2026-07-02 09:00", ["2026-01", "2026-03", "2026-06"])
    assert right.key == "account:acme-1/repeated-shortfall/2026-06"
    assert (right.account, right.customer, str(right.state)) == ("acme-1", "acme", "open")
    assert right.since == us("2026-07-01", ZONE)
    assert right.until == us("2026-07-31", ZONE)
    assert right.earned_by == tuple(
        f"service:gateway/gateway-uptime/{label}" for label in ("2026-01", "2026-03", "2026-06")
    )
    assert said(right.because)[3:] == [
        f"3 misses within 6 calendar months: a right to leave since {SINCE}.",
        f"To be claimed by Fri, 31 Jul 2026 00:00 UTC+01:00: {THIRTY_DAYS} ({SINCE}).",
        "28 days are left to use it.",
        "Our reading: Each month that falls short is one of the 3 misses.",
    ]


USED = claim("filed", "2026-07-20 10:00", credit="repeated-shortfall", period="2026-06")
LATE = claim("filed", "2026-08-20 10:00", credit="repeated-shortfall", period="2026-06")
REFUSED = claim("rejected", "2026-08-21 10:00", reason="too late")
NAMELESS = claim("filed", "2026-07-20 10:00", period="2026-06")


@pytest.mark.parametrize(
    ("time", "facts", "state"),
    [
        ("2026-07-30 23:00", [], "open"),
        ("2026-07-30 23:00:01", [], "lapsed"),
        ("2026-08-30", [USED], "used"),
        ("2026-08-30", [LATE], "lapsed"),
        ("2026-08-30", [LATE, REFUSED], "refused"),
        ("2026-08-30", [LATE, claim("accepted", "2026-08-21 10:00")], "used"),
        ("2026-07-25", [NAMELESS], "open"),  # leaving is not asked for by the way
    ],
)
def test_it_is_used_refused_or_lapses(time: str, facts: list[Fact], state: str) -> None:
    (right,) = left(time, ["2026-01", "2026-03", "2026-06"], *facts)
    assert str(right.state) == state


def test_a_claim_that_uses_a_right_is_for_something() -> None:
    labels = ["2026-01", "2026-03", "2026-06"]
    figures = [missed(TERMINATION, months(label, zone=ZONE), share="0.99") for label in labels]
    for filed, unmatched in ((USED, 0), (NAMELESS, 1)):
        evaluation = evaluated(TERMINATION, "2026-08-01", [agreed(), filed])
        assert len(unmatched_claims(evaluation, figures)) == unmatched


def test_a_month_missed_for_two_services_is_one_miss() -> None:
    labels = ["2026-01", "2026-01", "2026-03"]
    figures = [
        missed(TERMINATION, months(label, zone=ZONE), share="0.99", service=service)
        for label, service in zip(labels, ("gateway", "portal", "gateway"), strict=True)
    ]
    assert rights(evaluated(TERMINATION, "2026-05-01", [agreed()]), figures) == ()


def test_a_right_is_for_those_to_whom_it_applies() -> None:
    limit = "applies: gold\nto: [repeated-shortfall]\nonly if: [account.plan is gold]\n"
    quoted = "quotes: [you may leave without notice]\n"
    term = f"```yaml sla\n{limit}{quoted}```\n\n# 3 Changes"
    gold = changed("termination", ("# 3 Changes", term))
    facts = [agreed(plan="gold"), agreed(account="bolt-1", customer="bolt", plan="basic")]
    figures = [
        missed(gold, months(label, zone=ZONE), share="0.99")
        for label in ("2026-01", "2026-02", "2026-03")
    ]
    one, other = rights(evaluated(gold, "2026-04-10", facts), figures)
    assert (one.account, str(one.state), other.account, str(other.state)) == (
        "acme-1", "open", "bolt-1", "barred",
    )  # fmt: skip
    assert other.until is None
    assert "not-owed" in ids(other.because)
