"""The queue: pages, filters, search, its cost, and providers with several agreements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.server.desk.house import AGREEMENTS, House, at

from uphold.facts import make_fact
from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.agreements import services as agreements
from uphold.server.desk import services as desk
from uphold.server.ledger import services as ledger
from uphold.server.worker.services import work_due

pytestmark = pytest.mark.django_db

NINE = "2025-03-10T09:00:00+01:00"


def _many(house: House, count: int, *, customer: str = "acme", first: int = 1) -> None:
    """So many open requests of all three severities, one a second."""
    with at("2025-03-10T10:00:00+01:00"):
        ledger.append(
            house.provider,
            [
                make_fact(
                    "request.opened",
                    f"2025-03-10T09:{number // 60:02}:{number % 60:02}+01:00",
                    f"request:{number}",
                    customer=customer,
                    author=f"{customer}-user",
                    priority=str(number % 3 + 1),
                )
                for number in range(first, first + count)
            ],
        )


def _every(house: House, person: str, query: desk.Query) -> list[str]:
    found, after = [], None
    with at("2025-03-10T11:00:00+01:00"):
        while True:
            page = desk.queue(house[person], query, after, size=7)
            found += [each.subject for each in page.rows]
            if page.after is None:
                return found
            after = page.after


@pytest.mark.parametrize("order", desk.ORDERS)
def test_pages_follow_one_another_without_gap_or_repeat(biztek: House, order: str) -> None:
    _many(biztek, 30)
    found = _every(biztek, "agent", desk.Query(order=order))
    assert len(found) == len(set(found)) == 30
    if order == "agreement":
        levels = [int(each.partition(":")[2]) % 3 for each in found]
        assert levels == sorted(levels)


def test_places_go_on_from_page_to_page(biztek: House) -> None:
    _many(biztek, 10)
    with at("2025-03-10T11:00:00+01:00"):
        first = desk.queue(biztek["agent"], desk.Query(), size=4)
        second = desk.queue(biztek["agent"], desk.Query(), first.after, size=4)
    assert [each.why.data["place"] for each in second.rows] == [5, 6, 7, 8]
    assert second.rows[0].why.data["before"] == first.rows[-1].number


def test_a_page_costs_the_same_queries_whatever_the_size_of_the_queue(biztek: House) -> None:
    costs, agent = [], biztek["agent"]
    for first, count in ((1, 3), (4, 57), (61, 140)):
        _many(biztek, count, first=first)
        with at("2025-03-10T11:00:00+01:00"), CaptureQueriesContext(connection) as seen:
            desk.queue(agent, desk.Query())
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] <= 6


@pytest.mark.parametrize("after", ["", "x", "é", "AAAA", "LTEsMiwz", "9" * 500, "MSwyLDMsNA=="])
def test_a_cursor_that_we_did_not_write_begins_at_the_beginning(biztek: House, after: str) -> None:
    _many(biztek, 3)
    with at("2025-03-10T11:00:00+01:00"):
        assert len(desk.queue(biztek["agent"], desk.Query(), after).rows) in (0, 1, 2, 3)


def test_filters_narrow_by_state_customer_severity_assignment_and_lateness(
    biztek: House,
) -> None:
    _many(biztek, 9)
    _many(biztek, 3, customer="other", first=10)
    with at("2025-03-10T11:00:00+01:00"):
        agent = biztek["agent"]
        desk.act(agent, "assign", "request:2", {"to": biztek.people["agent"]})
        desk.act(agent, "resolve", "request:3", {"words": "Ferdig."})

        def found(**told: str) -> set[int]:
            return {each.number for each in desk.queue(agent, desk.Query.of(told)).rows}

        assert found(customer="other") == {10, 11, 12}
        assert found(mine="yes") == {2}
        assert 2 not in found(unassigned="yes")
        assert found(state="done") == {3}
        assert found(priority="1", customer="acme") == {6, 9}
        assert found(late="yes") == {6, 9, 12}
        assert found(text="#7") == {7}
        assert found(text="othe") == {10, 11, 12}
        assert found(text="ferdig", state="all") == {3}
        assert found(state="nonsense", order="nonsense") == found()
        every = desk.queue(biztek["other super user"], desk.Query(state="all")).rows
        assert {each.number for each in every} == {10, 11, 12}


def test_a_query_is_written_and_read_again(biztek: House) -> None:
    query = desk.Query.of({"text": "a b&c=ø", "mine": "yes", "order": "due", "customer": "acme"})
    assert desk.Query.read(query.written()) == query
    assert desk.Query().written() == ""
    with at(NINE):
        desk.save_filter(biztek["agent"], " My  late ones ", query)
        desk.save_filter(biztek["agent"], "My late ones", desk.Query(late=True))
        (kept,) = desk.saved_filters(biztek["agent"])
        assert (kept.name, kept.query) == ("My late ones", "late=yes")
        assert not desk.saved_filters(biztek["colleague"])
        with pytest.raises(desk.NotTaken):
            desk.save_filter(biztek["agent"], " ", query)
        desk.drop_filter(biztek["agent"], "My late ones")
        assert not desk.saved_filters(biztek["agent"])


@pytest.mark.requirement("E16")
def test_several_agreements_share_the_queue_and_each_keeps_its_own_order(biztek: House) -> None:
    with at(NINE):
        source = (AGREEMENTS / "connexys.md").read_text(encoding="utf-8")
        agreements.post(biztek.provider, source, by=biztek.people["administrator"])
        for customer, agreement in (("acme", "biztek-support"), ("other", "connexys")):
            name = next(
                each.name
                for each in agreements.revisions(biztek.provider)
                if each.name.startswith(agreement.partition("-")[0])
            )
            biztek.tell(
                "customer.agreed",
                "2025-03-10T08:30:00+01:00",
                f"customer:{customer}",
                customer=customer,
                agreement=name,
            )
    _many(biztek, 3)
    with at("2025-03-10T10:30:00+01:00"):
        for number in (11, 12):
            biztek.tell(
                "request.opened",
                f"2025-03-10T10:{number}:00+01:00",
                f"request:{number}",
                customer="other",
                author="other-super-user",
                author_role="super user",
                kind="niveau-1",
            )
        rows = desk.queue(biztek["agent"], desk.Query()).rows
    assert [each.number for each in rows] == [3, 1, 11, 12, 2]
    assert [each.why.id for each in rows] == [
        "desk.why-first",
        "desk.why-lower",
        "desk.why-beside",
        "desk.why-arrival-unsaid",
        "desk.why-other-agreement",
    ]


def test_alarms_are_seen_once_by_the_desk_alone(biztek: House) -> None:
    _many(biztek, 1)
    with at("2025-03-10T15:00:00+01:00"):
        work_due()
        raised = desk.alarms(biztek["agent"])
        assert [each.threshold for each in raised][-1:] == ["75 %"]
        assert desk.alarm_count(biztek["agent"]) == len(raised) == 3
        desk.see(biztek["agent"], raised[0].id)
        assert desk.alarm_count(biztek["agent"]) == 2
        with pytest.raises(NotFound):
            desk.see(biztek["agent"], 10**9)
        for outsider in ("acme user", "acme super user"):
            assert desk.alarm_count(biztek[outsider]) == 0
            with pytest.raises(NotAllowed):
                desk.alarms(biztek[outsider])
