"""Parties and people: each caller sees their own, and makes what they may."""

from __future__ import annotations

import pytest
from tests.server.api.calls import caller
from tests.server.people import World, world

__all__ = ["world"]


def keys(world: World, name: str) -> set[str]:
    return {each["key"] for each in caller(world, name).get("/parties").json["parties"]}


def test_staff_see_all_parties_of_their_provider_and_no_others(world: World) -> None:
    assert keys(world, "north agent") == {"fjord", "lake", "quay", "pilot"}


def test_a_reseller_sees_itself_and_whom_it_sold_to(world: World) -> None:
    assert keys(world, "quay seller") == {"quay", "lake"}


def test_a_customer_sees_itself(world: World) -> None:
    assert keys(world, "fjord user") == {"fjord"}


def test_pages_follow_one_another_to_the_end(world: World) -> None:
    agent = caller(world, "north agent")
    found, after = [], None
    while True:
        page = agent.get("/parties", limit=3, **({"after": after} if after else {})).json
        found += [each["key"] for each in page["parties"]]
        after = page["after"]
        if after is None:
            break
    assert found == ["fjord", "lake", "pilot", "quay"]


@pytest.mark.parametrize("path", ["/parties/delta", "/parties/nobody", "/parties/delta/people"])
def test_anothers_party_is_no_party(world: World, path: str) -> None:
    found = caller(world, "north agent").get(path)
    assert (found.status, found.json["code"]) == (404, "not-found")


def test_people_are_shown_to_those_who_see_colleagues(world: World) -> None:
    people = caller(world, "fjord super user").get("/parties/fjord/people").json["people"]
    own = world["fjord super user"].person
    assert {each["key"]: each["email"] for each in people if each["email"]} == {
        own: "fjord-super-user@example.org"
    }
    assert caller(world, "fjord user").get("/parties/fjord/people").status == 404
    assert caller(world, "quay seller").get("/parties/fjord/people").status == 404
    assert caller(world, "quay seller").get("/parties/lake/people").status == 200


def test_what_is_wrong_names_its_field_and_what_would_be_right(world: World) -> None:
    administrator = caller(world, "north administrator")
    found = administrator.post("/parties", {"kind": "supplier", "nam": "Cove"})
    assert (found.status, found.json["code"]) == (422, "invalid")
    told = {each["field"]: each["code"] for each in found.json["errors"]}
    assert told == {"kind": "choice", "name": "missing", "nam": "unknown-field"}
    zone = administrator.post(
        "/parties", {"kind": "customer", "name": "Cove", "zone": "Europe/Olso"}
    )
    assert (zone.status, zone.json["errors"][0]["field"]) == (409, "zone")
