"""What machines ask the server: alive, ready, figures; and who may ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.server.worker.parties import a_provider

from uphold.server import clock
from uphold.server.worker.loop import LATE_US
from uphold.server.worker.models import Beat, Due

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def setting(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, **changed))


def figures(client: Client, **headers: str) -> dict[str, float]:
    """The figures by name and labels."""
    lines = client.get("/metrics", headers=headers).content.decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_alive_needs_no_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"process": "fine"})
    assert answer["Cache-Control"] == "no-store"


def test_probes_come_without_the_servers_name_and_without_https(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", True)
    assert client.get("/health/live", headers={"host": "10.1.2.3:8000"}).status_code == 200


def test_ready_tells_of_database_tables_and_worker(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, worker=True)
    with clock.clock_at(NOON):
        before = client.get("/health/ready")
        Beat.objects.create(worker="host:7", since_us=clock.now_us(), last_us=clock.now_us())
        after = client.get("/health/ready")
    with clock.clock_at(NOON + timedelta(microseconds=LATE_US)):
        late = client.get("/health/ready")
    assert (before.status_code, before.json()["worker"]) == (503, "away")
    assert (after.status_code, after.json()) == (
        200,
        {"database": "fine", "tables": "fine", "worker": "fine"},
    )
    assert late.status_code == 503


def test_pages_are_served_though_workers_elsewhere_are_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, worker=False)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["worker"]) == (200, "away")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_: object, **__: object) -> None:
        raise OperationalError("could not connect")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": "away"})
    assert client.get("/metrics").status_code == 503


def test_figures_of_work_workers_ledgers_and_requests(client: Client) -> None:
    provider = a_provider("harbour")
    with clock.clock_at(NOON):
        now = clock.now_us()
        Due.objects.create(key="a", kind="k", due_us=now - 90_000_000)
        Due.objects.create(key="b", kind="k", due_us=now - 30_000_000, provider_id=provider)
        Due.objects.create(key="c", kind="k", due_us=now + 30_000_000)
        Due.objects.create(key="d", kind="k", due_us=now - 1, parked_us=now)
        Due.objects.create(key="e", kind="k", due_us=now - 1, done_us=now)
        Beat.objects.create(worker="host:7", since_us=now, last_us=now - 4_000_000)
        client.get("/nowhere/at/all")
        found = figures(client)
    assert found["uphold_due_waiting"] == 2
    assert found["uphold_due_parked"] == 1
    assert found["uphold_due_oldest_seconds"] == 90
    assert found["uphold_worker_beat_seconds"] == 4
    assert found['uphold_ledger_position{provider="harbour"}'] == 0
    assert found['uphold_requests_total{method="GET",status="404",view="none"}'] >= 1


@pytest.mark.parametrize(
    ("metrics", "address", "forwarded", "status"),
    [
        ("local", "127.0.0.1", {}, 200),
        ("local", "::1", {}, 200),
        ("local", "127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 404),
        ("local", "203.0.113.9", {}, 404),
        ("local", "", {}, 404),
        ("all", "203.0.113.9", {}, 200),
        ("none", "127.0.0.1", {}, 404),
    ],
)
def test_who_may_read_the_figures(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    metrics: str,
    address: str,
    forwarded: dict[str, str],
    status: int,
) -> None:
    setting(monkeypatch, metrics=metrics)
    assert client.get("/metrics", headers=forwarded, REMOTE_ADDR=address).status_code == status


def test_probes_are_only_read(client: Client) -> None:
    assert client.post("/health/live").status_code == 405
