"""Random histories of a customer's requests, and agreements that use every shape of clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from tests.engine.pages import DESK, PRIORITY, RESOLUTION, TARGETS, agreement, at, fact, response

from uphold.facts import Fact

BEGIN = at("2026-03-05 07:00")
NEXT_REPLY = """\
clock: next-reply
of: request
starts: each request.replied
stops: request.answered
calendar: desk
target: 2 business hours
held while: [awaiting vendor]
alerts: [75 %]
"""
UPDATE = """\
clock: update
of: request
when: [request.priority is p1]
starts: request.opened
repeats on: request.updated
until: request.resolved
calendar: always
target: 3 hours
on change of priority: restart
"""
CHAINED = """\
clock: mending
of: request
starts: response.due
stops: request.resolved
calendar: desk
target: {by: request.priority, p1: 1 working day, p2: 2 working days, p3: next release}
held while: [awaiting customer]
on change of priority: keep start
"""
LOWERING = """\
judgement: lowering
of: request
by: provider
permits: request.classified
when: [request.priority is lowered]
while: awaiting customer
records: [reason]
"""
OWN = "applies: own\nto: [response, resolution]\nunless: [request.cause is third-party]\n"
PEOPLE = "applies: people\nto: [next-reply]\nonly if: [request.author is trained]\n"
ROUND_THE_CLOCK = """\
clock: urgent
of: request
when: [request.priority is p1 or p2]
starts: request.opened
stops: request.answered and request.started
calendar: [always when account has 24x7, desk]
target: under 6 business hours
held while: [awaiting customer]
on change of priority: no change
"""

EVERYTHING = agreement(
    DESK,
    PRIORITY,
    response(TARGETS, alerts="[50 %, 1 business hour before]"),
    RESOLUTION,
    NEXT_REPLY,
    UPDATE,
    CHAINED,
    LOWERING,
    OWN,
    PEOPLE,
    ROUND_THE_CLOCK,
    "retention: weekly\nof: backup\ntaken: every week\nkept: at least 20 calendar days\n",
)
LATER = agreement(
    "calendar: desk\nhours: {mon-fri: 09:00-17:00}\n",
    PRIORITY,
    response(TARGETS, rule="restart"),
    RESOLUTION,
    revision=2,
    posted="2026-03-06T12:00:00+01:00",
)

CHOICES: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("classified", {"priority": level}) for level in ("p1", "p2", "p3")),
    *(("classified", {"priority": level, "reason": "r"}) for level in ("p2", "p3")),
    *(("awaiting", {"cause": cause}) for cause in ("customer", "vendor")),
    *(("resumed", {"cause": cause}) for cause in ("customer", "vendor", None)),
    *(("cause", {"cause": cause}) for cause in ("third-party", "own")),
    *((name, {}) for name in ("replied", "updated", "started", "resolved", "reopened")),
    *(("answered", {"automatic": automatic}) for automatic in (None, None, True)),
    ("merged", {"into": "request:9"}),
)
OTHERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("customer.trained", "customer:acme", {"person": "p7"}),
    ("customer.added", "customer:acme", {"addition": "24x7"}),
    ("release.planned", "release:1", {"planned": "2026-03-10T12:00:00+01:00"}),
    ("release.shipped", "release:1", {}),
)
POSTINGS = st.builds(
    lambda minute, revision: fact(
        "agreement.posted",
        BEGIN + timedelta(minutes=minute),
        "agreement:sample",
        agreement="sample",
        revision=revision,
    ),
    st.integers(-1440, 4 * 1440),
    st.sampled_from(["1", "2"]),
)
BACKUPS = st.builds(
    lambda day, number: fact("backup.taken", BEGIN + timedelta(days=day), f"backup:{number}"),
    st.integers(0, 20),
    st.integers(1, 3),
)
STEPS = st.sampled_from([0, 1, 15, 30, 60, 120, 240, 480, 960, 1440])


@st.composite
def requests(draw: st.DrawFn, subject: str = "request:1", most: int = 9) -> list[Fact]:
    """The facts of one request, in order."""
    minute = draw(st.integers(0, 3 * 1440))
    opened = {
        "author": draw(st.sampled_from([None, "p7"])),
        "priority": draw(st.sampled_from([None, "p1", "p2", "p3"])),
        "account": draw(st.sampled_from([None, "acme-1"])),
    }
    facts = [fact("opened", BEGIN + timedelta(minutes=minute), subject, **opened)]
    for place in range(draw(st.integers(0, most))):
        minute += draw(STEPS)
        name, said = draw(st.sampled_from(CHOICES))
        facts.append(fact(name, BEGIN + timedelta(minutes=minute), subject, seq=place, **said))
    return facts


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """The facts of up to three requests, a customer and a release."""
    count = draw(st.integers(1, 3))
    # Whose an account is counts from ever on, so it is said before all else, or never.
    agreed = fact("customer.agreed", BEGIN - timedelta(days=1), "customer:acme", account="acme-1")
    facts = [agreed] * draw(st.booleans())
    facts += [
        each for number in range(1, count + 1) for each in draw(requests(f"request:{number}"))
    ]
    for name, subject, said in draw(st.lists(st.sampled_from(OTHERS), max_size=4)):
        time = BEGIN + timedelta(minutes=draw(st.integers(0, 5 * 1440)))
        facts.append(fact(name, time, subject, **said))
    return facts


MOMENTS = st.integers(0, 8 * 1440).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
