"""How many calls a minute a caller has, and what they are told of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.server.api.calls import Caller, caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.api.rates import RATES, STRANGERS, Rates

__all__ = ["world"]

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
MINUTE_US = 60_000_000


@pytest.fixture
def three_a_minute(settings: Settings) -> Iterator[None]:
    settings.ENVIRONMENT = dataclasses.replace(django_settings.ENVIRONMENT, rate=3)
    RATES.forget()
    STRANGERS.forget()
    yield
    RATES.forget()
    STRANGERS.forget()


@pytest.mark.usefixtures("three_a_minute")
def test_what_is_over_the_allowance_waits_until_some_is_back(world: World) -> None:
    with clock.clock_at(NOON):
        agent = caller(world, "north agent")
        found = [agent.get("/me") for _ in range(4)]
    assert [each.status for each in found] == [200, 200, 200, 429]
    assert [each.headers["RateLimit"] for each in found[:3]] == [
        '"minute";r=2;t=20',
        '"minute";r=1;t=40',
        '"minute";r=0;t=60',
    ]
    assert found[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert (found[3].json["code"], found[3].headers["Retry-After"]) == ("too-many", "20")
    with clock.clock_at(NOON + timedelta(seconds=19)):
        assert agent.get("/me").status == 429
    with clock.clock_at(NOON + timedelta(seconds=20)):
        assert agent.get("/me").status == 200
        assert agent.get("/me").status == 429


@pytest.mark.usefixtures("three_a_minute")
def test_each_token_has_its_own(world: World) -> None:
    with clock.clock_at(NOON):
        agent, lead = caller(world, "north agent"), caller(world, "north lead")
        assert [agent.get("/me").status for _ in range(4)][-1] == 429
        assert lead.get("/me").status == 200


@pytest.mark.usefixtures("three_a_minute")
def test_whoever_has_no_token_waits_too_and_shuts_nobody_out(world: World) -> None:
    with clock.clock_at(NOON):
        guesses = [Caller(text).get("/me") for text in ("", "uphold_a", "b", "uphold_c")]
        assert [each.status for each in guesses] == [401, 401, 401, 429]
        assert guesses[3].headers["Retry-After"] == "20"
        assert caller(world, "north agent").get("/me").status == 200
    with clock.clock_at(NOON + timedelta(seconds=20)):
        assert Caller("").get("/me").status == 401


def test_an_allowance_without_any_sense_is_no_fault() -> None:
    assert Rates().spend("somebody", 10**9, 0)[1]


@given(
    st.integers(1, 2_000),
    st.lists(st.integers(0, 3 * MINUTE_US), min_size=1, max_size=200).map(sorted),
)
def test_no_minute_grants_more_than_twice_the_allowance(most: int, calls: list[int]) -> None:
    """A full allowance and what flows back while it is spent; over time, the rate exactly."""
    rates = Rates()
    granted = [at for at in calls if rates.spend("somebody", most, at)[1]]
    for start in granted:
        inside = [at for at in granted if start <= at < start + MINUTE_US]
        assert len(inside) <= 2 * most


@given(st.integers(1, 2_000), st.integers(0, MINUTE_US))
def test_a_whole_allowance_grants_all_of_itself_at_once(most: int, at: int) -> None:
    rates = Rates()
    assert all(rates.spend("somebody", most, at)[1] for _ in range(most))
    allowance, granted = rates.spend("somebody", most, at)
    assert (allowance.left, granted) == (0, False)
