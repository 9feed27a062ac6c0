"""What happened to customers bears on their things: on which, and at what cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.server.desk.house import House, at

from uphold.facts import Fact, fact_line, make_fact
from uphold.server.desk.models import Clock, Thing
from uphold.server.desk.projecting import DeskProjector
from uphold.server.ledger import services as ledger
from uphold.server.worker.models import Due
from uphold.server.worker.services import work_due

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (f"2025-03-{day}T09:00:00+01:00" for day in (10, 11, 12))
NOON_ON_TUESDAY = "2025-03-11T12:00:00+01:00"


def trained(customer: str, when: str, person: str, **rest: object) -> Fact:
    return make_fact(
        "customer.trained", when, f"customer:{customer}", customer=customer, person=person, **rest
    )


def opened(house: House, number: int, customer: str, when: str, *, done: bool = False) -> str:
    subject = f"request:{number}"
    with at(when):
        house.tell("request.opened", when, subject, customer=customer, priority="3")
        if done:
            house.tell("request.resolved", when, subject, customer=customer)
    return subject


def test_facts_bear_on_what_is_open_and_on_what_was_done_since(biztek: House) -> None:
    opened(biztek, 1, "acme", MONDAY, done=True)
    open_one = opened(biztek, 2, "acme", MONDAY)
    since = opened(biztek, 3, "acme", WEDNESDAY, done=True)
    opened(biztek, 4, "other", WEDNESDAY, done=True)
    others = opened(biztek, 5, "other", MONDAY)

    def bearing(*facts: Fact) -> list[str]:
        return sorted(set(DeskProjector().bearing(biztek.provider, facts)))

    acme, other = trained("acme", TUESDAY, "ann"), trained("other", NOON_ON_TUESDAY, "bo")
    assert bearing(acme) == [open_one, since]
    late = trained("other", "2025-03-13T09:00:00+01:00", "bo")
    assert bearing(acme, late) == [open_one, since, others]
    assert bearing(late, other) == ["request:4", others]
    corrected = trained("acme", TUESDAY, "ann", corrects="an earlier one")
    assert bearing(late, corrected) == ["request:1", open_one, since, others]
    contact = make_fact(
        "customer.contact", TUESDAY, "customer:acme", person="ann", role="technical"
    )
    assert bearing(contact) == []


def test_many_facts_about_a_customer_are_asked_about_together(connexys: House) -> None:
    for number in range(1, 4):
        opened(connexys, number, "acme", MONDAY)

    def queries(*people: str) -> int:
        lines = [fact_line(trained("acme", TUESDAY, each)).encode() for each in people]
        with at(WEDNESDAY), CaptureQueriesContext(connection) as asked:
            ledger.import_lines(connexys.provider, lines, "trained.jsonl")
        return len(asked)

    few = queries("ann", "bo")
    assert queries(*(f"person {number}" for number in range(60))) <= few + 2
    assert {each.position for each in Thing.objects.all()} == {ledger.position(connexys.provider)}


def test_what_was_judged_anew_because_of_time_leaves_no_work_behind(connexys: House) -> None:
    with at(MONDAY):
        connexys.tell("customer.trained", MONDAY, "customer:acme", customer="acme", person="ann")
        connexys.tell(
            "request.opened", MONDAY, "request:1",
            customer="acme", author="ann", author_role="super user", kind="niveau-1",
        )  # fmt: skip
    wakes = Due.objects.filter(kind="wake")
    assert wakes.count() == 1
    with at("2025-03-10T14:00:00+01:00"):
        work_due()
    assert Clock.objects.get(name="resolution").state == "running"
    assert not wakes.exists()
