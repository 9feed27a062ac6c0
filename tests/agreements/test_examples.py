"""The small example agreements: each is clean, and its examples come out as they say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from uphold.agreement import load_agreement
from uphold.agreement.check import check_source
from uphold.agreement.terms.duty import SupplierTerm
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine import evaluate
from uphold.engine.examples import run_examples
from uphold.facts import FACT_TYPES, make_fact
from uphold.messages import Reader

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "agreements" / "examples"
FILES = sorted(FOLDER.rglob("*.md"))
SHIPPED = [ROOT / "agreements" / f"{name}.md" for name in ("biztek", "connexys", "lifesize")]

SHAPES = {
    "credits by tier of availability": "tiers",
    "credits per missed clock": "per-missed-clock",
    "credits by the number of misses": "by-misses",
    "credits per hour of downtime": "per-hour",
    "credits as days of service": "days-of-service",
    "caps a month and a year": "caps",
    "claims within days, business hours and billing cycles": "claims",
    "updates every so often": "updates",
    "the next reply": "next-reply",
    "priority from impact and urgency": "impact-urgency",
    "targets by plan": "by-plan",
    "months of a fixed 30 days": "fixed-days",
    "standing windows and maintenance quotas": "quota",
    "downtime by error rate": "error-rate",
    "downtime by latency": "latency",
    "downtime by packet loss": "packet-loss",
    "recovery time and recovery point": "recovery",
    "notice of a changed agreement": "notice-of-change",
    "a right to leave after repeated misses": "termination",
    "best effort": "best-effort",
    "internal and suppliers' targets": "internal-targets",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "agreements"))


def test_each_shape_that_published_agreements_take_has_its_example() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {*SHAPES.values(), "harbour"}


@pytest.mark.parametrize("path", [*FILES, *SHIPPED], ids=name_of)
def test_the_checker_finds_nothing(path: Path) -> None:
    english = Reader("en")
    assert [each.text(english) for each in check_source(path, facts=FACT_TYPES)] == []


@pytest.mark.parametrize("path", [*FILES, *SHIPPED], ids=name_of)
def test_its_examples_come_out_as_they_say(path: Path) -> None:
    english = Reader("en")
    said = [
        (run.example.name, english.text(each))
        for run in run_examples(load_agreement(path))
        for each in (*run.problems, *(difference.message() for difference in run.differences))
    ]
    assert said == []


@pytest.mark.parametrize("path", [*FILES, *SHIPPED], ids=name_of)
def test_each_clock_is_seen_met_and_missed(path: Path) -> None:
    """Both sides of its limit; a clock without a limit is seen as not owed."""
    agreement = load_agreement(path)
    seen: dict[str, set[str]] = {clock.name: set() for clock in agreement.of(ClockTerm)}
    for example in agreement.of(ExampleTerm):
        for key, expected in example.expect.items():
            clock = next((part for part in key.split("/") if part in seen), None)
            if clock is not None and "state" in expected:
                seen[clock].add(expected["state"])
    unlimited = {clock.name for clock in agreement.of(ClockTerm) if str(clock.target) == "none"}
    assert {
        clock: states
        for clock, states in seen.items()
        if not states >= ({"not owed"} if clock in unlimited else {"met", "missed"})
    } == {}


def test_a_suppliers_missed_promise_leads_to_what_can_be_claimed_from_it() -> None:
    """From our register to the supplier's own agreement, its miss, and the credit for it."""
    (supplier,) = load_agreement(FOLDER / "harbour.md").of(SupplierTerm)
    assert supplier.agreement is not None
    theirs = load_agreement(FOLDER / supplier.agreement)
    told: dict[str, str] = {"supplier": supplier.name}
    facts = [
        make_fact("supplier.reported", "2027-02-08T11:00:00+01:00", "request:1", **told),
        make_fact("supplier.answered", "2027-02-08T13:00:01+01:00", "request:1", **told),
    ]
    (verdict,) = evaluate([theirs], facts, datetime.fromisoformat("2027-02-08T14:00:00+01:00"))
    (credit,) = (
        term
        for term in theirs.of(CreditTerm)
        if verdict.clock in {missed.term for missed in term.for_}
    )
    assert verdict.state == "missed"
    assert str(credit.amount) == "100 EUR per missed clock"
    assert str(credit.claim) == "within 14 calendar days of the miss"
