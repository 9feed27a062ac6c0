"""Easymeeting's agreement on facts: its revisions, its scope, delivery, its two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.agreements.easymeeting import (
    FILE,
    at,
    customer,
    fact,
    judge,
    local,
    opened,
    ordered,
    revised,
)

from uphold.agreement import Agreement, load_agreement, read_document
from uphold.agreement.check import check
from uphold.agreement.compare import compare
from uphold.agreement.document import Document
from uphold.agreement.terms.measure import ServiceTerm
from uphold.facts import FACT_TYPES
from uphold.messages import Reader

NORWEGIAN = FILE.with_name("easymeeting.nb.md")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


# -- the agreement and its revisions


@pytest.mark.requirement("E2")
def test_a_request_follows_the_revision_in_force_when_its_clock_started(
    agreement: Agreement,
) -> None:
    stricter = revised(2, "2020-10-05 12:00", " 8 business hours", " 4 business hours")
    before = judge([agreement, stricter], "2020-10-05 13:00", [customer(), opened()])
    after = judge([agreement, stricter], "2020-10-05 13:00",
                  [customer(), opened("2020-10-05 12:00")])  # fmt: skip
    assert (before["response"].revision, before["response"].due) == (1, at("2020-10-06 10:00"))
    assert (after["response"].revision, after["response"].due) == (2, at("2020-10-05 16:00"))


@pytest.mark.requirement("E2")
def test_a_reader_sees_what_a_later_revision_changed(agreement: Agreement) -> None:
    stricter = revised(2, "2020-10-05 12:00", " 8 business hours", " 4 business hours")
    changes = {(change.of, change.part): change for change in compare(agreement, stricter)}
    for clock in ("response", "remote-help"):
        change = changes[clock, "high"]
        assert str(change.message.data["old"]) == "8"
        assert str(change.message.data["new"]) == "4 business hours"
        assert change.favours == "customer"
        assert (clock, "medium") not in changes
    assert ("posted", "") in changes


@pytest.mark.requirement("E2")
def test_a_request_from_before_the_posting_is_owed_nothing(agreement: Agreement) -> None:
    verdict = judge(agreement, "2020-09-24 10:00", [opened("2020-09-22 10:00")])["response"]
    assert verdict.state == "not owed"


# -- what is covered, and for whom


@pytest.mark.requirement("E3")
def test_the_catalogue_names_the_covered_services_and_what_costs_extra(
    agreement: Agreement,
) -> None:
    services = {term.name: term.chargeable for term in agreement.of(ServiceTerm)}
    assert [name for name, chargeable in services.items() if chargeable] == ["on-site-assistance"]
    for name in services:
        verdict = judge(agreement, "2020-10-05 11:00", [customer(), opened(service=name)])
        assert not verdict["response"].leans_on("covered-services"), name


@pytest.mark.requirement("E3")
def test_a_request_about_something_else_is_owed_nothing(agreement: Agreement) -> None:
    facts = [customer(), opened(service="room-furniture")]
    verdict = judge(agreement, "2020-10-05 11:00", facts)["response"]
    assert verdict.state == "not owed"
    assert verdict.leans_on("covered-services")


@pytest.mark.requirement("E4")
def test_waiting_for_the_representative_is_recorded_and_seen_on_the_clock(
    agreement: Agreement,
) -> None:
    waiting = fact("request.awaiting", "2020-10-05 12:00", "request:1",
                   cause="representative", what="someone in the meeting room")  # fmt: skip
    facts = [customer(), opened(), waiting]
    judged = judge(agreement, "2020-10-05 15:00", facts)
    assert judged["response"].state == "held"
    assert judged["response"].due == at("2020-10-06 13:00")
    assert judged["response"].provisional
    assert judged["representative-awaited"].state == "met"

    back = fact("request.resumed", "2020-10-06 10:00", "request:1", cause="representative")
    judged = judge(agreement, "2020-10-06 11:00", [*facts, back])
    assert judged["response"].state == "running"
    assert judged["response"].due == at("2020-10-06 16:00")
    assert judged["response"].promised_due == at("2020-10-06 10:00")


@pytest.mark.requirement("E4")
@pytest.mark.parametrize(("what", "state"), [("a new firewall", "met"), (None, "missed")])
def test_a_customer_reports_a_change_of_its_infrastructure(
    agreement: Agreement, what: str | None, state: str
) -> None:
    said = {} if what is None else {"what": what}
    change = fact("customer.infrastructure changed", "2020-10-05 10:00", "customer:nord",
                  account="nord", **said)  # fmt: skip
    judged = judge(agreement, "2020-10-05 11:00", [customer(), change])
    assert judged["infrastructure-change"].state == state


CAUSES = ("third-party", "connection", "misuse", "unsupported", "content")


@pytest.mark.requirement("E6")
@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_of_others_ends_the_promise_and_names_its_clause(
    agreement: Agreement, cause: str
) -> None:
    found = fact("request.cause", "2020-10-05 11:00", "request:1", cause=cause)
    judged = judge(agreement, "2020-10-07 12:00", [customer(), opened(kind="incident"), found])
    for clock in ("response", "troubleshooting"):
        assert judged[clock].state == "not owed"
        assert judged[clock].leans_on("causes-of-others")


@pytest.mark.requirement("E6")
def test_a_cause_that_is_ours_or_found_too_late_changes_nothing(agreement: Agreement) -> None:
    own = fact("request.cause", "2020-10-05 11:00", "request:1", cause="own")
    late = fact("request.cause", "2020-10-06 10:00:01", "request:1", cause="misuse")
    for cause in (own, late):
        judged = judge(agreement, "2020-10-07 12:00", [customer(), opened(), cause])
        assert judged["response"].state == "missed"


# -- delivery


@pytest.mark.requirement("E15")
@pytest.mark.parametrize(
    ("item", "time", "due"),
    [
        ("online-licence", "2020-10-10 23:58", "2020-10-11 00:03"),
        ("manual-licence", "2020-10-09 11:00", "2020-10-12 16:00"),
        ("number-registration", "2020-10-09 11:00", "2020-10-13 16:00"),
        ("meeting-support", "2020-10-05 10:00", "2020-10-06 16:00"),
    ],
)
def test_orders_are_delivered_in_time_as_a_guideline(
    agreement: Agreement, item: str, time: str, due: str
) -> None:
    for late, state in ((due, "met"), (f"{due}:01", "missed")):
        facts = [customer(), ordered(item, time), fact("order.delivered", late, "order:1")]
        verdict = judge(agreement, "2020-10-14 12:00", facts)[item]
        assert (verdict.state, verdict.due, verdict.standing) == (state, at(due), "guideline")


@pytest.mark.requirement("E15")
@pytest.mark.parametrize("item", ["meeting-bridge", "webcast"])
@pytest.mark.parametrize(
    ("time", "state"), [("2020-10-05 10:00", "met"), ("2020-10-05 10:00:01", "missed")]
)
def test_a_bridge_or_a_webcast_needs_a_week(
    agreement: Agreement, item: str, time: str, state: str
) -> None:
    facts = [customer(), ordered(item, time, wanted=local("2020-10-12 10:00"))]
    verdict = judge(agreement, "2020-10-05 12:00", facts)["meeting-order.placed"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-05 10:00"))


@pytest.mark.requirement("E15")
@pytest.mark.parametrize("cause", ["remote access", "details"])
def test_support_is_held_while_access_or_details_are_missing(
    agreement: Agreement, cause: str
) -> None:
    facts = [
        customer(),
        ordered("meeting-support", "2020-10-05 10:00"),
        fact("order.held", "2020-10-06 09:00", "order:1", cause=cause),
        opened(kind="problem"),
        fact("request.awaiting", "2020-10-06 09:00", "request:1", cause=cause),
    ]
    held = judge(agreement, "2020-10-06 11:00", facts)
    assert (held["meeting-support"].state, held["troubleshooting"].state) == ("held", "held")
    assert held["response"].state == "missed"

    back = [
        fact("order.resumed", "2020-10-06 12:00", "order:1", cause=cause),
        fact("request.resumed", "2020-10-06 12:00", "request:1", cause=cause),
    ]
    judged = judge(agreement, "2020-10-06 13:00", [*facts, *back])
    assert judged["meeting-support"].due == at("2020-10-07 11:00")
    assert judged["troubleshooting"].due == at("2020-10-07 11:00")


@pytest.mark.requirement("E15")
@pytest.mark.parametrize(
    ("time", "state"), [("2020-10-06 16:00", "met"), ("2020-10-06 16:00:01", "missed")]
)
def test_troubleshooting_starts_within_one_full_business_day(
    agreement: Agreement, time: str, state: str
) -> None:
    facts = [customer(), opened(kind="incident"), fact("request.started", time, "request:1")]
    verdict = judge(agreement, "2020-10-07 12:00", facts)["troubleshooting"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-06 16:00"))


# -- two languages


def page(path: Path, old: str = "", new: str = "") -> Document:
    """A shipped page, perhaps with some words exchanged."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    reading = read_document((path.name, text.replace(old, new) if old else text))
    assert reading.document is not None
    return reading.document


