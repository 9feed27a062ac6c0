"""What the stories are played on: a provider's house, people at their browsers, a clock to set.

People find what they need by its name, as a reader or a screen reader does; nothing here knows how
a page is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import Locator, Page, expect
from tests.server.browser.driving import Desk
from tests.server.desk.house import House

from uphold.facts.times import from_datetime
from uphold.server import clock
from uphold.server.accounts import services as accounts


@dataclass(frozen=True, slots=True)
class Stage:
    """A house and the browsers of its people; `it_is` sets the time for all of them."""

    desk: Desk
    house: House

    def it_is(self, moment: str) -> None:
        """The server's clock stands at this time from now on."""
        now = from_datetime(datetime.fromisoformat(moment))
        clock.set_clock(lambda: now)

    def reads(self, person: str, language: str, zone: str) -> None:
        """The person has chosen a language and a zone."""
        key = self.house.people[person]
        accounts.change_person(key, name=person.capitalize(), language=language, zone=zone)

    def page(self, person: str, at: str = "/") -> Page:
        """A page as the person has it, signed in."""
        return self.desk.page(self.house.people[person], at=at)


def began(label: str) -> re.Pattern[str]:
    """Names that begin so: pages may add that something is optional, or what a choice means."""
    return re.compile(rf"^\s*{re.escape(label)}", re.IGNORECASE)


def fill(form: Locator, told: Mapping[str, str]) -> None:
    """Fills in fields by their labels: text and times, a choice of a list or of buttons, a tick."""
    for label, value in told.items():
        buttons = form.get_by_role("group", name=began(label)).or_(
            form.get_by_role("radiogroup", name=began(label))
        )
        if buttons.count():
            buttons.get_by_role("radio", name=began(value)).check()
            continue
        field = form.get_by_label(began(label))
        match field.evaluate("each => each.tagName + ' ' + each.type").split():
            case ["SELECT", _]:
                named = re.compile(rf"\b{re.escape(value)}\b")
                option = field.locator("option").filter(has_text=named).first
                field.select_option(option.get_attribute("value"))
            case [_, "checkbox"]:
                field.set_checked(value == "yes")
            case _:
                field.fill(value)


def begin(page: Page, action: str) -> Locator:
    """An action's form on the page of a thing, opened where it is not open already."""
    form = page.get_by_role("region", name=action, exact=True)
    link = page.get_by_role("main").get_by_role("link", name=action, exact=True)
    form.or_(link).first.wait_for()
    if not form.count():
        link.first.click()
    form.wait_for()
    return form


def send(form: Locator, action: str) -> None:
    """Sends a form by the button that names the action."""
    form.get_by_role("button", name=action, exact=True).click()


def act(page: Page, action: str, told: Mapping[str, str] | None = None) -> None:
    """Takes an action that is not refused."""
    form = begin(page, action)
    fill(form, told or {})
    send(form, action)
    expect(page.get_by_role("status").first).not_to_be_empty()
    expect(page.get_by_role("region", name=action, exact=True).get_by_role("alert")).to_have_count(
        0
    )


def ticking(page: Page, clause: str, term: str = "") -> Locator:
    """A thing's clock, by its clause's heading, and its own name where a clause has several."""
    behind = r"\s*$" if term.casefold() == clause.casefold() else rf"\b.*{re.escape(term)}"
    name = re.compile(rf"^\s*{re.escape(clause)}{behind}", re.DOTALL)
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=name))


def reasons(clock_shown: Locator, why: str) -> str:
    """A clock's reasons, one click away."""
    clock_shown.get_by_text(why, exact=True).click()
    return clock_shown.get_by_role("list").inner_text()
