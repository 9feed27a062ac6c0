"""Small agreements and facts that the tests of the engine share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from uphold.agreement import Agreement, load_agreement
from uphold.engine import Verdict, Verdicts, evaluate
from uphold.facts import Fact, make_fact

OSLO = ZoneInfo("Europe/Oslo")
EPOCH = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))

DESK = """\
calendar: desk
hours: {mon-fri: 08:00-16:00}
"""
PRIORITY = """\
priority: levels
of: request
levels: [p1, p2, p3]
default: p2
"""
TARGETS = "{by: request.priority, p1: 1 business hour, p2: 4 business hours, p3: 8 business hours}"

RESOLUTION = """\
clock: resolution
of: request
starts: request.opened
stops: request.resolved
calendar: desk
target: 8 business hours
held while: [awaiting customer]
"""

NEXT_REPLY = """\
clock: next-reply
of: request
starts: each request.replied
stops: request.answered
calendar: desk
target: 2 business hours
"""
UPDATE = """\
clock: update
of: request
starts: request.opened
repeats on: request.updated
until: request.resolved
calendar: desk
target: 2 business hours
"""


def page(
    *terms: str,
    name: str = "sample",
    revision: int = 1,
    posted: str = "2026-01-01T00:00:00+01:00",
    zone: str = "Europe/Oslo",
) -> str:
    """A page of one clause that holds the terms, in prose that says nothing."""
    blocks = "\n".join(f"```yaml sla\n{term.strip()}\n```\n" for term in terms)
    return (
        f"---\nagreement: {name}\ntitle: A sample\nrevision: {revision}\nposted: {posted}\n"
        f"language: en\nprovider: Fjordline\nzone: {zone}\ncurrency: EUR\n---\n\n"
        f"# 1 All {{#all}}\n\nWe promise.\n\n{blocks}"
    )


def agreement(*terms: str, **header: Any) -> Agreement:
    """The agreement of these terms."""
    return load_agreement(("sample.md", page(*terms, **header)))


def response(target: str = "8 business hours", *, rule: str = "keep start", **more: str) -> str:
    """A response clock, from a request's opening to its answer, in the desk's hours."""
    written = {
        "starts": "request.opened",
        "stops": "request.answered",
        "calendar": "desk",
        "target": target,
        "held while": "[awaiting customer, awaiting vendor]",
        "on change of priority": rule,
        **{name.replace("_", " "): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\n" for name, value in written.items() if value)
    return f"clock: response\nof: request\n{lines}"


def at(text: str, zone: ZoneInfo = OSLO) -> datetime:
    """A wall time such as `2026-03-06 15:00`, in Oslo unless another zone is given."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def fact(what: str, time: str | datetime, subject: str | None = None, /, **rest: Any) -> Fact:
    """A fact; `agreed` and the like are a request's where the type's thing is not written.

    `at` is a wall time in Oslo; a name that Python reserves may end in an underscore.
    """
    kind = what if "." in what else f"request.{what}"
    when = at(time) if isinstance(time, str) else time
    said = {name.rstrip("_"): value for name, value in rest.items() if value is not None}
    thing = kind.partition(".")[0]
    about = subject or f"{'request' if thing == 'supplier' else thing}:1"
    return make_fact(kind, when, about, **said)


def judge(
    agreements: Agreement | list[Agreement], time: str | datetime, *facts: Fact, **more: Any
) -> Verdicts:
    """The verdicts at a wall time in Oslo."""
    revisions = agreements if isinstance(agreements, list) else [agreements]
    now = at(time) if isinstance(time, str) else time
    return evaluate(revisions, list(facts), now, **more)


def the(
    verdicts: Verdicts, clock: str = "response", cycle: int = 1, subject: str = "request:1"
) -> Verdict:
    """The one verdict of a clock."""
    (found,) = (each for each in verdicts.of(subject, clock) if each.cycle == cycle)
    return found


def hours(count: float) -> int:
    """Hours in microseconds, for used and left time."""
    return timedelta(hours=count) // timedelta(microseconds=1)


def ids(verdict: Verdict) -> list[str]:
    """What the verdict's reasons are, in order."""
    return [reason.id.removeprefix("reason.") for reason in verdict.because]
