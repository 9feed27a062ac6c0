"""Lifesize's agreement: what its terms say, from the shipped file."""

from __future__ import annotations

from pathlib import Path

import pytest

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.terms.duty import OpenTerm
from uphold.agreement.terms.measure import AvailabilityTerm, IndicatorTerm, ServiceTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.agreement.terms.promise import AppliesTerm

FILE = Path(__file__).resolve().parents[2] / "agreements" / "lifesize.md"


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


def test_the_service_is_down_when_either_of_its_two_parts_is(agreement: Agreement) -> None:
    (service,) = agreement.of(ServiceTerm)
    assert service.parts == ("sign-in", "start-call")
    assert {term.name for term in agreement.of(IndicatorTerm)} == set(service.parts)
    assert str(service.down_when) == "any part is down"
    assert service.interpretation


def test_the_month_is_the_accounts_with_interruptions_of_five_minutes(
    agreement: Agreement,
) -> None:
    (uptime,) = agreement.of(AvailabilityTerm)
    assert (str(uptime.target), str(uptime.window), uptime.per) == (
        "at least 99.9 %", "calendar month", "account",
    )  # fmt: skip
    assert str(uptime.counts) == "outages of at least 5 minutes"
    assert uptime.standing == "endeavour"
    assert uptime.excludes == (
        "planned maintenance", "emergency maintenance", "requested maintenance",
    )  # fmt: skip
    assert agreement.zone == "Etc/UTC"
    assert any("UTC" in reading for reading in uptime.interpretation)


def test_the_credit_waits_for_the_renewal_and_its_amount_is_open(agreement: Agreement) -> None:
    (credit,) = agreement.of(CreditTerm)
    assert [missed.term for missed in credit.for_] == ["monthly-uptime"]
    assert credit.amount is not None and credit.amount.share is None
    assert str(credit.paid) == "next renewal"
    (amount,) = (term for term in agreement.of(OpenTerm) if term.of == credit.name)
    assert "kwota" in amount.leaves_out


def test_it_belongs_to_one_plan_and_names_the_document_that_prevails(agreement: Agreement) -> None:
    (applies,) = agreement.of(AppliesTerm)
    assert [str(condition) for condition in applies.only_if] == ["account.plan is extreme-support"]
    assert set(applies.to) == {"monthly-uptime", "renewal-credit"}
    assert "Lifesize Extreme Support" in agreement.document.header_text("prevails")
