"""Connexys, in the browser: passed on by a super user, answered late, explained in Dutch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.server.browser.stage import Stage, act, begin, fill, reasons, send, ticking

AGREEMENT = "connexys"
TEN = "2025-03-10T10:00:00+01:00"


def _train(stage: Stage, *people: str) -> None:
    for person in people:
        stage.house.tell(
            "customer.trained",
            "2025-03-10T08:00:00+01:00",
            "customer:acme",
            customer="acme",
            person=stage.house.people[person],
        )


def _ask(stage: Stage, person: str, kind: str = "niveau-1") -> Page:
    """The person's new request, as the portal takes it; their page of it."""
    page = stage.page(person, "/portal/")
    page.get_by_role("main").get_by_role("link", name="New request").click()
    form = page.get_by_role("main")
    told = {"In a few words": "De export loopt vast", "Message": "Sinds vanochtend.", "Kind": kind}
    fill(form, told)
    send(form, "Open a request")
    expect(page.get_by_role("heading", name="De export loopt vast", level=1)).to_be_visible()
    return page


@pytest.mark.requirement("C1", "C8", "X2")
def test_a_request_waits_for_the_super_user_is_passed_on_answered_late_and_explained_in_dutch(
    stage: Stage,
) -> None:
    _train(stage, "acme user", "acme super user")
    stage.it_is(TEN)
    asked = _ask(stage, "acme user")
    number = asked.url.rpartition("/")[2]
    expect(asked.get_by_text("A super user has to pass this on first")).to_be_visible()
    expect(ticking(asked, "Reactietijd")).to_contain_text("not started")

    stage.it_is("2025-03-11T10:00:00+01:00")
    agent = stage.page("agent", "/desk/")
    expect(agent.get_by_role("main")).not_to_contain_text("De export loopt vast")
    asked.reload()
    expect(ticking(asked, "Zo komt een verzoek bij ons")).to_contain_text("24 h so far")

    colleague = stage.page("acme super user", "/portal/")
    colleague.get_by_role("link", name="De export loopt vast").click()
    form = begin(colleague, "Pass on")
    expect(form).to_contain_text("begins; it is due")
    send(form, "Pass on")
    expect(ticking(colleague, "Reactietijd")).to_contain_text("running")

    stage.it_is("2025-03-11T14:30:00+01:00")
    agent.reload()
    agent.get_by_role("link", name="De export loopt vast").click()
    act(agent, "Answer", {"Message": "Wij kijken ernaar."})
    expect(ticking(agent, "Reactietijd")).to_contain_text("missed")

    stage.reads("acme user", "nl", "Europe/Amsterdam")
    asked.goto(f"/requests/{number}")
    expect(asked.get_by_text("Wij kijken ernaar.")).to_be_visible()
    told = reasons(ticking(asked, "Reactietijd"), "Waarom")
    for step in (
        "Begint di 10:00",
        "Streeftijd: 3 werkuren, in de tijden van office.",
        "di 10:00 tot di 13:00: 3 uur, samen 3 uur.",
        "Uiterlijk di 13:00.",
        "Stopt di 14:30",
        "Onze uitleg: Het ticket ligt bij ons vanaf het doorzetten door een superuser",
    ):
        assert step in told, told
    clause = ticking(asked, "Reactietijd").get_by_role("link", name="Artikel")
    expect(clause).to_have_attribute("href", "/agreements/connexys-service/1/#reaction")


@pytest.mark.requirement("C8")
def test_a_declined_request_is_closed_with_its_reason_and_never_had_a_clock(stage: Stage) -> None:
    _train(stage, "acme user")
    stage.it_is(TEN)
    asked = _ask(stage, "acme user")
    colleague = stage.page("acme super user", "/portal/")
    colleague.get_by_role("link", name="De export loopt vast").click()
    act(colleague, "Decline", {"Reason": "Staat in de handleiding."})
    asked.reload()
    expect(asked.get_by_text("Withdrawn or declined: Staat in de handleiding.")).to_be_visible()
    expect(asked.get_by_role("main")).to_contain_text("Withdrawn")
    expect(asked.get_by_role("article").filter(has_text="running")).to_have_count(0)


@pytest.mark.requirement("C7")
def test_somebody_untrained_is_told_why_no_time_is_promised_before_and_after(
    stage: Stage,
) -> None:
    stage.it_is(TEN)
    page = stage.page("acme super user", "/new/requests")
    fill(page.get_by_role("main"), {"In a few words": "Hoe werkt dit?", "Kind": "gebruikersvraag"})
    why = page.get_by_text("we promise times only to people whom we have trained")
    expect(why).to_contain_text("5.1 Training")
    send(page.get_by_role("main"), "Open a request")
    expect(page.get_by_role("heading", name="Hoe werkt dit?", level=1)).to_be_visible()
    expect(why).to_be_visible()
    expect(ticking(page, "Reactietijd")).to_contain_text("not owed")


@pytest.mark.requirement("C4")
def test_a_complaint_confirmed_without_a_name_does_not_count(stage: Stage) -> None:
    stage.it_is(TEN)
    told = stage.page("acme user", "/new/complaints")
    fill(told.get_by_role("main"), {"In a few words": "Te traag", "Message": "Al weken."})
    send(told.get_by_role("main"), "Make a complaint")
    expect(ticking(told, "Klachten", "complaint-confirmed")).to_contain_text("running")

    agent = stage.page("agent", told.url)
    form = begin(agent, "Confirm receipt")
    expect(form).to_contain_text("This names nobody in charge")
    send(form, "Confirm receipt")
    expect(agent.get_by_text("Receipt confirmed, naming nobody")).to_be_visible()
    expect(ticking(agent, "Klachten", "complaint-confirmed")).to_contain_text("running")

    form = begin(agent, "Confirm receipt")
    fill(form, {"Person in charge": "Lead"})
    expect(form).to_contain_text("is met")
    send(form, "Confirm receipt")
    expect(agent.get_by_text("Lead is in charge")).to_be_visible()
    expect(ticking(agent, "Klachten", "complaint-confirmed")).to_contain_text("met")
    told.reload()
    expect(told.get_by_text("Receipt confirmed; Lead is in charge")).to_be_visible()
