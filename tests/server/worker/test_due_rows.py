"""Work that is due: done once, in order, given up late and told why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.server.worker.parties import a_provider

from uphold.server import clock
from uphold.server.worker import kinds
from uphold.server.worker.doing import LEASE_US, MOST_ATTEMPTS, do, next_look_us, take
from uphold.server.worker.models import Due
from uphold.server.worker.services import Work, every, handles, queue, settle_rows, work_due

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = 1_000_000


@pytest.fixture(autouse=True)
def only_these_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts without any kind of work."""
    monkeypatch.setattr(kinds, "_kinds", {})


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.clock_at(NOON):
        yield


@pytest.fixture
def done() -> list[str]:
    """The keys of the works of kind `note`, in the order in which they were done."""
    keys: list[str] = []

    @handles("note")
    def note(work: Work) -> None:
        keys.append(work.key)

    return keys


def at(seconds: int) -> int:
    return clock.now_us() + seconds * SECOND


def test_what_is_due_is_done_once_the_longest_due_first(done: list[str]) -> None:
    queue("second", "note", at(-1))
    queue("first", "note", at(-2))
    queue("on the second", "note", at(0))
    queue("later", "note", at(1))
    assert work_due() == 3
    assert done == ["first", "second", "on the second"]
    assert work_due() == 0


def test_what_is_done_never_comes_back(done: list[str]) -> None:
    queue("once", "note", at(-1))
    work_due()
    queue("once", "note", at(0))
    assert work_due() == 0
    assert done == ["once"]


def test_what_is_queued_again_is_moved(done: list[str]) -> None:
    queue("moved", "note", at(-1))
    queue("moved", "note", at(30), payload={"to": "later"})
    assert work_due() == 0
    with clock.clock_at(NOON + timedelta(seconds=30)):
        assert work_due() == 1
    assert Due.objects.get().payload == {"to": "later"}


def test_a_worker_knows_when_to_look_next(done: list[str]) -> None:
    assert next_look_us() is None
    queue("soon", "note", at(7))
    queue("not for us", "unknown kind", at(3))
    assert next_look_us() == at(7)
    queue("now", "note", at(-9))
    assert (next_look_us() or 0) <= at(0)


def test_a_kind_that_nobody_here_knows_waits_for_a_process_that_does(done: list[str]) -> None:
    queue("of a newer version", "unknown kind", at(-1))
    assert work_due() == 0
    assert Due.objects.get().attempts == 0


def test_the_rows_of_a_subject_become_those_that_are_wanted(done: list[str]) -> None:
    provider = a_provider()
    settle_rows(
        provider, "request:1", "note", {"a": (at(-1), {}), "b": (at(5), {}), "c": (at(5), {})}
    )
    settle_rows(provider, "request:2", "note", {"other": (at(5), {})})
    work_due()
    settle_rows(provider, "request:1", "note", {"b": (at(9), {"share": 75}), "d": (at(3), {})})
    rows = {row.key: (row.due_us, row.payload, row.done_us) for row in Due.objects.all()}
    assert rows == {
        "a": (at(-1), {}, at(0)),
        "b": (at(9), {"share": 75}, None),
        "d": (at(3), {}, None),
        "other": (at(5), {}, None),
    }


