"""Many workers over one table: each row takes effect once, whoever dies when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uphold.server import clock
from uphold.server.worker import kinds
from uphold.server.worker.doing import LEASE_US, MOST_ATTEMPTS, do, give_back, next_look_us, take
from uphold.server.worker.models import Beat, Due
from uphold.server.worker.services import Work, handles, queue, work_due

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here: what its transaction wrote goes with it."""


@pytest.fixture(autouse=True)
def only_these_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})


def counted(work: Work) -> None:
    """Takes effect visibly: a second time would count two."""
    assert Beat.objects.filter(worker=work.key).update(since_us=F("since_us") + 1) == 1


def times() -> dict[str, int]:
    return dict(Beat.objects.values_list("worker", "since_us"))


@pytest.mark.django_db(transaction=True)
def test_ten_workers_share_the_rows_and_none_is_done_twice() -> None:
    handles("counted")(counted)
    workers, rows = (10, 1_000) if connection.vendor == "postgresql" else (4, 200)
    now = clock.now_us()
    keys = [f"row {number}" for number in range(rows)]
    Beat.objects.bulk_create([Beat(worker=key, since_us=0, last_us=0) for key in keys])
    Due.objects.bulk_create([Due(key=key, kind="counted", due_us=now) for key in keys])

    def working(_: int) -> int:
        try:
            return work_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as threads:
        done = list(threads.map(working, range(workers)))
    assert sum(done) == rows
    assert times() == dict.fromkeys(keys, 1)
    assert not Due.objects.filter(done_us=None).exists()
    if connection.vendor == "postgresql":
        assert sum(each > 0 for each in done) > 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(0, 2)),
        st.tuples(st.just("do"), st.integers(0, 2)),
        st.tuples(st.just("die in it"), st.integers(0, 2)),
        st.tuples(st.just("fail"), st.integers(0, 2)),
        st.tuples(st.just("die"), st.integers(0, 2)),
        st.tuples(st.just("stop"), st.integers(0, 2)),
        st.tuples(st.just("wait"), st.sampled_from([1, 30, 60, 61, 4_000])),
        st.tuples(st.just("move"), st.sampled_from([-1, 0, 45])),
    ),
    max_size=40,
)


class Story:
    """Three workers and four rows, whose fates the steps tell."""

    def __init__(self) -> None:
        self.moment = NOON
        self.hands: dict[int, list[Due]] = {0: [], 1: [], 2: []}
        self.end: BaseException | None = None
        handles("counted")(self.work)
        for name in "abcd":
            Beat.objects.create(worker=name, since_us=0, last_us=0)
            queue(name, "counted", clock.now_us())

    def work(self, work: Work) -> None:
        counted(work)
        if self.end is not None:
            raise self.end

    def step(self, name: str, number: int) -> None:
        with clock.clock_at(self.moment):
            match name:
                case "take":
                    self.hands[number] += take(2)
                case "do" | "die in it" | "fail":
                    self.begin(name, number)
                case "die":
                    self.hands[number] = []
                case "stop":
                    for row in self.hands[number]:
                        give_back([row])
                    self.hands[number] = []
                case "wait":
                    self.moment += timedelta(seconds=number)
                case "move":
                    queue("a", "counted", clock.now_us() + number * 1_000_000)

    def begin(self, how: str, number: int) -> None:
        if not self.hands[number]:
            return
        row = self.hands[number].pop(0)
        self.end = {"do": None, "fail": ValueError("failed"), "die in it": Killed()}[how]
        try:
            with transaction.atomic():  # a process that ends takes its transaction with it
                do(row)
        except Killed:
            self.hands[number] = []
        self.end = None

    def finish(self) -> None:
        """Nobody dies any more, and time goes by."""
        self.hands = {}
        while True:
            with clock.clock_at(self.moment):
                work_due()
                following = next_look_us()
            if following is None:
                return
            self.moment = max(self.moment, datetime.fromtimestamp(following / 1e6, UTC))


@pytest.mark.django_db
def test_whoever_dies_when_each_row_takes_effect_once_or_is_parked() -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def holds(steps: list[tuple[str, int]]) -> None:
        kinds._kinds.clear()
        with transaction.atomic():
            with clock.clock_at(NOON):
                story = Story()
            for step in steps:
                story.step(*step)
                assert max(times().values()) <= 1
            story.finish()
            for row in Due.objects.all():
                is_done, is_parked = row.done_us is not None, row.parked_us is not None
                assert is_done != is_parked
                assert times()[row.key] == (1 if is_done else 0)
                assert not is_parked or row.attempts >= MOST_ATTEMPTS
            transaction.set_rollback(True)

    holds()


@pytest.mark.django_db
def test_a_worker_that_wakes_behind_its_lease_changes_nothing() -> None:
    """As when a machine was asleep, and does not know for how long."""
    handles("counted")(counted)
    Beat.objects.create(worker="row", since_us=0, last_us=0)
    with clock.clock_at(NOON):
        queue("row", "counted", clock.now_us())
        [asleep] = take(1)
    with clock.clock_at(NOON + timedelta(microseconds=LEASE_US)):
        assert work_due() == 1
    with clock.clock_at(NOON):
        assert not do(asleep)
    assert times() == {"row": 1}
