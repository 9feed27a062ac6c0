"""A live server and a browser for the tests of this folder, one of each for a worker process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.server.browser.driving import Desk, running_browser
from tests.server.browser.stage import Stage
from tests.server.desk.house import at, make_house

MONDAY = "2025-03-10T08:00:00+01:00"
_ZONES = {"connexys": "Europe/Amsterdam"}


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


@pytest.fixture
def stage(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The house of the agreement that the story's module names, on a Monday morning."""
    with at(MONDAY):
        house = make_house(request.module.AGREEMENT)
        stage = Stage(desk, house)
        for person in house.people:
            stage.reads(person, "en", _ZONES.get(request.module.AGREEMENT, "Europe/Oslo"))
        yield stage
