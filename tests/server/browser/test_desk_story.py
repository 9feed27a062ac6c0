"""An agent's day at Biztek: the next request by keyboard alone, clocks that tick in their place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.server.browser.stage import Stage, ticking

from uphold.server import clock
from uphold.server.desk import services as desk

AGREEMENT = "biztek"
NINE = "2025-03-10T09:00:00+01:00"
RESPONSE = "Tid til første respons"
BOXES = """all => all.map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.tagName, ...[x, y, width, height].map(Math.round)];
})"""


def _asked(stage: Stage, title: str, priority: str) -> str:
    told = {"title": title, "words": "Siden i morges.", "priority": priority}
    return desk.act(stage.house["acme user"], "open", None, told).subject.partition(":")[2]


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('form, tr')?.innerText ?? ''"))


@pytest.mark.requirement("B1")
def test_the_next_request_is_found_and_answered_without_a_mouse(stage: Stage) -> None:
    stage.it_is(NINE)
    _asked(stage, "Skriveren er treg", "3")
    urgent = _asked(stage, "Ingen får logget inn", "1")
    page = stage.page("agent", "/desk/")
    press = page.keyboard.press
    press("j")
    assert "Ingen får logget inn" in _focused(page)
    press("Enter")
    expect(page.get_by_role("heading", name="Ingen får logget inn", level=1)).to_be_visible()
    press("1")
    message = page.get_by_role("region", name="Answer", exact=True).get_by_role("textbox")
    message.wait_for()
    if not message.evaluate("each => each === document.activeElement"):
        press("Tab")
    expect(message).to_be_focused()
    page.keyboard.type("Vi er i gang.")
    press("Control+Enter")
    expect(page.get_by_role("listitem").filter(has_text="Vi er i gang.")).to_be_visible()
    expect(page).to_have_url(f"{stage.desk.address}/requests/{urgent}")
    expect(ticking(page, RESPONSE)).to_contain_text("met")


def test_a_clock_ticks_with_the_browsers_time_and_nothing_jumps(stage: Stage) -> None:
    stage.it_is(NINE)
    number = _asked(stage, "Ingen får logget inn", "1")
    page = stage.page("agent", "/static/web/icon.svg")
    page.clock.install(time=clock.now())
    page.goto(f"/requests/{number}")
    running = ticking(page, RESPONSE)
    running.wait_for()
    page.clock.pause_at(clock.now() + timedelta(minutes=5))
    expect(running).to_contain_text("55 min left")
    everything = page.locator("main *:not(svg *)")
    before = everything.evaluate_all(BOXES)
    page.clock.run_for(1_000)
    expect(running).to_contain_text("54 min 59 s left")
    page.clock.run_for(11_000)
    expect(running).to_contain_text("54 min 48 s left")
    assert everything.evaluate_all(BOXES) == before
