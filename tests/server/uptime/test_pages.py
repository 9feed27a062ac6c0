"""The pages of maintenance: the calendar, planning while one types, and whom it concerns (E7)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.server.people import World

from uphold.server.uptime import services
from uphold.server.uptime.services import Action

pytestmark = pytest.mark.django_db
PLAN = {
    "kind": "planned",
    "title": "New disks in the Oslo hall",
    "start": "2026-03-20T22:00",
    "end": "2026-03-21T02:00",
}


def planned(house: World, **changed: object) -> str:
    """The number of maintenance that North's lead has planned."""
    values = {**PLAN, **changed}
    done = services.act(house["north lead"], Action.PLAN, None, values, zone="Europe/Oslo")
    return done.subject.partition(":")[2]


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return words(answer.content)


@pytest.mark.requirement("E9a")
def test_while_one_types_the_page_says_what_notice_is_still_possible(house: World) -> None:
    client = house.client("north lead")
    soon = {**PLAN, "start": "2026-03-13T22:00", "end": "2026-03-14T02:00"}
    answer = client.post("/maintenance/-/plan/preview/", soon, headers={"Accept-Language": "en"})
    text = words(answer.content)
    assert "Too late Scheduled only 11 days before it starts; 14 calendar days are needed." in text
    assert "To do Announce it by Fri 22:00 to customers, partners and resellers." in text
    assert "The earliest start with full notice is Mon 16 Mar 08:00." in text
    assert "3.3 Planned maintenance" in text
    assert b"/agreements/north/1/#planned-maintenance" in answer.content


def test_half_a_form_is_no_mistake_yet(house: World) -> None:
    client = house.client("north lead")
    answer = client.post(
        "/maintenance/-/plan/preview/",
        {"kind": "planned", "title": "", "start": "", "end": ""},
        headers={"Accept-Language": "en"},
    )
    assert words(answer.content).strip().startswith("As soon as there is a start and an end")


def test_a_plan_is_made_and_announced_on_the_pages(house: World) -> None:
    client = house.client("north lead")
    assert "Plan maintenance" in shown(client, "/maintenance/")
    assert 'name="start"' in client.get("/maintenance/-/plan/").content.decode()
    answer = client.post("/maintenance/-/plan/", PLAN)
    assert answer.headers["Location"] == "/maintenance/1/"
    text = shown(client, "/maintenance/1/")
    assert "New disks in the Oslo hall" in text
    assert "Announce it by" in text
    form = client.get("/maintenance/1/announce/").content.decode()
    assert len(re.findall(r'name="to"[^>]*checked', form)) == 3
    told = {"to": ["customers", "partners", "resellers"], "words": "We change the disks."}
    client.post("/maintenance/1/announce/", told)
    assert "In time Announced Mon 08:00, in time" in shown(client, "/maintenance/1/")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(house: World) -> None:
    client = house.client("north lead")
    answer = client.post(
        "/maintenance/-/plan/",
        {**PLAN, "end": "2026-03-20T21:00"},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 422
    assert "must come after the start" in words(answer.content)
    assert "New disks in the Oslo hall" in answer.content.decode()


def test_who_moves_what_another_has_moved_is_told_so(house: World) -> None:
    number = planned(house)
    client = house.client("north lead")
    seen = services.view(house["north lead"], f"maintenance:{number}").position
    moved = {"start": "2026-03-24T22:00", "end": "2026-03-25T02:00", "seen": seen}
    assert client.post(f"/maintenance/{number}/change/", moved).status_code == 302
    answer = client.post(f"/maintenance/{number}/change/", {**moved, "end": "2026-03-25T04:00"})
    assert answer.status_code == 422


@pytest.mark.requirement("E7")
def test_customers_see_the_maintenance_that_concerns_them_and_no_other(house: World) -> None:
    planned(house, title="For everybody")
    planned(house, title="For Fjord", customer="fjord")
    planned(house, title="For an account of Lake", accounts="lake-1")
    planned(house, title="For America", regions=["america"])
    every = {"For everybody", "For Fjord", "For an account of Lake", "For America"}
    for name, expected in {
        "north agent": every,
        "fjord user": {"For everybody", "For Fjord"},
        "lake user": {"For everybody", "For an account of Lake", "For America"},
        "quay seller": {"For everybody", "For an account of Lake", "For America"},
        "pilot seller": {"For everybody"},
        "south agent": set(),
        "delta user": set(),
    }.items():
        text = shown(house.client(name), "/maintenance/")
        assert {each for each in every if each in text} == expected, name
    shown(house.client("fjord user"), "/maintenance/3/", 404)
    shown(house.client("south lead"), "/maintenance/1/", 404)


@pytest.mark.requirement("E7")
def test_of_others_that_it_concerns_a_customer_is_told_nothing(house: World) -> None:
    number = planned(house, title="For two", accounts="fjord-1, lake-1")
    text = shown(house.client("fjord user"), f"/maintenance/{number}/")
    assert "fjord-1" in text
    assert "lake-1" not in text


def test_customers_see_no_form_and_cannot_take_a_step(house: World) -> None:
    number = planned(house)
    for name in ("fjord super user", "quay seller", "north agent"):
        client = house.client(name)
        assert "Call off" not in shown(client, f"/maintenance/{number}/")
        for address in ("-/plan/", f"{number}/cancel/"):
            assert client.get(f"/maintenance/{address}").status_code == 403
            assert client.post(f"/maintenance/{address}", PLAN).status_code == 403
    assert Client().get("/maintenance/").status_code == 302


def test_what_is_not_there_is_not_found(house: World) -> None:
    planned(house)
    client = house.client("north lead")
    for address in ("9/", "x/", "1/plan/", "1/explode/", "9/announce/"):
        assert client.get(f"/maintenance/{address}").status_code == 404, address
    assert client.post("/maintenance/9/announce/preview/").status_code == 404


def test_no_page_holds_a_style_or_script_that_the_policy_forbids(house: World) -> None:
    number = planned(house)
    client = house.client("north lead")
    for address in ("", "-/plan/", f"{number}/", f"{number}/change/", f"{number}/announce/"):
        content = client.get(f"/maintenance/{address}").content.decode()
        assert "<style" not in content
        assert " style=" not in content
        assert not re.search(r"<script(?![^>]*\bsrc=)", content)
