"""A response clock with holds and changes of priority, against a judge that walks the minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine import oracle
from tests.engine.oracle import DAY, Clock, Event
from tests.engine.pages import PRIORITY, agreement, at, fact, judge, response, the

from uphold.agreement import Agreement

MONDAY = at("2026-03-02 00:00")
CALENDARS = {
    "desk": ("{mon-fri: 08:00-16:00}", oracle.desk_is_open),
    "split": ("{mon-fri: '08:00-12:00, 13:00-17:00'}", oracle.split_is_open),
    "night": ("{mon-fri: 22:00-06:00}", oracle.night_is_open),
    "elapsed": ("{mon-fri: 08:00-16:00}", oracle.is_always_open),
}
HOURS = Clock(oracle.desk_is_open, {"p1": 60, "p2": 240, "p3": 480}, "keep start")
DAYS = replace(HOURS, minutes={"p1": 90, "p2": 1, "p3": 2}, days=frozenset({"p2", "p3"}))


def run(clock: Clock, calendar: str) -> Agreement:
    """The agreement with the clock that the oracle has."""
    hours, _ = CALENDARS[calendar]
    unit = {True: "working days", False: "minutes" if calendar == "elapsed" else "business minutes"}
    words = "under " * clock.under
    targets = ", ".join(
        f"{level}: {words}{count} {unit[level in clock.days]}"
        for level, count in clock.minutes.items()
    )
    return agreement(
        f"calendar: desk\nhours: {hours}\n",
        PRIORITY,
        response(
            f"{{by: request.priority, {targets}}}", rule=clock.rule, starts="request.forwarded"
        ),
    )


KINDS = {
    "hours": (HOURS, ("desk", "split", "night", "elapsed")),
    "under": (replace(HOURS, under=True), ("desk",)),
    "days": (DAYS, ("desk", "split")),
}
CASES = {
    (kind, calendar, rule): replace(clock, is_open=CALENDARS[calendar][1], rule=rule)
    for kind, (clock, calendars) in KINDS.items()
    for calendar in calendars
    for rule in ("keep start", "restart", "no change")
}
AGREEMENTS = {case: run(clock, case[1]) for case, clock in CASES.items()}

EVENTS = st.sampled_from(
    [
        *(("classified", level) for level in ("p1", "p2", "p3") for _ in range(3)),
        *(("awaiting", cause) for cause in ("customer", "vendor") for _ in range(2)),
        *(("resumed", cause) for cause in ("customer", "vendor", None)),
        ("replied", None),
        ("updated", None),
        ("answered", None),
    ]
)
STEPS = st.one_of(
    st.sampled_from([0, 1, 15, 30, 59, 60, 61, 90, 120, 240, 480, DAY]), st.integers(0, DAY)
)
OPENINGS = st.one_of(
    st.sampled_from([day * DAY + hour * 60 for day in (3, 4) for hour in (8, 9, 11, 15, 22)]),
    st.integers(3 * DAY, 5 * DAY),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], int]:
    """A request's events in order, and the instant asked about."""
    minute = draw(OPENINGS)
    events = [Event(minute, "opened", draw(st.sampled_from([None, "p1", "p2", "p3"])))]
    before = draw(st.sampled_from([0, 0, 1, 2]))
    for place in range(draw(st.integers(2, 9))):
        minute += draw(STEPS)
        kind, value = draw(EVENTS)
        if place == before:
            events.append(Event(minute, "forwarded"))
        events.append(Event(minute, kind, value))
    if before >= place + 1:
        events.append(Event(minute, "forwarded"))
    start = next(event.minute for event in events if event.kind == "forwarded")
    return events, max(start, minute + draw(st.integers(-DAY, DAY)))


FIELDS = {"opened": "priority", "classified": "priority", "awaiting": "cause", "resumed": "cause"}


def check(case: tuple[str, str, str], history: tuple[list[Event], int]) -> None:
    """Holds the engine's verdict beside the oracle's."""
    events, now = history
    facts = [
        fact(
            event.kind,
            MONDAY + timedelta(minutes=event.minute),
            seq=place,
            **({FIELDS[event.kind]: event.value} if event.value else {}),
        )
        for place, event in enumerate(events)
    ]
    verdict = the(judge(AGREEMENTS[case], MONDAY + timedelta(minutes=now), *facts))
    told = oracle.judge(CASES[case], events, now)
    assert verdict.due is not None and verdict.used_us is not None
    due = (verdict.due - MONDAY) / timedelta(minutes=1)
    assert (str(verdict.state), due, verdict.used_us / 60_000_000) == (
        told.state,
        told.due,
        told.used,
    )


@settings(max_examples=60)
@pytest.mark.parametrize("case", CASES, ids=" ".join)
@given(history=histories())
def test_the_engine_agrees_with_the_oracle(
    case: tuple[str, str, str], history: tuple[list[Event], int]
) -> None:
    check(case, history)


@pytest.mark.long
@settings(max_examples=5_000)
@pytest.mark.parametrize("case", CASES, ids=" ".join)
@given(history=histories())
def test_the_engine_agrees_with_the_oracle_on_many(
    case: tuple[str, str, str], history: tuple[list[Event], int]
) -> None:
    check(case, history)
