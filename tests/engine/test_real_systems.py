"""What real service desks get wrong, each with its exact figures.

6 March 2026 is a Friday; the desk works Monday to Friday from 08:00 to 16:00 in Oslo.
"""

from __future__ import annotations

import pytest
from tests.engine.pages import (
    DESK,
    NEXT_REPLY,
    PRIORITY,
    RESOLUTION,
    TARGETS,
    UPDATE,
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

EIGHT = agreement(DESK, response("8 business hours"))
LEVELS = agreement(DESK, PRIORITY, response(TARGETS))

# -- pauses


def test_a_pause_over_a_weekend_counts_only_working_time() -> None:
    verdict = the(
        judge(
            EIGHT,
            "2026-03-09 12:00",
            fact("opened", "2026-03-06 10:00"),
            fact("awaiting", "2026-03-06 15:00", cause="customer"),
            fact("resumed", "2026-03-09 09:00", cause="customer"),
        )
    )
    # 1 h on Friday and 1 h on Monday were held: Monday 10:00 becomes Monday 12:00.
    assert (verdict.state, verdict.due) == (State.RUNNING, at("2026-03-09 12:00"))
    assert (verdict.promised_due, verdict.provisional) == (at("2026-03-09 10:00"), False)
    assert (verdict.used_us, verdict.left_us) == (hours(8), 0)


def test_a_pause_outside_hours_moves_nothing() -> None:
    facts = [
        fact("opened", "2026-03-06 10:00"),
        fact("awaiting", "2026-03-06 16:00", cause="customer"),
        fact("resumed", "2026-03-09 08:00", cause="customer"),
    ]
    verdict = the(judge(EIGHT, "2026-03-09 09:00", *facts))
    assert (verdict.due, verdict.used_us) == (at("2026-03-09 10:00"), hours(7))
    during = the(judge(EIGHT, "2026-03-08 12:00", *facts))
    assert (during.state, during.due) == (State.HELD, at("2026-03-09 10:00"))
    assert (during.provisional, during.left_us) == (True, hours(2))


def test_paused_then_resolved_directly_ends_the_pause_with_it() -> None:
    clock = agreement(DESK, response("6 business hours", stops="request.resolved"))
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 11:00", cause="customer"),
        fact("resolved", "2026-03-09 16:00"),
    ]
    verdict = the(judge(clock, "2026-03-12 08:00", *facts))
    assert (verdict.state, verdict.stopped) == (State.MET, at("2026-03-09 16:00"))
    assert (verdict.used_us, verdict.left_us) == (hours(3), hours(3))
    assert (verdict.due, verdict.provisional) == (at("2026-03-10 11:00"), False)


def test_a_pause_that_begins_too_late_does_not_save_what_is_resolved_in_it() -> None:
    clock = agreement(DESK, response("6 business hours", stops="request.resolved"))
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 14:01", cause="customer"),
        fact("resolved", "2026-03-06 14:02"),
    ]
    verdict = the(judge(clock, "2026-03-12 08:00", *facts))
    assert (verdict.state, verdict.due) == (State.MISSED, at("2026-03-06 14:00"))


def test_overlapping_causes_count_once() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 09:00", cause="customer"),
        fact("awaiting", "2026-03-06 10:00", cause="vendor"),
        fact("resumed", "2026-03-06 11:00", cause="customer"),
        fact("resumed", "2026-03-06 12:00", cause="vendor"),
    ]
    verdict = the(judge(EIGHT, "2026-03-06 13:00", *facts))
    assert (verdict.due, verdict.used_us) == (at("2026-03-09 11:00"), hours(2))
    assert ids(verdict).count("hold") == 1
    twice = the(
        judge(EIGHT, "2026-03-06 13:00", fact("awaiting", "2026-03-06 09:30", cause="customer"),
              *facts)
    )  # fmt: skip
    assert (twice.due, twice.used_us) == (verdict.due, verdict.used_us)


