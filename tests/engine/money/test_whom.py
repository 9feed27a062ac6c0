"""Whom a miss concerns: one account, all of them, those that facts name, or nobody known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.engine.money.made import agreed, fact, missed, months, owed, shipped, the
from tests.engine.pages import agreement

from uphold.facts import Fact

NOTICE = agreement(
    "notice: planned\nof: maintenance\nwhen: maintenance.kind is planned\n"
    "announced: at least 1 week before planned start\nto: [customers]\n",
    "retention: copies\nof: backup\nkept: at least 7 calendar days\n",
    "clock: back\nof: outage\nstarts: outage.reported\nstops: outage.ended\n"
    "calendar: always\ntarget: 4 hours\n",
    "credit: late-notice\nfor: planned missed\namount: 10 EUR per missed clock\n",
    "credit: lost-copy\nfor: copies.kept missed\namount: 20 EUR per missed clock\n",
    "credit: slow-return\nfor: back missed\namount: 5 % of account.fee\n",
)
EVERYBODY = [
    agreed("100 EUR", region="north"),
    agreed("200 EUR", account="bolt-1", customer="bolt", region="south"),
    agreed("300 EUR", account="cove-1", customer="cove", until="2026-02-01T00:00:00Z"),
]


def maintained(**more: Any) -> list[Fact]:
    return [
        fact("maintenance.planned", "2026-03-01 09:00", "maintenance:1", kind="planned",
             start="2026-03-10T04:00:00Z", end="2026-03-10T06:00:00Z", **more),
        fact("maintenance.announced", "2026-03-04 09:00", "maintenance:1", to=["customers"]),
    ]  # fmt: skip


def accounts(*facts: Fact) -> list[tuple[str | None, str, Decimal | None]]:
    found = owed(NOTICE, "2026-03-20", [*EVERYBODY, *facts])
    return [(credit.account, credit.term, credit.amount) for credit in found]


def test_maintenance_concerns_every_account_that_is_one_then() -> None:
    assert accounts(*maintained()) == [
        ("acme-1", "late-notice", Decimal("10.00")),
        ("bolt-1", "late-notice", Decimal("10.00")),
    ]


def test_or_those_that_its_facts_name() -> None:
    assert [account for account, *_ in accounts(*maintained(accounts=["bolt-1"]))] == ["bolt-1"]
    assert accounts(*maintained(accounts=["dune-1"])) == []


def test_a_backup_deleted_too_early_concerns_all() -> None:
    found = accounts(
        fact("backup.taken", "2026-03-01 03:00", "backup:1"),
        fact("backup.deleted", "2026-03-04 03:00", "backup:1"),
    )
    assert [(account, term) for account, term, _ in found] == [
        ("acme-1", "lost-copy"),
        ("bolt-1", "lost-copy"),
    ]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({}, [("acme-1", "5.00"), ("bolt-1", "10.00")]),
        ({"regions": ["south"]}, [("bolt-1", "10.00")]),
        ({"accounts": ["acme-1"], "regions": ["south"]}, [("acme-1", "5.00"), ("bolt-1", "10.00")]),
        ({"account": "acme-1"}, [("acme-1", "5.00")]),
    ],
)
def test_an_outage_concerns_whom_it_hits(
    scope: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = accounts(
        fact("outage.reported", "2026-03-05 10:00", "outage:1", **scope),
        fact("outage.ended", "2026-03-05 15:00", "outage:1"),
    )
    assert [(account, str(amount)) for account, _, amount in found] == expected


def test_a_customers_only_account_is_meant_where_none_is_named() -> None:
    clocks = shipped("per-missed-clock")
    late = [
        fact("request.opened", "2026-01-12 09:00", "request:1", customer="acme"),
        fact("request.answered", "2026-01-12 15:00", "request:1"),
    ]
    one = the(owed(clocks, "2026-01-20", [agreed(), *late]))
    assert (one.customer, one.account) == ("acme", "acme-1")
    both = the(owed(clocks, "2026-01-20", [agreed(), agreed(account="acme-2"), *late]))
    assert (both.customer, both.account, both.key) == (
        "acme",
        None,
        "customer:acme/request:1/answer/late-answer/2026-01",
    )


def test_a_customer_without_accounts_is_one_itself() -> None:
    tiers = shipped("tiers")
    alone = fact("customer.agreed", "2026-01-01 00:00", "customer:solo", fee="40 USD")
    credit = the(
        owed(tiers, "2026-03-10", [alone], [missed(tiers, months("2026-02"), share="0.98")])
    )
    assert (credit.key, credit.customer, credit.account, credit.amount) == (
        "customer:solo/tiered-credit/2026-02",
        "solo",
        None,
        Decimal("10.00"),
    )


@pytest.mark.parametrize(
    ("renewed", "concerned"),
    [
        (None, []),
        ({"until": "2026-02-15T00:00:00Z"}, ["acme-1"]),
        ({}, ["acme-1"]),  # renewed without an end: it lasts, as it does for figures
    ],
)
def test_an_account_lasts_as_long_as_it_is_renewed(
    renewed: dict[str, Any] | None, concerned: list[str]
) -> None:
    tiers = shipped("tiers")
    facts = [agreed("40 USD", until="2026-02-01T00:00:00Z")]
    if renewed is not None:
        facts.append(fact("customer.renewed", "2026-01-20 09:00", "customer:acme",
                          account="acme-1", **renewed))  # fmt: skip
    found = owed(tiers, "2026-03-10", facts, [missed(tiers, months("2026-02"), share="0.98")])
    assert [credit.account for credit in found] == concerned


def test_the_figure_of_one_account_concerns_that_account_alone() -> None:
    harbour = shipped("harbour")
    march = months("2027-03", zone="Europe/Oslo")
    figure = missed(harbour, march, share="0.99", account="acme-1", term="account-uptime")
    found = owed(harbour, "2027-04-10", EVERYBODY, [figure])
    assert [(credit.key, credit.amount) for credit in found] == [
        ("account:acme-1/uptime-credit/2027-03", Decimal("5.00"))
    ]


def test_a_suppliers_figures_are_not_our_customers() -> None:
    """Where a supplier promises by account, its figures for our accounts are one claim of ours."""
    ours, theirs = (
        agreement(
            "service: racks\n",
            "availability: uptime\nof: racks\nper: account\nwindow: calendar month\n"
            "target: at least 99.9 %\n",
            "credit: back\nfor: uptime missed\namount: 100 EUR\n",
            name=name,
        )
        for name in ("grid", "other")
    )
    desk = agreement("supplier: grid\nservice: racks\nagreement: grid\n", name="desk")
    march = months("2026-03", zone="Europe/Oslo")
    figures = [
        missed(each, march, share="0.99", account=account)
        for each in (ours, theirs)
        for account in ("acme-1", "bolt-1")
    ]
    found = owed([desk, ours, theirs], "2026-04-10", EVERYBODY, figures)
    assert [(credit.agreement, credit.account, credit.customer) for credit in found] == [
        ("other", "acme-1", "acme"),
        ("other", "bolt-1", "bolt"),
        ("grid", None, "Fjordline"),
    ]
