"""What a source records no decision with is not held against the decision."""

from __future__ import annotations

from tests.engine.pages import DESK, agreement, fact, judge, the

from uphold.engine import Verdict
from uphold.facts import Fact

LEVELS = """\
priority: severity
of: request
levels: ["1", "2", "3"]
"""
ANSWER = """\
clock: answer
of: request
starts: request.opened
stops: request.answered
calendar: desk
target: {by: request.priority, "1": 1 business hour, "2": 4 business hours, "3": 8 business hours}
on change of priority: keep start
"""
LOWER = """\
judgement: lower
by: provider
permits: request.classified
when: [request.priority is lowered]
while: awaiting customer
records: [reason]
"""
OPENED = fact("opened", "2026-03-09 08:00", priority="2")
WAITS = fact("awaiting", "2026-03-09 08:30", cause="customer")
LOWERED = fact("classified", "2026-03-09 09:00", priority="3")
SILENT = fact("unrecorded", "2026-03-09 09:00", what=["request.classified"], fields=["reason"])


def judged(*facts: Fact) -> tuple[Verdict, Verdict]:
    verdicts = judge(agreement(DESK, LEVELS, ANSWER, LOWER), "2026-03-09 09:30", *facts)
    return the(verdicts, "lower"), the(verdicts, "answer")


def hour_due(verdict: Verdict) -> int:
    assert verdict.due is not None
    return verdict.due.hour


def test_a_lowering_without_its_reason_does_not_stand() -> None:
    lower, answer = judged(OPENED, LOWERED)
    assert (lower.state, hour_due(answer)) == ("missed", 12)


def test_a_source_without_reasons_leaves_it_unknown_and_the_lowering_acts() -> None:
    lower, answer = judged(OPENED, WAITS, LOWERED, SILENT)
    assert (lower.state, hour_due(answer)) == ("unknown", 16)
    assert any(reason.id == "reason.fields-unrecorded" for reason in lower.because)


def test_that_nobody_waited_for_the_customer_is_known_all_the_same() -> None:
    lower, answer = judged(OPENED, LOWERED, SILENT)
    assert (lower.state, hour_due(answer)) == ("missed", 12)


def test_fields_that_are_not_recorded_say_nothing_of_the_fact_itself() -> None:
    silent = fact("unrecorded", "2026-03-09 09:00", what=["request.answered"], fields=["by"])
    verdicts = judge(agreement(DESK, LEVELS, ANSWER, LOWER), "2026-03-09 09:30", OPENED, silent)
    assert the(verdicts, "answer").state == "running"
