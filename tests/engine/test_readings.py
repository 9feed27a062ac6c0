"""A verdict shows every reading of ours that it leans on, and no other."""

from __future__ import annotations

from tests.engine.pages import TARGETS, agreement, fact, judge, response, the

from uphold.engine import Verdict
from uphold.facts import Fact

DESK = """\
calendar: desk
hours: {mon-fri: 08:00-16:00}
interpretation: [Weekdays are ours.]
"""
LEVELS = """\
priority: levels
of: request
levels: [p1, p2, p3]
default: p2
same as: {p4: p3}
interpretation: [Without a level it is p2.]
"""
OURS = """\
applies: ours
to: [response]
unless: [request.cause is third-party]
interpretation: [A known cause ends what we owe.]
"""
AGREED = agreement(DESK, LEVELS, OURS, response(TARGETS, interpretation="[Targets are goals.]"))


def readings(*facts: Fact, time: str = "2026-03-06 11:00") -> list[str]:
    verdict: Verdict = the(judge(AGREED, time, *facts))
    return [
        str(reason.data["text"])
        for reason in verdict.because
        if reason.id == "reason.interpretation"
    ]


def opened(**rest: str) -> Fact:
    return fact("opened", "2026-03-06 10:00", **rest)


def test_the_calendars_reading_is_shown_where_its_hours_were_counted() -> None:
    assert readings(opened(priority="p3")) == ["Targets are goals.", "Weekdays are ours."]


def test_the_priority_terms_reading_is_shown_where_it_gave_the_level() -> None:
    worked_out = ["Targets are goals.", "Weekdays are ours.", "Without a level it is p2."]
    assert readings(opened()) == worked_out
    assert readings(opened(priority="p4")) == worked_out


def test_a_level_given_later_still_leans_on_the_default_before_it() -> None:
    named = fact("classified", "2026-03-06 10:30", priority="p3")
    assert "Without a level it is p2." in readings(opened(), named)


def test_the_reading_of_the_term_that_takes_the_promise_away_is_shown() -> None:
    assert readings(opened(priority="p3", cause="third-party")) == [
        "Targets are goals.",
        "A known cause ends what we owe.",
    ]
