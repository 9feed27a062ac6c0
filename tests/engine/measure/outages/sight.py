"""Small pages, looks and facts about outages, with times in minutes since Monday 10:00 in Oslo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.engine.pages import agreement, at, fact

from uphold.agreement import Agreement
from uphold.engine.measure.outage import Outage, Question, Timeline
from uphold.engine.measure.timelines import timeline
from uphold.facts import Fact
from uphold.facts.evidence import Measure, Run
from uphold.facts.times import from_datetime
from uphold.messages import Reader

MINUTE = 60_000_000
TEN = at("2026-03-02 10:00")
START = from_datetime(TEN)
STATES = {"U": "up", "G": "degraded", "D": "down", "?": "unknown"}

SERVICE = """\
service: calling
parts: [sign-in, place-call]
down when: any part is down
"""
ANY = "{checks: every 1 minute, logs: component logs, reports: customer reports}"


def us(minutes: float) -> int:
    """The instant so many minutes after ten."""
    return START + round(minutes * MINUTE)


def minute(instant: int) -> float:
    """How many minutes after ten an instant is; halves and thirds of none come up here."""
    return (instant - START) / MINUTE


def time(minutes: float) -> datetime:
    """The same as a wall time in Oslo."""
    return TEN + timedelta(minutes=minutes)


def evidence(**more: str) -> str:
    """An evidence term for `calling`: all three kinds, each of which settles an outage."""
    written = {"of": "calling", "sources": ANY, "silent after": "3 minutes", **_spaced(more)}
    lines = "".join(f"{name}: {value}\n" for name, value in written.items() if value)
    return f"evidence: seen\n{lines}"


def indicator(name: str, when: str, **more: str) -> str:
    """An indicator of a check of `calling`."""
    lines = "".join(f"{key}: {value}\n" for key, value in _spaced(more).items())
    return f"indicator: {name}\nof: calling\ndown when: {when}\n{lines}"


def _spaced(more: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("_", " "): value for name, value in more.items()}


def looks(
    source: str,
    pattern: str,
    check: str = "sign-in",
    *,
    kind: str = "checks",
    start: float = 0,
    every: float = 1,
    interval: bool = True,
    measure: Measure | None = None,
) -> list[Run]:
    """A look for each letter, one interval apart: U, G, D, ? as seen, a dot for none."""
    own = round(every * MINUTE) if interval else None
    return [
        Run(kind, source, check, us(when), us(when), STATES[letter], own, 1, measure)
        for when, letter in ((start + place * every, each) for place, each in enumerate(pattern))
        if letter != "."
    ]


def run(
    source: str,
    first: float,
    last: float,
    state: str,
    check: str = "sign-in",
    *,
    kind: str = "checks",
    every: float | None = 1,
    count: int | None = None,
    **measure: int | Decimal,
) -> Run:
    """A run from its first to its last look."""
    own = round(every * MINUTE) if every else None
    number = count or (round((last - first) / every) + 1 if every else 1)
    measured = Measure(**measure) if measure else None  # type: ignore[arg-type]
    return Run(kind, source, check, us(first), us(last), state, own, number, measured)


def reported(subject: str = "outage:1", told: float = 0, **said: Any) -> Fact:
    """A report; `start` and `end` in minutes."""
    return fact("outage.reported", time(told), subject, **_timed(said))


def judged(subject: str = "outage:1", told: float = 600, **said: Any) -> Fact:
    """A judgement; `start` and `end` in minutes."""
    return fact("outage.judged", time(told), subject, **_timed(said))


def ended(subject: str = "outage:1", told: float = 0) -> Fact:
    """That an outage ended."""
    return fact("outage.ended", time(told), subject)


def _timed(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: time(value).isoformat() if name in ("start", "end") else value
        for name, value in said.items()
    }


def seen(
    terms: Iterable[str] | Agreement,
    runs: Iterable[Run] = (),
    facts: Iterable[Fact] = (),
    *,
    service: str = "calling",
    since: float = 0,
    until: float = 60,
) -> Timeline:
    """The timeline of a service for the first hour."""
    page = terms if isinstance(terms, Agreement) else agreement(*terms)
    return timeline(page, service, list(runs), list(facts), us(since), us(until))


def minutes(span: tuple[int, int]) -> tuple[float, float]:
    """A span in minutes after ten."""
    return minute(span[0]), minute(span[1])


def spans(found: Iterable[Outage | Question]) -> list[tuple[float, float]]:
    """The spans in minutes after ten."""
    return [minutes(each.span) for each in found]


def readings(outage: Outage) -> tuple[tuple[float, float], ...]:
    """The least, the figure's and the most of an outage, in minutes."""
    return minutes(outage.least), minutes(outage.span), minutes(outage.most)


def known(found: Timeline) -> list[tuple[float, float]]:
    """The known time in minutes."""
    return [minutes(span) for span in found.known]


def reasons(found: Outage | Question) -> list[str]:
    """What the reasons are, in order."""
    return [each.id.removeprefix("reason.outage-") for each in found.because]


def words(found: Outage | Question) -> str:
    """The reasons in English."""
    return " ".join(Reader("en", zone="Europe/Oslo").text(each) for each in found.because)
