"""Easymeeting, in the browser: an evening's requests, an American's clock, a bridge too late."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.server.browser.stage import Stage, begin, fill, send, ticking

AGREEMENT = "easymeeting"
NINE = "2025-03-10T09:00:00+01:00"
EVENING = "2025-03-10T20:00:00+01:00"
RESPONSE = "Response"


def _agreed(stage: Stage, **rest: object) -> None:
    when, customer = "2025-03-10T08:00:00+01:00", "customer:acme"
    agreed = {"customer": "acme", "agreement": "easymeeting"}
    stage.house.tell("customer.agreed", when, customer, **agreed, **rest)


def _written_down(stage: Stage, channel: str) -> tuple[Page, Locator]:
    """The agent's form of a request of Acme's that came by the channel."""
    page = stage.page("agent", "/new/requests")
    main = page.get_by_role("main")
    fill(main, {"Customer": "Acme"})
    expect(main.get_by_label("From").get_by_role("option", name="Acme user")).to_have_count(1)
    fill(main, {"From": "Acme user", "How it came": channel, "In a few words": "No picture"})
    return page, main


@pytest.mark.requirement("E10")
def test_what_comes_at_eight_in_the_evening_promises_nothing_before_the_next_working_day(
    stage: Stage,
) -> None:
    stage.it_is(EVENING)
    asked = stage.page("acme user", "/new/requests")
    main = asked.get_by_role("main")
    fill(main, {"In a few words": "No picture", "Message": "All rooms are black."})
    expect(main).to_contain_text("Nobody is at work now: the time runs from Tue 08:00")
    send(main, "Open a request")
    expect(ticking(asked, RESPONSE, "response")).to_contain_text("8 h left")
    expect(ticking(asked, RESPONSE, "response")).to_contain_text("Due Tue 16:00")
    page, main = _written_down(stage, "e-mail")
    expect(main).to_contain_text("Nobody is at work now: the time runs from Tue 08:00")
    send(main, "Open a request")
    expect(ticking(page, RESPONSE, "response")).to_contain_text("Due Tue 16:00")
    stage.it_is("2025-03-11T07:59:00+01:00")
    page.reload()
    expect(ticking(page, RESPONSE, "response")).to_contain_text("8 h left")


@pytest.mark.requirement("E10")
def test_a_call_in_the_evening_is_best_effort(stage: Stage) -> None:
    _agreed(stage)
    stage.it_is(EVENING)
    page, main = _written_down(stage, "telephone")
    why = page.get_by_text("Outside opening hours we do what we can, without a promised time")
    expect(why).to_contain_text("4.2 Channels")
    send(main, "Open a request")
    expect(why).to_be_visible()
    expect(ticking(page, RESPONSE, "response")).to_contain_text("not owed")


@pytest.mark.requirement("E10")
def test_an_american_s_clock_runs_in_new_york_and_shows_both_zones(stage: Stage) -> None:
    _agreed(stage, region="america")
    stage.it_is(EVENING)
    page, main = _written_down(stage, "e-mail")
    send(main, "Open a request")
    clock = ticking(page, RESPONSE, "response")
    expect(clock).to_contain_text("Due Tue 20:00")
    expect(clock).to_contain_text(re.compile(r"Tue 15:00.*New.York"))
    expect(clock).to_contain_text("running")


@pytest.mark.requirement("E11")
def test_a_request_counts_as_high_and_whoever_classifies_sees_what_the_levels_mean(
    stage: Stage,
) -> None:
    stage.it_is(NINE)
    page, main = _written_down(stage, "e-mail")
    send(main, "Open a request")
    expect(ticking(page, RESPONSE, "response")).to_contain_text("Due Tue 09:00")
    form = begin(page, "Classify")
    expect(form).to_contain_text("a system or a service that does not work")
    fill(form, {"Priority": "medium"})
    expect(form).to_contain_text("the due time moves from Tue 09:00 to")
    send(form, "Classify")
    expect(page.get_by_text("Classified as medium")).to_be_visible()


@pytest.mark.requirement("E15")
def test_a_bridge_ordered_too_late_is_told_the_earliest_date(stage: Stage) -> None:
    stage.it_is(NINE)
    page = stage.page("acme user", "/new/orders")
    main = page.get_by_role("main")
    fill(main, {"What is ordered": "meeting-bridge"})
    expect(main).to_contain_text("the earliest is Mon 17 Mar 09:00")
    fill(main, {"Wanted for": "2025-03-14T10:00"})
    expect(main).to_contain_text("That is too soon")
    send(main, "Place an order")
    late = page.get_by_text("The earliest is Mon 17 Mar 09:00. We will still try.")
    expect(late).to_be_visible()
    page.goto("/new/orders")
    fill(main, {"What is ordered": "meeting-bridge", "Wanted for": "2025-03-17T09:00"})
    send(main, "Place an order")
    expect(page.get_by_text("Ordered: meeting-bridge")).to_be_visible()
    expect(late).to_have_count(0)
