"""Every verdict carries its reasons: the term, the clause, the facts, in words that exist."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.drawn import BACKUPS, EVERYTHING, LATER, MOMENTS, POSTINGS, histories
from tests.engine.pages import DESK, agreement, at, fact, hours, judge, response, the

from uphold.agreement import load_agreement
from uphold.engine import State, Verdict, Verdicts, evaluate
from uphold.engine.examples import run_examples
from uphold.facts import Fact
from uphold.messages import Message, Reader
from uphold.messages.catalogue import words
from uphold.worktime.durations import Elapsed

AGREEMENTS = Path(__file__).resolve().parents[2] / "agreements"
# A translation has no terms of its own.
WITH_EXAMPLES = sorted(
    str(path.relative_to(AGREEMENTS))
    for path in AGREEMENTS.rglob("*.md")
    if ".nb." not in path.name
)
PREFACES = {"reason.before-in-force", "reason.as-if-in-force", "reason.no-agreement"}


def messages_in(said: Message) -> Iterator[Message]:
    """The message and every message inside it."""
    yield said
    for value in said.data.values():
        if isinstance(value, Message):
            yield from messages_in(value)


def check(verdicts: Verdicts, facts: list[Fact]) -> None:
    """Holds every verdict to its reasons."""
    known = {each.id for each in facts}
    for verdict in verdicts:
        assert verdict.because, verdict.key
        assert verdict.clause
        json.dumps(verdict.to_json(), allow_nan=False)
        for reason in verdict.because:
            for said in messages_in(reason):
                assert words("en", said.id, 2) is not None, said.id
            assert reason.data.get("fact", next(iter(known))) in known
            if reason.id not in PREFACES:
                assert {"term", "fact"} & reason.data.keys(), reason.id
            assert "{" not in Reader("en").text(reason)
        if verdict.state not in (State.NOT_STARTED, State.UNKNOWN, State.NOT_OWED):
            assert verdict.leans_on(verdict.clock.partition(".")[0])
        if verdict.stopped is not None and verdict.state is not State.NOT_OWED:
            assert any("fact" in reason.data for reason in verdict.because)


@settings(max_examples=80)
@given(
    histories(),
    st.lists(POSTINGS, max_size=1),
    st.lists(BACKUPS, max_size=3),
    MOMENTS,
    st.booleans(),
)
def test_every_verdict_has_reasons_in_words_that_exist(
    facts: list[Fact], postings: list[Fact], backups: list[Fact], now: datetime, as_if: bool
) -> None:
    every = [*facts, *postings, *backups]
    early = [fact("opened", "2025-06-02 09:00", "request:old")]
    check(evaluate([EVERYTHING, LATER], every + early, now, as_if_in_force=as_if), every + early)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_every_verdict_of_the_shipped_examples_has_reasons(name: str) -> None:
    path = AGREEMENTS / name
    for run in run_examples(load_agreement(path)):
        if run.verdicts is not None:
            for verdict in run.verdicts:
                assert verdict.because
                json.dumps(verdict.to_json(), allow_nan=False)
                for reason in verdict.because:
                    assert words("en", reason.id, 2) is not None


def stretches(verdict: Verdict) -> list[tuple[datetime, datetime, Elapsed]]:
    found = []
    for reason in verdict.because:
        if reason.id == "reason.stretch":
            start, end, length = (reason.data[name] for name in ("start", "end", "length"))
            assert isinstance(start, datetime) and isinstance(end, datetime)
            assert isinstance(length, Elapsed)
            found.append((start, end, length))
    return found


def test_the_stretches_told_make_up_the_target_without_the_hold() -> None:
    verdict = the(
        judge(
            agreement(DESK, response("8 business hours")),
            "2026-03-09 12:00",
            fact("opened", "2026-03-06 10:00"),
            fact("awaiting", "2026-03-06 15:00", cause="customer"),
            fact("resumed", "2026-03-09 09:00", cause="customer"),
        )
    )
    told = stretches(verdict)
    assert [(start, end) for start, end, _ in told] == [
        (at("2026-03-06 10:00"), at("2026-03-06 15:00")),
        (at("2026-03-09 09:00"), at("2026-03-09 12:00")),
    ]
    assert sum(length.us for *_, length in told) == hours(8)
    hold = next(reason for reason in verdict.because if reason.id == "reason.hold")
    assert hold.data["length"] == Elapsed(hours(2))


@settings(max_examples=60)
@given(histories(), MOMENTS)
def test_told_stretches_end_at_the_due_time(facts: list[Fact], now: datetime) -> None:
    clock = agreement(DESK, response("6 business hours"))
    for verdict in evaluate([clock], facts, now):
        told = stretches(verdict)
        if verdict.due is None or not told or verdict.state is State.NOT_OWED:
            continue
        assert told[-1][1] == verdict.due
        assert sum(length.us for *_, length in told) == hours(6)
        for start, end, length in told:
            assert end - start == timedelta(microseconds=length.us)
