"""Every page of the server: axe finds nothing in light or dark, and a phone shows it whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.server.browser.driving import DESK, PHONE, Desk, assert_accessible, assert_fits
from tests.server.browser.rounds import Visit, prepare, visits
from tests.server.canaries import plant


@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_and_fits_a_phone(desk: Desk) -> None:
    planted = plant()
    prepare(planted)
    pages: dict[str, Page] = {}
    faults = []
    for visit in visits(planted):
        if visit.person not in pages:
            key = planted.world.people[visit.person] if visit.person else None
            pages[visit.person] = desk.page(key, at="/static/web/icon.svg")
        faults += _faults(pages[visit.person], visit)
    assert not faults, "\n\n".join(faults)


def _faults(page: Page, visit: Visit) -> list[str]:
    found = []
    page.goto(visit.path)
    for check, width in ((assert_accessible, DESK), (assert_fits, PHONE)):
        page.set_viewport_size({"width": width, "height": 900})
        try:
            check(page)
        except AssertionError as error:
            found.append(f"as {visit.person or 'a visitor'}: {error}")
    return found
