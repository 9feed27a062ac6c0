"""A call that is sent again under the same key takes effect once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.server.api.calls import caller
from tests.server.people import World, make_world, world

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.api.forgetting import forget
from uphold.server.api.models import KeptAnswer
from uphold.server.worker.services import Work

__all__ = ["world"]

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
COVE = {"kind": "customer", "name": "Cove"}


def test_the_same_call_is_answered_the_same_and_done_once(world: World) -> None:
    administrator = caller(world, "north administrator")
    first = administrator.post("/parties", COVE, key="a key")
    again = administrator.post("/parties", COVE, key="a key")
    assert first.status == again.status == 201
    assert first.json == again.json
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert [each.name for each in accounts.parties(world.provider())].count("Cove") == 1


def test_without_a_key_it_is_done_anew(world: World) -> None:
    administrator = caller(world, "north administrator")
    assert administrator.post("/parties", COVE).status == 201
    taken = administrator.post("/parties", COVE)
    assert (taken.status, taken.json["code"]) == (409, "refused")
    assert taken.json["errors"][0]["field"] == "key"


def test_the_key_of_another_call_is_refused(world: World) -> None:
    administrator = caller(world, "north administrator")
    administrator.post("/parties", COVE, key="k")
    other = administrator.post("/parties", {**COVE, "name": "Bay"}, key="k")
    assert (other.status, other.json["code"]) == (422, "key-reused")
    assert accounts.party(world.provider(), "bay") is None


def test_keys_are_each_callers_own(world: World) -> None:
    assert caller(world, "north administrator").post("/parties", COVE, key="k").status == 201
    south = caller(world, "south administrator").post("/parties", COVE, key="k")
    assert south.status == 201
    assert accounts.party(world.provider("south"), "cove") is not None


def test_what_was_refused_may_be_put_right_under_the_same_key(world: World) -> None:
    administrator = caller(world, "north administrator")
    wrong = administrator.post("/parties", {**COVE, "sold_by": "nobody"}, key="k")
    assert wrong.status == 409
    assert administrator.post("/parties", {**COVE, "sold_by": "quay"}, key="k").status == 201


def test_an_answer_is_kept_for_a_day(world: World) -> None:
    with clock.clock_at(NOON):
        administrator = caller(world, "north administrator")
        administrator.post("/parties", COVE, key="k")
    with clock.clock_at(NOON + timedelta(hours=24)):
        anew = administrator.post("/parties", {**COVE, "name": "Bay"}, key="k")
        assert anew.status == 201
    with clock.clock_at(NOON + timedelta(hours=48)):
        forget(Work("api.forget", "api.forget", None, "", {}, clock.now_us(), 1))
        assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["x" * 201, "æ", ""])
def test_a_key_that_is_none(world: World, key: str) -> None:
    found = caller(world, "north administrator").post("/parties", COVE, key=key)
    assert (found.status, found.json["code"]) == (422, "invalid")


@pytest.mark.django_db(transaction=True)
def test_of_calls_at_the_same_time_one_is_done_and_all_get_its_answer() -> None:
    administrator = caller(make_world(), "north administrator")

    def call(_number: int) -> tuple[int, str]:
        try:
            found = administrator.post("/parties", COVE, key="at once")
            return found.status, found.json["key"]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(call, range(6)))
    assert set(found) == {(201, "cove")}
    assert KeptAnswer.objects.count() == 1
