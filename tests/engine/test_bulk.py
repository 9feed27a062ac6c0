"""Judging by the million gives what judging one by one gives."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.engine.bulk_cases import AGREEMENTS, BEGIN, lines, written
from tests.engine.pages import EPOCH, agreement, at, response

from uphold.agreement import Agreement
from uphold.agreement.terms.promise import JudgementTerm, PriorityTerm
from uphold.engine import State, Verdict, evaluate
from uphold.engine.bulk import gathering, stream
from uphold.engine.bulk.columns import NONE, STATES
from uphold.engine.bulk.relevance import can_be_shaped
from uphold.engine.bulk.stream import Summary, judge_lines, summarise
from uphold.facts import FactSet, read_facts

Rows = list[dict[str, Any]]
Figures = tuple[State, int | None, int | None, int | None, int | None, int | None]
Key = tuple[str, str, int]


def one_by_one(
    judged_by: Agreement, rows: Rows, now: datetime, *, as_if: bool = False
) -> dict[Key, Figures]:
    facts = FactSet.of(read_facts(lines(rows)).facts)
    verdicts = evaluate([judged_by], facts, now, as_if_in_force=as_if)
    return {(each.subject, each.clock, each.cycle): _figures(each) for each in verdicts}


def in_bulk(
    judged_by: Agreement, rows: Rows, now: datetime, *, in_order: bool = True, as_if: bool = False
) -> dict[Key, Figures]:
    summary = Summary()
    found: dict[Key, Figures] = {}
    for batch in judge_lines(
        judged_by, [lines(rows)], now, summary, in_order=in_order, as_if_in_force=as_if
    ):
        for columns in batch.columns:
            named = [columns.starts, columns.due, columns.stopped, columns.used, columns.left]
            times = [[None if us == NONE else us for us in each.tolist()] for each in named]
            for place, subject in enumerate(columns.subject.tolist()):
                key = (batch.subjects[subject], columns.clock, int(columns.cycle[place]))
                assert key not in found
                starts, due, stopped, used, left = (each[place] for each in times)
                state = STATES[int(columns.state[place])]
                found[key] = (state, starts, due, stopped, used, left)
        for verdict in batch.single:
            found[verdict.subject, verdict.clock, verdict.cycle] = _figures(verdict)
    assert not summary.problems
    assert summary.facts == len(rows)
    return found


def _figures(verdict: Verdict) -> Figures:
    times = (verdict.starts, verdict.due, verdict.stopped)
    starts, due, stopped = (
        None if time is None else (time - EPOCH) // timedelta(microseconds=1) for time in times
    )
    return (verdict.state, starts, due, stopped, verdict.used_us, verdict.left_us)


def differences(
    judged_by: Agreement, expected: dict[Key, Figures], found: dict[Key, Figures]
) -> dict[Key, tuple[Figures | None, Figures | None]]:
    """Where the two differ. A decision in bulk has a state and no times."""
    decided = {term.name for term in judged_by.of(JudgementTerm)}
    wrong = {}
    for key in expected.keys() | found.keys():
        one, other = expected.get(key), found.get(key)
        if key[1] in decided and one and other and one[0] == other[0]:
            continue
        if one != other:
            wrong[key] = one, other
    return wrong


def levels_of(judged_by: Agreement) -> list[str]:
    found = [level for term in judged_by.of(PriorityTerm) for level in term.order()]
    return [*found, "4"] if "3" in found else found or ["p1"]


def check(name: str, seed: int, count: int = 120) -> Counter[State]:
    """Holds both ways together on random histories, sorted and not; the states that came out."""
    judged_by = AGREEMENTS[name]
    rng = random.Random(f"{name} {seed}")
    rows = written(rng, levels_of(judged_by), count)
    now = BEGIN + timedelta(minutes=rng.randrange(60 * 24 * 3, 60 * 24 * 24))
    expected = one_by_one(judged_by, rows, now)
    assert differences(judged_by, expected, in_bulk(judged_by, rows, now)) == {}
    rng.shuffle(rows)
    assert differences(judged_by, expected, in_bulk(judged_by, rows, now, in_order=False)) == {}
    return Counter(state for state, *_ in expected.values())


@pytest.mark.parametrize("name", AGREEMENTS)
def test_both_ways_agree_on_random_histories(name: str) -> None:
    assert can_be_shaped(AGREEMENTS[name], "request")
    states = check(name, 1)
    assert len(states) > 2 and states.total() > 15


SHAPES = AGREEMENTS["keep start"]
NOW = BEGIN + timedelta(days=12)
LEVELS = ["p1", "p2", "p3"]


def some(seed: str, count: int = 60) -> Rows:
    return written(random.Random(seed), LEVELS, count)


def agree(rows: Rows, now: datetime = NOW, *, as_if: bool = False) -> dict[Key, Figures]:
    """Both ways' verdicts, which are the same."""
    expected = one_by_one(SHAPES, rows, now, as_if=as_if)
    ordered = sorted(rows, key=lambda row: row["subject"])
    found = in_bulk(SHAPES, ordered, now, as_if=as_if)
    assert differences(SHAPES, expected, found) == {}
    found = in_bulk(SHAPES, rows, now, in_order=False, as_if=as_if)
    assert differences(SHAPES, expected, found) == {}
    return expected


