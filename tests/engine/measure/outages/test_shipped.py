"""A shipped agreement that reconciles three kinds of evidence, from facts to its verdict."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.engine.pages import OSLO, fact

from uphold.agreement import load_agreement
from uphold.engine.settle import Settlement, settle
from uphold.facts import Fact
from uphold.facts.evidence import Run
from uphold.facts.times import from_datetime
from uphold.messages import Reader

MINUTE = 60_000_000
SERVERS = "meeting-servers"
NOW = datetime(2026, 3, 2, tzinfo=OSLO)
ACCOUNT = fact("customer.agreed", "2021-01-10", "customer:acme", account="acme-1")


def instant(text: str) -> int:
    """The microseconds of a wall time in Oslo on 10 February 2026."""
    return from_datetime(datetime.fromisoformat(f"2026-02-10 {text}").replace(tzinfo=OSLO))


def wall(text: str) -> str:
    """The same as a fact has it."""
    return datetime.fromisoformat(f"2026-02-10 {text}").replace(tzinfo=OSLO).isoformat()


def watched(kind: str, source: str, down: tuple[str, str], every: int) -> list[Run]:
    """A source that looks all day, and sees the servers down from one look to another."""
    first, last = instant(down[0]), instant(down[1])
    step, found = every * MINUTE, []
    for state, start, end in (
        ("up", instant("00:00"), first - step),
        ("down", first, last),
        ("up", last + step, instant("23:55")),
    ):
        count = (end - start) // step + 1
        found.append(Run(kind, source, SERVERS, start, end, state, step, count))
    return found


def year(repository: Path, runs: list[Run], *facts: Fact) -> Settlement:
    """All that follows at the end of February 2026."""
    easymeeting = load_agreement(repository / "agreements" / "easymeeting.md")
    return settle([easymeeting], [ACCOUNT, *facts], runs, NOW)


MONITORING = watched("checks", "monitor", ("10:00", "10:25"), 5)
LOG = watched("logs", "edge-1", ("10:03", "10:21"), 1)
CALL = fact(
    "outage.reported",
    datetime(2026, 2, 10, 10, 12, tzinfo=ZoneInfo("Europe/Oslo")),
    "outage:8",
    service="licence",
)


@pytest.mark.requirement("E13")
def test_monitoring_component_logs_and_reports_find_the_actual_time_frame(
    repository: Path,
) -> None:
    found = year(repository, [*MONITORING, *LOG], CALL)
    (outage,) = (each for each in found.outages if each.service == "licence")

    assert outage.span == (instant("10:03"), instant("10:22")), "the component's own log"
    assert {(each.kind, each.source, each.span) for each in outage.showings} == {
        ("checks", "monitor", (instant("10:00"), instant("10:30"))),
        ("logs", "edge-1", (instant("10:03"), instant("10:22"))),
        ("reports", "outage:8", (instant("10:12"), instant("10:12"))),
    }
    assert outage.subject == "outage:8"
    (figure,) = (
        each
        for each in found.figures
        if each.service == "licence" and each.window.label == "2025-03..2026-02"
    )
    assert figure.down == 19 * MINUTE
    assert figure.questions == 0


@pytest.mark.requirement("E13")
def test_what_only_one_of_the_three_shows_waits_for_a_person(repository: Path) -> None:
    found = year(repository, MONITORING)
    (question,) = (each for each in found.questions if each.service == "licence")

    assert question.asked
    assert question.span == (instant("10:00"), instant("10:30"))
    said = " ".join(Reader("en").text(each) for each in question.because)
    assert "Shown down by checks (monitor) alone" in said
    assert not any(each.service == "licence" for each in found.outages)
    (figure,) = (
        each
        for each in found.figures
        if each.service == "licence" and each.window.label == "2025-03..2026-02"
    )
    assert (figure.down, figure.questions) == (0, 1)
    assert figure.lowest is not None
    assert figure.availability == Fraction(1)
    assert figure.lowest < 1

    answered = year(
        repository,
        MONITORING,
        fact(
            "outage.judged",
            "2026-02-20 09:00",
            "outage:9",
            service="licence",
            start=wall("10:02"),
            end=wall("10:27"),
            by="kari",
        ),
    )
    assert not any(each.service == "licence" for each in answered.questions)
    (outage,) = (each for each in answered.outages if each.service == "licence")
    assert (outage.span, outage.judged) == ((instant("10:02"), instant("10:27")), True)
