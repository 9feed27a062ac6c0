"""The shell as a browser has it: light, dark, on a phone, by keyboard, under the strict policy."""

from __future__ import annotations

from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits


def test_an_error_page_is_whole_and_accessible(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    assert page.locator("h1").inner_text() == "There is nothing here"
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_fits(page)


def test_htmx_runs_under_the_policy(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    assert page.evaluate("window.htmx.version").startswith("4.")
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