def test_facts_that_are_there_twice_count_once() -> None:
    rows = some("twice")
    rng = random.Random("which")
    agree(rows + rng.sample(rows, 40))
    for place, row in enumerate(rows):
        row["id"] = f"f{place}"
    again = [{**row, "recorded": "2026-05-01T00:00:00Z"} for row in rng.sample(rows, 40)]
    agree(rows + again)


def test_facts_of_one_instant_keep_one_order() -> None:
    rng = random.Random("instants")
    rows = some("instants")
    for row in rows:
        time = datetime.fromisoformat(row["at"])
        row["at"] = time.replace(hour=12, minute=0).isoformat()
    agree(rows)
    for row in rows:
        row["seq"] = rng.randrange(2)
    agree(rows)
    for row in rows:
        row.pop("seq")
    agree(rows)


@pytest.mark.parametrize("ids", ["all", "some"])
def test_ids_settle_the_order_that_times_leave_open(ids: str) -> None:
    def classified(priority: str, name: str | None) -> dict[str, Any]:
        row = {"type": "request.classified", "at": "2026-03-26T10:00:00+01:00",
               "subject": "request:1", "priority": priority, "reason": "r"}  # fmt: skip
        return row if name is None else {**row, "id": name}

    opened = {
        "type": "request.opened",
        "at": "2026-03-26T09:00:00+01:00",
        "subject": "request:1",
        "priority": "p2",
    }
    second = "a" if ids == "all" else None
    for pair in (("p1", "p2"), ("p2", "p1")):
        rows = [opened, classified(pair[0], "b"), classified(pair[1], second)]
        agree(rows, at("2026-03-26 10:30"))
        agree([rows[0], rows[2], rows[1]], at("2026-03-26 10:30"))


def test_one_id_for_two_facts_is_settled_as_one_by_one() -> None:
    rows = some("clash", 5)
    for row in rows:
        row["id"] = f"{row['subject']} {row['seq']}"
    twin = {**rows[0], "at": (BEGIN + timedelta(days=20)).isoformat(), "seq": 99}
    facts = FactSet.of(read_facts(lines([*rows, twin])).facts)
    assert facts.problems
    verdicts = evaluate([SHAPES], facts, NOW)
    summary = Summary()
    batches = list(judge_lines(SHAPES, [lines([*rows, twin])], NOW, summary, in_order=False))
    assert [each.code for each in summary.problems] == [each.code for each in facts.problems]
    mine = [each for batch in batches for each in batch.single]
    assert mine == [each for each in verdicts if each.subject == rows[0]["subject"]]


