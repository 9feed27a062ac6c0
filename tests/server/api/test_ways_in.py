"""Who comes in, and what is told to whoever does not: problems as RFC 9457 has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.server.api.calls import Caller, caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import May

__all__ = ["world"]

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_a_caller_without_a_token_is_told_how_to_sign_in() -> None:
    found = Caller("", "nl").get("/me")
    assert found.status == 401
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.headers["WWW-Authenticate"].startswith("Bearer")
    assert (found.json["code"], found.json["title"]) == ("not-signed-in", "Niet aangemeld")
    assert found.json["type"] == "/api/v1/docs#problem-not-signed-in"


@pytest.mark.parametrize("token", ["uphold_nothing", "x", "ø", " ", "a" * 10_000])
@pytest.mark.django_db
def test_a_token_that_opens_nothing(token: str) -> None:
    assert Caller(token).get("/me").status == 401


def test_a_caller_learns_who_they_are(world: World) -> None:
    me = caller(world, "fjord super user").get("/me").json
    assert (me["organisation"], me["kind"], me["provider"]) == ("Fjord", "customer", "north")
    assert me["customers"] == ["fjord"]
    assert "work" not in me["may"]


def test_a_token_narrows_what_its_person_may(world: World) -> None:
    administrator = caller(world, "north administrator", May.READ)
    assert administrator.get("/me").json["may"] == ["read"]
    refused = administrator.post("/parties", {"kind": "customer", "name": "Cove"})
    assert (refused.status, refused.json["code"]) == (403, "not-allowed")
    assert "administer" in refused.json["detail"]


def test_a_token_ends_by_time_and_by_hand(world: World) -> None:
    with clock.clock_at(NOON):
        hour = clock.now_us() + 3_600_000_000
        token, text = accounts.new_token(world["north agent"], "short", [May.READ], expires_us=hour)
        assert Caller(text).get("/me").status == 200
    with clock.clock_at(NOON + timedelta(hours=1)):
        assert Caller(text).get("/me").status == 401
    with clock.clock_at(NOON):
        assert accounts.revoke_token(world["north agent"].person, token.id)
        assert Caller(text).get("/me").status == 401


def test_the_session_of_a_page_reads_and_needs_the_form_token_to_change(world: World) -> None:
    world.client("north administrator")
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = world.client("north administrator").cookies
    assert browser.get("/api/v1/me").json()["organisation"] == "North"
    refused = browser.post(
        "/api/v1/parties",
        {"kind": "customer", "name": "Cove"},
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "form-token")


def test_a_wrong_token_is_not_helped_by_a_session(world: World) -> None:
    browser = world.client("north administrator")
    found = browser.get("/api/v1/me", headers={"authorization": "Bearer uphold_x"})
    assert found.status_code == 401


@pytest.mark.parametrize("language", ["en", "nb", "pl", "nl", "es"])
@pytest.mark.django_db
def test_problems_come_in_the_callers_language(language: str) -> None:
    titles = {
        "en": "Not found",
        "nb": "Ikke funnet",
        "pl": "Nie znaleziono",
        "nl": "Niet gevonden",
        "es": "No encontrado",
    }
    found = Caller("", language).get("/no/such/place")
    assert (found.status, found.json["title"]) == (404, titles[language])
    assert found.headers["Content-Language"] == language


def test_texts_come_in_the_language_asked_for_else_in_the_persons_own(world: World) -> None:
    agent = world["north agent"]
    accounts.change_person(agent.person, name="Bo", language="pl", zone="Europe/Oslo")
    token = caller(world, "north agent").token
    assert Caller(token, "").get("/me").headers["Content-Language"] == "pl"
    assert Caller(token, "es").get("/me").headers["Content-Language"] == "es"
    assert Caller(token, "").get("/parties/nobody").json["title"] == "Nie znaleziono"


@pytest.mark.django_db
def test_another_method_is_told_which_there_are() -> None:
    found = Caller("").call("DELETE", "/me")
    assert (found.status, found.json["code"], found.headers["Allow"]) == (405, "method", "GET")


def test_a_look_may_be_at_the_head_alone(world: World) -> None:
    found = caller(world, "north agent").call("HEAD", "/me")
    assert (found.status, found.json) == (200, None)


def test_nobody_keeps_an_answer(world: World) -> None:
    found = caller(world, "north agent").get("/me")
    assert found.headers["Cache-Control"] == "no-store"
    assert "Authorization" in found.headers["Vary"]