def test_resuming_without_a_cause_ends_all_and_with_one_ends_that_one_only() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 09:00", cause="customer"),
        fact("awaiting", "2026-03-06 09:00", cause="vendor"),
    ]
    one = fact("resumed", "2026-03-06 10:00", cause="vendor")
    every = fact("resumed", "2026-03-06 10:00")
    assert the(judge(EIGHT, "2026-03-06 12:00", *facts, one)).state is State.HELD
    verdict = the(judge(EIGHT, "2026-03-06 12:00", *facts, every))
    assert (verdict.state, verdict.due) == (State.RUNNING, at("2026-03-09 09:00"))


def test_what_the_customer_writes_ends_the_wait_for_the_customer_only() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 09:00", cause="customer"),
        fact("replied", "2026-03-06 11:00"),
    ]
    verdict = the(judge(EIGHT, "2026-03-06 12:00", *facts))
    assert (verdict.state, verdict.due) == (State.RUNNING, at("2026-03-09 10:00"))
    vendor = fact("awaiting", "2026-03-06 09:00", cause="vendor")
    assert the(judge(EIGHT, "2026-03-06 12:00", facts[0], vendor, facts[2])).state is State.HELD


def test_a_cause_that_the_agreement_does_not_name_holds_nothing() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 09:00", cause="lunch"),
    ]
    verdict = the(judge(EIGHT, "2026-03-06 12:00", *facts))
    assert (verdict.state, verdict.due) == (State.RUNNING, at("2026-03-06 16:00"))


def test_a_wait_that_began_before_the_clock_counts_from_the_start() -> None:
    forwarded = agreement(DESK, response("8 business hours", starts="request.forwarded"))
    verdict = the(
        judge(
            forwarded,
            "2026-03-06 14:00",
            fact("opened", "2026-03-06 08:00"),
            fact("awaiting", "2026-03-06 09:00", cause="customer"),
            fact("forwarded", "2026-03-06 10:00"),
            fact("resumed", "2026-03-06 12:00"),
        )
    )
    assert (verdict.starts, verdict.due) == (at("2026-03-06 10:00"), at("2026-03-09 12:00"))


def test_a_wait_from_the_due_time_on_undoes_no_miss() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 16:00", cause="customer"),
    ]
    verdict = the(judge(EIGHT, "2026-03-09 08:00", *facts))
    assert (verdict.state, verdict.due) == (State.MISSED, at("2026-03-06 16:00"))


# -- changes of priority


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("keep start", "2026-03-06 14:00"),  # 4 h from 08:00, and the 2 h held
        ("restart", "2026-03-06 15:00"),  # 4 h from the change at 10:00, and the 1 h still held
        ("no change", "2026-03-09 10:00"),  # 8 h from 08:00, and the 2 h held
    ],
)
def test_a_priority_change_during_a_pause(rule: str, due: str) -> None:
    clock = agreement(DESK, PRIORITY, response(TARGETS, rule=rule))
    verdict = the(
        judge(
            clock,
            "2026-03-06 12:00",
            fact("opened", "2026-03-06 08:00", priority="p3"),
            fact("awaiting", "2026-03-06 09:00", cause="customer"),
            fact("classified", "2026-03-06 10:00", priority="p2"),
            fact("resumed", "2026-03-06 11:00"),
        )
    )
    assert (verdict.state, verdict.due) == (State.RUNNING, at(due))


def test_p3_to_p1_and_back_in_time_runs_by_p3_again() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("classified", "2026-03-06 08:20", priority="p1"),
        fact("classified", "2026-03-06 08:40", priority="p3"),
    ]
    between = the(judge(LEVELS, "2026-03-06 08:30", *facts))
    assert (between.state, between.due) == (State.RUNNING, at("2026-03-06 09:00"))
    assert between.promised_due == at("2026-03-06 16:00")
    after = the(judge(LEVELS, "2026-03-06 15:00", *facts))
    assert (after.state, after.due) == (State.RUNNING, at("2026-03-06 16:00"))


