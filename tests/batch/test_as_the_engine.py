"""What the kernel measures in bulk is what the engine measures one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.oracle import STATES, Look
from tests.batch.tables import spans_table, table_of_looks
from tests.engine.measure.figures.watch import MINUTE, SECOND, measured, uptime, us
from tests.engine.pages import agreement, fact

from uphold.agreement import Agreement
from uphold.batch import Rule, runs_in
from uphold.batch.kernel.figures import figures
from uphold.batch.kernel.joining import join
from uphold.batch.kernel.runs import runs_of
from uphold.engine.measure.figure import Figure
from uphold.facts import Fact
from uphold.facts.times import to_datetime

START = us("2026-10-24 12:00")
MONTHS = (("2026-10", "2026-10-01", "2026-11-01"), ("2026-11", "2026-11-01", "2026-12-01"))
STEP = 20 * SECOND

looks = st.lists(
    st.builds(
        Look,
        check=st.just("web"),
        # Half an hour before the month ends in Oslo, until half an hour after it.
        at=st.integers(-90, 90).map(lambda step: us("2026-11-01") + step * STEP),
        state=st.sampled_from(STATES),
        source=st.just("oslo"),
        interval=st.none() | st.sampled_from([STEP, 2 * STEP]),
    ),
    min_size=1,
    max_size=40,
)
rules = st.builds(
    Rule,
    interval=st.sampled_from([STEP, 3 * STEP]),
    silent_after=st.none() | st.sampled_from([MINUTE, 3 * MINUTE]),
    in_a_row=st.integers(1, 3),
    least=st.none() | st.sampled_from([MINUTE, 5 * MINUTE]),
    degraded_down=st.booleans(),
)
stretches = st.lists(
    st.tuples(st.integers(-60, 60), st.integers(1, 30)).map(
        lambda one: (
            us("2026-11-01") + one[0] * MINUTE // 2,
            us("2026-11-01") + (one[0] + one[1]) * MINUTE // 2,
        )
    ),
    max_size=2,
)


@given(looks, rules, stretches, st.integers(-40, 60))
@settings(max_examples=40)
def test_figures_are_the_engines(
    rows: list[Look], rule: Rule, maintenance: list[tuple[int, int]], step: int
) -> None:
    now = us("2026-11-01") + step * MINUTE
    runs = join([runs_of(table_of_looks(rows, ("source", "interval")), rule)])
    windows = spans_table(
        [(us(start), us(end)) for _, start, end in MONTHS], label=[label for label, _, _ in MONTHS]
    )
    found = figures(runs, windows, spans_table(maintenance), rule, now).to_pylist()
    ours = {row["window"]: told(row) for row in found if row["start"] < row["end"]}
    settled = measured(promised(rule), runs_in(runs), to_datetime(now), *worked(maintenance))
    theirs = {each.window.label: shown(each) for each in settled.figures}
    assert {label: ours[label] for label in theirs} == theirs


def promised(rule: Rule) -> Agreement:
    """The agreement that says what the rule says."""
    seconds = {name: getattr(rule, name) for name in ("interval", "silent_after", "least")}
    length = {name: f"{(value or 0) // SECOND} seconds" for name, value in seconds.items()}
    silent = f"silent after: {length['silent_after']}\n" if rule.silent_after else ""
    row = "1 check fails" if rule.in_a_row == 1 else f"{rule.in_a_row} checks in a row fail"
    more = {"counts": f"outages of at least {length['least']}"} if rule.least else {}
    return agreement(
        "service: web\n",
        f"indicator: web\nof: web\ndown when: {row}\n",
        f"evidence: looks\nof: web\nsources: {{checks: every {length['interval']}}}\n{silent}"
        f"degraded: {'down' if rule.degraded_down else 'up'}\n",
        uptime(excludes="[planned maintenance]", **more),
    )


def worked(maintenance: list[tuple[int, int]]) -> list[Fact]:
    """Maintenance that was carried out as planned."""
    facts = []
    for number, (start, end) in enumerate(maintenance):
        subject = f"maintenance:{number}"
        plan = {"start": to_datetime(start).isoformat(), "end": to_datetime(end).isoformat()}
        facts += [
            fact("maintenance.planned", "2026-10-01 12:00", subject, kind="planned", **plan),
            fact("maintenance.started", to_datetime(start), subject),
            fact("maintenance.ended", to_datetime(end), subject),
        ]
    return facts


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    """A row's figures as the engine shows them."""
    known = row["owed"] - row["unknown"]
    wide = row["owed"] - row["unknown_short"]
    return (
        row["owed"],
        row["down"],
        row["unknown"],
        row["excluded"],
        row["outages"],
        row["longest"] if row["outages"] else None,
        Fraction(known - row["down"], known) if known else None,
        Fraction(wide - row["down_lowest"], wide) if wide else None,
        Fraction(row["owed"] - row["down_highest"], row["owed"]) if row["owed"] else None,
    )


def shown(one: Figure) -> tuple[Any, ...]:
    """The same of a figure of the engine."""
    return (
        one.owed,
        one.down,
        one.unknown,
        sum(length for _, length in one.excluded),
        sum(1 for outage in one.counting if outage.down),
        one.longest if any(outage.down for outage in one.counting) else None,
        one.availability,
        one.lowest,
        one.highest,
    )
