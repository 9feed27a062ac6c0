"""Every row can be made again from the facts; what comes out otherwise is named."""

from __future__ import annotations

import pytest
from tests.server.desk.house import House, at, make_house
from tests.server.ledger.story import lived, retold
from tests.server.ledger.told import opened

from uphold.facts import fact_line
from uphold.server.desk.models import Clock, Thing
from uphold.server.ledger import projecting
from uphold.server.ledger import services as ledger
from uphold.server.worker.services import work_due


@pytest.fixture
def house(db: None) -> House:
    with at("2026-08-03T09:00:00+02:00"):
        house = make_house("biztek")
    lived(house)
    return house


def test_a_desk_that_has_lived_is_rebuilt_equal(house: House) -> None:
    with at("2026-08-12T12:00:00+02:00"):
        rebuilt = ledger.rebuild(house.provider)
    assert rebuilt.differences == ()
    assert rebuilt.subjects == 6  # four requests, a complaint and a customer


def test_rows_that_wait_for_what_bears_on_them_are_rebuilt_equal_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "AT_ONCE", 0)
    with at("2026-08-12T12:00:00+02:00"):
        retold(house)
        assert ledger.rebuild(house.provider).differences == ()
        work_due()
        assert ledger.rebuild(house.provider).differences == ()


def test_a_row_that_was_changed_by_hand_is_named_and_made_right(house: House) -> None:
    clock = Clock.objects.filter(thing__subject="request:1").exclude(due_us=None).earliest("id")
    due = clock.due_us
    Clock.objects.filter(pk=clock.pk).update(due_us=1)
    Thing.objects.filter(subject="request:2").update(state="lost")
    rebuilt = ledger.rebuild(house.provider)
    assert rebuilt.differing == 2
    told = {(each.subject, each.field.rpartition(".")[2]): each for each in rebuilt.differences}
    assert told.keys() == {("request:1", "due_us"), ("request:2", "state")}
    assert (told["request:1", "due_us"].before, told["request:1", "due_us"].after) == (
        "1",
        str(due),
    )
    assert ledger.rebuild(house.provider).differing == 0


def test_rows_that_are_missing_and_rows_of_nothing_are_differences(house: House) -> None:
    Thing.objects.filter(subject="request:1").delete()
    Thing.objects.filter(subject="request:2").update(subject="request:99")
    rebuilt = ledger.rebuild(house.provider)
    found = {
        (each.subject, each.before == "null", each.after == "null") for each in rebuilt.differences
    }
    assert found == {
        ("request:1", True, False),
        ("request:2", True, False),
        ("request:99", False, True),
    }
    assert ledger.rebuild(house.provider).differing == 0


def test_what_an_import_has_left_to_the_worker_is_no_difference(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uphold.server.ledger.taking.AT_ONCE", 0)
    lines = [fact_line(opened(f"request:{number}", customer="acme")).encode() for number in (7, 8)]
    ledger.import_lines(house.provider, lines, "late.jsonl")
    behind = ledger.rebuild(house.provider)
    assert (behind.differing, behind.waiting) == (0, 2)
    work_due()
    after = ledger.rebuild(house.provider)
    assert (after.differing, after.waiting, after.subjects) == (0, 0, behind.subjects)
    Thing.objects.filter(subject="request:7").delete()
    assert ledger.rebuild(house.provider).differing == 1
