"""Suppliers: whose agreement is one, what can be claimed from it, and where it promises less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.engine.money.made import (
    agreed,
    changed,
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

from uphold.agreement import Agreement
from uphold.engine.money.credit import CreditState
from uphold.engine.money.leaving import rights
from uphold.engine.money.suppliers import GapKind, gaps, supply_of
from uphold.facts import Fact

HARBOUR = shipped("harbour")
NORTHGRID = shipped("northgrid")
OSLO = "Europe/Oslo"

REPORTED = [
    fact("request.opened", "2027-02-08 10:00", "request:9", OSLO, account="acme-1"),
    fact("supplier.reported", "2027-02-08 11:00", "request:9", OSLO, supplier="northgrid"),
    fact("supplier.answered", "2027-02-08 13:00:01", "request:9", OSLO, supplier="northgrid"),
]  # fmt: skip

FROM_THE_MISS = "14 calendar days from the miss (Mon, 8 Feb 2027 13:00 UTC+01:00)"
NORTH = "northgrid-data-centre"


def test_a_suppliers_agreement_is_known_by_its_file_its_name_or_its_provider() -> None:
    supply = supply_of(NORTHGRID, [HARBOUR, NORTHGRID])
    assert supply is not None
    assert (supply.provider, supply.supplier, supply.term) == (
        "Fjordline Hosting",
        "Northgrid",
        "northgrid",
    )
    by_name = changed("harbour", ("suppliers/northgrid.md", "northgrid-data-centre"))
    by_provider = changed("harbour", ("\nagreement: suppliers/northgrid.md", ""))
    elsewhere = changed("harbour", ("suppliers/northgrid.md", "suppliers/southgrid.md"))
    assert supply_of(NORTHGRID, [by_name, NORTHGRID]) is not None
    assert supply_of(NORTHGRID, [by_provider, NORTHGRID]) is not None
    assert supply_of(NORTHGRID, [elsewhere, NORTHGRID]) is None
    assert supply_of(HARBOUR, [HARBOUR, NORTHGRID]) is None


@pytest.mark.requirement("B6", "X2")
def test_a_suppliers_missed_promise_shows_what_can_be_claimed_from_it() -> None:
    found = owed([HARBOUR, NORTHGRID], "2027-02-12 12:00", [agreed("100 EUR"), *REPORTED])
    credit = the(tuple(each for each in found if each.agreement == "northgrid-data-centre"))
    assert (credit.party, credit.customer, credit.account) == (
        "Northgrid",
        "Fjordline Hosting",
        None,
    )
    assert (credit.amount, credit.currency) == (Decimal("100.00"), "EUR")
    assert credit.state is CreditState.CLAIMABLE
    assert credit.claim_by == us("2027-02-22 13:00", OSLO)
    assert said(credit.because) == [
        "request:9/fault-answer was missed; it was due Mon, 8 Feb 2027 13:00 UTC+01:00.",
        "The agreement gives €100.00 for it.",
        "Northgrid owes this to Fjordline Hosting, under northgrid-data-centre.",
        f"To be claimed by Mon, 22 Feb 2027 13:00 UTC+01:00: {FROM_THE_MISS}.",
        "10 days are left to claim it.",
        "It is paid once a claim has been accepted.",
    ]


@pytest.mark.parametrize("named", ["harbour-hosting", NORTH])
def test_an_account_that_names_its_agreement_has_its_suppliers_too(named: str) -> None:
    facts = [agreed("100 EUR", agreement=named), *REPORTED]
    found = owed([HARBOUR, NORTHGRID], "2027-02-12 12:00", facts)
    assert [each.amount for each in found if each.party == "Northgrid"] == [Decimal("100.00")]


def test_an_account_of_another_agreement_has_no_claim_on_the_supplier() -> None:
    facts = [agreed("100 EUR", agreement="elsewhere"), *REPORTED]
    assert owed([HARBOUR, NORTHGRID], "2027-02-12 12:00", facts) == ()


@pytest.mark.parametrize(
    ("time", "facts", "state"),
    [
        ("2027-02-22 12:00:01", [], CreditState.LAPSED),
        ("2027-02-12", [claim("filed", "2027-02-10 09:00", customer="Fjordline Hosting")],
         CreditState.CLAIMED),
        ("2027-02-12", [claim("filed", "2027-02-10 09:00", customer="acme")],
         CreditState.CLAIMABLE),
    ],
)  # fmt: skip
def test_the_provider_claims_from_its_supplier(
    time: str, facts: list[Fact], state: CreditState
) -> None:
    found = owed([HARBOUR, NORTHGRID], time, [agreed("100 EUR"), *REPORTED, *facts])
    assert [each.state for each in found if each.party == "Northgrid"] == [state]


def test_a_suppliers_credit_by_the_fee_takes_the_providers_own_fee() -> None:
    supplier = changed("caps", ("agreement: caps", "agreement: northgrid-data-centre"))
    figure = missed(supplier, months("2027-02", zone="Europe/London"), share="0.998")
    facts = [
        agreed("100 GBP"),
        agreed("9000 GBP", account="tenant-7", customer="fjordline", agreement=NORTH),
    ]  # fmt: skip
    by_name = changed("harbour", ("suppliers/northgrid.md", "northgrid-data-centre"))
    credit = the(owed([by_name, supplier], "2027-03-05", facts, [figure]))
    assert (credit.party, credit.account, credit.amount) == (
        "Marlow Networks",
        "tenant-7",
        Decimal("450.00"),
    )


# -- gaps


def supplied(window: str, target: str) -> Agreement:
    """Northgrid's agreement with a promise of availability in it."""
    term = (
        "```yaml sla\nservice: racks\nquotes: [We answer each fault]\n```\n\n"
        f"```yaml sla\navailability: racks-uptime\nof: racks\nwindow: {window}\n"
        f"target: at least {target} %\nquotes: [We answer each fault]\n```\n\n# 2 Credit"
    )
    return changed("northgrid", ("# 2 Credit", term))


