"""Rows written with the facts: what they say, when they are written anew, what they warn of."""

from __future__ import annotations

import pytest
from tests.server.desk.house import House, at

from uphold.server.desk.models import Alarm, Clock, Thing
from uphold.server.desk.projecting import DeskProjector
from uphold.server.worker.services import work_due

pytestmark = pytest.mark.django_db

MORNING = "2025-03-10T08:00:00+01:00"


def _opened(house: House, number: int, when: str = MORNING, **rest: object) -> str:
    subject = f"request:{number}"
    with at(when):
        house.tell("request.opened", when, subject, customer="acme", **rest)
    return subject


def test_a_request_has_a_row_with_its_next_due_time(biztek: House) -> None:
    subject = _opened(biztek, 1, priority="2", author="acme-user", channel="telephone")
    thing = Thing.objects.get(subject=subject)
    assert (thing.customer, thing.author, thing.number) == ("acme", "acme-user", 1)
    assert (thing.state, thing.stage, thing.priority, thing.level, thing.rank) == (
        "open", 1, "2", 1, 50,
    )  # fmt: skip
    assert thing.next_clock == "response"
    assert thing.due_us == thing.opened_us + 4 * 3_600_000_000
    clock = Clock.objects.get(thing=thing)
    assert (clock.name, clock.state, clock.clause) == ("response", "running", "response")


def test_a_warning_and_the_miss_are_raised_once_each_and_in_their_time(biztek: House) -> None:
    _opened(biztek, 1, priority="2")
    for when, told in (
        ("2025-03-10T10:59:59+01:00", []),
        ("2025-03-10T11:00:00+01:00", ["75 %"]),
        ("2025-03-10T11:30:00+01:00", ["30 minutes before", "75 %"]),
        ("2025-03-10T12:00:00.000001+01:00", ["30 minutes before", "75 %", "missed"]),
        ("2025-03-11T12:00:00+01:00", ["30 minutes before", "75 %", "missed"]),
    ):
        with at(when):
            work_due()
            work_due()
        assert sorted(Alarm.objects.values_list("threshold", flat=True)) == told, when


def test_what_is_made_anew_is_the_same(biztek: House) -> None:
    _opened(biztek, 1, priority="1")
    _opened(biztek, 2, priority="3", cause="third-party")
    projector = DeskProjector()
    stated = list(projector.stated(biztek.provider))
    before = {subject: projector.snapshot(biztek.provider, subject) for subject, _, _ in stated}
    projector.clear(biztek.provider)
    assert not Thing.objects.exists()
    for subject, as_of, position in stated:
        projector.project(biztek.provider, [subject], as_of, position)
    after = {subject: projector.snapshot(biztek.provider, subject) for subject in before}
    assert before == after


def test_a_clock_that_another_starts_begins_without_a_fact(connexys: House) -> None:
    with at("2025-03-10T10:00:00+01:00"):
        connexys.tell(
            "customer.trained",
            "2025-03-10T09:00:00+01:00",
            "customer:acme",
            customer="acme",
            person="acme-super-user",
        )
        connexys.tell(
            "request.opened",
            "2025-03-10T10:00:00+01:00",
            "request:1",
            customer="acme",
            author="acme-super-user",
            author_role="super user",
            kind="niveau-1",
        )
    resolution = Clock.objects.get(name="resolution")
    assert resolution.state == "not started"
    with at("2025-03-10T13:00:01+01:00"):
        work_due()
    resolution.refresh_from_db()
    assert resolution.state == "running"
    with at("2025-03-11T11:00:00+01:00"):
        work_due()
    told = Alarm.objects.filter(clock="resolution").values_list("threshold", flat=True)
    assert list(told) == ["75 %"]


def test_what_is_learned_of_the_customer_judges_its_requests_anew(connexys: House) -> None:
    told = {"author_role": "super user", "kind": "niveau-1", "author": "acme-super-user"}
    _opened(connexys, 1, **told)
    _opened(connexys, 2, **told | {"author": "acme-user"})
    states = Clock.objects.filter(name="reaction").order_by("thing__number")
    assert list(states.values_list("state", flat=True)) == ["not owed", "not owed"]
    with at("2025-03-10T09:00:00+01:00"):
        connexys.tell(
            "customer.trained",
            "2025-03-10T07:00:00+01:00",
            "customer:acme",
            customer="acme",
            person="acme-super-user",
        )
    assert list(states.values_list("state", flat=True)) == ["running", "not owed"]


def test_a_warning_goes_when_the_clock_is_held_and_comes_back_with_it(biztek: House) -> None:
    subject = _opened(biztek, 1, priority="2")
    with at("2025-03-10T09:00:00+01:00"):
        biztek.tell("request.awaiting", "2025-03-10T09:00:00+01:00", subject, cause="customer")
    with at("2025-03-12T15:00:00+01:00"):
        work_due()
        assert not Alarm.objects.exists()
        biztek.tell("request.resumed", "2025-03-12T15:00:00+01:00", subject)
    with at("2025-03-13T08:10:00+01:00"):
        work_due()
    assert list(Alarm.objects.values_list("threshold", flat=True)) == ["75 %"]


def test_what_was_over_before_anybody_here_knew_warns_nobody(biztek: House) -> None:
    with at("2025-06-10T08:00:00+02:00"):
        biztek.tell("request.opened", "2025-03-10T08:00:00+01:00", "request:1", priority="2")
        biztek.tell("request.started", "2025-03-10T08:30:00+01:00", "request:1")
        biztek.tell("request.answered", "2025-03-11T08:30:00+01:00", "request:1")
        work_due()
    assert Clock.objects.get(name="response").state == "missed"
    assert not Alarm.objects.exists()
