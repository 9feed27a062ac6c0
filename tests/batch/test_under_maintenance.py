"""Which maintenance leaves figures in bulk: what the term excludes, told in time, for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from tests.batch.oracle import Look
from tests.batch.side_by_side import bulk, one_by_one, shown, told
from tests.engine.measure.figures.watch import DAY, MINUTE, maintained, uptime, us
from tests.engine.pages import agreement, at, fact

from uphold.agreement import Agreement
from uphold.batch import under
from uphold.engine.settle import settle
from uphold.facts import Fact

SINCE, UNTIL = "2026-03-01", "2026-04-01"
WEEK_AHEAD = (
    "notice: ahead\nof: maintenance\nannounced: at least 7 calendar days before planned start\n"
    "to: [customers]\n"
)
EVIDENCE = "evidence: looks\nof: web\nsources: {checks: every 1 minute}\n"
WORK = maintained("2026-03-10 12:00", "2026-03-10 13:00")
HALF = us("2026-03-10 12:30")
ROWS = [
    Look("web", time, "down" if time == HALF else "up", "oslo")
    for time in range(us("2026-03-10"), us("2026-03-10") + DAY, MINUTE)
]
"""A day of looks, the one in the middle of the work down."""


def promised(**more: str) -> Agreement:
    term = uptime(**{"excludes": "[planned maintenance]", **more})
    return agreement("service: web\n", EVIDENCE, WEEK_AHEAD, term)


def announced(time: str) -> Fact:
    return fact("maintenance.announced", time, "maintenance:1", to=["customers"])


EARLY, LATE = announced("2026-03-01 12:00"), announced("2026-03-09 12:00")
FORFEIT = {"late_notice": "not excluded"}


@pytest.mark.parametrize(
    ("promise", "facts", "excluded"),
    [
        (promised(), [*WORK, EARLY], 60),
        (promised(), [*WORK, LATE], 60),
        (promised(**FORFEIT), [*WORK, EARLY], 60),
        (promised(**FORFEIT), [*WORK, LATE], 0),
        (promised(excludes="[emergency maintenance]"), [*WORK, EARLY], 0),
        (promised(), maintained("2026-03-10 12:00", "2026-03-10 13:00", services=["web"]), 60),
        (promised(), maintained("2026-03-10 12:00", "2026-03-10 13:00", services=["mail"]), 0),
        (promised(), maintained("2026-03-10 12:00", "2026-03-10 13:00", accounts=["a"]), 0),
        (
            promised(),
            maintained(
                "2026-03-10 12:20",
                "2026-03-10 13:00",
                planned=("2026-03-10 12:00", "2026-03-10 12:30"),
            ),
            10,
        ),
    ],
)
def test_what_is_excluded(promise: Agreement, facts: list[Fact], excluded: int) -> None:
    row = beside(promise, facts)
    assert row["excluded"] == excluded * MINUTE
    assert row["down"] == (0 if excluded == 60 else MINUTE)


def beside(promise: Agreement, facts: list[Fact]) -> dict[str, Any]:
    """The row of March, which is what settling gives."""
    span = at(SINCE), at(UNTIL)
    (found,) = bulk(under(promise, facts, *span), ROWS).values()
    settled = settle([promise], facts, one_by_one(ROWS), span[1], asked=(us(SINCE), us(UNTIL)))
    assert [told(found)] == [shown(each) for each in settled.figures]
    return found


def test_what_was_learned_later_does_not_count() -> None:
    late = [
        fact("maintenance.planned", "2026-03-01", "maintenance:1", kind="planned",
             start=at("2026-03-10 12:00").isoformat(), end=at("2026-03-10 13:00").isoformat(),
             recorded="2026-05-01T00:00:00Z"),
        *WORK[1:],
    ]  # fmt: skip
    span = at(SINCE), at(UNTIL)
    found = {
        known: next(iter(bulk(under(promised(), late, *span, known=known), ROWS).values()))
        for known in (None, at("2026-04-15"))
    }
    assert [row["excluded"] for row in found.values()] == [60 * MINUTE, 0]
