"""Biztek, in the browser: a severity lowered and not lowered, a response, a fault of another's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.server.browser.stage import Stage, act, began, begin, fill, send, ticking

AGREEMENT = "biztek"
NINE = "2025-03-10T09:00:00+01:00"
RESPONSE = "Tid til første respons"
LOWERING = re.compile("clause “2.5 Nedgradering”")


def _called(stage: Stage, severity: str) -> Page:
    """The agent's page of a request that a customer has just telephoned in."""
    page = stage.page("agent", "/new/requests")
    main = page.get_by_role("main")
    fill(main, {"Customer": "Acme"})
    expect(main.get_by_label("From").get_by_role("option", name="Acme user")).to_have_count(1)
    told = {
        "From": "Acme user",
        "How it came": "telephone",
        "In a few words": "Ingen får logget inn",
        "Message": "Siden i morges.",
        "Priority": severity,
    }
    fill(main, told)
    expect(main.get_by_text("begins; we aim for").first).to_be_visible()
    send(main, "Open a request")
    expect(page.get_by_role("heading", name="Ingen får logget inn", level=1)).to_be_visible()
    return page


@pytest.mark.requirement("B4")
def test_a_severity_is_not_lowered_without_its_record_and_what_was_typed_stays(
    stage: Stage,
) -> None:
    stage.it_is(NINE)
    page = _called(stage, "2")
    form = begin(page, "Classify")
    fill(form, {"Priority": "3", "Reason": "Ingen å snakke med"})
    expect(form).to_contain_text("That is permitted only while waiting for")
    send(form, "Classify")
    form = page.get_by_role("region", name="Classify", exact=True)
    expect(form.get_by_role("alert")).to_contain_text(LOWERING)
    unmet = form.get_by_label(began("What the customer was asked for"))
    expect(unmet).to_have_attribute("aria-invalid", "true")
    expect(unmet).to_have_accessible_description(LOWERING)
    expect(form.get_by_label(began("Reason"))).to_have_value("Ingen å snakke med")
    page.get_by_role("link", name="Leave it").click()
    expect(page.get_by_text("Classified as")).to_have_count(0)
    expect(ticking(page, RESPONSE)).to_contain_text("Due Mon 13:00")


@pytest.mark.requirement("B4")
def test_a_severity_is_lowered_with_who_why_and_what_was_not_supplied(stage: Stage) -> None:
    stage.it_is(NINE)
    page = _called(stage, "2")
    stage.it_is("2025-03-10T09:45:00+01:00")
    act(page, "Wait for something", {"What is waited for": "customer", "What exactly": "Hvem?"})
    expect(ticking(page, RESPONSE)).to_contain_text("held")
    stage.it_is("2025-03-10T10:45:00+01:00")
    form = begin(page, "Classify")
    told = {
        "Priority": "3",
        "Reason": "Ingen å snakke med.",
        "What the customer was asked for": "En som kjenner nettet.",
        "Decided by": "Lead",
    }
    fill(form, told)
    expect(form).to_contain_text("the due time moves from Mon 14:00 to Tue 09:00")
    send(form, "Classify")
    customer = stage.page("acme user", page.url)
    for reader in (page, customer):
        line = reader.get_by_text("Classified as 3")
        expect(line).to_contain_text("Lead decided so: “Ingen å snakke med.”")
        expect(line).to_contain_text("Asked for and not supplied: “En som kjenner nettet.”")
    told_of_it = ticking(page, "Nedgradering").filter(has_not_text="no due time")
    expect(told_of_it).to_contain_text("running")
    act(page, "Tell of progress", {"Message": "Graden er satt ned til 3."})
    expect(told_of_it).to_contain_text("met")


@pytest.mark.requirement("B2")
def test_under_an_hour_is_not_an_hour_and_contact_alone_is_no_response(stage: Stage) -> None:
    stage.it_is(NINE)
    early, late = _called(stage, "1"), _called(stage, "1")
    stage.it_is("2025-03-10T09:59:59+01:00")
    form = begin(early, "Answer")
    fill(form, {"Message": "Vi ser på det.", "Work has started": "no"})
    send(form, "Answer")
    expect(early.get_by_text("Vi ser på det.")).to_be_visible()
    expect(ticking(early, RESPONSE)).to_contain_text("running")
    act(early, "Start work")
    expect(ticking(early, RESPONSE)).to_contain_text("met")
    stage.it_is("2025-03-10T10:00:00+01:00")
    late.reload()
    act(late, "Answer", {"Message": "Vi er i gang.", "Work has started": "yes"})
    expect(ticking(late, RESPONSE)).to_contain_text("missed")


@pytest.mark.requirement("B5")
def test_a_fault_of_another_s_is_handed_over_and_only_reporting_and_telling_is_owed(
    stage: Stage,
) -> None:
    stage.it_is(NINE)
    page = _called(stage, "2")
    stage.it_is("2025-03-10T10:00:00+01:00")
    form = begin(page, "Hand over to a supplier")
    fill(form, {"Supplier": "Microsoft 365", "The supplier's number for it": "MS-1"})
    expect(form).to_contain_text("is no longer owed")
    expect(form).to_contain_text("begins; it is due Tue 16:00")
    send(form, "Hand over to a supplier")
    expect(page.get_by_text("as MS-1 there")).to_be_visible()
    expect(ticking(page, RESPONSE)).to_contain_text("not owed")
    expect(ticking(page, "Feil hos andre", "supplier-told")).to_contain_text("met")
    expect(ticking(page, "Feil hos andre", "customer-informed")).to_contain_text("running")
