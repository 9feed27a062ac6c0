"""Evidence and promises that the tests of figures share: one service, watched from one place.

Times are wall times in Oslo, lengths are given in minutes, hours or days and meant exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.engine.pages import agreement, at, fact

from uphold.agreement import Agreement
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.measuring import Measured, measure
from uphold.engine.measure.rows import Earns
from uphold.facts import Fact
from uphold.facts.evidence import Evidence, Run
from uphold.facts.times import from_datetime

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

SERVICE = "service: web\n"
FEBRUARY = 28 * DAY
ALLOWED = FEBRUARY // 1000
"""What a promise of 99.9 % lets February lose: 40 minutes, 19.2 seconds."""
ALL = Fraction(1)
NONE = Fraction(0)
"""The shares of time that was all up, and never."""
Stretch = tuple[str | datetime, str | datetime]


def us(time: str | datetime) -> int:
    """A wall time in Oslo, or an aware one, in microseconds."""
    return from_datetime(at(time) if isinstance(time, str) else time)


def uptime(window: str = "calendar month", target: str = "99.9", **more: str) -> str:
    """An availability term of the service `web`."""
    said = {"of": "web", "window": window, "target": f"at least {target} %", **more}
    lines = "".join(f"{name.replace('_', ' ')}: {value}\n" for name, value in said.items())
    return f"availability: uptime\n{lines}"


def promise(*terms: str, **header: Any) -> Agreement:
    """An agreement about the service `web`."""
    return agreement(SERVICE, *terms, **header)


def watched(
    since: str | datetime,
    until: str | datetime,
    *down: Stretch,
    silent: Iterable[Stretch] = (),
    check: str = "web",
    every: int = MINUTE,
    source: str = "oslo",
    kind: str = "checks",
) -> list[Run]:
    """What a source saw that looked every so often: down in some stretches, else up.

    A look at a stretch's start lies in it, one at its end does not. No look lies in a silent
    stretch. The last look is one interval before `until`, so it is known until then.
    """
    begin, end = us(since), us(until)
    marks = {begin, end}
    states: list[tuple[int, int, str]] = [(us(a), us(b), "down") for a, b in down]
    states += [(us(a), us(b), "") for a, b in silent]
    for first, behind, _ in states:
        marks |= {first, behind}
    cuts = sorted(mark for mark in marks if begin <= mark <= end)
    runs: list[Run] = []
    for left, right in pairwise(cuts):
        state = next((name for a, b, name in reversed(states) if a <= left < b), "up")
        first = begin + -(-(left - begin) // every) * every
        last = begin + (right - 1 - begin) // every * every
        if state and first <= last:
            count = (last - first) // every + 1
            runs.append(Run(kind, source, check, first, last, state, every, count))
    return list(Evidence.of(runs).runs)


def measured(
    agreements: Agreement | list[Agreement],
    runs: Iterable[Run],
    now: str | datetime,
    *facts: Fact,
    asked: Stretch | None = None,
    per: str | None = None,
    as_if_in_force: bool = False,
    earns: Earns = lambda _agreement, _figure: False,
) -> Measured:
    """Everything measured at a wall time; no missed window earns a credit unless that is said."""
    given = agreements if isinstance(agreements, list) else [agreements]
    when = at(now) if isinstance(now, str) else now
    evaluation = Evaluation.of(given, list(facts), when, as_if_in_force=as_if_in_force)
    span = None if asked is None else (us(asked[0]), us(asked[1]))
    return measure(evaluation, runs, span, per, earns)


def figure(found: Measured, label: str, **named: Any) -> Figure:
    """The one figure of a window's label, of an account or service if they are named."""
    (one,) = (
        each
        for each in found.figures
        if each.window.label == label
        and all(getattr(each, name) == value for name, value in named.items())
    )
    return one


def february(terms: list[str], *facts: Fact, down: tuple[str, str] | None = None) -> Figure:
    """The figure of February 2026, with one outage at most."""
    evidence = watched("2026-02-01", "2026-03-01", *([down] if down else []))
    return figure(measured(promise(*terms), evidence, "2026-03-01", *facts), "2026-02")


def planned(*terms: str) -> list[str]:
    """Terms that exclude planned maintenance."""
    return [*terms, uptime(excludes="[planned maintenance]")]


def joined(*evidence: list[Run]) -> list[Run]:
    """What several sources saw, as one."""
    return list(Evidence.of([run for runs in evidence for run in runs]).runs)


def stamp(time: str) -> str:
    """A wall time in Oslo as a fact's field holds it."""
    return at(time).isoformat()


def maintained(
    start: str,
    end: str,
    *,
    planned: Stretch | None = None,
    kind: str = "planned",
    subject: str = "maintenance:1",
    **scope: Any,
) -> list[Fact]:
    """Maintenance that was planned for a stretch, by default the one it was carried out in."""
    plan_start, plan_end = planned or (start, end)
    plan = {"kind": kind, "start": stamp(str(plan_start)), "end": stamp(str(plan_end))}
    return [
        fact("maintenance.planned", "2026-01-01 12:00", subject, **plan, **scope),
        fact("maintenance.started", start, subject),
        fact("maintenance.ended", end, subject),
    ]


def reported(start: str, end: str, subject: str = "outage:1", **more: Any) -> Fact:
    """A report, made when it was over, that the service `web` was down from one time to another."""
    said = {"service": "web", "start": stamp(start), "end": stamp(end), **more}
    return fact("outage.reported", end, subject, **said)


def ids(one: Figure) -> list[str]:
    """The ids of a figure's reasons."""
    return [reason.id for reason in one.because]


def whys(one: Figure) -> list[str]:
    """Why each outage counts or does not."""
    return [outage.why.id for outage in one.outages]


def share(down: int, of: int) -> Fraction:
    """The exact share of time up."""
    return 1 - Fraction(down, of)
