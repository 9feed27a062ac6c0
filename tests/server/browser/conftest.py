"""A live server and a browser for the tests of this folder, one of each for a worker process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.server.browser.driving import Desk, running_browser


@pytest.fixture(scope="package")
def browser(system_part: Callable[[str], str]) -> Iterator[Browser]:
    """Debian's chromium, started once and stopped before tests of other folders go on."""
    with running_browser(system_part("chromium")) as found:
        yield found


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    """The server with its pages; a page that a browser complains of fails its test."""
    opened = Desk(browser, live_server.url)
    yield opened
    opened.close()
    assert not opened.complaints, "the browser complains:\n" + "\n".join(opened.complaints)
