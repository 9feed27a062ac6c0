"""The pages of parties, people and signing in, in a real browser."""

from __future__ import annotations

import pytest
from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits
from tests.server.people import World, make_world

from uphold.server.accounts import services
from uphold.server.accounts.models import Person

GOOD = "a long walk by the fjord"
pytestmark = pytest.mark.django_db(transaction=True)


def _filled() -> World:
    """A customer with an account, a trained person, a contact and a reported change."""
    world = make_world()
    north, lead = world.provider(), world.people["north lead"]
    services.agree(north, "fjord", "rooms", agreement="harbour", plan="gold", fee="1000.00 NOK")
    services.add_addition(north, "fjord", "rooms", "24x7", service="telephone")
    services.train(north, "fjord", world.people["fjord user"], by=lead)
    services.name_contact(north, "fjord", world.people["fjord colleague"], "representative")
    by = world.people["fjord technical contact"]
    words = "A new firewall on Monday"
    services.report_infrastructure_change(north, "fjord", words, what="network", by=by)
    return world


def test_pages_of_parties_and_of_oneself_are_accessible_and_fit(desk: Desk) -> None:
    world = _filled()
    administrator = world.people["north administrator"]
    for path in ("/parties/", "/parties/fjord/", "/parties/new/", "/me/", "/me/tokens/"):
        page = desk.page(administrator, at=path)
        assert_accessible(page)
        page.set_viewport_size({"width": PHONE, "height": 900})
        assert_fits(page)


def test_somebody_is_invited_joins_and_signs_in_by_keyboard_alone(desk: Desk) -> None:
    world = make_world()
    page = desk.page(world.people["north administrator"], at="/parties/fjord/")
    page.locator("summary", has_text="Invite somebody").press("Enter")
    page.locator("#invite-name").fill("Bo Lund")
    page.locator("#invite-email").fill("bo@example.org")
    page.locator("#invite-email").press("Enter")
    said = page.locator("#notes").inner_text()
    link = said[said.index("/join/") :].split()[0]

    guest = desk.page(at=link)
    assert_accessible(guest)
    guest.locator("#password").fill(GOOD)
    guest.locator("#password").press("Enter")
    guest.wait_for_url(lambda url: "/join/" not in url)
    assert Person.objects.get(email="bo@example.org").has_usable_password()

    later = desk.page(at="/accounts/login/")
    assert_accessible(later)
    later.locator("#id_login").fill("bo@example.org")
    later.locator("#id_password").fill(GOOD)
    later.locator("#id_password").press("Enter")
    later.wait_for_url(lambda url: "/accounts/login/" not in url)
    later.goto("/me/")
    assert "Bo Lund" in later.locator("main").inner_html()
