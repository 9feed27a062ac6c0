"""Appending facts: each once, in one order, refused whole where anything is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.server.ledger.told import RecordingProjector, at, opened, replied
from tests.server.people import World, world  # noqa: F401 - a fixture

from uphold.facts import make_fact
from uphold.facts.times import from_datetime
from uphold.server import clock
from uphold.server.ledger import services as ledger
from uphold.server.ledger.models import FactRow

pytestmark = pytest.mark.usefixtures("recording")

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def north(world: World) -> int:  # noqa: F811 - the fixture
    return world.provider("north")


def test_a_fact_comes_back_as_it_was_with_when_it_was_recorded(north: int) -> None:
    fact = opened("request:1", at=NOON - timedelta(minutes=3))
    with clock.clock_at(NOON):
        appended = ledger.append(north, [fact])
    assert appended.position == ledger.position(north) == 1
    assert appended.recorded_us == from_datetime(NOON)
    [found] = ledger.facts_of(north, ["request:1"])
    assert found.written == {**fact.written, "recorded": "2027-02-01T12:00:00Z"}
    assert appended.new == appended.facts == (found,)


def test_the_same_fact_again_is_the_same_fact(north: int) -> None:
    fact = opened("request:1", id="x")
    first = ledger.append(north, [fact])
    again = ledger.append(north, [fact, fact], seen={"request:1": 0})
    assert again.new == ()
    assert again.facts == first.facts * 2
    assert again.position == 1


def test_one_id_for_two_contents_is_refused_and_nothing_is_written(north: int) -> None:
    ledger.append(north, [opened("request:1", id="x")])
    with pytest.raises(ledger.Refused) as refused:
        ledger.append(north, [opened("request:2"), opened("request:3", id="x")])
    assert [each.id for each in refused.value.problems] == ["problem.fact-id-twice"]
    assert ledger.facts_of(north, ["request:2"]) == ()
    assert ledger.position(north) == 1


def test_two_providers_may_use_the_same_id(world: World) -> None:  # noqa: F811 - the fixture
    one, other = world.provider("north"), world.provider("south")
    ledger.append(one, [opened("request:1", id="x")])
    ledger.append(other, [opened("request:1", id="x", kind="incident")])
    assert [fact.value("kind") for fact in ledger.facts_of(one, ["request:1"])] == [None]
    assert [fact.value("kind") for fact in ledger.facts_of(other, ["request:1"])] == ["incident"]


def test_what_happens_more_than_five_minutes_ahead_is_refused(north: int) -> None:
    with clock.clock_at(NOON):
        ledger.append(north, [opened("request:1", at=NOON + timedelta(minutes=5))])
        with pytest.raises(ledger.Refused) as refused:
            ledger.append(north, [opened("request:2", at=NOON + timedelta(minutes=5, seconds=1))])
    assert [each.id for each in refused.value.problems] == ["problem.fact-time-ahead"]


def test_recorded_never_runs_back_and_a_correction_is_later_than_all_before(north: int) -> None:
    with clock.clock_at(NOON):
        ledger.append(north, [opened("request:1", id="a")])
    with clock.clock_at(NOON - timedelta(hours=1)):
        ledger.append(north, [replied("request:1", id="b")])
        ledger.append(north, [opened("request:1", id="c", corrects="a", kind="incident")])
        ledger.append(north, [replied("request:1", retracts="b")])
    recorded = [fact.recorded_us for fact in ledger.facts_of(north, ["request:1"])]
    noon = from_datetime(NOON)
    assert recorded == [noon, noon, noon + 1, noon + 2]


def test_a_correction_of_nothing_and_one_in_a_ring_are_refused(north: int) -> None:
    with pytest.raises(ledger.Refused) as refused:
        ledger.append(
            north,
            [
                replied("request:1", id="a", corrects="b"),
                replied("request:1", id="b", corrects="a"),
                replied("request:1", id="c", corrects="nothing"),
            ],
        )
    assert [each.id for each in refused.value.problems] == [
        "problem.fact-correction-ring",
        "problem.fact-correction-ring",
        "problem.fact-correction-unknown",
    ]


def test_a_chain_over_several_subjects_is_found_from_each_of_them(north: int) -> None:
    """What was noted on request 1, moved to 2, moved on to 3, and taken back."""
    ledger.append(north, [opened(f"request:{number}") for number in (1, 2, 3, 4)])
    ledger.append(north, [replied("request:1", id="a")])
    ledger.append(north, [replied("request:2", id="b", corrects="a")])
    ledger.append(north, [replied("request:3", id="c", corrects="b")])
    ledger.append(north, [replied("request:3", id="d", retracts="a")])
    for number in (1, 2, 3):
        found = ledger.facts_of(north, [f"request:{number}"])
        assert [fact.given_id for fact in found if fact.given_id] == ["a", "b", "c", "d"]
    assert len(ledger.facts_of(north, ["request:4"])) == 1


def test_whoever_looked_before_the_last_fact_is_told_to_look_again(north: int) -> None:
    seen = ledger.append(north, [opened("request:1"), opened("request:2")]).position
    ledger.append(north, [replied("request:1")])
    ledger.append(north, [replied("request:2")], seen={"request:2": seen})
    with pytest.raises(ledger.Moved) as moved:
        ledger.append(north, [replied("request:1", id="late")], seen={"request:1": seen})
    assert moved.value.subject == "request:1"


def test_new_things_are_numbered_without_gaps(north: int) -> None:
    one = ledger.append_new(north, "request", lambda subject: [opened(subject)])
    with pytest.raises(ledger.Refused):
        ledger.append_new(north, "order", lambda subject: [opened("request:1", retracts="nothing")])
    two = ledger.append_new(
        north, "complaint", lambda subject: [make_fact("complaint.received", at(0), subject)]
    )
    assert (one.subject, two.subject) == ("request:1", "complaint:2")
    assert [fact.subject for fact in two.new] == ["complaint:2"]


def test_what_no_row_can_hold_is_refused_in_words(north: int) -> None:
    with pytest.raises(ledger.Refused) as refused:
        ledger.append(north, [opened("request:" + "1" * 300), opened("request:1", id="a\x00b")])
    assert [(each.id, each.data["field"]) for each in refused.value.problems] == [
        ("ledger.too-long", "subject"),
        ("ledger.holds-nul", "id"),
    ]


def test_facts_up_to_a_position_are_as_they_were_then(north: int) -> None:
    first = ledger.append(north, [opened("request:1", id="a")])
    ledger.append(north, [opened("request:1", corrects="a", kind="incident")])
    assert ledger.facts_of(north, ["request:1"], until=first.position) == first.facts


def test_the_context_of_a_customer_is_theirs_and_the_agreements(north: int) -> None:
    def agreed(customer: str) -> object:
        return make_fact("customer.agreed", at(0), f"customer:{customer}", customer=customer)

    posted = make_fact("agreement.posted", at(0), "agreement:desk", agreement="desk", revision="1")
    release = make_fact("release.planned", at(0), "release:9", planned=at(5))
    told = [agreed("fjord"), agreed("lake"), posted, release, opened("request:1")]
    ledger.append(north, told)  # type: ignore[arg-type]  # agreed() is a fact
    found = ledger.context_of(north, ["fjord"])
    assert [fact.subject for fact in found] == ["customer:fjord", "agreement:desk", "release:9"]


def test_rows_are_written_with_the_facts_and_fall_with_them(
    north: int, recording: RecordingProjector
) -> None:
    appended = ledger.append(north, [opened("request:1"), opened("request:2")])
    assert recording.calls == [
        (("request:1", "request:2"), appended.recorded_us, appended.position)
    ]
    recording.fails = True
    with pytest.raises(ZeroDivisionError):
        ledger.append(north, [opened("request:3")])
    assert FactRow.objects.filter(subject="request:3").count() == 0
    assert ledger.position(north) == appended.position
