"""Agreements and maintenance as a browser has them: read, posted, planned; light, dark, phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.server.agreements.pages import page as agreement_page
from tests.server.agreements.pages import translation
from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits
from tests.server.people import World, make_world
from tests.server.uptime.conftest import NOTICE

from uphold.server import clock
from uphold.server.agreements import services as agreements
from uphold.server.uptime import services as uptime
from uphold.server.uptime.services import Action

SHOTS = os.environ.get("UPHOLD_TEST_SHOTS")
PLAN = {
    "kind": "planned",
    "title": "New disks in the Oslo hall",
    "start": "2026-03-20T22:00",
    "end": "2026-03-21T02:00",
}


@pytest.fixture
def house(transactional_db: None) -> Iterator[World]:
    """North with an agreement in two revisions, a promise of notice, and maintenance planned."""
    world = make_world()
    north = world.provider()
    first = agreement_page(posted="2026-01-01T09:00:00+01:00")
    second = agreement_page(revision=2, posted="2026-03-02T08:00:00+01:00", hours=4)
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        agreements.post(north, first, by="", translations=[translation()])
        agreements.post(north, second, by=world.people["north administrator"])
        agreements.post(north, NOTICE, by="")
        uptime.act(world["north lead"], Action.PLAN, None, PLAN, zone="Europe/Oslo")
        yield world


@pytest.mark.requirement("C10")
def test_every_page_is_accessible_in_light_and_dark_and_fits_a_phone(
    desk: Desk, house: World
) -> None:
    everything = (
        ("north administrator", "/agreements/"),
        ("fjord user", "/agreements/north-support/1/?language=nb"),
        ("fjord user", "/agreements/north-support/2/"),
        ("fjord user", "/agreements/north-support/compare/"),
        ("north administrator", "/agreements/-/post/?of=north-support"),
        ("north lead", "/maintenance/"),
        ("north lead", "/maintenance/1/"),
        ("north lead", "/maintenance/1/announce/"),
        ("north lead", "/maintenance/-/plan/"),
    )
    for person, address in everything:
        page = desk.page(house.people[person], at=address)
        if SHOTS:
            page.screenshot(
                path=f"{SHOTS}/{address.strip('/').replace('/', '_').replace('?', '_')}.png",
                full_page=True,
            )
        if not SHOTS:
            assert_accessible(page)
        page.set_viewport_size({"width": PHONE, "height": 800})
        assert_fits(page)


def test_the_notice_is_judged_while_one_types(desk: Desk, house: World) -> None:
    page = desk.page(house.people["north lead"], at="/maintenance/-/plan/")
    page.fill("[name=title]", "New disks")
    page.fill("[name=start]", "2026-03-13T22:00")
    page.fill("[name=end]", "2026-03-14T02:00")
    preview = page.locator("#preview")
    preview.get_by_text("The earliest start with full notice is").wait_for()
    assert "Scheduled only 11 days before it starts" in preview.inner_text()


def test_a_page_is_checked_while_it_is_written(desk: Desk, house: World) -> None:
    page = desk.page(house.people["north administrator"], at="/agreements/-/post/?of=north-support")
    check = page.locator("#check")
    check.get_by_text("A posted revision stays as it is").wait_for()
    source = agreement_page(revision=3, posted="2026-03-02T08:30:00+01:00", hours=2)
    page.fill("[name=source]", source)
    check.get_by_text("answer, target: 4 → 2 business hours").wait_for()
    page.set_input_files(
        "[name=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    check.get_by_text("PDF").wait_for()


@pytest.mark.requirement("C10")
def test_an_agreement_prints_with_its_terms_and_without_the_pages_controls(
    desk: Desk, house: World
) -> None:
    page = desk.page(house.people["fjord user"], at="/agreements/north-support/2/")
    page.emulate_media(media="print")
    assert page.get_by_text("We answer within 4 business hours").first.is_visible()
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".contents").is_visible()