@pytest.mark.requirement("E18")
def test_a_verdict_shows_the_clause_and_its_reasons_in_norwegian(agreement: Agreement) -> None:
    verdict = judge(agreement, "2020-10-05 12:00", [customer(), opened()])["response"]
    clause = page(NORWEGIAN).clause(verdict.clause)
    assert clause is not None
    assert "innen 8 arbeidstimer når prioriteten er høy" in clause.text
    reader = Reader("nb", "Europe/Oslo")
    told = " ".join(reader.text(reason) for reason in verdict.because)
    assert "8 arbeidstimer" in told


@pytest.mark.requirement("E18")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("innen 8 arbeidstimer", "innen 9 arbeidstimer"),
        ("20 dager", "21 dager"),
        ("minst 99,0 %", "minst 99,9 %"),
        ("innen 2 virkedager", "innen 2 timer"),
        ("08:00 til 16:00 EST", "08:00 til 04:00 EST"),
    ],
)
def test_the_norwegian_page_gives_the_same_figures_or_is_reported(old: str, new: str) -> None:
    original = page(FILE)
    assert check(original, [page(NORWEGIAN)], FILE.parent, FACT_TYPES) == ()
    found = check(original, [page(NORWEGIAN, old, new)], FILE.parent, FACT_TYPES)
    assert found
    assert all(problem.code.startswith("translation-figure-") for problem in found)
