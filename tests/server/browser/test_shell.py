"""The shell as a browser has it: light, dark, on a phone, by keyboard, under the strict policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.server.browser.driving import PHONE, Desk, assert_accessible, assert_fits
from tests.server.browser.gallery import FIELDS, NOW, rendered
from tests.server.people import make_world

from uphold.facts.times import from_datetime
from uphold.messages import message

PARTS = """
<c-heading title="{{ title }}"><c-slot name="above">Above</c-slot>
<c-slot name="actions"><button class="button button-main" data-opens="asked">Ask</button>
<a class="button" href="#one" data-key="1">One</a></c-slot></c-heading>
<c-table label="Lines"><c-slot name="head"><th scope="col">No.</th><th scope="col">What</th>
<th scope="col">Due</th><th scope="col">State</th></c-slot>
<tr data-row><td class="number"><a href="#a">1</a></td><td>{{ title }}</td>
<td><c-due :at="at" :left="left" /></td>
<td><c-badge tone="good" icon="success">met</c-badge></td></tr>
<tr data-row><td class="number"><a href="#b">2</a></td><td>Other</td>
<td><c-due /></td><td><c-badge tone="bad" icon="error">missed</c-badge></td></tr></c-table>
<input class="input" aria-label="Search" data-search>
<form id="sent" method="get" action="/shown">{% for each in fields %}
<c-offer-field :field="each" :wrong="wrong" />{% endfor %}<c-field name="own" label="Own" required>
</c-field></form>
<c-empty icon="inbox" title="Nothing yet">It comes.</c-empty>
<c-dialog id="asked" title="Asked">Something</c-dialog>"""


def parts(desk: Desk) -> str:
    return rendered(
        PARTS,
        title="<b>Sound & light</b>",
        at=from_datetime(NOW),
        left=3_600_000_000,
        fields=FIELDS,
        wrong=message("web.bad-request-title"),
    )


def test_an_error_page_is_whole_and_accessible(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    assert page.locator("h1").inner_text() == "There is nothing here"
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_fits(page)


def test_the_parts_are_accessible_fit_a_phone_and_escape_what_others_wrote(desk: Desk) -> None:
    page = desk.page(at="/static/web/icon.svg")
    desk.shown(page, parts(desk))
    assert page.locator("h1").inner_text() == "<b>Sound & light</b>"
    assert page.get_by_label("Own").count() == 1
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_fits(page)


def test_keys_walk_the_rows_search_act_and_explain_themselves(desk: Desk) -> None:
    page = desk.page(at="/static/web/icon.svg")
    desk.shown(page, parts(desk))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-chosen")).to_contain_text("Other")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#a$"))
    page.keyboard.press("1")
    expect(page).to_have_url(re.compile("#one$"))
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.get_by_label("Search").input_value() == "j?"
    page.get_by_label("Search").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_ctrl_and_enter_send_the_form_one_is_in(desk: Desk) -> None:
    page = desk.page(at="/static/web/icon.svg")
    desk.shown(page, parts(desk))
    for name in ("fee", "own"):
        page.locator(f"#{name}").fill("12")
    page.locator("#text").fill("Written")
    page.route("**/shown?*", lambda route: route.fulfill(body="sent"))
    page.locator("#text").press("Control+Enter")
    expect(page).to_have_url(re.compile("text=Written"))


def test_a_dialog_opens_and_closes_by_its_buttons(desk: Desk) -> None:
    page = desk.page(at="/static/web/icon.svg")
    desk.shown(page, parts(desk))
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("dialog", name="Asked")).to_be_visible()
    page.get_by_role("dialog", name="Asked").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_theme_changes_at_once_and_stays(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    page.get_by_label("Language and appearance").click()
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert_accessible(page)


def test_the_language_changes_the_whole_page(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    page.get_by_label("Language and appearance").click()
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(desk: Desk) -> None:
    page = desk.page(at="/nowhere")
    menu = page.locator("details.menu-button")
    page.get_by_label("Language and appearance").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    page.get_by_label("Language and appearance").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_signed_in_persons_shell_is_accessible(desk: Desk, width: int) -> None:
    page = desk.page(make_world().people["north administrator"], at="/nowhere", width=width)
    assert page.locator("nav a").count() >= 3
    page.locator("summary").last.click()
    assert_accessible(page)
    assert_fits(page)


def test_htmx_runs_under_the_policy_and_never_nags_while_one_types(desk: Desk) -> None:
    body = """<h1>Preview</h1>
    <form hx-post="/preview" hx-target="#preview" hx-trigger="input delay:50ms">
    <label for="why">Why</label><input class="input" id="why" name="why">
    <label for="who">Who</label><input class="input" id="who" name="who" required></form>
    <div id="preview"><details id="kept"><summary>Reason</summary>before</details></div>"""
    page = desk.page(at="/static/web/icon.svg")
    answer = '<details id="kept"><summary>Reason</summary>after</details>'
    page.route("**/preview", lambda route: route.fulfill(body=answer, content_type="text/html"))
    desk.shown(page, rendered(body))
    assert page.evaluate("window.htmx.version").startswith("4.")
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    page.get_by_text("Reason").click()
    page.get_by_label("Why").press_sequentially("late")
    expect(page.locator("#preview")).to_contain_text("after")
    expect(page.locator("#kept")).to_have_attribute("open", "")
