"""A browser that looks at the server's pages: pages as people have them, and what axe finds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from allauth.account.internal.flows.login import record_authentication
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from uphold.server.web.headers import POLICY

PATIENCE: Final = 20_000
"""How many milliseconds a page may take on a machine that does much else."""

PHONE: Final = 390
DESK: Final = 1280

_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_LOOKS: Final[tuple[tuple[Literal["light", "dark"], dict[str, object]], ...]] = (
    ("light", {"type": "tag", "values": list(_RULES)}),
    ("dark", {"type": "rule", "values": ["color-contrast"]}),
)
# Colours on their way to those of another scheme are not the page's: they arrive first, each after
# the one that it is inherited from.
_FAULTS: Final = """async (runOnly) => {
  const underWay = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
  for (let depth = 0; depth < 50 && underWay().length; depth += 1) {
    for (const each of underWay()) each.finish();
  }
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.html} ${node.failureSummary}`));
}"""


@contextmanager
def running_browser(program: str) -> Iterator[Browser]:
    """Chromium, for as long as the block lasts.

    Playwright keeps an event loop in this thread, by which Django takes the tests for asynchronous
    and refuses to ask the database. They are not: nothing runs in that loop while a test does. So
    Django is told, but no longer than the loop is there.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()
            if before is None:
                del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
            else:
                os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@dataclass
class Desk:
    """Pages of one server in one browser; `complaints` is what the browser has against them."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def page(
        self,
        person: str | None = None,
        *,
        at: str = "/",
        theme: str = "light",
        width: int = DESK,
        language: str = "en-GB",
        zone: str = "Europe/Oslo",
    ) -> Page:
        """A page at a path, as the person with that key sees it, signed in without the form."""
        context = self.browser.new_context(
            base_url=self.address,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": width, "height": 900},
            locale=language,
            timezone_id=zone,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        if person is not None:
            context.add_cookies(
                [{"name": "sessionid", "value": signed_in(person), "url": self.address}]
            )
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(at)
        return page

    def shown(self, page: Page, content: str, *, at: str = "/shown") -> None:
        """Opens a page that the test has rendered, under the policy of every page of the server."""
        headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        page.route(f"**{at}", lambda route: route.fulfill(body=content, headers=headers))
        page.goto(at)

    def close(self) -> None:
        """Closes every page."""
        for context in self._contexts:
            context.close()

    def _hear(self, said: ConsoleMessage) -> None:
        """Keeps errors: a style or script that the policy refused, a fault of our own scripts.

        That an answer was a refusal is the test's own business.
        """
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.complaints.append(said.text)


def assert_accessible(page: Page) -> None:
    """Axe finds nothing wrong with the page as it stands, in light and in dark.

    Dark changes colours alone, so there only they are looked at again.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    for scheme, rules in _LOOKS:
        page.emulate_media(color_scheme=scheme)
        told = page.evaluate(_FAULTS, rules)
        assert not told, f"{page.url} in {scheme}:\n" + "\n".join(told)


def assert_fits(page: Page) -> None:
    """The page needs no scrolling sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than its window"


def signed_in(person: str) -> str:
    """The session of a person who has just given their password."""
    client, user = Client(), get_user_model().objects.get(key=person)
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password")
    request.session.save()
    return client.cookies["sessionid"].value
