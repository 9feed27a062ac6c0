"""Every operation, called with whatever its description allows and with what it forbids.

No call may end in a server error or in an answer that the description does not name; what is
forbidden is refused, and nothing is done for whoever brings no token.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from pytest_django import Settings
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from tests.server.api.calls import caller
from tests.server.people import World, world

from uphold.server import clock
from uphold.server.agreements import services as agreements
from uphold.server.api.pages import described

__all__ = ["world"]

SHIPPED = Path(__file__).resolve().parents[3] / "agreements"
OPERATIONS = sorted(
    told["operationId"] for methods in described()["paths"].values() for told in methods.values()
)
PEOPLE = ("north administrator", "fjord user")


@pytest.fixture
def somebody(world: World, settings: Settings) -> Iterator[dict[str, Any]]:
    """Tokens by person, and what there is to name; it is Mon 2 Mar 2026, 09:00."""
    settings.ENVIRONMENT = dataclasses.replace(django_settings.ENVIRONMENT, rate=10**6)
    settings.ALLOWED_HOSTS = ["*"]
    with clock.clock_at(datetime.fromisoformat("2026-03-02T09:00:00+01:00")):
        source = (SHIPPED / "easymeeting.md").read_text("utf-8")
        agreements.post(world.provider(), source, by="p")
        user, lead = caller(world, "fjord user"), caller(world, "north lead")
        opened = user.post("/requests", {"values": {"title": "No picture"}}).json["subject"]
        plan = {
            "kind": "planned",
            "title": "Disks",
            "start": "2026-03-20T22:00:00+01:00",
            "end": "2026-03-21T02:00:00+01:00",
        }
        planned = lead.post("/maintenance", {"values": plan}).json["subject"]
        there = {
            "tokens": {name: caller(world, name).token for name in PEOPLE},
            "thing": {"subject": opened, "action": "answer"},
            "maintenance": {"subject": planned},
            "agreement": {"name": "easymeeting", "revision": 1},
            "party": {"key": "fjord"},
        }
        with one_connection():
            yield there


@contextmanager
def one_connection() -> Iterator[None]:
    """The calls share the test's connection, as Django's own test client has it for each."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def known(path: str, there: dict[str, Any]) -> dict[str, Any]:
    """Names of what there is, for the parameters of the path."""
    kinds = {"/things/": "thing", "/maintenance/": "maintenance", "/agreements/": "agreement"}
    kind = next((each for part, each in kinds.items() if part in path), "party")
    return {name: value for name, value in there[kind].items() if f"{{{name}}}" in path}


def attack(names: list[str], there: dict[str, Any], examples: int) -> None:
    """Calls each operation by chance, forbidden calls too, and tells all that went wrong."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    accepted = ["2XX", "400", "403", "404", "409", "422"]
    schema.config.checks.positive_data_acceptance.expected_statuses = accepted
    wrong = []
    for name in names:
        operation = schema.find_operation_by_id(name)
        runs: list[tuple[GenerationMode, dict[str, Any]]] = [(mode, {}) for mode in GenerationMode]
        if "{" in operation.path:
            runs.append((GenerationMode.POSITIVE, known(operation.path, there)))
        for mode, named in runs:
            strategy = operation.as_strategy(generation_mode=mode)
            try:
                calling(strategy, named, there["tokens"].values(), examples)()
            except (Exception, FailureGroup) as error:  # noqa: BLE001 - all are told at the end
                wrong.append(f"{name}, {mode}: {error!r} {error}")
    assert not wrong, "\n\n".join(wrong)


def calling(
    strategy: SearchStrategy[Case], named: dict[str, Any], tokens: Iterable[str], examples: int
) -> Callable[[], None]:
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def call(case: Case) -> None:
        case.path_parameters = {**(case.path_parameters or {}), **named}
        for token in tokens:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    return call


@pytest.mark.parametrize("half", [0, 1])
def test_no_call_ends_otherwise_than_described(half: int, somebody: dict[str, Any]) -> None:
    attack(OPERATIONS[half::2], somebody, examples=4)


@pytest.mark.long
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_call_of_many_ends_otherwise(name: str, somebody: dict[str, Any]) -> None:
    attack([name], somebody, examples=150)
