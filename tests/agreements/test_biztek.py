"""Biztek's agreement on facts: each row's verdict, from the shipped file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from uphold.agreement import Agreement, load_agreement
from uphold.agreement.terms.duty import OpenTerm, SupplierTerm
from uphold.engine import Verdict, Verdicts, evaluate
from uphold.facts import Fact, make_fact

FILE = Path(__file__).resolve().parents[2] / "agreements" / "biztek.md"


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


def local(text: str) -> str:
    """A wall time in Norway's winter, `2025-03-10 10:00` or with seconds, as RFC 3339."""
    day, _, time = text.partition(" ")
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}+01:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(local(text))


def fact(what: str, time: str, subject: str = "request:1", **rest: Any) -> Fact:
    said = {name: value for name, value in rest.items() if value is not None}
    return make_fact(what, local(time), subject, **said)


def opened(time: str = "2025-03-10 08:00", **rest: Any) -> Fact:
    return fact("request.opened", time, **rest)


def taken_up(time: str) -> list[Fact]:
    return [fact("request.answered", time), fact("request.started", time)]


def judge(agreements: Agreement | list[Agreement], time: str, *facts: Fact) -> Verdicts:
    revisions = agreements if isinstance(agreements, list) else [agreements]
    return evaluate(revisions, list(facts), at(time))


def the(verdicts: Verdicts, clock: str, cycle: int = 1) -> Verdict:
    (found,) = (each for each in verdicts.of("request:1", clock) if each.cycle == cycle)
    return found


# -- contact and first response


@pytest.mark.requirement("B1")
@pytest.mark.parametrize("channel", ["e-mail", "telephone", "portal"])
def test_each_of_the_three_channels_reaches_the_same_clock(
    agreement: Agreement, channel: str
) -> None:
    verdict = the(judge(agreement, "2025-03-10 08:10", opened(priority="1", channel=channel)),
                  "response")  # fmt: skip
    assert (verdict.state, verdict.due) == ("running", at("2025-03-10 09:00"))


@pytest.mark.requirement("B1")
def test_another_channel_does_not_reach_us(agreement: Agreement) -> None:
    verdict = the(judge(agreement, "2025-03-10 12:00", opened(priority="1", channel="chat")),
                  "response")  # fmt: skip
    assert verdict.state == "not owed"
    assert verdict.leans_on("single-point")


@pytest.mark.requirement("B2")
@pytest.mark.parametrize(
    ("severity", "due"),
    [("1", "2025-03-10 07:30"), ("2", "2025-03-10 10:30"), ("3", "2025-03-10 14:30")],
)
def test_first_response_is_due_in_opening_hours_over_the_weekend(
    agreement: Agreement, severity: str, due: str
) -> None:
    request = opened("2025-03-07 15:30", priority=severity)
    just_before = judge(agreement, "2025-03-11 08:00", request, *taken_up(f"{due[:-2]}29:59"))
    on_the_dot = judge(agreement, "2025-03-11 08:00", request, *taken_up(due))
    assert the(just_before, "response").state == "met"
    assert the(on_the_dot, "response").state == "missed"
    assert the(on_the_dot, "response").due == at(due)
    assert the(on_the_dot, "response").standing == "endeavour"


@pytest.mark.requirement("B2")
def test_contact_without_work_is_no_first_response(agreement: Agreement) -> None:
    request, answer = opened(priority="2"), fact("request.answered", "2025-03-10 08:30")
    waiting = the(judge(agreement, "2025-03-10 11:00", request, answer), "response")
    begun = the(judge(agreement, "2025-03-10 11:00", request, answer,
                      fact("request.started", "2025-03-10 10:00")), "response")  # fmt: skip
    assert waiting.state == "running"
    assert (begun.state, begun.stopped) == ("met", at("2025-03-10 10:00"))


@pytest.mark.requirement("B2")
def test_the_night_does_not_count_even_for_severity_one(agreement: Agreement) -> None:
    verdict = the(judge(agreement, "2025-03-08 12:00", opened("2025-03-08 02:00", priority="1")),
                  "response")  # fmt: skip
    assert (verdict.state, verdict.due) == ("running", at("2025-03-10 08:00"))


