"""The first start and every later one, in the browser: set up, second factor, token, appearance."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from playwright.sync_api import Page, expect
from tests.server.browser.driving import Desk, assert_accessible
from tests.server.browser.stage import fill

from uphold.server.accounts import services

GOOD = "a long walk by the fjord"
pytestmark = pytest.mark.django_db(transaction=True)


def _code(secret: str) -> str:
    """What the app shows now; that the same code was used a moment ago is forgotten."""
    cache.clear()
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def _set_up(desk: Desk) -> Page:
    """The page of the first administrator, by the link that the first start prints."""
    link = services.setup_link()
    assert link is not None
    page = desk.page(at=link)
    assert_accessible(page)
    told = {
        "Name of your company": "Østfold Møteservice",
        "Your name": "Ann",
        "E-mail address": "ann@example.org",
        "Password": GOOD,
        "Language": "English",
        "Time zone": "Europe/Oslo",
    }
    fill(page.get_by_role("main"), told)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("banner")).to_contain_text("Østfold Møteservice")
    guest = desk.page(at=link)
    expect(guest.get_by_label("Name of your company")).to_have_count(0)
    return page


def _confirm(page: Page) -> None:
    """What changes how one signs in asks for the password once more."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(GOOD)
        page.get_by_role("main").get_by_role("button", name="Confirm").click()


def test_a_first_start_is_set_up_and_signing_in_asks_for_password_and_second_factor(
    desk: Desk,
) -> None:
    cache.clear()
    page = _set_up(desk)
    page.goto("/me/")
    page.get_by_role("link", name="Second factor").click()
    page.goto("/accounts/2fa/totp/activate/")
    _confirm(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(_code(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page).to_have_url(re.compile("/accounts/2fa/"))

    later = desk.page(at="/desk/")
    expect(later).to_have_url(re.compile(r"/accounts/login/\?next="))
    main = later.get_by_role("main")
    fill(main, {"Email": "ann@example.org", "Password": GOOD})
    main.get_by_role("button", name="Sign In").click()
    expect(later).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    assert_accessible(later)
    code = main.get_by_label(re.compile("code", re.IGNORECASE))
    code.fill("000000")
    main.get_by_role("button", name="Sign In").click()
    expect(later).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    code.fill(_code(secret))
    main.get_by_role("button", name="Sign In").click()
    expect(later.get_by_role("heading", name="Queue", level=1)).to_be_visible()


def test_a_token_is_shown_once_and_opens_what_it_may(desk: Desk) -> None:
    page = _set_up(desk)
    page.goto("/me/tokens/")
    fill(page.get_by_role("main"), {"Name": "the monitoring"})
    page.get_by_role("button", name="Make the token").click()
    shown = page.get_by_role("status").filter(has_text="Copy the token now")
    token = shown.get_by_role("code").inner_text()
    program = desk.page().request
    bearer = {"Authorization": f"Bearer {token}"}
    answer = program.get("/api/v1/me", headers=bearer)
    assert (answer.status, answer.json()["name"]) == (200, "Ann")
    assert program.get("/api/v1/me").status == 401
    page.goto("/me/tokens/")
    expect(page.get_by_role("main")).not_to_contain_text(token)
    page.get_by_role("button", name=re.compile("the monitoring")).click()
    expect(page.get_by_text("The token opens nothing any more.")).to_be_visible()
    assert program.get("/api/v1/me", headers=bearer).status == 401


def test_language_and_appearance_are_changed_where_one_is_and_stay(desk: Desk) -> None:
    page = _set_up(desk)
    page.goto("/maintenance/")
    page.get_by_label("Language and appearance").click()
    page.get_by_role("button", name="Norsk bokmål").click()
    expect(page).to_have_url(re.compile("/maintenance/$"))
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(page.get_by_role("heading", name="Vedlikehold", level=1)).to_be_visible()
    page.get_by_label("Språk og utseende").click()
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Mørkt").click()
    page.goto("/desk/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "nb")
