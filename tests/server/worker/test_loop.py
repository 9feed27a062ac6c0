"""A worker as it lives: it works, wakes when poked, waits for its database, and ends when told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from uphold.server import clock
from uphold.server.worker import kinds, loop
from uphold.server.worker.loop import run_worker, waiting
from uphold.server.worker.models import Beat, Due
from uphold.server.worker.services import (
    Work,
    handles,
    is_anybody_working,
    parked_again,
    poke,
    queue,
    work_due,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATIENCE = 20


@contextmanager
def a_worker() -> Iterator[Event]:
    """A worker in a thread of its own, told to stop behind the block."""
    stopping = Event()
    thread = Thread(target=run_worker, args=(stopping,))
    thread.start()
    try:
        yield stopping
    finally:
        stopping.set()
        poke()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set when work of the kind `note` is done; there is no other kind."""
    monkeypatch.setattr(kinds, "_kinds", {})
    happened = Event()

    @handles("note")
    def note(work: Work) -> None:
        happened.set()

    return happened


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_sleeps_wakes_for_what_is_queued_in_its_process(done: Event) -> None:
    with a_worker():
        queue("now", "note", clock.now_us())
        assert done.wait(PATIENCE)
        assert is_anybody_working()
    assert Due.objects.get().done_us is not None
    assert not Beat.objects.exists(), "a worker that ends says so"
    assert not is_anybody_working()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_waited_for(
    done: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Event()
    working = work_due

    def first_away(**more: Any) -> int:
        if not away.is_set():
            away.set()
            raise OperationalError("terminating connection due to administrator command")
        return working(**more)

    monkeypatch.setattr(loop, "work_due", first_away)
    monkeypatch.setattr(loop, "_PAUSE_US", 1_000)
    queue("now", "note", clock.now_us())
    with a_worker():
        assert done.wait(PATIENCE)


@pytest.mark.django_db
def test_housekeeping_comes_back_each_day_by_itself() -> None:
    with clock.clock_at(NOON):
        loop.queue_periodic()
        loop.queue_periodic()
        Session.objects.create(
            session_key="over", session_data="", expire_date=datetime(2020, 1, 1, tzinfo=UTC)
        )
        Beat.objects.create(worker="gone", since_us=0, last_us=0)
        assert work_due() >= 1
        row = Due.objects.get(key="every:housekeeping")
    assert row.done_us is None
    assert row.due_us == int(datetime(2026, 11, 24, tzinfo=UTC).timestamp()) * 1_000_000
    assert not Session.objects.exists()
    assert not Beat.objects.filter(worker="gone").exists()


@pytest.mark.django_db
def test_parked_work_can_be_put_back_in_line(done: Event) -> None:
    with clock.clock_at(NOON):
        now = clock.now_us()
        Due.objects.create(key="parked", kind="note", due_us=now, parked_us=now, attempts=8)
        assert (work_due(), waiting()[1]) == (0, 1)
        assert parked_again() == 1
        assert work_due() == 1
    assert done.is_set()


@pytest.mark.django_db
def test_a_lag_is_told_in_microseconds_of_the_longest_due(done: Event) -> None:
    with clock.clock_at(NOON):
        queue("late", "note", clock.now_us())
    with clock.clock_at(NOON + timedelta(seconds=90)):
        assert waiting() == (1, 0, 90_000_000)
        work_due()
        assert waiting() == (0, 0, 0)


@pytest.mark.django_db
def test_a_look_for_work_that_finds_none_takes_no_write_lock(
    done: Event, django_assert_num_queries: Any
) -> None:
    queue("later", "note", clock.now_us() + 60_000_000)
    with django_assert_num_queries(1) as looked:
        assert work_due() == 0
    assert looked.captured_queries[0]["sql"].startswith("SELECT")
