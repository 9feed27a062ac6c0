"""Limits, nights and revisions: more of what real service desks get wrong.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

import pytest
from tests.engine.pages import (
    DESK,
    RESOLUTION,
    agreement,
    at,
    fact,
    hours,
    judge,
    response,
    the,
)

from uphold.agreement import Agreement
from uphold.engine import State

# -- limits


@pytest.mark.parametrize(
    ("target", "answered", "state"),
    [
        ("under 1 business hour", "08:59:59", State.MET),
        ("under 1 business hour", "09:00:00", State.MISSED),
        ("1 business hour", "09:00:00", State.MET),
        ("1 business hour", "09:00:01", State.MISSED),
    ],
)
def test_under_an_hour_is_missed_at_exactly_an_hour(
    target: str, answered: str, state: State
) -> None:
    facts = [fact("opened", "2026-03-06 08:00"), fact("answered", f"2026-03-06 {answered}")]
    verdict = the(judge(agreement(DESK, response(target)), "2026-03-06 12:00", *facts))
    assert (verdict.state, verdict.due) == (state, at("2026-03-06 09:00"))


def test_under_an_hour_without_an_answer_is_missed_at_exactly_an_hour() -> None:
    clock = agreement(DESK, response("under 1 business hour"))
    opened = fact("opened", "2026-03-06 08:00")
    assert the(judge(clock, "2026-03-06 08:59:59", opened)).state is State.RUNNING
    assert the(judge(clock, "2026-03-06 09:00", opened)).state is State.MISSED
    other = agreement(DESK, response("1 business hour"))
    assert the(judge(other, "2026-03-06 09:00", opened)).state is State.RUNNING


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ("closing", "2026-03-11 08:30"),  # Tuesday's closing, and 30 minutes held
        ("same time", "2026-03-10 14:30"),
        ("end of day", "2026-03-11 08:30"),
        ("8 business hours", "2026-03-10 14:30"),
    ],
)
def test_a_hold_on_a_working_days_target_adds_the_working_time_held(days: str, due: str) -> None:
    clock = agreement(DESK, response("2 working days", days=days))
    verdict = the(
        judge(
            clock,
            "2026-03-09 12:00",
            fact("opened", "2026-03-06 14:00"),
            fact("awaiting", "2026-03-06 15:30", cause="customer"),
            fact("resumed", "2026-03-09 07:00"),
        )
    )
    assert (verdict.state, verdict.due) == (State.RUNNING, at(due))


def test_a_hold_of_a_whole_weekend_moves_no_working_day() -> None:
    clock = agreement(DESK, response("2 working days"))
    verdict = the(
        judge(
            clock,
            "2026-03-09 12:00",
            fact("opened", "2026-03-06 14:00"),
            fact("awaiting", "2026-03-06 17:00", cause="customer"),
            fact("resumed", "2026-03-09 06:00"),
        )
    )
    assert verdict.due == at("2026-03-10 16:00")


# -- nights


ALWAYS = agreement(response("4 hours", calendar="always"))
NIGHT = "calendar: desk\nhours: {mon-fri: 22:00-06:00}\n"


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-03-29 00:30", "2026-03-29 05:30"),  # 02:00 to 03:00 does not exist
        ("2026-10-25 00:30", "2026-10-25 03:30"),  # 02:00 to 03:00 comes twice
    ],
)
def test_elapsed_hours_over_a_change_of_the_clock(opened: str, due: str) -> None:
    verdict = the(judge(ALWAYS, opened, fact("opened", opened)))
    assert (verdict.due, verdict.left_us) == (at(due), hours(4))


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        # The shift of Friday 27 March ends on Saturday; the clocks change on Sunday.
        ("2026-03-27 23:00", "2026-03-30 23:00"),
        ("2026-03-28 05:00", "2026-03-31 05:00"),
    ],
)
def test_an_overnight_shift_carries_over_the_weekend(opened: str, due: str) -> None:
    clock = agreement(NIGHT, response("8 business hours"))
    assert the(judge(clock, opened, fact("opened", opened))).due == at(due)


def test_an_overnight_shift_of_a_spring_night_is_an_hour_short() -> None:
    every_night = "calendar: desk\nhours: {mon-sun: 22:00-06:00}\n"
    clock = agreement(every_night, response("8 business hours"))
    spring = the(judge(clock, "2026-03-28 22:00", fact("opened", "2026-03-28 22:00")))
    assert spring.due == at("2026-03-29 23:00")
    autumn = the(judge(clock, "2026-10-24 22:00", fact("opened", "2026-10-24 22:00")))
    assert autumn.due == at("2026-10-25 05:00")


def test_after_midnight_a_shift_belongs_to_the_day_before() -> None:
    clock = agreement(NIGHT, response("1 working day"))
    verdict = the(judge(clock, "2026-03-28 02:00", fact("opened", "2026-03-28 02:00")))
    # Opened in Friday's shift; the next working day is Monday's, which ends on Tuesday at 06:00.
    assert verdict.due == at("2026-03-31 06:00")


# -- revisions

LATER = "calendar: desk\nhours: {mon-fri: 10:00-14:00}\n"


def revised() -> list[Agreement]:
    return [
        agreement(DESK, response("8 business hours")),
        agreement(
            LATER, response("8 business hours"), revision=2, posted="2026-03-06T12:00:00+01:00"
        ),
    ]


def test_a_calendar_revised_while_a_clock_runs_leaves_that_clock_alone() -> None:
    facts = [fact("opened", "2026-03-06 11:00"), fact("opened", "2026-03-06 12:00", "request:2")]
    verdicts = judge(revised(), "2026-03-06 15:00", *facts)
    running, new = the(verdicts), the(verdicts, subject="request:2")
    assert (running.revision, running.due) == (1, at("2026-03-09 11:00"))
    assert (new.revision, new.due) == (2, at("2026-03-10 12:00"))


def test_all_clocks_of_a_thing_follow_the_revision_of_its_first_start() -> None:
    first = agreement(DESK, response("8 business hours"), RESOLUTION)
    second = agreement(
        LATER, response("8 business hours"), RESOLUTION, revision=2,
        posted="2026-03-06T12:00:00+01:00",
    )  # fmt: skip
    verdicts = judge(
        [second, first],
        "2026-03-10 15:00",
        fact("opened", "2026-03-05 11:00"),
        fact("resolved", "2026-03-06 11:00"),
        fact("reopened", "2026-03-09 08:00"),
    )
    assert {each.revision for each in verdicts} == {1}
    assert the(verdicts, "resolution", 2).due == at("2026-03-09 16:00")
