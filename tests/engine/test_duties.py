"""Notices, keeping, releases and decisions, on both sides of their limits.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.pages import (
    DESK,
    PRIORITY,
    TARGETS,
    agreement,
    at,
    fact,
    ids,
    judge,
    response,
    the,
)

from uphold.agreement import Agreement
from uphold.engine import State, Verdict
from uphold.facts import Fact
from uphold.messages import Reader

PLANNED = """\
notice: planned
of: maintenance
when: maintenance.kind is planned
scheduled: at least 2 weeks before planned start
announced: at least 1 week before planned start
to: [customers, resellers]
"""
FAILURE = """\
notice: failure
of: outage
calendar: desk
announced: the same day, or out of hours on the next working day
to: [customers]
"""
NOTICES = agreement(DESK, PLANNED, FAILURE)


def plan(time: str, start: str, *, what: str = "planned", **more: Any) -> Fact:
    kind = {"kind": "planned"} if what == "planned" else {}
    said = {"start": at(start), "end": at(start.replace(" 0", " 1")), **kind, **more}
    return fact(f"maintenance.{what}", time, **said)


def announced(time: str, *to: str) -> Fact:
    return fact("maintenance.announced", time, to=list(to or ("customers", "resellers")))


def notice(name: str, facts: list[Fact], time: str, cycle: int = 1) -> Verdict:
    subject = facts[0].subject
    return the(judge(NOTICES, time, *facts), name, cycle, subject)


# -- lead times


@pytest.mark.parametrize(
    ("scheduled", "told", "states"),
    [
        ("2026-03-06 09:00", "2026-03-13 09:00", (State.MET, State.MET)),
        ("2026-03-06 09:01", "2026-03-13 09:01", (State.MISSED, State.MISSED)),
    ],
)
def test_lead_times_run_back_from_the_planned_start(
    scheduled: str, told: str, states: tuple[State, State]
) -> None:
    facts = [plan(scheduled, "2026-03-20 09:00"), announced(told)]
    time = "2026-03-19 09:00"
    found = [notice(f"planned.{duty}", facts, time) for duty in ("scheduled", "announced")]
    assert [each.state for each in found] == list(states)
    assert [each.due for each in found] == [at("2026-03-06 09:00"), at("2026-03-13 09:00")]


def test_a_lead_time_over_a_change_of_the_clock_keeps_the_wall_time() -> None:
    facts = [plan("2026-03-10 09:00", "2026-03-31 09:00")]
    assert notice("planned.scheduled", facts, "2026-03-11 09:00").due == at("2026-03-17 09:00")
    assert notice("planned.announced", facts, "2026-03-11 09:00").due == at("2026-03-24 09:00")


def test_a_new_planned_start_is_scheduled_and_announced_anew() -> None:
    facts = [
        plan("2026-03-01 09:00", "2026-03-20 09:00"),
        announced("2026-03-02 09:00"),
        plan("2026-03-10 09:00", "2026-03-23 09:00", what="changed"),
    ]
    first = notice("planned.announced", facts, "2026-03-11 09:00")
    assert first.state is State.MET
    again = notice("planned.scheduled", facts, "2026-03-11 09:00", 2)
    assert (again.state, again.due) == (State.MISSED, at("2026-03-09 09:00"))
    telling = notice("planned.announced", facts, "2026-03-11 09:00", 2)
    assert (telling.state, telling.due) == (State.RUNNING, at("2026-03-16 09:00"))
    told = [*facts, announced("2026-03-16 09:00")]
    assert notice("planned.announced", told, "2026-03-20 09:00", 2).state is State.MET


def test_a_change_that_keeps_the_start_asks_for_nothing_new() -> None:
    facts = [
        plan("2026-03-01 09:00", "2026-03-20 09:00"),
        plan("2026-03-19 09:00", "2026-03-20 09:00", what="changed"),
    ]
    verdicts = judge(NOTICES, "2026-03-19 10:00", *facts)
    assert {each.cycle for each in verdicts} == {1}


def test_all_audiences_must_be_told_in_time() -> None:
    facts = [
        plan("2026-03-01 09:00", "2026-03-20 09:00"),
        announced("2026-03-12 09:00", "customers"),
        announced("2026-03-14 09:00", "resellers"),
    ]
    verdict = notice("planned.announced", facts[:2], "2026-03-13 08:00")
    assert (verdict.state, verdict.stopped) == (State.RUNNING, None)
    assert "not-told" in ids(verdict)
    verdict = notice("planned.announced", facts, "2026-03-15 09:00")
    assert (verdict.state, verdict.stopped) == (State.MISSED, at("2026-03-14 09:00"))


def test_maintenance_called_off_owes_no_notice_unless_it_was_late() -> None:
    begun = plan("2026-03-01 09:00", "2026-03-20 09:00")
    early = [begun, fact("maintenance.cancelled", "2026-03-12 09:00")]
    late = [begun, fact("maintenance.cancelled", "2026-03-14 09:00")]
    assert notice("planned.announced", early, "2026-03-25 09:00").state is State.CANCELLED
    assert notice("planned.announced", late, "2026-03-25 09:00").state is State.MISSED
    told = [*early, announced("2026-03-14 09:00")]
    verdict = notice("planned.announced", told, "2026-03-25 09:00")
    assert (verdict.state, verdict.stopped) == (State.CANCELLED, None)


# -- the same day, the next working day


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        ("2026-03-06 08:00", "2026-03-07 00:00"),  # in hours: until 24:00
        ("2026-03-06 15:59:59", "2026-03-07 00:00"),
        ("2026-03-06 16:00", "2026-03-09 16:00"),  # out of hours: the next working day's closing
        ("2026-03-07 12:00", "2026-03-09 16:00"),
        ("2026-03-09 07:59", "2026-03-10 16:00"),  # Monday is the event's own date
    ],
)
def test_the_same_day_ends_at_midnight_and_the_next_working_day_at_closing(
    reported: str, due: str
) -> None:
    outage = fact("outage.reported", reported)
    verdict = notice("failure.announced", [outage], reported)
    assert (verdict.state, verdict.due) == (State.RUNNING, at(due))
    told = fact("outage.announced", due, to=["customers"])
    assert notice("failure.announced", [outage, told], "2026-03-20 09:00").state is State.MET
    assert notice("failure.announced", [outage], "2026-03-20 09:00").state is State.MISSED


# -- keeping

KEEPING = agreement("retention: weekly\nof: backup\ntaken: every week\n"
                    "kept: at least 20 calendar days\n")  # fmt: skip


@pytest.mark.parametrize(
    ("deleted", "state"),
    [("2026-03-30 11:59", State.MISSED), ("2026-03-30 12:00", State.MET), (None, State.MET)],
)
def test_a_backup_is_kept_for_twenty_dates(deleted: str | None, state: State) -> None:
    facts = [fact("backup.taken", "2026-03-10 12:00")]
    facts += [fact("backup.deleted", deleted)] if deleted else []
    verdict = the(judge(KEEPING, "2026-04-20 12:00", *facts), "weekly.kept", 1, "backup:1")
    assert (verdict.state, verdict.due) == (state, at("2026-03-30 12:00"))


def test_every_week_allows_no_gap_over_seven_times_24_hours() -> None:
    taken = [
        fact("backup.taken", time, f"backup:{number}")
        for number, time in enumerate(
            ["2026-03-10 12:00", "2026-03-17 12:00", "2026-03-24 12:00:01", "2026-03-31 13:00:01"]
        )
    ]
    verdicts = judge(KEEPING, "2026-04-07 13:00", *taken).of("register:all")
    assert [each.state for each in verdicts] == [
        State.MET,
        State.MISSED,
        State.MET,  # 31 March, 13:00 in summer, is 168 hours after 24 March, 12:00 in winter
        State.RUNNING,
    ]
    late = judge(KEEPING, "2026-04-07 13:00:02", *taken).of("register:all")
    assert late[-1].state is State.MISSED


# -- releases


def released(target: str) -> Agreement:
    return agreement(
        DESK,
        "clock: mending\nof: request\nstarts: request.opened\nstops: request.resolved\n"
        f"target: {target}\n",
    )


RELEASED = released("second release")
OPENED = fact("opened", "2026-03-06 08:00")


def release(number: int, planned: str | None = None, shipped: str | None = None) -> list[Fact]:
    subject = f"release:{number}"
    found = []
    if planned:
        found.append(fact("release.planned", "2026-03-01 08:00", subject, planned=at(planned)))
    if shipped:
        found.append(fact("release.shipped", shipped, subject))
    return found


def mending(time: str, *facts: Fact) -> Verdict:
    return the(judge(RELEASED, time, OPENED, *facts), "mending")


def test_a_release_target_is_due_when_that_release_ships() -> None:
    plans = [*release(1, "2026-03-10 08:00"), *release(2, "2026-03-20 08:00")]
    planned = mending("2026-03-09 08:00", *plans)
    assert (planned.state, planned.due, planned.provisional) == (
        State.RUNNING,
        at("2026-03-20 08:00"),
        True,
    )
    # A plan that has passed is no miss: the release has not shipped.
    assert mending("2026-03-25 08:00", *plans).state is State.RUNNING
    shipped = [*release(1, None, "2026-03-11 08:00"), *release(2, None, "2026-03-24 08:00")]
    verdict = mending("2026-03-25 08:00", *plans, *shipped)
    assert (verdict.state, verdict.due, verdict.provisional) == (
        State.MISSED,
        at("2026-03-24 08:00"),
        False,
    )
    resolved = fact("resolved", "2026-03-24 08:00", release="2")
    assert mending("2026-03-25 08:00", *plans, *shipped, resolved).state is State.MET


def test_what_shipped_before_the_start_does_not_count() -> None:
    facts = [*release(1, None, "2026-03-05 08:00"), *release(2, "2026-03-10 08:00")]
    verdict = mending("2026-03-07 08:00", *facts)
    assert (verdict.state, verdict.due) == (State.UNKNOWN, None)
    assert "no-release" in ids(verdict)
    facts += release(3, "2026-03-30 08:00")
    assert mending("2026-03-07 08:00", *facts).due == at("2026-03-30 08:00")


@pytest.mark.parametrize(
    ("target", "in_english", "in_polish"),
    [
        ("next release", "Target: next release,", "Cel: następne wydanie,"),
        ("second release", "Target: second release,", "Cel: drugie wydanie,"),
        ("third release", "Target: third release,", "Cel: trzecie wydanie,"),
    ],
)
def test_every_language_has_words_for_a_release(
    target: str, in_english: str, in_polish: str
) -> None:
    because = the(judge(released(target), "2026-03-09 08:00", OPENED), "mending").because
    for language, told in (("en", in_english), ("pl", in_polish)):
        reader = Reader(language)
        assert any(reader.text(reason).startswith(told) for reason in because)


def test_a_release_brought_forward_or_put_off_moves_the_date() -> None:
    facts = [*release(1, "2026-03-10 08:00"), *release(2, "2026-03-20 08:00")]
    moved = fact("release.planned", "2026-03-08 08:00", "release:1", planned=at("2026-04-01 08:00"))
    assert mending("2026-03-09 08:00", *facts, moved).due == at("2026-04-01 08:00")
    assert mending("2026-03-07 08:00", *facts, moved).due == at("2026-03-20 08:00")


# -- decisions

LOWERING = """\
judgement: lowering
of: request
by: provider
permits: request.classified
when: [request.priority is lowered]
while: awaiting customer
records: [reason, decided by]
"""
JUDGED = agreement(DESK, PRIORITY, response(TARGETS), LOWERING)
WAITING = fact("awaiting", "2026-03-06 08:10", cause="customer")


@pytest.mark.parametrize(
    ("waits", "said", "state", "due"),
    [
        (True, {"reason": "r", "decided_by": "p7"}, State.MET, "2026-03-09 08:10"),
        (True, {"reason": "r"}, State.MISSED, "2026-03-06 09:10"),
        (False, {"reason": "r", "decided_by": "p7"}, State.MISSED, "2026-03-06 09:00"),
    ],
)
def test_a_lowering_acts_only_when_it_may(
    waits: bool, said: dict[str, str], state: State, due: str
) -> None:
    lowered = fact("classified", "2026-03-06 08:20", priority="p3", **said)
    facts = [fact("opened", "2026-03-06 08:00", priority="p1"), lowered]
    verdicts = judge(JUDGED, "2026-03-06 08:20", *facts, *([WAITING] if waits else []))
    assert the(verdicts, "lowering").state is state
    verdict = the(verdicts)
    assert verdict.due == at(due)
    assert ("refused" in ids(verdict)) is (state is State.MISSED)


def test_a_raising_needs_no_leave() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("classified", "2026-03-06 08:20", priority="p1"),
    ]
    verdicts = judge(JUDGED, "2026-03-06 08:30", *facts)
    assert verdicts.of("request:1", "lowering") == ()
    assert the(verdicts).due == at("2026-03-06 09:00")


def test_a_lowering_that_was_refused_does_not_make_the_next_one_a_raising() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p1"),
        fact("classified", "2026-03-06 08:10", priority="p3"),
        fact("classified", "2026-03-06 08:20", priority="p2"),
    ]
    verdicts = judge(JUDGED, "2026-03-06 08:30", *facts)
    assert [each.state for each in verdicts.of("request:1", "lowering")] == [State.MISSED] * 2
    assert the(verdicts).due == at("2026-03-06 09:00")
