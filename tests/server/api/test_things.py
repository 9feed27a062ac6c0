"""Requests, complaints and orders by the interface, under a shipped agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.server.api.calls import Caller, caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.agreements import services as agreements
from uphold.server.ledger import services as ledger
from uphold.server.worker.services import work_due

__all__ = ["world"]

SHIPPED = Path(__file__).resolve().parents[3] / "agreements"
DOWN = {"title": "No picture in room 4", "words": "The screen stays black."}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(autouse=True)
def _easymeeting(world: World) -> Iterator[None]:
    """North stands under the agreement of a meeting service; it is Mon 2 Mar 2026, 09:00."""
    with clock.clock_at(at("2026-03-02T09:00:00+01:00")):
        source = (SHIPPED / "easymeeting.md").read_text("utf-8")
        agreements.post(world.provider(), source, by="p")
        yield


def opened(somebody: Caller, **more: str) -> str:
    found = somebody.post("/requests", {"values": {**DOWN, **more}})
    assert found.status == 201, found.json
    return str(found.json["subject"])


def test_a_request_is_opened_and_its_clocks_and_reasons_are_told(world: World) -> None:
    somebody = caller(world, "fjord user", language="nb")
    subject = opened(somebody)
    told = somebody.get(f"/things/{subject}").json
    assert told["row"]["title"] == "No picture in room 4"
    (response,) = [each for each in told["clocks"] if each["name"] == "response"]
    assert (response["state"], response["agreement"]) == ("running", "easymeeting")
    assert response["due"] == "2026-03-03T08:00:00Z"
    assert all(each["id"] and each["text"] for each in response["because"])
    verdicts = somebody.get(f"/things/{subject}/verdicts").json
    assert verdicts["verdicts"] == told["clocks"]


def test_a_preview_tells_and_does_nothing(world: World) -> None:
    somebody = caller(world, "fjord user")
    before = ledger.position(world.provider())
    found = somebody.post("/requests", {"values": DOWN}, preview="true")
    assert (found.status, found.json["wrong"]) == (200, [])
    assert {each["clock"] for each in found.json["changes"]}
    wrong = somebody.post("/requests", {"values": {}}, preview="true").json["wrong"]
    assert [each["field"] for each in wrong] == ["title"]
    assert ledger.position(world.provider()) == before


def test_a_preview_leaves_the_key_to_what_it_previews(world: World) -> None:
    somebody = caller(world, "fjord user")
    assert somebody.post("/requests", {"values": DOWN}, key="k", preview="true").status == 200
    assert somebody.post("/requests", {"values": DOWN}, key="k").status == 201


def test_an_agent_answers_and_the_clock_stops(world: World) -> None:
    subject = opened(caller(world, "fjord user"))
    agent = caller(world, "north agent")
    offered = {each["action"] for each in agent.get(f"/things/{subject}/offers").json["offers"]}
    assert "answer" in offered
    with clock.clock_at(at("2026-03-02T11:00:00+01:00")):
        done = agent.post(
            f"/things/{subject}/actions/answer", {"values": {"words": "We look at it."}}, key="a"
        )
        assert done.status == 201
        again = agent.post(
            f"/things/{subject}/actions/answer", {"values": {"words": "We look at it."}}, key="a"
        )
        assert again.json == done.json
        told = caller(world, "fjord user").get(f"/things/{subject}").json
    (response,) = [each for each in told["clocks"] if each["name"] == "response"]
    assert response["state"] == "met"
    assert [each["text"] for each in told["story"]].count("We look at it.") == 1


def test_notes_are_the_desks_own(world: World) -> None:
    mine, agent = caller(world, "fjord user"), caller(world, "north agent")
    subject = opened(mine)
    note = {"values": {"words": "They always say so."}}
    assert agent.post(f"/things/{subject}/actions/note", note).status == 201
    assert any(each["is_internal"] for each in agent.get(f"/things/{subject}").json["story"])
    assert not any(each["is_internal"] for each in mine.get(f"/things/{subject}").json["story"])
    types = {each["type"] for each in mine.get("/facts", subject=subject).json["facts"]}
    assert types == {"request.opened"}
    assert len(agent.get("/facts", subject=subject).json["facts"]) == 2
    assert mine.post(f"/things/{subject}/actions/note", note).status == 403


def test_what_has_moved_is_not_acted_upon_blindly(world: World) -> None:
    subject = opened(caller(world, "fjord user"))
    agent = caller(world, "north agent")
    seen = agent.get(f"/things/{subject}").json["position"]
    note = {"values": {"words": "First."}, "seen": seen}
    assert agent.post(f"/things/{subject}/actions/note", note).status == 201
    late = agent.post(f"/things/{subject}/actions/note", {**note, "values": {"words": "2"}})
    assert (late.status, late.json["code"]) == (409, "moved")


def test_lists_are_each_callers_own_and_page_to_the_end(world: World) -> None:
    mine = caller(world, "fjord super user")
    subjects = {opened(mine, title=f"Room {number}") for number in range(5)}
    caller(world, "delta user")
    pages: list[str] = []
    after: str | None = None
    while True:
        more = {"after": after} if after else {}
        page = mine.get("/requests", limit=2, **more).json
        pages += [each["subject"] for each in page["rows"]]
        after = page["after"]
        if after is None:
            break
    assert sorted(pages) == sorted(subjects)
    assert page["total"] == 5
    assert caller(world, "lake user").get("/requests").json["rows"] == []
    assert caller(world, "south agent").get("/things").json["rows"] == []
    assert mine.get("/complaints").json["rows"] == []
    found = mine.get("/requests", text="Room 3").json["rows"]
    assert [each["title"] for each in found] == ["Room 3"]


def test_another_customers_request_is_no_request(world: World) -> None:
    subject = opened(caller(world, "fjord user"))
    for name in ("lake user", "quay seller", "fjord colleague", "delta user", "south agent"):
        somebody = caller(world, name)
        for path in ("", "/verdicts", "/offers"):
            assert somebody.get(f"/things/{subject}{path}").status == 404
        reply = somebody.post(f"/things/{subject}/actions/reply", {"values": {"words": "x"}})
        assert reply.status == 404
        assert somebody.get("/facts", subject=subject).status == 404


def test_what_can_be_made_is_offered_with_its_fields(world: World) -> None:
    offers = caller(world, "fjord user").get("/offers").json["offers"]
    assert {each["action"] for each in offers} == {"open", "receive", "place"}
    opening = next(each for each in offers if each["action"] == "open")
    title = next(each for each in opening["fields"] if each["name"] == "title")
    assert title["required"]
    assert caller(world, "fjord user").get("/offers", customer="lake").status == 404


def test_complaints_and_orders_are_made_alike(world: World) -> None:
    somebody = caller(world, "fjord user")
    offers = {each["action"]: each for each in somebody.get("/offers").json["offers"]}
    for action, path in (("receive", "/complaints"), ("place", "/orders")):
        values = {
            field["name"]: field["choices"][0]["value"]
            if field["choices"]
            else ("2026-04-01T10:00:00+02:00" if field["form"] == "time" else "words")
            for field in offers[action]["fields"]
            if field["required"]
        }
        made = somebody.post(path, {"values": values})
        assert made.status == 201, made.json
        rows = somebody.get(path, state="all").json["rows"]
        assert [each["subject"] for each in rows] == [made.json["subject"]]


def test_an_unknown_action_or_subject(world: World) -> None:
    somebody = caller(world, "north agent")
    subject = opened(caller(world, "fjord user"))
    assert somebody.post(f"/things/{subject}/actions/explode", {}).status == 404
    assert somebody.post("/things/request:999/actions/answer", {}).status == 404
    assert somebody.get("/things/nothing").json["code"] == "invalid"


def test_a_miss_raises_an_alarm_that_somebody_sees(world: World) -> None:
    subject = opened(caller(world, "fjord user"))
    agent = caller(world, "north agent")
    with clock.clock_at(at("2026-03-05T09:00:00+01:00")):
        while work_due():
            pass
        raised = agent.get("/alarms").json["alarms"]
        assert {(each["subject"], each["clock"]) for each in raised if each["is_miss"]} == {
            (subject, "response")
        }
        assert agent.post(f"/alarms/{raised[0]['id']}/seen").json == {"id": raised[0]["id"]}
        assert len(agent.get("/alarms").json["alarms"]) == len(raised) - 1
        south = caller(world, "south agent")
        assert south.post(f"/alarms/{raised[1]['id']}/seen").status == 404
        assert caller(world, "fjord user").get("/alarms").status == 403


@pytest.mark.requirement("E1")
def test_a_reseller_asks_and_complains_for_its_own_customers_and_for_no_others(
    world: World,
) -> None:
    seller, partner = caller(world, "quay seller"), caller(world, "pilot seller")
    subject = opened(seller, customer="lake")
    told = caller(world, "lake super user").get(f"/things/{subject}").json
    assert (told["row"]["customer"], told["channel"]) == ("lake", "api")
    complaint = seller.post("/complaints", {"values": {**DOWN, "customer": "lake"}})
    assert complaint.status == 201
    before = ledger.position(world.provider())
    for somebody, customer in ((seller, "fjord"), (seller, "delta"), (partner, "lake")):
        for place in ("/requests", "/complaints", "/orders"):
            refused = somebody.post(place, {"values": {**DOWN, "customer": customer}})
            assert refused.status in (403, 404, 409), (customer, place, refused.json)
    assert seller.get("/offers", customer="fjord").status == 404
    assert ledger.position(world.provider()) == before
    for action in ("reply", "cancel"):
        stranger = partner.post(f"/things/{subject}/actions/{action}", {"values": DOWN})
        assert stranger.status == 404
