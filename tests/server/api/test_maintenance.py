"""Maintenance by the interface: planned, previewed, announced, and shown to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.server.api.calls import caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.agreements import services as agreements

__all__ = ["world"]

SHIPPED = Path(__file__).resolve().parents[3] / "agreements"
PLAN = {
    "kind": "planned",
    "title": "New disks in the Oslo hall",
    "start": "2026-03-20T22:00:00+01:00",
    "end": "2026-03-21T02:00:00+01:00",
}


@pytest.fixture(autouse=True)
def _easymeeting(world: World) -> Iterator[None]:
    """North stands under the agreement of a meeting service; it is Mon 2 Mar 2026, 09:00."""
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        source = (SHIPPED / "easymeeting.md").read_text("utf-8")
        agreements.post(world.provider(), source, by="p")
        yield


def test_a_plan_is_previewed_without_being_made(world: World) -> None:
    lead = caller(world, "north lead", language="nl")
    found = lead.post("/maintenance", {"values": PLAN}, preview="true")
    assert found.status == 200
    assert {each["duty"]: each["state"] for each in found.json["notices"]} == {
        "announced": "running",
        "scheduled": "met",
    }
    assert all(each["because"][0]["text"] for each in found.json["notices"])
    assert lead.get("/maintenance").json["coming"] == []


def test_planned_announced_done(world: World) -> None:
    lead = caller(world, "north lead")
    planned = lead.post("/maintenance", {"values": PLAN}, key="k")
    assert planned.status == 201
    assert lead.post("/maintenance", {"values": PLAN}, key="k").json == planned.json
    subject = planned.json["subject"]
    told = lead.get(f"/maintenance/{subject}").json
    assert (told["row"]["title"], told["row"]["start"]) == (
        "New disks in the Oslo hall",
        "2026-03-20T21:00:00Z",
    )
    announced = lead.post(
        f"/maintenance/{subject}/actions/announce",
        {"values": {"to": ["customers", "partners", "resellers"]}, "seen": told["position"]},
    )
    assert announced.status == 201
    seen = caller(world, "fjord user").get("/maintenance").json
    assert [each["subject"] for each in seen["coming"]] == [subject]


def test_a_step_on_what_has_moved_is_refused(world: World) -> None:
    lead = caller(world, "north lead")
    subject = lead.post("/maintenance", {"values": PLAN}).json["subject"]
    steps = f"/maintenance/{subject}/actions"
    assert lead.post(f"{steps}/announce", {"values": {"to": ["customers"]}}).status == 201
    found = lead.post(f"{steps}/cancel", {"values": {"words": "no"}, "seen": 1})
    assert (found.status, found.json["code"]) == (409, "moved")


def test_a_plan_that_lacks_something_names_the_fields(world: World) -> None:
    found = caller(world, "north lead").post("/maintenance", {"values": {"kind": "grand"}})
    assert (found.status, found.json["code"]) == (409, "refused")
    assert {each["field"] for each in found.json["errors"]} == {"title", "kind", "start", "end"}


def test_leads_alone_plan_and_others_maintenance_is_none(world: World) -> None:
    assert caller(world, "north agent").post("/maintenance", {"values": PLAN}).status == 403
    subject = caller(world, "north lead").post("/maintenance", {"values": PLAN}).json["subject"]
    south = caller(world, "south lead")
    assert south.get(f"/maintenance/{subject}").status == 404
    step = south.post(f"/maintenance/{subject}/actions/start", {"values": {}})
    assert step.status == 404
