"""Facts in bulk: all or nothing, errors by line, unseen until complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from tests.server.ledger.told import START, RecordingProjector, at, opened, replied
from tests.server.people import World, world  # noqa: F401 - a fixture

from uphold.facts import Fact, fact_line, make_fact
from uphold.server import clock
from uphold.server.ledger import importing, projecting, taking
from uphold.server.ledger import services as ledger
from uphold.server.ledger.models import FactRow, Import, Staged
from uphold.server.worker.services import work_due

pytestmark = pytest.mark.usefixtures("recording")

NEXT_DAY = START + timedelta(days=1)


@pytest.fixture
def north(world: World) -> int:  # noqa: F811 - the fixture
    return world.provider("north")


def lines_of(*facts: Fact) -> list[bytes]:
    return [fact_line(fact).encode() for fact in facts]


def problems_of(imports: Callable[[], object]) -> list[tuple[str, int]]:
    with pytest.raises(ledger.NotImported) as refused:
        imports()
    assert not Staged.objects.exists()
    assert not Import.objects.filter(completed_us=None).exists()
    return [(each.code, each.place.line if each.place else 0) for each in refused.value.problems]


def test_an_import_is_as_if_its_lines_had_been_appended_one_by_one(world: World) -> None:  # noqa: F811
    told = [
        opened("request:1", id="a"),
        replied("request:2", id="b", corrects="c"),
        replied("request:1", id="c"),
        opened("request:1", id="d", corrects="a", kind="incident"),
        replied("request:3", retracts="b"),
    ]
    one, other = world.provider("north"), world.provider("south")
    with clock.clock_at(NEXT_DAY):
        appended = ledger.append(one, told)
        imported = ledger.import_lines(other, lines_of(*told), "log.jsonl")
    assert (imported.facts, imported.new, imported.position) == (5, 5, 5)
    for subject in ("request:1", "request:2", "request:3"):
        assert ledger.facts_of(other, [subject]) == ledger.facts_of(one, [subject])
    compared = [name.attname for name in FactRow._meta.fields if name.attname not in _OWN]
    rows = [list(FactRow.objects.filter(provider=each).values(*compared)) for each in (one, other)]
    assert rows[0] == rows[1]
    again = ledger.append(other, [opened("request:9")])
    assert (again.position, again.recorded_us >= appended.recorded_us) == (6, True)


_OWN = ("id", "provider_id", "imported_id")


def test_every_line_that_is_wrong_is_told_and_none_is_taken(north: int) -> None:
    ledger.append(north, [opened("request:1", id="taken")])
    sound = lines_of(opened("request:2"))
    lines = [
        *sound,
        b'{"type": "request.opened"}',
        b"no JSON",
        *lines_of(opened("request:1", id="x" * 300)),
        *lines_of(opened("request:5", written="what a day")),
    ]
    found = problems_of(lambda: ledger.import_lines(north, lines, "log.jsonl"))
    assert sorted(found, key=lambda each: each[1]) == [
        ("fact-key-missing", 2),
        ("fact-key-missing", 2),
        ("facts-not-json", 3),
        ("too-long", 4),
        ("text-unknown", 5),
    ]
    assert ledger.facts_of(north, ["request:2"]) == ()


def test_what_is_wrong_among_lines_and_with_the_ledger_is_told_by_line(north: int) -> None:
    ledger.append(north, [opened("request:1", id="taken")])
    twice = lines_of(opened("request:2", id="a"), replied("request:2", id="a"))
    assert problems_of(lambda: ledger.import_lines(north, twice, "x")) == [("fact-id-twice", 2)]
    known = lines_of(opened("request:2"), replied("request:2", id="taken"))
    assert problems_of(lambda: ledger.import_lines(north, known, "x")) == [("fact-id-twice", 2)]
    loose = lines_of(
        opened("request:2"),
        replied("request:2", retracts="nothing"),
        replied("request:2", id="b", corrects="c"),
        replied("request:2", id="c", corrects="b"),
    )
    assert problems_of(lambda: ledger.import_lines(north, loose, "x")) == [
        ("fact-correction-unknown", 2),
        ("fact-correction-ring", 3),
        ("fact-correction-ring", 4),
    ]
    assert ledger.position(north) == 1


def test_the_same_lines_again_change_nothing(north: int) -> None:
    lines = lines_of(opened("request:1"), replied("request:1", id="b"), opened("request:1"))
    first = ledger.import_lines(north, lines, "log.jsonl")
    assert (first.facts, first.new) == (3, 2)
    again = ledger.import_lines(north, lines, "log.jsonl")
    assert (again.facts, again.new, again.position) == (3, 0, 2)


def test_nothing_is_seen_before_the_last_line_is_there(
    north: int, recording: RecordingProjector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    seen: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(1, 8):
            seen.append(len(ledger.facts_of(north, [f"request:{n}" for n in range(1, 8)])))
            yield fact_line(opened(f"request:{number}")).encode()

    ledger.import_lines(north, lines(), "stream")
    assert set(seen) == {0}
    assert len(ledger.facts_of(north, [f"request:{n}" for n in range(1, 8)])) == 7
    assert [call[0] for call in recording.calls] == [tuple(f"request:{n}" for n in range(1, 8))]


def test_a_killed_import_leaves_nothing_and_can_be_begun_again(
    north: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of(opened("request:1"), opened("request:2"))
    with monkeypatch.context() as killed, clock.clock_at(NEXT_DAY):
        killed.setattr(importing, "_clear", lambda import_id: None)
        killed.setattr(taking, "_copy", _killed)
        with pytest.raises(KeyboardInterrupt):
            ledger.import_lines(north, lines, "log.jsonl")
    assert Staged.objects.count() == 2
    assert ledger.position(north) == 0
    with clock.clock_at(NEXT_DAY + timedelta(minutes=59)):
        assert ledger.import_lines(north, lines, "log.jsonl").new == 2
        importing.clear_dead(None)  # type: ignore[arg-type]  # looks at no work of its own
        assert Staged.objects.count() == 2
    with clock.clock_at(NEXT_DAY + timedelta(minutes=61)):
        importing.clear_dead(None)  # type: ignore[arg-type]  # as above
    assert Staged.objects.count() == 0
    assert Import.objects.count() == 1


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_import_that_was_taken_for_dead_takes_nothing(
    north: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)

    def lines() -> Iterator[bytes]:
        yield fact_line(opened("request:1")).encode()
        yield fact_line(opened("request:2")).encode()
        importing._clear(Import.objects.get().pk)
        yield fact_line(opened("request:3")).encode()

    with pytest.raises(ledger.Busy):
        ledger.import_lines(north, lines(), "slow")
    assert ledger.position(north) == 0


def test_many_subjects_are_left_to_the_worker_and_their_rows_follow(
    north: int, recording: RecordingProjector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "CHUNK", 40)
    names = [f"request:{number:03}" for number in range(100)]
    imported = ledger.import_lines(north, lines_of(*map(opened, names)), "log.jsonl")
    assert imported.is_waiting
    assert recording.calls == []
    work_due()
    assert sorted(each for call in recording.calls for each in call[0]) == names
    assert {call[2] for call in recording.calls} == {imported.position}


def test_facts_that_bear_on_others_have_them_judged_anew(
    north: int, recording: RecordingProjector
) -> None:
    ledger.append(north, [opened("request:7")])
    recording.calls.clear()
    recording.bears = ("request:7",)
    agreed = make_fact("customer.agreed", at(0), "customer:fjord", customer="fjord")
    ledger.import_lines(north, lines_of(agreed), "customers.jsonl")
    assert [call[0] for call in recording.calls] == [("request:7",)]


def test_new_numbers_come_behind_those_that_were_imported(north: int) -> None:
    ledger.import_lines(north, lines_of(opened("request:4711"), opened("request:INC9")), "x")
    appended = ledger.append_new(north, "request", lambda subject: [opened(subject)])
    assert appended.subject == "request:4712"


def test_numbers_that_came_by_any_way_are_never_handed_out_again(north: int) -> None:
    def next_number() -> str:
        made = ledger.append_new(north, "request", lambda subject: [opened(subject)])
        return made.subject.partition(":")[2]

    assert next_number() == "1"
    received = make_fact("complaint.received", at(0), "complaint:2", channel="telephone")
    ledger.append(north, [received])
    assert next_number() == "3"
    placed = make_fact("order.placed", at(0), "order:0008", item="bridge")
    ledger.import_lines(north, lines_of(opened("request:4"), placed), "x")
    assert next_number() == "9"
    ledger.import_lines(north, lines_of(opened("request:4"), opened("request:10")), "again")
    assert next_number() == "11"
    names = [f"request:{number}" for number in range(100, 100 + 2 * projecting.AT_ONCE)]
    assert ledger.import_lines(north, lines_of(*map(opened, names)), "many").is_waiting
    assert next_number() == str(100 + 2 * projecting.AT_ONCE)
    again = ledger.import_lines(north, lines_of(opened("request:1", id="told otherwise")), "old")
    assert again.new == 1
    assert next_number() == str(101 + 2 * projecting.AT_ONCE)