def test_things_from_before_the_agreement_are_not_owed_unless_asked_as_if() -> None:
    rows = some("before", 40)
    for row in rows[: len(rows) // 2]:
        earlier = datetime.fromisoformat(row["at"]) - timedelta(days=200)
        row["at"] = earlier.isoformat()
    plain = Counter(state for state, *_ in agree(rows).values())
    as_if = Counter(state for state, *_ in agree(rows, as_if=True).values())
    assert plain[State.NOT_OWED] > as_if[State.NOT_OWED] > 0
    assert plain.total() == as_if.total()


def test_facts_from_after_the_instant_count_for_nothing() -> None:
    rows = some("after")
    for hours in (0, 30, 100, 200):
        agree(rows, BEGIN + timedelta(hours=hours))


def test_facts_that_do_not_matter_before_the_opening_set_its_beginning() -> None:
    first = {
        "type": "request.assigned",
        "at": "2026-03-26T07:00:00+01:00",
        "subject": "request:1",
        "to": "x",
    }
    rows = [first, {**first, "type": "request.opened", "at": "2026-03-26T08:00:00+01:00"}]
    rows[1].pop("to")
    found = agree(rows)
    assert found["request:1", "response", 1][0] is State.MISSED


def test_other_things_in_the_file_are_judged_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    both = agreement(
        "calendar: desk\nhours: {mon-fri: 08:00-16:00}\n",
        response("8 business hours"),
        "clock: confirmed\nof: complaint\nstarts: complaint.received\n"
        "stops: complaint.confirmed\ncalendar: desk\ntarget: 1 working day\n",
    )
    complaint = {"type": "complaint.received", "at": BEGIN.isoformat(), "subject": "complaint:1"}
    rows = [complaint, *some("others", 20), {**complaint, "subject": "zebra"} | {
        "subject": "complaint:2"}]  # fmt: skip
    expected = one_by_one(both, rows, NOW)
    found = in_bulk(both, sorted(rows, key=lambda row: row["subject"]), NOW)
    assert found == expected
    assert ("complaint:2", "confirmed", 1) in found


@pytest.mark.parametrize("in_order", [True, False])
def test_many_small_batches_are_as_one(monkeypatch: pytest.MonkeyPatch, in_order: bool) -> None:
    rows = some("batches", 80)
    whole = in_bulk(SHAPES, rows, NOW, in_order=in_order)
    monkeypatch.setattr(gathering, "BATCH", 7)
    monkeypatch.setattr(gathering, "_MOST_SHAPES", 5)
    assert in_bulk(SHAPES, rows, NOW, in_order=in_order) == whole


def test_a_file_that_is_not_sorted_is_found_out() -> None:
    rows = some("unsorted", 3)
    with pytest.raises(gathering.OutOfOrderError):
        in_bulk(SHAPES, [*rows, rows[0]], NOW)


# -- the summary takes the way that is right for the facts


def counts(judged_by: Agreement, rows: Rows, now: datetime = NOW) -> dict[str, Counter[State]]:
    found: dict[str, Counter[State]] = {}
    facts = FactSet.of(read_facts(lines(rows)).facts)
    for verdict in evaluate([judged_by], facts, now):
        found.setdefault(verdict.clock, Counter())[verdict.state] += 1
    return found


def file_of(folder: Path, rows: Rows, name: str = "facts.jsonl") -> Path:
    path = folder / name
    path.write_bytes(lines(rows).getvalue())
    return path


def fails(*_: object, **__: object) -> None:
    raise AssertionError("judged one by one")


CUSTOMER = {
    "type": "customer.agreed",
    "at": "2026-01-05T09:00:00Z",
    "subject": "customer:acme",
    "account": "acme-1",
    "agreement": "another",
}


def test_a_summary_counts_the_same_verdicts_without_judging_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = some("summary")
    path = file_of(tmp_path, rows)
    expected = counts(SHAPES, rows)
    random.Random("shuffled").shuffle(rows)
    shuffled = file_of(tmp_path, rows, "shuffled.jsonl")
    halves = [file_of(tmp_path, rows[:100], "a"), file_of(tmp_path, rows[100:], "b")]
    monkeypatch.setattr(stream, "read_facts", fails)
    for paths in ([path], [shuffled], halves):
        summary = summarise([SHAPES], paths, NOW)
        assert summary.states == expected
        assert (summary.facts, summary.subjects) == (len(rows), 60)


def _correction(row: dict[str, Any], **more: str) -> dict[str, Any]:
    later = datetime.fromisoformat(row["at"]) + timedelta(minutes=60)
    return {**row, "at": later.isoformat(), "corrects": row["id"], "id": "correction", **more}


@pytest.mark.parametrize("what", ["customer", "correction", "correction from later", "retraction",
                                  "correction of what is there twice", "far"])  # fmt: skip
def test_facts_that_bear_on_others_are_judged_one_by_one(tmp_path: Path, what: str) -> None:
    rows = some(what, 30)
    for place, row in enumerate(rows):
        row["id"] = f"f{place}"
    answered = next(row for row in rows if row["type"] == "request.answered")
    match what:
        case "customer":
            rows += [CUSTOMER]
            rows[0]["account"] = "acme-1"
        case "correction":
            rows.append(_correction(answered))
        case "correction from later":
            rows.append(_correction(answered, at=(NOW + timedelta(days=1)).isoformat()))
        case "retraction":
            taken_back = {key: answered[key] for key in ("type", "at", "subject")}
            rows.append({**taken_back, "retracts": answered["id"]})
        case "correction of what is there twice":
            other = next(row for row in rows if row["subject"] != answered["subject"])
            rows += [_correction(answered, subject=other["subject"]), dict(other)]
        case "far":
            rows[-1]["at"] = "2290-03-26T09:00:00+01:00"
            rows[-1] |= {"type": "request.opened", "subject": "request:far"}
            for key in ("cause", "what", "into", "to", "spent"):
                rows[-1].pop(key, None)
    for name, ordered in (("sorted", True), ("as they come", False)):
        if ordered:
            rows = sorted(rows, key=lambda row: row["subject"])
        now = at("2291-01-01 00:00") if what == "far" else NOW
        summary = summarise([SHAPES], [file_of(tmp_path, rows, name)], now)
        assert summary.states == counts(SHAPES, rows, now)
        assert not summary.problems


def test_what_was_known_then_is_judged_one_by_one(tmp_path: Path) -> None:
    rows = some("known", 20)
    for row in rows[::2]:
        row["recorded"] = (NOW + timedelta(days=1)).isoformat()
    known = NOW + timedelta(hours=1)
    facts = FactSet.of(read_facts(lines(rows)).facts)
    found = summarise([SHAPES], [file_of(tmp_path, rows)], NOW, known)
    assert found.total() == Counter(each.state for each in evaluate([SHAPES], facts, NOW, known))
    assert found.total() != summarise([SHAPES], [file_of(tmp_path, rows)], NOW).total()


def test_lines_that_cannot_be_read_are_problems_with_their_places(tmp_path: Path) -> None:
    path = file_of(tmp_path, some("bad", 3))
    path.write_bytes(path.read_bytes() + b'{"type": "request.openned"}\n')
    summary = summarise([SHAPES], [path], NOW)
    assert summary.states == counts(SHAPES, some("bad", 3))
    assert {each.place.line for each in summary.problems if each.place} == {summary.facts + 1}


def test_an_agreement_that_asks_about_accounts_is_not_judged_in_bulk() -> None:
    desk = "calendar: desk\nhours: {mon-fri: 08:00-16:00}\n"
    by_office = response("8 business hours", calendar="{by: account.office, oslo: desk}")
    assert not can_be_shaped(agreement(desk, by_office), "request")
    trained = "applies: people\nto: [response]\nonly if: [request.author is trained]\n"
    assert not can_be_shaped(agreement(desk, trained, response("8 business hours")), "request")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 32))
@pytest.mark.parametrize("name", AGREEMENTS)
def test_both_ways_agree_on_many_random_histories(name: str, seed: int) -> None:
    check(name, seed, 400)
