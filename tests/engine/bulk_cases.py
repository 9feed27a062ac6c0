"""Agreements whose requests can be judged in bulk, and random histories of many requests."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.engine.drawn import LOWERING
from tests.engine.pages import (
    DESK,
    NEXT_REPLY,
    PRIORITY,
    RESOLUTION,
    TARGETS,
    agreement,
    at,
    response,
)

from uphold.agreement import Agreement, load_agreement

ROOT = Path(__file__).resolve().parents[2]
BEGIN = at("2026-03-25 06:00")  # the clocks go forward on the first weekend
LATE = "calendar: late\nhours: {mon-fri: '10:00-12:00, 18:00-22:00', sat: 22:00-06:00}\n"
OWN = "applies: own\nto: [response, resolution, mending]\nunless: [request.cause is third-party]\n"
URGENT_UPDATE = """\
clock: update
of: request
when: [request.priority is p1]
starts: request.opened
repeats on: request.updated
until: request.resolved
calendar: desk
target: 2 business hours
on change of priority: {rule}
"""
MENDING = """\
clock: mending
of: request
starts: response.due
stops: request.resolved
calendar: desk
target: {{by: request.priority, p1: 4 business hours, p2: 1 working day, p3: none}}
held while: [awaiting customer]
on change of priority: {rule}
"""
TAKEN_UP = """\
clock: taken-up
of: request
starts: request.forwarded
stops: request.answered and request.started
calendar: {by: request.priority, p1: always, p2: late, p3: desk}
target: {by: request.priority, p1: under 2 hours, p2: under 3 business hours, p3: 1 working day}
days: same time
held while: [awaiting customer, awaiting vendor]
on change of priority: keep start
on reopening: new cycle
"""
LATER_STARTS = """\
clock: closing
of: request
starts: mending.due
stops: request.closed
calendar: late
target: 3 business hours
"""


def _shapes(rule: str) -> Agreement:
    return agreement(
        DESK,
        LATE,
        PRIORITY,
        response(TARGETS, rule=rule),
        RESOLUTION,
        NEXT_REPLY,
        URGENT_UPDATE.format(rule=rule),
        MENDING.format(rule=rule),
        TAKEN_UP,
        LATER_STARTS,
        LOWERING,
        OWN,
    )


def _days(target: str, **more: str) -> str:
    return response(target, held_while="[awaiting customer]", **more)


AGREEMENTS: dict[str, Agreement] = {
    **{rule: _shapes(rule) for rule in ("keep start", "restart", "no change")},
    "working days": agreement(DESK, _days("2 working days"), LOWERING, PRIORITY),
    "same time": agreement(DESK, _days("3 working days", days="same time")),
    "end of day": agreement(DESK, _days("2 working days", days="end of day")),
    "hours of a day": agreement(DESK, _days("2 working days", days="6 business hours")),
    "calendar days": agreement(DESK, _days("4 calendar days", days="end of day")),
    "months": agreement(DESK, _days("1 month")),
    "elapsed": agreement(DESK, _days("under 30 hours", calendar="desk")),
    "no default": agreement(
        DESK,
        "priority: levels\nof: request\nlevels: [p1, p2]\n",
        response("{by: request.priority, p1: 2 business hours, p2: best effort}", rule="restart"),
        RESOLUTION,
    ),
    "impact and urgency": agreement(
        DESK,
        "priority: levels\nof: request\nby: [request.impact, request.urgency]\n"
        "table:\n  all: {stopped: p1, slowed: p2}\n  one: {stopped: p2, slowed: p3}\ndefault: p3\n",
        response(TARGETS),
    ),
    "kinds": agreement(
        DESK,
        LATE,
        response(
            "{by: request.kind, question: 12 business hours, fault: {by: request.part,"
            " core: 3 business hours, rest: 1 working day}}",
            calendar="[late when request.kind is question, desk]",
        ),
        "applies: forwarded\nto: [response]\nonly if: [request is forwarded]\n",
    ),
    "biztek": load_agreement(ROOT / "agreements" / "biztek.md"),
    "updates": load_agreement(ROOT / "agreements" / "examples" / "updates.md"),
    "next reply": load_agreement(ROOT / "agreements" / "examples" / "next-reply.md"),
}

_WORDS: dict[str, list[str]] = {
    "impact": ["all", "one"],
    "urgency": ["stopped", "slowed"],
    "kind": ["question", "fault"],
    "part": ["core", "rest"],
}
_STEPS = [0, 0, 1, 30, 60, 119, 120, 240, 480, 600, 1440, 2000, 4000]
_NAMES = [
    *("answered", "answered", "started", "started", "resolved", "reopened", "closed"),
    *("classified", "classified", "awaiting", "awaiting", "resumed", "resumed", "replied"),
    *("updated", "cause", "cancelled", "merged", "escalated", "assigned", "unrecorded"),
    *("forwarded", "forwarded", "supplier.reported"),
]


def written(rng: random.Random, levels: list[str], count: int) -> list[dict[str, Any]]:
    """The facts of so many requests as JSON objects, together by request and in order."""
    found: list[dict[str, Any]] = []
    for number in range(count):
        time = BEGIN + timedelta(minutes=rng.randrange(0, 60 * 24 * 14))
        opened = {"type": "request.opened", **_ratings(rng, levels)}
        rows = [opened, *(_random_fact(rng, levels) for _ in range(rng.randrange(0, 11)))]
        for place, row in enumerate(rows):
            time += timedelta(minutes=rng.choice(_STEPS)) if place else timedelta()
            row |= {"at": time.isoformat(), "subject": f"request:{number:05}", "seq": place}
        found += rows
    return found


def _ratings(rng: random.Random, levels: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if rng.random() < 0.7:
        said["priority"] = rng.choice(levels)
    for name, words in _WORDS.items():
        if rng.random() < 0.5:
            said[name] = rng.choice(words)
    return said


def _random_fact(rng: random.Random, levels: list[str]) -> dict[str, Any]:
    name = rng.choice(_NAMES)
    row: dict[str, Any] = {"type": name if "." in name else f"request.{name}"}
    match name:
        case "classified":
            row |= _ratings(rng, levels)
            if rng.random() < 0.6:
                row |= {"reason": "r", "decided_by": "x", "unmet": "u"}
        case "answered" | "updated":
            row |= {key: True for key in ("automatic", "internal") if rng.random() < 0.15}
        case "awaiting":
            row["cause"] = rng.choice(["customer", "vendor"])
        case "resumed" if rng.random() < 0.5:
            row["cause"] = rng.choice(["customer", "vendor"])
        case "cause":
            row["cause"] = rng.choice(["third-party", "own"])
        case "merged":
            row["into"] = "request:x"
        case "escalated" if rng.random() < 0.5:
            row |= {"to": "maker", "spent": "1 hour"}
        case "unrecorded":
            missing = [["request.answered"], ["request.resolved", "request.started"]]
            row["what"] = rng.choice([*missing, ["supplier.reported"], ["request.assigned"]])
    return row


def lines(rows: Iterable[dict[str, Any]]) -> io.BytesIO:
    """The JSON Lines of these facts."""
    return io.BytesIO(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
