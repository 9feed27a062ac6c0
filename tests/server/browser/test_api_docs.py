"""The page that describes the interface for programs, as a browser has it."""

from __future__ import annotations

import os

import pytest
from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits

SHOTS = os.environ.get("UPHOLD_TEST_SHOTS")


@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible_in_light_and_dark_and_fits_a_phone(desk: Desk) -> None:
    page = desk.page(at="/api/v1/docs")
    assert_accessible(page)
    page.locator("#act_on_thing summary").click()
    assert page.locator("#act_on_thing").get_by_text("Idempotency-Key").is_visible()
    assert_accessible(page)
    for theme, width in (("light", 1280), ("dark", PHONE)):
        shown = desk.page(at="/api/v1/docs#act_on_thing", theme=theme, width=width)
        assert_fits(shown)
        if SHOTS:
            shown.screenshot(path=f"{SHOTS}/api-docs-{theme}.png")
