"""Clocks in a real browser: the server's own figures, ticking without a jump, spoken when due."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page
from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits
from tests.server.browser.gallery import HOUR, MINUTE, NOW, every_state, office_clock, rendered

from uphold.facts.times import from_datetime, to_datetime
from uphold.messages import LANGUAGES, Reader
from uphold.server.desk.shapes import ClockView
from uphold.server.web.clockface import along, face
from uphold.server.web.lengths import span_words

CLOCKS = """<section class="panel"><div class="panel-body clocks">
{% for each in clocks %}<c-clock :clock="each" heading="2" />{% endfor %}</div></section>"""
HEADED = f"<h1>Clocks</h1>{CLOCKS}"

# A Friday afternoon and the Monday after it, with an hour's hold between.
BEGAN = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HELD = ((from_datetime(BEGAN) + HOUR, from_datetime(BEGAN) + 2 * HOUR),)


def open_clocks(
    desk: Desk, *clocks: ClockView, language: str = "en", at: datetime | None = None
) -> Page:
    """A page with the clocks, in a browser whose own time stands at `at`, the view's without it."""
    page = desk.page(at="/static/web/icon.svg")
    present = at or to_datetime(clocks[0].as_of_us)
    page.clock.install(time=present - timedelta(seconds=5))
    page.clock.pause_at(present)
    desk.shown(page, rendered(HEADED, clocks=clocks, language=language))
    return page


def test_every_state_is_accessible_and_fits_a_phone(desk: Desk) -> None:
    page = desk.page(at="/static/web/icon.svg")
    page.clock.set_fixed_time(NOW)
    desk.shown(page, rendered(HEADED, clocks=every_state()))
    assert page.locator(".clock").count() == len(every_state())
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_fits(page)


def test_the_browser_reckons_what_the_calendar_says(desk: Desk) -> None:
    start = from_datetime(BEGAN)
    began = office_clock(start, began=BEGAN, hours=9, held=HELD)
    page = open_clocks(desk, began)
    chance = random.Random(4)
    instants = sorted(start + chance.randrange(80 * 3600) * 1_000_000 for _ in range(60))
    found = page.evaluate(
        """async (instants) => {
          const { read, standing, along } = await import("/static/web/clocks.js");
          const clock = read(document.querySelector("[data-clock]"));
          return instants.map((each) => {
            const at = standing(clock, each);
            return [at.state, at.used, at.left, along(at.used, clock.total, clock.bands)];
          });
        }""",
        [each // 1_000 for each in instants],
    )
    reader = Reader("en", "Europe/Oslo", NOW)
    bands = face(began, reader).bands
    for instant, (state, used, left, reached) in zip(instants, found, strict=True):
        then = office_clock(instant, began=BEGAN, hours=9, held=HELD)
        assert then.used_us is not None
        expected = min(then.used_us, 9 * HOUR)
        assert (used * 1_000, left * 1_000) == (expected, 9 * HOUR - expected)
        assert state == ("running" if instant < (then.due_us or 0) else "missed")
        assert reached == along(expected, 9 * HOUR, bands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_says_lengths_as_the_server_does(desk: Desk, language: str) -> None:
    lengths = [0, 999, 1_000, 59_000, 60_000, 61_500, 3_599_999, 3_600_000, 3_660_000, 7_322_000]
    lengths += [1_234 * 3_600_000 + 120_000, 12_345 * 3_600_000]
    page = open_clocks(
        desk, office_clock(from_datetime(NOW), began=BEGAN, hours=16), language=language
    )
    said = page.evaluate(
        """async (lengths) => {
          const { read, span } = await import("/static/web/clocks.js");
          const { words } = read(document.querySelector("[data-clock]"));
          return lengths.map((each) => span(each, words, document.documentElement.lang));
        }""",
        lengths,
    )
    reader = Reader(language)
    assert said == [reader.text(span_words(each * 1_000)) for each in lengths]


def test_a_clock_ticks_each_second_and_nothing_jumps(desk: Desk) -> None:
    page = open_clocks(desk, *every_state())
    left = page.locator("[data-clock-left]").nth(1)
    assert left.inner_text() == "20 min left"
    before = page.locator(".clock, .clock *").evaluate_all(BOXES)
    page.clock.run_for(1_000)
    assert left.inner_text() == "19 min 59 s left"
    page.clock.run_for(9 * 60_000)
    assert left.inner_text() == "10 min 59 s left"
    assert page.locator(".clock, .clock *").evaluate_all(BOXES) == before
    assert page.locator("#said").inner_text() == ""


# Of every part of every clock: where it is and how large. Only the used bar may grow.
BOXES = """all => all.filter((each) => !each.matches("[data-clock-used]")).map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.tagName, ...[x, y, width, height].map(Math.round)];
})"""


def test_a_clock_that_runs_out_turns_and_says_so_once(desk: Desk) -> None:
    now = from_datetime(NOW)
    clock = office_clock(now, began=to_datetime(now - 59 * MINUTE), hours=1)
    page = open_clocks(desk, clock)
    assert "clock-warn" in (page.locator(".clock").get_attribute("class") or "")
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver(() => window.heard.push(document.getElementById("said").textContent))
            .observe(document.getElementById("said"), { childList: true });
        }"""
    )
    page.clock.run_for(61_000)
    assert page.locator("[data-clock-state]").inner_text() == "missed"
    assert page.locator("[data-clock-left]").inner_text() == "time is up"
    assert "clock-bad" in (page.locator(".clock").get_attribute("class") or "")
    page.clock.run_for(30_000)
    assert page.evaluate("window.heard") == ["response: missed"]


def test_a_browser_whose_clock_is_wrong_shows_the_servers_time(desk: Desk) -> None:
    now = from_datetime(NOW)
    clock = office_clock(now, began=to_datetime(now - 10 * MINUTE), hours=1)
    page = open_clocks(desk, clock, at=NOW + timedelta(hours=3))
    page.clock.run_for(2_000)
    assert page.locator("[data-clock-left]").inner_text() == "49 min 58 s left"


def test_clocks_rest_while_nobody_looks_and_catch_up_after(desk: Desk) -> None:
    now = from_datetime(NOW)
    page = open_clocks(desk, office_clock(now, began=to_datetime(now - 10 * MINUTE), hours=1))
    hide = """(hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    page.clock.run_for(5 * 60_000)
    assert page.locator("[data-clock-left]").inner_text() == "50 min left"
    page.evaluate(hide, False)
    assert page.locator("[data-clock-left]").inner_text() == "45 min left"
