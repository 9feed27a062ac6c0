"""Changes between targets of different kinds, waits behind the due time, and plans that move."""

from __future__ import annotations

from tests.engine.pages import DESK, agreement, fact, judge, the
from tests.engine.pages import at as the_time

from uphold.engine import Verdict
from uphold.facts import Fact, make_fact

LEVELS = """\
priority: severity
of: request
levels: [now, then, soon, never]
"""
MENDED = """\
clock: mended
of: request
starts: request.opened
stops: request.resolved
calendar: desk
target: {by: request.priority, now: 1 business hour, then: 1 business hour, soon: next release, \
never: none}
held while: [awaiting customer]
on change of priority: RULE
"""


def mended(at: str, *facts: Fact, rule: str = "keep start", cycle: int = 1) -> Verdict:
    page = agreement(DESK, LEVELS, MENDED.replace("RULE", rule))
    return the(judge(page, at, *facts), "mended", cycle)


def shipped(at: str) -> Fact:
    return make_fact("release.shipped", at, "release:2")


NOW = fact("opened", "2026-03-09 08:00", priority="now")
SOON = fact("opened", "2026-03-09 08:00", priority="soon")
SHIPPED = shipped("2026-03-10T08:00:00+01:00")


def test_a_miss_stands_when_the_target_becomes_a_release() -> None:
    lowered = fact("classified", "2026-03-10 10:00", priority="soon")
    verdict = mended("2026-03-11 08:00", NOW, lowered)
    assert (verdict.state, verdict.due) == ("missed", the_time("2026-03-09 09:00"))


def test_a_missed_release_stands_when_nothing_is_promised_any_more() -> None:
    lowered = fact("classified", "2026-03-11 10:00", priority="never")
    assert mended("2026-03-12 08:00", SOON, SHIPPED, lowered).state == "missed"


def test_time_in_which_nothing_was_promised_is_not_used() -> None:
    opened = fact("opened", "2026-03-09 08:00", priority="never")
    raised = fact("classified", "2026-03-09 10:00", priority="now")
    verdict = mended("2026-03-09 10:30", opened, raised)
    assert (verdict.state, verdict.due) == ("running", the_time("2026-03-09 11:00"))


def test_a_wait_behind_the_due_time_is_overdue_all_the_same() -> None:
    facts = (
        NOW,
        fact("awaiting", "2026-03-09 10:00", cause="customer"),
        fact("resumed", "2026-03-09 12:00"),
        fact("resolved", "2026-03-09 14:00"),
    )
    verdict = mended("2026-03-09 15:00", *facts)
    assert (verdict.used_us, verdict.left_us) == (6 * 3_600_000_000, -5 * 3_600_000_000)


def test_a_restart_starts_anew_even_for_a_target_as_long() -> None:
    changed = fact("classified", "2026-03-09 08:30", priority="then")
    verdict = mended("2026-03-09 08:45", NOW, changed, rule="restart")
    assert verdict.due == the_time("2026-03-09 09:30")


def test_a_wait_that_the_resolution_ended_does_not_come_back() -> None:
    facts = (
        NOW,
        fact("awaiting", "2026-03-09 08:10", cause="customer"),
        fact("resolved", "2026-03-09 08:20"),
        fact("reopened", "2026-03-10 08:00"),
    )
    verdict = mended("2026-03-10 08:30", *facts, cycle=2)
    assert (verdict.state, verdict.due) == ("running", the_time("2026-03-10 09:00"))


def test_what_a_release_brings_is_in_time_however_late_it_is_noted() -> None:
    noted = fact("resolved", "2026-03-10 08:05", release="2")
    assert mended("2026-03-11 08:00", SOON, SHIPPED, noted).state == "met"
    other = fact("resolved", "2026-03-10 08:05", release="3")
    assert mended("2026-03-11 08:00", SOON, SHIPPED, other).state == "missed"


def test_what_nobody_promised_a_time_for_shows_how_long_it_took() -> None:
    opened = fact("opened", "2026-03-09 08:00", priority="never")
    verdict = mended("2026-03-12 08:00", opened, fact("resolved", "2026-03-10 10:00"))
    assert (verdict.state, verdict.used_us) == ("not owed", 10 * 3_600_000_000)


BEFORE = """\
clock: told
of: maintenance
stops: maintenance.announced
target: at least 1 week before maintenance.start
"""


def maintenance(name: str, at: str, **data: object) -> Fact:
    return make_fact(f"maintenance.{name}", at, "maintenance:1", **data)


PLANNED = maintenance(
    "planned", "2026-03-01T08:00:00+01:00", kind="planned",
    start="2026-03-17T08:00:00+01:00", end="2026-03-17T10:00:00+01:00",
)  # fmt: skip
NEARER = maintenance(
    "changed", "2026-03-11T08:00:00+01:00",
    start="2026-03-13T08:00:00+01:00", end="2026-03-13T10:00:00+01:00",
)  # fmt: skip


def test_a_plan_that_moves_behind_the_stop_changes_nothing() -> None:
    told = maintenance("announced", "2026-03-10T08:00:00+01:00", to=["customers"])
    verdict = the(
        judge(agreement(DESK, BEFORE), "2026-03-12 08:00", PLANNED, told, NEARER),
        "told",
        subject="maintenance:1",
    )
    assert (verdict.state, verdict.due) == ("met", the_time("2026-03-10 08:00"))


def test_a_plan_that_moves_nearer_is_due_at_the_change_at_the_earliest() -> None:
    verdict = the(
        judge(agreement(DESK, BEFORE), "2026-03-10 07:00", PLANNED, NEARER),
        "told",
        subject="maintenance:1",
    )
    assert verdict.due == the_time("2026-03-10 08:00")


OUTSIDE = """\
clock: helped
of: request
starts: request.opened
stops: request.answered
calendar: [always when request.start is outside desk, desk]
target: 4 business hours
on change of priority: keep start
"""


def test_a_session_arranged_later_acts_from_its_own_time() -> None:
    opened = fact("opened", "2026-03-09 14:00")
    first = fact(
        "session arranged", "2026-03-09 14:30",
        start="2026-03-10T10:00:00+01:00", end="2026-03-10T11:00:00+01:00",
    )  # fmt: skip
    second = fact(
        "session arranged", "2026-03-10 09:00",
        start="2026-03-10T20:00:00+01:00", end="2026-03-10T21:00:00+01:00",
    )  # fmt: skip
    page = agreement(DESK, OUTSIDE)
    before = the(judge(page, "2026-03-10 08:30", opened, first, second), "helped")
    assert before.due == the_time("2026-03-10 10:00")
    after = the(judge(page, "2026-03-10 09:30", opened, first, second), "helped")
    assert after.due == the_time("2026-03-10 09:00")
