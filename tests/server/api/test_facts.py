"""Facts by the interface: taken once, all or none, and shown to those who may know them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.server.api.calls import Answer, Caller, caller
from tests.server.people import World, make_world, world

from uphold.server import clock
from uphold.server.ledger import services as ledger

__all__ = ["world"]

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
TRAINED = {
    "type": "customer.trained",
    "at": "2027-02-01T09:00:00Z",
    "subject": "customer:fjord",
    "person": "p1",
}


def line(**more: Any) -> bytes:
    return json.dumps({**TRAINED, **more}).encode()


def take(somebody: Caller, *lines: bytes, key: str | None = None) -> Answer:
    with clock.clock_at(NOON):
        return somebody.call("POST", "/facts", b"\n".join(lines), kind="application/jsonl", key=key)


def test_one_fact_as_json_is_recorded_when_it_comes(world: World) -> None:
    administrator = caller(world, "north administrator")
    with clock.clock_at(NOON):
        found = administrator.post("/facts", TRAINED)
    assert (found.status, found.json["given"], found.json["new"]) == (201, 1, 1)
    told = administrator.get("/facts", subject="customer:fjord").json
    assert told["facts"] == [{**TRAINED, "recorded": "2027-02-01T12:00:00Z"}]


def test_lines_are_taken_in_their_order_and_once(world: World) -> None:
    administrator = caller(world, "north administrator")
    lines = [line(person=f"p{number}") for number in range(50)]
    first, again = take(administrator, *lines), take(administrator, *lines)
    assert (first.json["given"], first.json["new"]) == (50, 50)
    assert (again.json["given"], again.json["new"]) == (50, 0)
    page = administrator.get("/facts", limit=30).json
    rest = administrator.get("/facts", limit=30, after=page["position"]).json
    assert (page["more"], rest["more"]) == (True, False)
    people = [each["person"] for each in page["facts"] + rest["facts"]]
    assert people == [f"p{number}" for number in range(50)]


def test_one_wrong_line_keeps_all_out_and_is_named(world: World) -> None:
    administrator = caller(world, "north administrator")
    found = take(administrator, line(person="p1"), b'{"type": "customer.traind"}', line(person=""))
    assert (found.status, found.json["code"]) == (422, "invalid")
    told = [(each["line"], each["code"]) for each in found.json["errors"]]
    assert (2, "fact-type-unknown") in told
    assert {number for number, _ in told} == {2, 3}
    assert ledger.position(world.provider()) == 0


def test_an_id_with_other_content_is_refused(world: World) -> None:
    administrator = caller(world, "north administrator")
    assert take(administrator, line(id="a", person="p1")).status == 201
    found = take(administrator, line(id="a", person="p2"))
    assert found.status == 422
    assert [each["line"] for each in found.json["errors"]] == [1]


def test_a_fact_of_tomorrow_is_refused(world: World) -> None:
    found = take(caller(world, "north administrator"), line(at="2027-02-02T09:00:00Z"))
    assert found.json["errors"][0]["code"] == "fact-time-ahead"


def test_a_posting_comes_with_its_page_alone(world: World) -> None:
    posted = json.dumps(
        {
            "type": "agreement.posted",
            "at": "2027-02-01T09:00:00Z",
            "subject": "agreement:x",
            "agreement": "x",
            "revision": "1",
        }
    ).encode()
    spelt = posted.replace(b"agreement.posted", b"agreement\\u002eposted")
    for each in (posted, spelt):
        found = take(caller(world, "north administrator"), line(), each)
        assert (found.status, found.json["errors"][0]["line"]) == (409, 2)
        assert "/api/v1/agreements" in found.json["detail"]


@pytest.mark.parametrize("name", ["north lead", "north agent", "fjord super user", "quay seller"])
def test_facts_are_taken_from_administrators_alone(world: World, name: str) -> None:
    assert take(caller(world, name), line()).status == 403


def test_a_customer_reads_its_own_facts_and_names_them(world: World) -> None:
    administrator = caller(world, "north administrator")
    take(administrator, line(), line(subject="customer:lake"))
    mine = caller(world, "fjord super user")
    assert len(mine.get("/facts", subject="customer:fjord").json["facts"]) == 1
    assert mine.get("/facts", subject="customer:lake").status == 404
    assert mine.get("/facts").json["errors"][0]["field"] == "subject"
    assert caller(world, "south agent").get("/facts", subject="customer:fjord").status == 404
    assert caller(world, "south agent").get("/facts").json["facts"] == []


def test_the_answer_to_lines_is_kept_under_their_key(world: World) -> None:
    administrator = caller(world, "north administrator")
    first = take(administrator, line(), key="k")
    again = take(administrator, line(), key="k")
    assert (first.json, again.json["new"]) == (again.json, 1)
    assert take(administrator, line(person="p2"), key="k").json["code"] == "key-reused"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "a/b"])
def test_what_is_neither_json_nor_lines_is_not_read(world: World, kind: str) -> None:
    found = caller(world, "north administrator").call("POST", "/facts", b"x", kind=kind)
    assert (found.status, found.json["code"]) == (415, "media-type")


def test_more_than_16_mib_is_not_read(world: World) -> None:
    found = take(caller(world, "north administrator"), b" " * (16 * 1024 * 1024 + 1))
    assert (found.status, found.json["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"7", b"{", b'"x"', b"\xff\xfe", b'{"type": NaN}', b'{"a":1,"a":2}']
)
def test_a_body_that_is_no_fact(world: World, body: bytes) -> None:
    found = caller(world, "north administrator").call("POST", "/facts", body)
    assert found.status in (400, 422)
    assert found.json["detail"]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


class Fuzz(TestCase):
    """Whatever comes as lines is taken or told, and never both or neither."""

    def setUp(self) -> None:
        world = make_world()
        self.provider = world.provider()
        self.somebody = caller(world, "north administrator")

    @settings(max_examples=40)
    @given(
        st.lists(
            st.binary(max_size=80)
            | st.builds(
                lambda name, value: json.dumps({**TRAINED, name: value}).encode(),
                st.sampled_from([*TRAINED, "id", "recorded", "seq", "v", "corrects", "x"]),
                _VALUES,
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_lines(self, lines: list[bytes]) -> None:
        before = ledger.position(self.provider)
        found = take(self.somebody, *lines)
        if found.status == 201:
            assert ledger.position(self.provider) == before + found.json["new"]
        else:
            assert found.status in (409, 422)
            assert found.json["detail"]
            assert ledger.position(self.provider) == before