def test_without_its_agreement_a_supplier_is_a_gap_for_each_promise() -> None:
    found = gaps([HARBOUR])
    assert [(gap.key, gap.kind, gap.promised) for gap in found] == [
        ("northgrid/calling/account-uptime", GapKind.NOT_LOADED, Fraction(999, 1000)),
        ("northgrid/calling/yearly-uptime", GapKind.NOT_LOADED, Fraction(99, 100)),
    ]


def test_an_agreement_that_promises_no_availability_is_a_gap() -> None:
    assert {gap.kind for gap in gaps([HARBOUR, NORTHGRID])} == {GapKind.NOT_PROMISED}


@pytest.mark.parametrize(
    ("window", "target", "expected"),
    [
        ("calendar month", "99.95", {}),
        ("calendar month", "99.9", {}),
        ("calendar month", "99.5", {"account-uptime": (GapKind.LESS_PROMISED, Fraction(4, 10))}),
        ("calendar month", "98.5", {"account-uptime": (GapKind.LESS_PROMISED, Fraction(14, 10)),
                                    "yearly-uptime": (GapKind.LESS_PROMISED, Fraction(1, 2))}),
        ("12 months", "99.99", {"account-uptime": (GapKind.OTHER_WINDOW, Fraction(-9, 100))}),
        ("6 months", "99.99", {"account-uptime": (GapKind.OTHER_WINDOW, Fraction(-9, 100))}),
        # Any 12 months are not made up of calendar quarters or years, though as long.
        ("calendar quarter", "99.99",
         {"account-uptime": (GapKind.OTHER_WINDOW, Fraction(-9, 100)),
          "yearly-uptime": (GapKind.OTHER_WINDOW, Fraction(-99, 100))}),
        ("calendar year", "99.99",
         {"account-uptime": (GapKind.OTHER_WINDOW, Fraction(-9, 100)),
          "yearly-uptime": (GapKind.OTHER_WINDOW, Fraction(-99, 100))}),
        ("30 calendar days", "99.99",
         {"account-uptime": (GapKind.OTHER_WINDOW, Fraction(-9, 100)),
          "yearly-uptime": (GapKind.OTHER_WINDOW, Fraction(-99, 100))}),
    ],
)  # fmt: skip
def test_where_more_is_promised_than_the_supplier_promises(
    window: str, target: str, expected: dict[str, tuple[GapKind, Fraction]]
) -> None:
    found = gaps([HARBOUR, supplied(window, target)])
    assert {gap.promise: (gap.kind, gap.points) for gap in found} == expected


def test_a_gap_says_what_stands_against_what() -> None:
    gap = next(iter(gaps([HARBOUR, supplied("calendar month", "99.5")])))
    assert said(gap.because) == [
        "account-uptime promises 99.9% for calling.",
        "northgrid promises 99.5%, we promise 99.9%: 0.4 percentage points more.",
        "Our reading: The supplier is named in the annex of sites.",
    ]


@pytest.mark.requirement("B6", "X3")
def test_biztek_names_suppliers_whose_promises_are_links_or_nothing() -> None:
    found = {gap.term: gap for gap in gaps([shipped("biztek")])}
    kinds = {name: gap.kind for name, gap in found.items()}
    assert kinds == {
        "microsoft": GapKind.LINK_ONLY,
        "microsoft-365": GapKind.LINK_ONLY,
        "microsoft-azure": GapKind.LINK_ONLY,
        "onwork": GapKind.NOT_NAMED,
        "printix": GapKind.LINK_ONLY,
        "zendesk": GapKind.LINK_ONLY,
    }
    assert ids(found["zendesk"].because) == ["gap-link-only", "interpretation"]
    assert "https://printix.net/sla" in said(found["printix"].because)[0]


def test_the_latest_revision_is_compared() -> None:
    newer = changed(
        "harbour", ("revision: 3", "revision: 4"), ("\nagreement: suppliers/northgrid.md", "")
    )
    assert {gap.kind for gap in gaps([newer, HARBOUR])} == {GapKind.NOT_NAMED}


def test_a_right_to_leave_a_supplier_is_the_providers() -> None:
    supplier = changed("termination", ("agreement: termination", f"agreement: {NORTH}"))
    by_name = changed("harbour", ("suppliers/northgrid.md", NORTH))
    figures = [
        missed(supplier, months(f"2027-0{number}", zone="Europe/London"), share="0.99")
        for number in (1, 2, 3)
    ]
    evaluation = evaluated([by_name, supplier], "2027-04-10", [agreed("100 EUR")])
    (right,) = rights(evaluation, figures)
    assert (right.customer, right.account) == ("Fjordline Hosting", None)
