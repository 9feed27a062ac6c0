"""Clocks that start when another is due.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

from tests.engine.pages import (
    DESK,
    PRIORITY,
    TARGETS,
    agreement,
    at,
    fact,
    hours,
    ids,
    judge,
    response,
    the,
)

from uphold.engine import State

MENDING = """\
clock: mending
of: request
starts: response.due
stops: request.resolved
calendar: response.calendar
target: {by: request.priority, p1: 4 business hours, p2: 1 working day, p3: none}
held while: [awaiting customer]
on change of priority: keep start
"""
OWN = "applies: own\nto: [{to}]\nunless: [request.cause is third-party]\n"
BOTH = agreement(DESK, PRIORITY, response(TARGETS), MENDING)
OPENED = fact("opened", "2026-03-06 08:00")  # p2: respond by 12:00, mend by Monday 16:00


def test_it_starts_when_the_first_is_due_and_not_when_it_stops() -> None:
    verdicts = judge(BOTH, "2026-03-06 10:00", OPENED, fact("answered", "2026-03-06 09:00"))
    mending = the(verdicts, "mending")
    assert (mending.state, mending.starts) == (State.NOT_STARTED, at("2026-03-06 12:00"))
    assert (mending.due, mending.used_us) == (at("2026-03-09 16:00"), 0)
    running = the(judge(BOTH, "2026-03-06 13:00", OPENED), "mending")
    assert (running.state, running.used_us) == (State.RUNNING, hours(1))


def test_its_start_is_provisional_while_the_first_is_held_and_frozen_once_it_has_stopped() -> None:
    held = [OPENED, fact("awaiting", "2026-03-06 09:00", cause="customer")]
    verdict = the(judge(BOTH, "2026-03-06 11:00", *held), "mending")
    assert (verdict.starts, verdict.provisional) == (at("2026-03-06 14:00"), True)
    answered = fact("answered", "2026-03-06 10:00")
    frozen = the(judge(BOTH, "2026-03-06 11:00", *held, answered), "mending")
    assert (frozen.starts, frozen.due) == (at("2026-03-06 13:00"), at("2026-03-09 16:00"))


def test_stopped_before_its_start_it_is_met_and_nothing_is_used() -> None:
    resolved = fact("resolved", "2026-03-06 09:00")
    for time in ("2026-03-06 10:00", "2026-03-20 10:00"):
        verdict = the(judge(BOTH, time, OPENED, resolved), "mending")
        assert (verdict.state, verdict.used_us) == (State.MET, 0)
        assert "stopped-early" in ids(verdict)


def test_what_changes_between_its_end_and_its_start_does_not_act() -> None:
    both = agreement(DESK, PRIORITY, OWN.format(to="mending"), response(TARGETS), MENDING)
    resolved = fact("resolved", "2026-03-06 09:00")
    changes = [
        fact("cause", "2026-03-06 10:00", cause="third-party"),
        fact("classified", "2026-03-06 10:00", priority="p1"),
        fact("answered", "2026-03-06 09:30"),
    ]
    plain = the(judge(both, "2026-03-20 10:00", OPENED, resolved, changes[2]), "mending")
    changed = the(judge(both, "2026-03-20 10:00", OPENED, resolved, *changes), "mending")
    assert (changed.state, changed.due) == (State.MET, plain.due)
    withdrawn = fact("cancelled", "2026-03-06 09:00")
    cancelled = the(judge(both, "2026-03-20 10:00", OPENED, withdrawn, *changes), "mending")
    assert cancelled.state is State.CANCELLED


def test_where_the_first_is_not_owed_its_start_is_unknown() -> None:
    first = agreement(DESK, PRIORITY, OWN.format(to="response"), response(TARGETS), MENDING)
    cause = fact("cause", "2026-03-06 09:00", cause="third-party")
    verdicts = judge(first, "2026-03-06 13:00", OPENED, cause)
    assert the(verdicts).state is State.NOT_OWED
    mending = the(verdicts, "mending")
    assert (mending.state, mending.starts, mending.due) == (State.UNKNOWN, None, None)
    assert "no-start" in ids(mending)
    every = agreement(DESK, PRIORITY, OWN.format(to="response, mending"), response(TARGETS),
                      MENDING)  # fmt: skip
    verdicts = judge(every, "2026-03-06 13:00", OPENED, cause)
    assert the(verdicts, "mending").state is State.NOT_OWED


def test_where_the_first_has_not_begun_neither_has_it() -> None:
    waiting = agreement(DESK, PRIORITY, response(TARGETS, starts="request.forwarded"), MENDING)
    verdicts = judge(waiting, "2026-03-06 13:00", OPENED)
    assert {each.state for each in verdicts} == {State.NOT_STARTED}


def test_a_target_of_none_is_not_owed_from_when_it_holds() -> None:
    lowered = fact("classified", "2026-03-06 13:00", priority="p3")
    verdict = the(judge(BOTH, "2026-03-06 14:00", OPENED, lowered), "mending")
    assert (verdict.state, verdict.due) == (State.NOT_OWED, None)
    assert "no-promise" in ids(verdict)


def test_a_request_withdrawn_while_it_is_held_is_not_provisional() -> None:
    facts = [
        OPENED,
        fact("awaiting", "2026-03-06 09:00", cause="customer"),
        fact("cancelled", "2026-03-06 10:00"),
    ]
    verdict = the(judge(BOTH, "2026-03-09 14:00", *facts))
    assert (verdict.state, verdict.provisional) == (State.CANCELLED, False)
    assert verdict.due == at("2026-03-06 13:00")