def test_p3_to_p1_and_back_too_late_leaves_the_miss() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("classified", "2026-03-06 08:20", priority="p1"),
        fact("classified", "2026-03-06 09:01", priority="p3"),
        fact("answered", "2026-03-06 09:30"),
    ]
    verdict = the(judge(LEVELS, "2026-03-06 15:00", *facts))
    assert (verdict.state, verdict.due) == (State.MISSED, at("2026-03-06 09:00"))
    assert "miss-stands" in ids(verdict)


def test_a_target_tightened_into_the_past_is_due_at_the_change() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("classified", "2026-03-06 11:00", priority="p1"),
    ]
    assert the(judge(LEVELS, "2026-03-06 10:59", *facts)).state is State.RUNNING
    at_once = the(judge(LEVELS, "2026-03-06 11:00", *facts))
    assert (at_once.state, at_once.due) == (State.RUNNING, at("2026-03-06 11:00"))
    assert the(judge(LEVELS, "2026-03-06 11:01", *facts)).state is State.MISSED
    answered = fact("answered", "2026-03-06 11:00", seq=9)
    assert the(judge(LEVELS, "2026-03-07 11:00", *facts, answered)).state is State.MET


def test_a_priority_given_after_the_answer_changes_nothing() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00", priority="p3"),
        fact("answered", "2026-03-06 12:00"),
        fact("classified", "2026-03-06 12:01", priority="p1"),
    ]
    verdict = the(judge(LEVELS, "2026-03-06 15:00", *facts))
    assert (verdict.state, verdict.due) == (State.MET, at("2026-03-06 16:00"))


# -- re-opening, merging, answers


def test_a_request_opened_again_after_its_resolution_begins_a_new_cycle() -> None:
    both = agreement(DESK, RESOLUTION, response("1 business hour"))
    verdicts = judge(
        both,
        "2026-03-10 09:00",
        fact("opened", "2026-03-06 08:00"),
        fact("answered", "2026-03-06 08:30"),
        fact("resolved", "2026-03-06 15:00"),
        fact("reopened", "2026-03-09 09:00"),
    )
    first, second = the(verdicts, "resolution"), the(verdicts, "resolution", 2)
    assert (first.state, first.stopped) == (State.MET, at("2026-03-06 15:00"))
    assert (second.state, second.due) == (State.RUNNING, at("2026-03-10 09:00"))
    assert second.key == "request:1/resolution/2"
    assert len(verdicts.of("request:1", "response")) == 1


def test_a_new_cycle_owes_nothing_to_what_the_first_one_waited_for() -> None:
    verdicts = judge(
        agreement(DESK, RESOLUTION),
        "2026-03-10 09:00",
        fact("opened", "2026-03-06 08:00"),
        fact("awaiting", "2026-03-06 09:00", cause="customer"),
        fact("resumed", "2026-03-06 10:00"),
        fact("resolved", "2026-03-06 15:00"),
        fact("reopened", "2026-03-09 08:00"),
    )
    assert the(verdicts, "resolution").used_us == hours(6)
    assert the(verdicts, "resolution", 2).due == at("2026-03-09 16:00")


def test_a_reopening_that_the_agreement_disregards_begins_nothing() -> None:
    clock = RESOLUTION + "on reopening: no change\n"
    verdicts = judge(
        agreement(DESK, clock),
        "2026-03-10 09:00",
        fact("opened", "2026-03-06 08:00"),
        fact("resolved", "2026-03-06 15:00"),
        fact("reopened", "2026-03-09 09:00"),
    )
    assert [(each.cycle, each.state) for each in verdicts] == [(1, State.MET)]


def test_a_merged_request_is_cancelled_unless_it_was_late_already() -> None:
    opened = fact("opened", "2026-03-06 08:00")
    early = fact("merged", "2026-03-06 12:00", into="request:2")
    late = fact("merged", "2026-03-06 16:01", into="request:2")
    cancelled = the(judge(EIGHT, "2026-03-09 12:00", opened, early))
    assert (cancelled.state, cancelled.used_us) == (State.CANCELLED, hours(4))
    assert the(judge(EIGHT, "2026-03-09 12:00", opened, late)).state is State.MISSED
    assert the(judge(EIGHT, "2026-03-06 11:59", opened, early)).state is State.RUNNING