def test_settling_what_stands_takes_one_query(
    done: list[str], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    provider = a_provider()
    wanted = {"a": (at(5), {"share": 75}), "b": (at(9), {})}
    settle_rows(provider, "request:1", "note", wanted)
    with django_assert_num_queries(1):  # type: ignore[operator]
        settle_rows(provider, "request:1", "note", wanted)


def test_work_that_fails_waits_longer_each_time_and_is_parked_with_its_error() -> None:
    tries: list[int] = []

    @handles("fails")
    def fails(work: Work) -> None:
        tries.append(clock.now_us() // SECOND)
        raise LookupError("no such mailbox")

    queue("failing", "fails", at(0))
    queue("after it", "fails", at(0))
    moment = NOON
    for _ in range(100):
        with clock.clock_at(moment):
            work_due()
            following = next_look_us()
        if following is None:
            break
        moment = datetime.fromtimestamp(following // SECOND, UTC)
    own = tries[::2]
    assert len(own) == MOST_ATTEMPTS
    assert [later - sooner for sooner, later in pairwise(own)] == [
        1, 4, 16, 64, 256, 1024, 3600,
    ]  # fmt: skip
    parked = Due.objects.get(key="failing")
    assert parked.parked_us is not None and parked.done_us is None
    assert "LookupError: no such mailbox" in parked.error


def test_what_failed_leaves_nothing_behind() -> None:
    @handles("half")
    def half(work: Work) -> None:
        queue("written before it failed", "half", at(60))
        raise ValueError("half way")

    queue("half", "half", at(0))
    assert work_due() == 0
    assert [row.key for row in Due.objects.all()] == ["half"]


def test_a_row_whose_time_is_moved_while_it_is_worked_on_does_not_count(done: list[str]) -> None:
    """As when a hold begins while the warning is on its way: the hold's facts come first."""

    @handles("slow")
    def slow(work: Work) -> None:
        queue("written", "note", at(60))
        Due.objects.filter(key=work.key).update(holder="", due_us=at(40))

    queue("held", "slow", at(0))
    assert work_due(limit=1) == 0
    row = Due.objects.get()
    assert (row.key, row.done_us) == ("held", None)


def test_a_lease_that_ran_out_is_anybodys(done: list[str]) -> None:
    queue("taken by one that was killed", "note", at(0))
    Due.objects.update(holder="killed", lease_us=at(0) + LEASE_US, attempts=1)
    assert work_due() == 0
    with clock.clock_at(NOON + timedelta(microseconds=LEASE_US)):
        assert work_due() == 1
    assert len(done) == 1


def test_what_was_taken_and_not_begun_in_time_counts_as_no_try(done: list[str]) -> None:
    queue("behind long work", "note", at(0))
    [row] = take(1)
    with clock.clock_at(NOON + timedelta(microseconds=LEASE_US)):
        assert not do(row)
        row.refresh_from_db()
        assert (row.holder, row.lease_us, row.attempts) == ("", 0, 0)
        assert work_due() == 1


def test_a_row_that_ends_every_worker_is_parked(done: list[str]) -> None:
    queue("deadly", "note", at(0))
    Due.objects.update(holder="killed", lease_us=at(-1), attempts=MOST_ATTEMPTS)
    assert work_due() == 0
    row = Due.objects.get()
    assert row.parked_us == at(0)
    assert row.error == "each worker that began this ended before it was done"
    assert done == []


def test_a_worker_that_stops_gives_back_what_it_has_not_begun(done: list[str]) -> None:
    for name in ("a", "b", "c"):
        queue(name, "note", at(0))
    assert work_due(stopping=lambda: len(done) == 1) == 1
    left = Due.objects.filter(done_us=None)
    assert [(row.holder, row.lease_us, row.attempts) for row in left] == [("", 0, 0)] * 2


def test_work_that_settles_its_own_subject_is_done_all_the_same() -> None:
    provider = a_provider()

    @handles("judge")
    def judge(work: Work) -> None:
        settle_rows(provider, "request:1", "judge", {"next": (at(60), {})})

    queue("judge", "judge", at(0), provider=provider, subject="request:1")
    assert work_due() == 1
    assert {row.key: row.done_us for row in Due.objects.all()} == {"judge": at(0), "next": None}


def test_work_that_comes_back_is_one_row_that_moves_on() -> None:
    seen: list[int] = []

    @every("tidy", 3600)
    def tidy(work: Work) -> None:
        seen.append(work.due_us)

    queue("every:tidy", "tidy", at(0))
    assert work_due() == 1
    row = Due.objects.get()
    assert (row.due_us, row.done_us, row.attempts) == (at(3600), None, 0)
    with clock.clock_at(NOON + timedelta(hours=5, minutes=10)):
        assert work_due() == 1
    assert Due.objects.get().due_us == at(6 * 3600)


def test_work_that_is_forgotten_can_come_again() -> None:
    seen: list[str] = []

    @handles("judge", forget=True)
    def judge(work: Work) -> None:
        seen.append(work.subject)

    for _ in range(2):
        queue("judge:request:1", "judge", at(0), subject="request:1")
        assert work_due() == 1
    assert seen == ["request:1", "request:1"]
    assert not Due.objects.exists()