# -- escalation and severity


@pytest.mark.requirement("B3")
def test_an_escalation_at_night_is_recorded_with_its_time_and_who_pays(
    agreement: Agreement,
) -> None:
    request = opened("2025-03-08 22:00", priority="1")

    def escalated(**billing: Any) -> Verdicts:
        told: dict[str, Any] = {"to": "microsoft", "spent": "90 minutes"}
        escalation = fact("request.escalated", "2025-03-08 22:20", **(told | billing))
        return judge(agreement, "2025-03-09 08:00", request, escalation)

    billed, covered, silent = escalated(billable=True), escalated(billable=False), escalated()
    for verdicts in (billed, covered):
        assert the(verdicts, "escalation").state == "met"
        assert the(verdicts, "manufacturer-escalation").state == "met"
    assert the(silent, "escalation").state == "met"
    assert the(silent, "manufacturer-escalation").state == "missed"


@pytest.mark.requirement("B3")
def test_round_the_clock_escalation_is_for_severity_one(agreement: Agreement) -> None:
    verdicts = judge(agreement, "2025-03-09 08:00", opened("2025-03-08 22:00", priority="2"),
                     fact("request.escalated", "2025-03-08 22:20", spent="1 hour"))  # fmt: skip
    assert verdicts.of("request:1", "escalation") == ()


def lowered(**rest: Any) -> Fact:
    said: dict[str, Any] = {"reason": "no one there", "decided_by": "k4", "unmet": "an answer"}
    return fact("request.classified", "2025-03-10 09:30", priority="3", **(said | rest))


@pytest.mark.requirement("B4")
def test_severity_is_lowered_while_the_customer_does_not_supply_what_we_asked_for(
    agreement: Agreement,
) -> None:
    waiting = fact("request.awaiting", "2025-03-10 08:30", cause="customer")
    back = fact("request.resumed", "2025-03-10 10:30", cause="customer")
    verdicts = judge(agreement, "2025-03-10 11:00", opened(priority="2"), waiting, lowered(), back)
    assert the(verdicts, "lower-severity").state == "met"
    assert the(verdicts, "lowering-told").due == at("2025-03-10 13:30")
    assert the(verdicts, "response").due == at("2025-03-11 09:00")


@pytest.mark.requirement("B4")
@pytest.mark.parametrize("missing", ["reason", "decided_by", "unmet"])
def test_a_lowering_that_does_not_say_who_why_and_what_was_unmet_does_not_act(
    agreement: Agreement, missing: str
) -> None:
    waiting = fact("request.awaiting", "2025-03-10 08:30", cause="customer")
    back = fact("request.resumed", "2025-03-10 10:30", cause="customer")
    verdicts = judge(agreement, "2025-03-10 11:00", opened(priority="2"), waiting,
                     lowered(**{missing: None}), back)  # fmt: skip
    assert the(verdicts, "lower-severity").state == "missed"
    assert the(verdicts, "response").due == at("2025-03-10 14:00")


@pytest.mark.requirement("B4")
def test_severity_is_not_lowered_without_a_wait(agreement: Agreement) -> None:
    verdicts = judge(agreement, "2025-03-10 11:00", opened(priority="2"), lowered())
    assert the(verdicts, "lower-severity").state == "missed"
    assert the(verdicts, "response").due == at("2025-03-10 12:00")


# -- other suppliers


def third_party() -> list[Fact]:
    return [
        opened(priority="2"),
        fact("request.cause", "2025-03-10 09:00", cause="third-party"),
    ]


@pytest.mark.requirement("B5")
def test_for_another_suppliers_fault_reporting_and_informing_are_owed_instead(
    agreement: Agreement,
) -> None:
    verdicts = judge(agreement, "2025-03-10 10:00", *third_party())
    assert the(verdicts, "response").state == "not owed"
    assert the(verdicts, "response").leans_on("third-party")
    assert the(verdicts, "supplier-told").due == at("2025-03-10 13:00")
    assert the(verdicts, "customer-informed").due == at("2025-03-11 16:00")


