"""Laws that verdicts keep, whatever happened."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engine.drawn import (
    BACKUPS,
    BEGIN,
    EVERYTHING,
    LATER,
    MOMENTS,
    POSTINGS,
    histories,
    requests,
)
from tests.engine.pages import DESK, PRIORITY, RESOLUTION, TARGETS, agreement, fact, response

from uphold.engine import Evaluation, State, Verdict, evaluate
from uphold.facts import Fact, FactSet, make_fact, read_facts

BOTH = [EVERYTHING, LATER]
SOME = settings(max_examples=60)


def said(fact: Fact, **more: Any) -> Fact:
    """The fact with more written in it."""
    written = {**fact.written, **more}
    return make_fact(written.pop("type"), written.pop("at"), written.pop("subject"), **written)


@SOME
@given(st.data())
def test_neither_order_nor_files_nor_steps_matter(data: st.DataObject) -> None:
    facts, at = data.draw(histories()), data.draw(MOMENTS)
    facts += data.draw(st.lists(POSTINGS, max_size=2)) + data.draw(st.lists(BACKUPS, max_size=4))
    expected = evaluate(BOTH, facts, at)
    shuffled = data.draw(st.permutations(facts))
    assert evaluate(BOTH, shuffled, at) == expected

    cut = data.draw(st.integers(0, len(facts)))
    files = [_lines(shuffled[:cut]), _lines([*shuffled[cut:], *shuffled[:1]])]
    assert evaluate(BOTH, FactSet.of(read_facts(files).facts), at) == expected

    growing = Evaluation.of(BOTH, (), at)
    for each in shuffled:
        growing = growing.adding(each)
    assert growing.verdicts == expected


def _lines(facts: list[Fact]) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(dict(each.written)).encode() + b"\n" for each in facts))


@SOME
@given(histories(), MOMENTS, MOMENTS)
def test_no_change_acts_before_its_own_time(
    facts: list[Fact], at: datetime, later: datetime
) -> None:
    past = [each for each in facts if each.at <= at]
    assert evaluate(BOTH, facts, at) == evaluate(BOTH, past, at)
    assume(later > at)
    before = evaluate(BOTH, facts, at)
    after = evaluate(BOTH, facts, later)
    for verdict in before:
        again = after.get(verdict.key)
        assert again is not None
        follows = verdict.clock == "mending" or State.NOT_OWED in (verdict.state, again.state)
        if verdict.starts is not None and verdict.starts <= at and not follows:
            assert (again.starts, again.promised_due) == (verdict.starts, verdict.promised_due)
        if verdict.stopped is not None and verdict.clock != "mending":
            assert _figures(again) == _figures(verdict)


@SOME
@given(histories(), st.lists(MOMENTS, min_size=2, max_size=5))
def test_a_miss_and_a_cancellation_are_never_undone(
    facts: list[Fact], moments: list[datetime]
) -> None:
    gone: dict[str, tuple[State, datetime | None]] = {}
    for at in sorted(moments):
        for verdict in evaluate(BOTH, facts, at):
            if verdict.key in gone:
                assert (verdict.state, verdict.due) == gone[verdict.key]
            if verdict.state in (State.MISSED, State.CANCELLED):
                gone[verdict.key] = (verdict.state, verdict.due)


@SOME
@given(st.data())
def test_what_was_known_in_the_past_gives_the_verdict_of_that_day(data: st.DataObject) -> None:
    facts, at, known = data.draw(histories()), data.draw(MOMENTS), data.draw(MOMENTS)
    delays = st.integers(0, 3 * 1440).map(lambda minutes: timedelta(minutes=minutes))
    recorded = [
        said(each, id=f"f{place}", recorded=each.at + data.draw(delays))
        for place, each in enumerate(facts)
    ]
    target = data.draw(st.sampled_from(recorded))
    when = (target.recorded or target.at) + data.draw(delays)
    takes_back = data.draw(st.booleans())
    moved = {"at": target.at + timedelta(minutes=90), "corrects": target.id, "recorded": when}
    gone = {"retracts": target.id, "recorded": when}
    recorded.append(said(target, id="later", **(gone if takes_back else moved)))
    then = [each for each in recorded if each.known_us <= _us(known)]
    assert evaluate(BOTH, recorded, at, known) == evaluate(BOTH, then, at)
    grown = Evaluation.of(BOTH, recorded[:-1], at, known).adding(recorded[-1])
    assert grown.verdicts == evaluate(BOTH, recorded, at, known)


def test_only_a_correcting_fact_undoes_a_miss() -> None:
    clock = agreement(DESK, response("1 business hour"))
    opened = said(fact("opened", "2026-03-06 08:00"), id="opened")
    answered = said(fact("answered", "2026-03-06 10:00"), id="answered")
    late = Evaluation.of([clock], [opened, answered], fact("opened", "2026-03-07 08:00").at)
    assert [each.state for each in late.verdicts] == [State.MISSED]
    mended = said(
        fact("answered", "2026-03-06 08:30"),
        id="right",
        corrects="answered",
        recorded="2026-03-07T07:00:00Z",
    )
    assert [each.state for each in late.adding(mended).verdicts] == [State.MET]


@SOME
@given(histories(), MOMENTS, st.sampled_from(["UTC", "Asia/Tokyo", "America/St_Johns"]))
def test_the_zone_of_the_reader_decides_nothing(facts: list[Fact], at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    moved = [said(each, at=each.at.astimezone(zone)) for each in facts]
    here, there = evaluate(BOTH, facts, at), evaluate(BOTH, moved, at.astimezone(zone))
    assert list(map(_figures, here)) == list(map(_figures, there))


WAITS = "[awaiting customer, awaiting vendor, awaiting parts]"
RULES = {
    rule: agreement(
        DESK,
        PRIORITY,
        response(TARGETS, rule=rule, held_while=WAITS),
        RESOLUTION.replace("[awaiting customer]", WAITS),
    )
    for rule in ("keep start", "restart", "no change")
}


@SOME
@pytest.mark.parametrize("rule", RULES)
@given(
    requests(),
    MOMENTS,
    st.integers(0, 5 * 1440),
    st.integers(0, 2000),
)
def test_a_hold_never_makes_a_due_time_earlier(
    rule: str, facts: list[Fact], at: datetime, begin: int, length: int
) -> None:
    time = BEGIN + timedelta(minutes=begin)
    held = [
        fact("awaiting", time, seq=90, cause="parts"),
        fact("resumed", time + timedelta(minutes=length), seq=91, cause="parts"),
    ]
    assume(any(each.at <= at for each in facts))
    plain, waited = (evaluate([RULES[rule]], each, at) for each in (facts, [*facts, *held]))
    for verdict in plain:
        found = waited.get(verdict.key)
        assert found is not None
        assert found.starts == verdict.starts
        if verdict.due is not None and found.due is not None:
            assert found.due >= verdict.due


@SOME
@given(histories(), MOMENTS)
def test_states_fit_their_times(facts: list[Fact], at: datetime) -> None:
    for verdict in evaluate(BOTH, facts, at):
        due, stopped, started = verdict.due, verdict.stopped, verdict.starts
        match verdict.state:
            case State.MET if due is not None and started is not None:
                assert stopped is not None
                assert stopped <= due or stopped < started
            case State.MISSED if due is not None:
                assert (at if stopped is None else stopped) >= due
            case State.RUNNING | State.HELD:
                assert stopped is None
                assert started is not None and started <= at
                assert due is None or due >= at or verdict.clock == "mending"
            case State.NOT_OWED | State.UNKNOWN:
                assert verdict.used_us is None or verdict.state is State.UNKNOWN
        if verdict.used_us is not None:
            assert verdict.used_us >= 0
            assert verdict.left_us is not None


@SOME
@given(requests(), MOMENTS, st.sampled_from(["1 business hour", "5 business hours"]))
def test_used_and_left_make_the_whole(facts: list[Fact], at: datetime, target: str) -> None:
    clock = agreement(DESK, response(target))
    whole = int(target[0]) * 3_600_000_000
    for verdict in evaluate([clock], facts, at):
        if verdict.used_us is None or verdict.left_us is None:
            continue
        if verdict.state in (State.RUNNING, State.HELD, State.MET):
            assert verdict.used_us + verdict.left_us == whole
            assert verdict.left_us >= 0
        if verdict.state is State.MISSED:
            assert verdict.left_us <= 0


@SOME
@given(histories())
def test_nothing_begins_on_what_was_taken_away(facts: list[Fact]) -> None:
    at = BEGIN + timedelta(days=30)
    for verdict in evaluate([EVERYTHING], facts, at):
        mine = [each for each in facts if each.subject == verdict.subject]
        gone = next((each.at for each in mine if each.type == "request.merged"), None)
        opened_again = any(each.type == "request.reopened" for each in mine)
        if verdict.clock in ("mending", "lowering") or opened_again:
            continue  # one starts when another is due, the other is a decision
        if gone is not None and verdict.starts is not None:
            assert verdict.starts <= gone
            assert verdict.stopped is None or verdict.stopped <= gone


@SOME
@given(histories(), MOMENTS)
def test_warnings_given_stay_given(facts: list[Fact], at: datetime) -> None:
    fired = {
        alert.key: alert.at
        for verdict in evaluate([EVERYTHING], facts, at)
        for alert in verdict.alerts
        if alert.state == "fired"
    }
    later = {
        alert.key: alert
        for verdict in evaluate([EVERYTHING], facts, at + timedelta(days=4))
        for alert in verdict.alerts
    }
    for key, time in fired.items():
        assert time is not None and time <= at
        assert (later[key].state, later[key].at) == ("fired", time)


def _figures(verdict: Verdict) -> tuple[object, ...]:
    """All of a verdict but its reasons, which name facts by ids."""
    times = (verdict.starts, verdict.due, verdict.promised_due, verdict.stopped)
    return (
        verdict.key,
        verdict.state,
        verdict.revision,
        *(None if time is None else (time, time.utcoffset()) for time in times),
        verdict.used_us,
        verdict.left_us,
        verdict.provisional,
        verdict.alerts,
    )


def _us(time: datetime) -> int:
    return (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