def test_what_happens_to_a_merged_request_later_stops_and_begins_nothing() -> None:
    desk = agreement(DESK, response("4 business hours"), NEXT_REPLY, UPDATE)
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("replied", "2026-03-06 08:30"),
        fact("merged", "2026-03-06 09:00", into="request:2"),
        fact("updated", "2026-03-06 10:00"),
        fact("replied", "2026-03-06 11:00"),
        fact("answered", "2026-03-06 15:00"),
    ]
    verdicts = judge(desk, "2026-03-10 12:00", *facts)
    assert {each.key: each.state for each in verdicts} == {
        "request:1/response": State.CANCELLED,
        "request:1/next-reply": State.CANCELLED,
        "request:1/update": State.CANCELLED,
    }
    assert {each.stopped for each in verdicts} == {None}
    late = fact("forwarded", "2026-03-06 10:00")
    waiting = agreement(DESK, response("4 business hours", starts="request.forwarded"))
    verdict = the(judge(waiting, "2026-03-10 12:00", *facts, late))
    assert (verdict.state, verdict.starts) == (State.CANCELLED, None)


def test_a_cancelled_request_opened_again_begins_a_new_cycle() -> None:
    verdicts = judge(
        agreement(DESK, RESOLUTION, NEXT_REPLY, UPDATE),
        "2026-03-09 10:30",
        fact("opened", "2026-03-06 08:00"),
        fact("cancelled", "2026-03-06 09:00"),
        fact("reopened", "2026-03-09 09:00"),
        fact("replied", "2026-03-09 10:00"),
    )
    assert {each.key: each.state for each in verdicts} == {
        "request:1/resolution": State.CANCELLED,
        "request:1/resolution/2": State.RUNNING,
        "request:1/next-reply": State.RUNNING,
        "request:1/update": State.CANCELLED,
        "request:1/update/2": State.RUNNING,
    }
    assert the(verdicts, "resolution", 2).due == at("2026-03-10 09:00")


def test_a_first_reply_after_the_resolution_is_still_the_first_reply() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("resolved", "2026-03-06 09:00"),
        fact("answered", "2026-03-06 17:00"),
    ]
    verdict = the(judge(EIGHT, "2026-03-09 08:00", *facts))
    assert (verdict.state, verdict.stopped) == (State.MISSED, at("2026-03-06 17:00"))
    assert the(judge(EIGHT, "2026-03-06 12:00", *facts)).state is State.RUNNING


@pytest.mark.parametrize("kind", ["automatic", "internal"])
def test_an_automatic_reply_and_an_internal_note_are_no_answer(kind: str) -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("answered", "2026-03-06 08:01", **{kind: True}),
    ]
    assert the(judge(EIGHT, "2026-03-06 09:00", *facts)).state is State.RUNNING
    by_hand = fact("answered", "2026-03-06 16:00", automatic=False)
    assert the(judge(EIGHT, "2026-03-09 09:00", *facts, by_hand)).state is State.MET


def test_next_reply_starts_at_the_oldest_unanswered_message() -> None:
    facts = [
        fact("opened", "2026-03-06 08:00"),
        fact("replied", "2026-03-06 09:00"),
        fact("replied", "2026-03-06 10:30"),
        fact("answered", "2026-03-06 11:00"),
        fact("replied", "2026-03-06 15:00"),
        fact("replied", "2026-03-06 15:30"),
    ]
    verdicts = judge(agreement(DESK, NEXT_REPLY), "2026-03-09 08:30", *facts)
    first, second = the(verdicts, "next-reply"), the(verdicts, "next-reply", 2)
    assert (first.starts, first.state) == (at("2026-03-06 09:00"), State.MET)
    assert (second.starts, second.due) == (at("2026-03-06 15:00"), at("2026-03-09 09:00"))
    assert len(verdicts) == 2
