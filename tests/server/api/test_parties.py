"""Parties and people: each caller sees their own, and makes what they may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.server.api.calls import caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.accounts import services as accounts

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


def people(world: World, name: str, key: str) -> dict[str, str | None]:
    found = caller(world, name).get(f"/parties/{key}/people").json["people"]
    return {each["key"]: each["email"] for each in found}


def test_people_see_their_colleagues_and_plain_users_themselves(world: World) -> None:
    own = world["fjord super user"].person
    seen = people(world, "fjord super user", "fjord")
    assert len(seen) == 5
    assert {key: email for key, email in seen.items() if email} == {
        own: "fjord-super-user@example.org"
    }
    assert set(people(world, "fjord user", "fjord")) == {world["fjord user"].person}
    assert all(people(world, "north administrator", "fjord").values())
    assert caller(world, "quay seller").get("/parties/fjord/people").status == 404


def test_accounts_are_told_with_the_fee_to_those_whom_it_concerns(world: World) -> None:
    with clock.clock_at(datetime(2027, 2, 1, 12, tzinfo=UTC)):
        accounts.agree(world.provider(), "fjord", account="main", agreement="x", plan="gold")
        accounts.set_fee(world.provider(), "fjord", "main", "120.00 EUR")
    for name, fee in (("north agent", "120.00 EUR"), ("fjord super user", "")):
        (told,) = caller(world, name).get("/parties/fjord/accounts").json["accounts"]
        assert (told["account"], told["plan"], told["fee"]) == ("main", "gold", fee)
        assert told["begins"] == "2027-02-01T12:00:00Z"
    for name, types in (
        ("fjord super user", {"customer.agreed"}),
        ("fjord administrative contact", {"customer.agreed", "customer.fee"}),
    ):
        facts = caller(world, name).get("/facts", subject="customer:fjord").json["facts"]
        assert {each["type"] for each in facts} == types
    assert caller(world, "lake user").get("/parties/fjord/accounts").status == 404


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


def test_nobody_makes_a_provider_of_a_provider(world: World) -> None:
    administrator = caller(world, "north administrator")
    found = administrator.post("/parties", {"kind": "provider", "name": "Cuckoo"})
    assert (found.status, found.json["errors"][0]["field"]) == (409, "kind")
