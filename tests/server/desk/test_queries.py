"""What pages of the desk cost in queries: few, and as many for a long queue as for a short one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.server.desk.house import House, at

from uphold.facts import Fact, make_fact
from uphold.server.desk import services as desk
from uphold.server.desk.prose import PUBLIC
from uphold.server.ledger import services as ledger
from uphold.server.worker.services import work_due

pytestmark = pytest.mark.django_db

NINE, TEN, ELEVEN = (f"2025-03-10T{hour}:00:00+01:00" for hour in ("09", "10", "11"))
MOST = 15
MOST_OF_A_THING = 30


def _arrive(house: House, first: int, count: int) -> None:
    """So many requests with words of their own; every fourth is assigned."""
    texts = {
        number: ledger.new_text(house.provider, f"Skriver {number} svarer ikke", kind=PUBLIC)
        for number in range(first, first + count)
    }
    facts = [fact for number, text in texts.items() for fact in _told(house, number, text.digest)]
    with at(TEN):
        ledger.append(house.provider, facts, texts=list(texts.values()))


def _told(house: House, number: int, written: str) -> Iterator[Fact]:
    subject, who = f"request:{number}", ("acme", "other")[number % 2]
    agent = house.people["agent"]
    yield make_fact(
        "request.opened", NINE, subject, customer=who, author=f"{who}-user", written=written,
        priority=str(number % 3 + 1),
    )  # fmt: skip
    if number % 4 == 0:
        yield make_fact("request.assigned", NINE, subject, customer=who, to=agent, by=agent)


def _browser(house: House, name: str) -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.get(key=house.people[name]))
    return browser


def _queries(browser: Client, address: str) -> int:
    """How many the page asks, once the process knows what it works out but once."""
    with at(ELEVEN):
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
    return len(seen)


def test_the_queue_asks_as_much_with_30_rows_as_with_300(biztek: House) -> None:
    browser, costs = _browser(biztek, "agent"), []
    asked = ("", "?text=skriver", "?order=due", "?state=all", "?who=mine")
    for first, count in ((1, 30), (31, 270)):
        _arrive(biztek, first, count)
        with at(ELEVEN):
            work_due(limit=20)
        costs.append([_queries(browser, f"/desk/{each}") for each in asked])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST


def test_a_later_page_asks_no_more_than_the_first(biztek: House) -> None:
    _arrive(biztek, 1, 120)
    with at(ELEVEN):
        first = desk.queue(biztek["agent"], desk.Query())
        second = desk.queue(biztek["agent"], desk.Query(), first.after)
    browser, pages = _browser(biztek, "agent"), ("", first.after, second.after)
    assert len({_queries(browser, f"/desk/?after={after}") for after in pages}) == 1


def test_the_portal_asks_as_much_for_many_requests_as_for_few(biztek: House) -> None:
    browsers = [_browser(biztek, name) for name in ("acme user", "acme super user")]
    costs = []
    for first, count in ((1, 10), (11, 90)):
        _arrive(biztek, first, count)
        pages = [(browser, page) for browser in browsers for page in ("/portal/", "/portal/all")]
        costs.append([_queries(browser, page) for browser, page in pages])
    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["agent", "acme user"])
def test_a_things_page_asks_as_much_after_a_long_conversation(biztek: House, name: str) -> None:
    _arrive(biztek, 2, 2)
    browser, costs = _browser(biztek, name), []
    for said in (1, 20):
        for number in range(said):
            words = {"words": f"Vi ser på det, {number}."}
            with at(TEN):
                desk.act(biztek["agent"], "answer", "request:2", words)
        costs.append(_queries(browser, "/requests/2"))
    assert costs[0] == costs[1] <= MOST_OF_A_THING


def test_numbers_from_elsewhere_may_be_equal_and_every_row_is_shown_once(biztek: House) -> None:
    subjects = {f"request:INC{number:04}" for number in range(23)}
    with at(TEN):
        opened = (make_fact("request.opened", NINE, each, customer="acme") for each in subjects)
        ledger.append(biztek.provider, list(opened))
    for order in desk.ORDERS:
        found: list[str] = []
        after = None
        with at(ELEVEN):
            while after or not found:
                page = desk.queue(biztek["agent"], desk.Query(order=order), after, size=5)
                found += [each.subject for each in page.rows]
                after = page.after
        assert sorted(found) == sorted(subjects)