@pytest.mark.requirement("B5")
def test_the_supplier_is_told_in_time_or_not(agreement: Agreement) -> None:
    for time, state in (("2025-03-10 13:00", "met"), ("2025-03-10 13:00:01", "missed")):
        report = fact("supplier.reported", time, supplier="printix")
        verdicts = judge(agreement, "2025-03-10 14:00", *third_party(), report)
        assert the(verdicts, "supplier-told").state == state


@pytest.mark.requirement("B5")
def test_the_customer_is_informed_again_and_again_until_it_is_resolved(
    agreement: Agreement,
) -> None:
    facts = [
        *third_party(),
        fact("request.updated", "2025-03-11 16:00"),
        fact("request.updated", "2025-03-12 16:00:01"),
        fact("request.resolved", "2025-03-13 10:00"),
    ]
    verdicts = judge(agreement, "2025-03-20 10:00", *facts)
    states = [each.state for each in verdicts.of("request:1", "customer-informed")]
    assert states[:2] == ["met", "missed"]
    assert "running" not in states


@pytest.mark.requirement("B5")
def test_a_miss_from_before_the_cause_was_known_stands(agreement: Agreement) -> None:
    request = opened(priority="1")
    cause = fact("request.cause", "2025-03-10 10:00", cause="third-party")
    assert the(judge(agreement, "2025-03-10 11:00", request, cause), "response").state == "missed"


def test_the_register_names_every_supplier_of_the_page(agreement: Agreement) -> None:
    register = {term.title: term.service for term in agreement.of(SupplierTerm)}
    assert set(register) == {
        "Microsoft", "Microsoft Azure", "Microsoft 365", "Zendesk", "Printix", "OnWork",
    }  # fmt: skip
    assert register["Printix"] == "utskrift fra skyen"
    linked = {term.title for term in agreement.of(SupplierTerm) if term.agreement}
    assert set(register) - linked == {"OnWork"}
    (promises,) = (term for term in agreement.of(OpenTerm) if term.name == "supplier-promises")
    assert "tallene" in promises.leaves_out


@pytest.mark.requirement("B8")
def test_what_is_owed_for_another_suppliers_fault_names_the_document_it_depends_on(
    agreement: Agreement,
) -> None:
    verdict = the(judge(agreement, "2025-03-10 10:00", *third_party()), "response")
    assert verdict.leans_on("third-party")
    assert agreement.document.header_text("depends on") == "Driftsavtalen"


# -- changes


@pytest.mark.requirement("B7")
def test_a_posted_revision_holds_for_requests_that_begin_under_it(agreement: Agreement) -> None:
    text = FILE.read_text(encoding="utf-8")
    text = text.replace("\nrevision: 1\n", "\nrevision: 2\n")
    text = text.replace("2024-01-02T09:00:00", "2025-03-10T08:30:00")
    text = text.replace("under 4 business hours", "under 2 business hours")
    stricter = load_agreement(("biztek-2.md", text))
    before = the(judge([agreement, stricter], "2025-03-10 09:00", opened(priority="2")),
                 "response")  # fmt: skip
    after = the(judge([agreement, stricter], "2025-03-10 09:00",
                      opened("2025-03-10 08:30", priority="2")), "response")  # fmt: skip
    assert (before.revision, before.due) == (1, at("2025-03-10 12:00"))
    assert (after.revision, after.due) == (2, at("2025-03-10 10:30"))


@pytest.mark.requirement("B7")
def test_a_request_from_before_the_posting_is_owed_nothing_unless_judged_as_if(
    agreement: Agreement,
) -> None:
    old = opened("2023-03-13 08:00", priority="1")
    assert the(judge(agreement, "2025-03-10 09:00", old), "response").state == "not owed"
    judged = evaluate([agreement], [old], at("2025-03-10 09:00"), as_if_in_force=True)
    assert the(judged, "response").state == "missed"
