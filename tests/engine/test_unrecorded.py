"""What the source does not record is not known to be missed, whatever changes behind it."""

from __future__ import annotations

from tests.engine.pages import DESK, agreement, fact, judge, the

TOLD = """\
clock: supplier-told
of: request
when: [request.cause is third-party]
starts: request.cause where cause is third-party
stops: supplier.reported
calendar: desk
target: 4 business hours
"""
NEWS = """\
clock: news
of: request
starts: request.opened
repeats on: request.updated
until: request.resolved
calendar: always
target: 4 hours
"""
OPENED = fact("opened", "2026-03-06 08:00")
THEIRS = fact("cause", "2026-03-06 09:00", cause="third-party")
OURS = fact("cause", "2026-03-10 09:00", cause="own")
UNRECORDED = fact("unrecorded", "2026-03-06 09:00", what=["supplier.reported"])


def test_a_report_that_the_source_leaves_out_is_unknown() -> None:
    verdicts = judge(agreement(DESK, TOLD), "2026-03-09 12:00", OPENED, THEIRS, UNRECORDED)
    assert the(verdicts, "supplier-told").state == "unknown"


def test_it_stays_unknown_when_the_cause_changes_after_the_due_time() -> None:
    facts = (OPENED, THEIRS, UNRECORDED, OURS)
    verdict = the(judge(agreement(DESK, TOLD), "2026-03-12 12:00", *facts), "supplier-told")
    assert verdict.state == "unknown"
    assert (verdict.used_us, verdict.left_us) == (None, None)


def test_a_miss_that_the_source_would_have_recorded_stands() -> None:
    verdicts = judge(agreement(DESK, TOLD), "2026-03-12 12:00", OPENED, THEIRS, OURS)
    assert the(verdicts, "supplier-told").state == "missed"


def test_news_that_the_source_leaves_out_is_unknown_once_it_could_be_late() -> None:
    """What was resolved before any news was due needed none."""
    unrecorded = fact("unrecorded", "2026-03-06 08:00", what=["request.updated"])
    for resolved, state in (("2026-03-06 12:00", "met"), ("2026-03-06 12:01", "unknown")):
        facts = (OPENED, unrecorded, fact("resolved", resolved))
        verdict = the(judge(agreement(NEWS), "2026-03-09 12:00", *facts), "news")
        assert verdict.state == state
