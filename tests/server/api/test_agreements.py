"""Agreements by the interface: checked, posted, read by those whose they are, compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.server.api.calls import caller
from tests.server.people import World, world

from uphold.agreement.lock import unlock
from uphold.server import clock

__all__ = ["world"]

SHIPPED = Path(__file__).resolve().parents[3] / "agreements"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        yield


def page() -> str:
    return (SHIPPED / "connexys.md").read_text("utf-8")


def test_a_page_is_posted_read_and_taken_apart(world: World) -> None:
    administrator = caller(world, "north administrator")
    checked = administrator.post("/agreements", {"source": page()}, preview="true").json
    assert (checked["can_be_posted"], checked["changes"]) == (True, [])
    posted = administrator.post("/agreements", {"source": page()}, key="k")
    assert posted.status == 201
    name, number = posted.json["name"], posted.json["revision"]
    mine = caller(world, "fjord user")
    assert [each["name"] for each in mine.get("/agreements").json["agreements"]] == [name]
    told = mine.get(f"/agreements/{name}/revisions/{number}").json
    assert told["source"] == page()
    assert told["line"]["standing"] == "in force"
    compiled = mine.get(f"/agreements/{name}/revisions/{number}/compiled").json
    assert unlock(compiled).document.source == page()


def test_a_page_that_cannot_be_posted_says_why_by_line(world: World) -> None:
    administrator = caller(world, "north administrator", language="nb")
    wrong = page().replace("revision: ", "revision: x", 1)
    checked = administrator.post("/agreements", {"source": wrong}, preview="true").json
    assert not checked["can_be_posted"]
    problem = checked["problems"][0]
    assert problem["line"] > 1
    assert problem["source"].startswith("revision:")
    refused = administrator.post("/agreements", {"source": wrong})
    assert (refused.status, refused.json["code"]) == (409, "refused")
    told = {(each["code"], each["line"]) for each in refused.json["errors"]}
    assert (problem["code"], problem["line"]) in told
    assert caller(world, "north agent").get("/agreements").json == {"agreements": []}


def test_administrators_alone_post(world: World) -> None:
    for name in ("north lead", "fjord super user", "quay seller"):
        assert caller(world, name).post("/agreements", {"source": page()}).status == 403


def test_anothers_agreement_is_none(world: World) -> None:
    posted = caller(world, "north administrator").post("/agreements", {"source": page()}).json
    south = caller(world, "south administrator")
    assert south.get("/agreements").json == {"agreements": []}
    for path in ("", "/revisions/1", "/revisions/1/compiled", "/comparison?before=1&after=1"):
        assert south.get(f"/agreements/{posted['name']}{path}").status == 404


@pytest.mark.parametrize(
    "source", ["", "x", "---\n", "# Only a heading", "\ufeff---\nagreement: y"]
)
def test_whatever_is_sent_as_a_page_is_told_apart(world: World, source: str) -> None:
    administrator = caller(world, "north administrator")
    found = administrator.post("/agreements", {"source": source}, preview="true")
    assert found.status == (200 if source else 422)
    assert not found.json.get("can_be_posted")
