"""August is August by the clocks of each promise: windows of several zones in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from tests.engine.pages import page
from tests.statement.made import (
    CREDIT,
    EVIDENCE,
    KEY,
    MONTHLY,
    SERVICE,
    WHOLE,
    asked,
    at,
    fact,
    run,
    us,
)

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.figure import Window
from uphold.facts import Fact
from uphold.statement import Statement, build, seal, verify

MINUTE = timedelta(minutes=1)


def agreement(name: str, *terms: str, zone: str = "Europe/Oslo") -> Agreement:
    text = page(SERVICE, EVIDENCE, *terms, name=name).replace(
        "zone: Europe/Oslo", f"zone: {zone}", 1
    )
    return load_agreement((f"{name}.md", text), until=at("2027-12-31T00:00:00+01:00"))


def agreed(name: str, customer: str = "acme") -> Fact:
    account = f"{customer}-{name}"
    return fact("customer.agreed", "2026-06-01T00:00:00+02:00", f"customer:{customer}",
                agreement=name, account=account, fee="200.00 EUR")  # fmt: skip


def stated(agreements: Iterable[Agreement], facts: Iterable[Fact], **changes: Any) -> Statement:
    """The statement of August; the check failed for an hour at each of its edges.

    From 00:30 to 01:30 of 1 August and of 1 September in Oslo: in UTC from 22:30 of the day before.
    """
    edges = (at("2026-08-01T00:30:00+02:00"), at("2026-09-01T00:30:00+02:00"))
    begin, end = at("2026-07-20T00:00:00+02:00"), at("2026-09-03T23:59:00+02:00")
    seen = [run("sign-in", begin.isoformat(), end.isoformat(), "up")]
    for start in edges:
        before, last = start - MINUTE, start + 59 * MINUTE
        seen.append(run("place-call", begin.isoformat(), before.isoformat(), "up"))
        seen.append(run("place-call", start.isoformat(), last.isoformat(), "down"))
        begin = last + MINUTE
    seen.append(run("place-call", begin.isoformat(), end.isoformat(), "up"))
    asked_for = asked(**{"at": at("2026-09-04T00:00:00+02:00"), **changes})
    return build(list(agreements), list(facts), seen, asked_for)


def windows(found: Statement) -> dict[str, tuple[str, str, str, int]]:
    """Label, start, end and downtime in seconds of each figure, by its key."""
    return {
        each["key"]: (
            each["window"]["label"], each["window"]["start"], each["window"]["end"],
            each["downtime_seconds"],
        )
        for each in found.parts["verdicts"]["figures"]
    }  # fmt: skip


def credits_of(found: Statement) -> list[tuple[str, str]]:
    return [(each["key"], each["amount"]) for each in found.parts["verdicts"]["credits"]]


OSLOS = ("2026-08", "2026-08-01T00:00:00+02:00", "2026-09-01T00:00:00+02:00", 3600)
UTCS = ("2026-08", "2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z", 3600)


def test_a_term_in_another_zone_has_its_own_august() -> None:
    mixed = agreement("hosting", MONTHLY, WHOLE + "zone: Etc/UTC\n", CREDIT)
    found = stated([mixed], [agreed("hosting")])
    assert windows(found) == {
        "account:acme-hosting/monthly/2026-08": OSLOS,
        "service:calling/whole/2026-08": UTCS,
    }
    # An hour of 744 is more than 0.1 %: 5 % of 200.00 EUR.
    assert credits_of(found) == [("account:acme-hosting/monthly-credit/2026-08", "10.00")]
    assert verify(seal(found, KEY).to_bytes()).difference is None


@pytest.mark.parametrize("names", [("near", "far"), ("far", "near")])
def test_two_agreements_of_one_customer_each_have_their_own_august(names: tuple[str, str]) -> None:
    zones = {"near": "Europe/Oslo", "far": "Etc/UTC"}
    pages = [agreement(name, MONTHLY, CREDIT, zone=zones[name]) for name in names]
    found = stated(pages, [agreed("near"), agreed("far")])
    assert windows(found) == {
        "account:acme-far/monthly/2026-08": UTCS,
        "account:acme-near/monthly/2026-08": OSLOS,
    }
    assert sorted(credits_of(found)) == [
        ("account:acme-far/monthly-credit/2026-08", "10.00"),
        ("account:acme-near/monthly-credit/2026-08", "10.00"),
    ]
    assert verify(seal(found, KEY).to_bytes()).difference is None


def test_a_zone_that_no_agreement_knows_has_no_clocks_of_its_own() -> None:
    """A window asked for in another zone is taken as it is: no installed table is read."""
    start, end = us("2026-08-01T00:00:00-04:00"), us("2026-09-01T00:00:00-04:00")
    far = Window("2026-08", start, end, (start, end), "America/New_York")
    found = stated([agreement("hosting", MONTHLY, CREDIT)], [agreed("hosting")], window=far)
    (told,) = windows(found).values()
    assert told == OSLOS
