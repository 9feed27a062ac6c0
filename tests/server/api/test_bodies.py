"""Bodies by the letter, and what becomes of a call when the server itself is at fault."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from tests.server.api.calls import caller
from tests.server.people import World, world

from uphold.server.accounts import services as accounts
from uphold.server.api.parsing import parse_json
from uphold.server.api.problems import Problem

__all__ = ["world"]

COVE = {"kind": "customer", "name": "Cove"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"a": 1,}', "api.body-not-json"),
        (b"{'a': 1}", "api.body-not-json"),
        (b"\xff{}", "api.body-not-utf-8"),
        (b'{"a": NaN}', "api.body-constant"),
        (b'{"a": 1, "a": 2}', "api.body-key-twice"),
        (b'{"a": "x\\u0000"}', "api.body-character"),
        (b'{"a": ["\\ud800"]}', "api.body-character"),
        (b'{"\\udfff": 1}', "api.body-character"),
        (b"[" * 100_000, "api.body-too-deep"),
        (b"1" * 5_000, "api.body-number"),
    ],
)
def test_what_is_no_json_of_ours_is_told_apart(body: bytes, said: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_json(body)
    assert refused.value.said.id == said
    assert refused.value.code.status == 400


def test_a_name_that_stands_twice_among_many_is_found_in_no_time() -> None:
    pairs = ",".join(f'"{number}":0' for number in range(200_000))
    began = time.process_time()
    with pytest.raises(Problem):
        parse_json(f'{{{pairs},"199999":1}}'.encode())
    assert time.process_time() - began < 5


def test_json_is_read_as_it_stands() -> None:
    value = {"a": [1, -2, 0.5, "ø", None, True, {"b": []}], "\U0001f600": ""}
    assert parse_json(json.dumps(value).encode()) == value


def test_the_place_of_a_mistake_is_named(world: World) -> None:
    found = caller(world, "north administrator").call(
        "POST", "/parties", b'{"kind": "customer",\n "name" "Cove"}'
    )
    assert (found.status, found.json["code"]) == (400, "unreadable")
    (told,) = found.json["errors"]
    assert (told["line"], told["column"]) == (2, 9)


def test_a_mistake_of_ours_is_told_without_a_word_about_it_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = accounts.new_party

    def fails(*given: Any, **more: Any) -> None:
        make(*given, **more)
        raise RuntimeError("the secret of the house")

    token = caller(world, "north administrator").token
    monkeypatch.setattr(accounts, "new_party", fails)
    browser = Client(raise_request_exception=False)
    found = browser.post(
        "/api/v1/parties",
        COVE,
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", "idempotency-key": "k"},
    )
    assert (found.status_code, found.json()["code"]) == (500, "failed")
    assert b"secret" not in found.content
    assert accounts.party(world.provider(), "cove") is None


def test_a_database_that_is_held_asks_to_come_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from cause

    administrator = caller(world, "north administrator")
    monkeypatch.setattr(accounts, "new_party", held)
    found = administrator.post("/parties", COVE)
    assert (found.status, found.json["code"], found.headers["Retry-After"]) == (503, "busy", "2")
