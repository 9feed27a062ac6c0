"""Many writers to one subject: nothing lost, nothing doubled, one order without gaps."""

from __future__ import annotations

from collections import Counter
from threading import Event
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.ledger.installations import Installation, Installations
from tests.server.ledger.told import opened, replied

from uphold.facts import Fact
from uphold.server.accounts import services as accounts
from uphold.server.ledger import retrying
from uphold.server.ledger import services as ledger
from uphold.server.ledger.appending import held
from uphold.server.ledger.models import FactRow
from uphold.server.web.errors import Refusals

pytestmark = pytest.mark.usefixtures("recording")

WRITERS = 4


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest) -> list[Installation]:
    return []


def installation(kept: list[Installation], made: Installations, vendor: str) -> Installation:
    if not kept:
        kept.append(made.new(vendor))
    return kept[0]


# What each of the writers appends: lists of facts by their numbers, some of them the same.
ORDERS = st.lists(
    st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=3), max_size=4),
    min_size=WRITERS,
    max_size=WRITERS,
)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(orders=ORDERS)
def test_whatever_writers_append_is_there_once_and_in_one_order(
    shared: list[Installation],
    installations: Installations,
    vendor: str,
    orders: list[list[list[int]]],
) -> None:
    own = installation(shared, installations, vendor)
    with own.inside():
        provider = accounts.new_provider("North", key=f"north-{uuid4().hex}").id

    def fact(number: int) -> Fact:
        return replied("request:1", number, id=str(number))

    def write(writer: int) -> list[ledger.Appended]:
        done = [ledger.append(provider, [fact(each) for each in some]) for some in orders[writer]]
        return [*done, ledger.append_new(provider, "request", lambda name: [opened(name)])]

    appended = [each for done in own.in_threads(write, WRITERS) for each in done]
    with own.inside():
        rows = list(FactRow.objects.filter(provider=provider).order_by("position"))
    wanted = {str(number) for order in orders for some in order for number in some}
    told = [row.fact_id for row in rows if row.type == "request.replied"]
    assert sorted(told) == sorted(wanted)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    recorded = [row.recorded_us for row in rows]
    assert recorded == sorted(recorded)
    new = Counter(each.id for one in appended for each in one.new)
    assert set(new.values()) <= {1}
    assert new.keys() == {row.fact_id for row in rows}
    first = 2 if wanted else 1  # request:1 was named from outside
    subjects = sorted(one.subject for one in appended if one.subject)
    assert len(set(subjects)) == WRITERS
    assert {int(each.partition(":")[2]) for each in subjects} <= set(range(1, first + WRITERS))


def test_of_writers_who_saw_the_same_one_goes_first_and_the_others_look_again(
    installations: Installations, vendor: str
) -> None:
    own = installations.new(vendor)
    with own.inside():
        provider = accounts.new_provider("North", key="north").id
        seen = {"request:1": ledger.append(provider, [opened("request:1")]).position}

    def answer(writer: int) -> str:
        try:
            ledger.append(provider, [replied("request:1", writer)], seen=seen)
        except ledger.Moved:
            return "moved"
        return "done"

    assert sorted(own.in_threads(answer, 6)) == ["done", *["moved"] * 5]
    with own.inside():
        assert len(ledger.facts_of(provider, ["request:1"])) == 2


class _Locked(Exception):
    sqlite_errorcode = 5


class _Deadlock(Exception):
    sqlstate = "40P01"


@pytest.mark.parametrize("cause", [_Locked(), _Deadlock()])
def test_work_that_others_broke_off_is_done_again_and_not_for_ever(
    cause: Exception, monkeypatch: pytest.MonkeyPatch, installations: Installations, vendor: str
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    attempts: list[int] = []

    def broken_off(times: int) -> str:
        attempts.append(1)
        if len(attempts) <= times:
            raise OperationalError from cause
        return "done"

    with installations.new(vendor).inside():
        assert retrying.again(lambda: broken_off(3)) == "done"
        assert (len(attempts), len(pauses)) == (4, 3)
        with pytest.raises(ledger.Busy):
            retrying.again(lambda: broken_off(99))
        assert len(attempts) == 4 + retrying.ATTEMPTS


def test_what_is_no_others_doing_is_not_tried_again(
    installations: Installations, vendor: str
) -> None:
    attempts: list[int] = []

    def fails() -> None:
        attempts.append(1)
        raise OperationalError("disk full")

    with installations.new(vendor).inside(), pytest.raises(OperationalError):
        retrying.again(fails)
    assert attempts == [1]


def test_whoever_waits_too_long_is_told_so_and_has_written_nothing(
    monkeypatch: pytest.MonkeyPatch, installations: Installations, vendor: str
) -> None:
    monkeypatch.setattr(retrying, "LONGEST_MS", 10)
    own = installations.new(vendor)
    with own.inside():
        provider = accounts.new_provider("North").id
        ledger.append(provider, [opened("request:1")])
    is_held, is_told = Event(), Event()

    def holder_or_waiter(number: int) -> None:
        if number == 0:
            with transaction.atomic():
                held(provider)
                is_held.set()
                assert is_told.wait(30)
            return
        assert is_held.wait(30)
        with connection.cursor() as cursor:
            is_sqlite = vendor == "sqlite"
            cursor.execute(f"PRAGMA busy_timeout={SHORT}" if is_sqlite else SHORT_LOCKS)
        try:
            _is_told_to_come_again(provider)
        finally:
            is_told.set()

    own.in_threads(holder_or_waiter, 2)
    with own.inside():
        assert ledger.position(provider) == 1


SHORT = 100
SHORT_LOCKS = f"SET lock_timeout = {SHORT}"


def _is_told_to_come_again(provider: int) -> None:
    with pytest.raises(ledger.Busy) as busy:
        ledger.append(provider, [replied("request:1")])
    with pytest.raises(OperationalError) as passing, transaction.atomic():
        held(provider)
    refusals = Refusals(lambda _: HttpResponse())
    request = RequestFactory().post("/desk/new", headers={"accept-language": "nl"})
    for error in (busy.value, passing.value):
        answer = refusals.process_exception(request, error)
        assert answer is not None
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Het wachten duurde te lang" in answer.content.decode()
