"""Services of several parts, several services, and names that the agreement does not know."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pytest
from hypothesis import given, settings
from tests.batch.bulk_promises import AGREEMENTS, EDGE, looks, shipped, works
from tests.batch.oracle import Look
from tests.batch.side_by_side import bulk, one_by_one, runs_under, shown, told
from tests.engine.measure.figures.watch import HOUR, MINUTE
from tests.engine.pages import agreement

from uphold.agreement import Agreement, load_agreement
from uphold.batch import Options, Plan, measure_under, under
from uphold.engine.settle import settle
from uphold.facts import Fact
from uphold.facts.evidence import Evidence
from uphold.facts.times import to_datetime

SINCE, UNTIL = EDGE - HOUR, EDGE + 40 * 24 * HOUR
SPAN = to_datetime(SINCE), to_datetime(UNTIL)
WEB = "service: web\nparts: [front, back]\ndown when: any part is down\n"
LOOKS = "evidence: looks\nof: {of}\nsources: {{checks: every {every}}}\n"
TERM = "availability: uptime\nof: {of}\nwindow: calendar month\ntarget: at least 99.99 %\n"
EXCLUDES = "excludes: [planned maintenance]\n"


def indicators(front: str, back: str) -> tuple[str, str]:
    return (
        f"indicator: front\nof: {front}\ndown when: 2 checks in a row fail\n",
        f"indicator: back\nof: {back}\ndown when: 1 check fails\n",
    )


WHOLE = agreement(
    WEB,
    *indicators("web", "web"),
    LOOKS.format(of="web", every="1 minute"),
    # The part's own evidence is what it is reconciled by.
    LOOKS.format(of="back", every="40 seconds").replace("looks", "back-looks") + "degraded: down\n",
    TERM.format(of="web") + EXCLUDES,
)
APART = agreement(
    "service: s-front\nparts: [front]\n",
    "service: s-back\nparts: [back]\n",
    *indicators("s-front", "s-back"),
    LOOKS.format(of="s-front", every="1 minute"),
    LOOKS.format(of="s-back", every="40 seconds").replace("looks", "back-looks")
    + "degraded: down\n",
    TERM.format(of="[s-front, s-back]") + EXCLUDES,
)


def planned(promise: Agreement, facts: list[Fact]) -> Plan:
    return under(promise, facts, *SPAN)


@given(looks(("front", "back")), works(("front", "back")))
@settings(max_examples=40)
def test_each_service_is_read_by_its_own_rule(rows: list[Look], facts: list[Fact]) -> None:
    settled = settle([APART], facts, Evidence.of(one_by_one(rows)), SPAN[1], asked=(SINCE, UNTIL))
    seen = {f"s-{row.check}" for row in rows}
    theirs = {
        (each.service, each.window.label): shown(each)
        for each in settled.history
        if each.service in seen and each.window.whole[1] > SINCE
    }
    found = bulk(planned(APART, facts), rows)
    assert {key: told(row) for key, row in found.items()} == theirs


@given(looks(("front", "back")), works(("front", "back")))
@settings(max_examples=40)
def test_a_part_is_measured_alone_and_promised_nothing(rows: list[Look], facts: list[Fact]) -> None:
    found = planned(WHOLE, facts).measured(runs_under(planned(WHOLE, facts), rows)).to_pylist()
    alone = planned(APART, facts).measured(runs_under(planned(APART, facts), rows)).to_pylist()
    assert {(row["service"], row["measured_as"]) for row in found} == {("web", "part")}
    assert {(row["target"], row["state"]) for row in found} == {(None, None)}
    held = ("service", "measured_as", "target", "state")
    assert by_check(found, held) == by_check(alone, held)


def by_check(rows: list[dict[str, Any]], without: tuple[str, ...]) -> dict[Any, dict[str, Any]]:
    return {
        (row["check"], row["window"]): {
            name: value for name, value in row.items() if name not in without
        }
        for row in rows
    }


def steady(check: str, every: int = MINUTE, down: int = -1) -> list[Look]:
    """Two hours of looks around the edge, one of them down if so."""
    return [
        Look(check, EDGE - HOUR + place * every, "down" if place == down else "up", "prober", every)
        for place in range(2 * HOUR // every)
    ]


def test_names_beside_known_ones_are_told_and_not_counted() -> None:
    rows = [*steady("front"), *steady("elsewhere")]
    plan = planned(APART, [])
    assert {row["check"] for row in plan.measured(runs_under(plan, rows)).to_pylist()} == {"front"}
    assert plan.unused(["front", "elsewhere"]) == ("elsewhere",)
    assert plan.unused(["elsewhere"]) == ()


def test_foreign_names_alone_stand_in_for_the_first_service() -> None:
    plan = planned(APART, [])
    row, *_ = plan.measured(runs_under(plan, steady("elsewhere", down=3))).to_pylist()
    assert (row["check"], row["service"], row["measured_as"]) == (
        "elsewhere",
        "s-front",
        "stand-in",
    )
    assert row["down"] == 0, "two looks in a row must fail, as for the service"


def test_one_part_of_which_two_must_be_down_is_not_the_service() -> None:
    two = "service: web\nparts: [front]\ndown when: at least 2 parts are down\n"
    promise = agreement(two, LOOKS.format(of="web", every="1 minute"), TERM.format(of="web"))
    rows = steady("front", down=3)
    found = under(promise, (), *SPAN).measured(runs_under(under(promise, (), *SPAN), rows))
    assert set(found["measured_as"].to_pylist()) == {"part"}


def test_runs_by_the_piece_come_to_the_same() -> None:
    """A cluster measures each series where it lies, told of the names of all."""
    rows = [*steady("front", down=60), *steady("back", down=3), *steady("elsewhere")]
    plan = pickle.loads(pickle.dumps(planned(WHOLE, [])))
    runs = runs_under(plan, rows)
    names = runs["check"].unique().to_pylist()
    pieces = [
        plan.measured(runs.filter(compute.equal(runs["check"].cast(pa.string()), name)), names)
        for name in ("back", "elsewhere", "front")
    ]
    whole = plan.measured(runs).sort_by([("check", "ascending"), ("start", "ascending")])
    assert pa.concat_tables(pieces).to_pylist() == whole.to_pylist()


@pytest.mark.parametrize("checks", [["front"], ["nobody"], []])
def test_without_any_run_there_are_no_figures(checks: list[str]) -> None:
    plan = planned(WHOLE, [])
    runs = runs_under(plan, steady("front")).slice(0, 0)
    found = plan.measured(runs, checks)
    assert found.num_rows == 0
    assert found.schema == plan.measured(runs_under(plan, steady("front"))).schema


def test_files_under_an_agreement_with_all_that_was_met(tmp_path: Path) -> None:
    """Ten minutes down of sixteen days, told by a file whose one row lacks its time."""
    text = ["2026-10-16T10:00:00Z,web,up", "2026-10-16T10:00:00Z,web,up", ",web,up"]
    every = range(EDGE - 16 * 24 * HOUR, EDGE + HOUR, MINUTE)
    down = range(EDGE - 10 * HOUR, EDGE - 10 * HOUR + 10 * MINUTE)
    text += [f"{to_datetime(at).isoformat()},web,{'down' if at in down else 'up'}" for at in every]
    path = tmp_path / "checks.csv"
    path.write_text("\n".join(["checked_at,check,state", *text]))
    seen: list[int] = []
    found = measure_under(
        shipped("examples/caps.md"),
        (),
        [path],
        SPAN[0],
        SPAN[1],
        term="gateway-uptime",
        options=Options(nulls="drop"),
        progress=lambda done, whole: seen.append(done * 100 // whole),
    )
    october, *_ = found.table.to_pylist()
    assert (october["window"], october["down"]) == ("2026-10", 10 * MINUTE)
    # London's October ends an hour after Oslo's: 10 of 23,100 minutes, and 99.9567... is cut off.
    assert [october[name] for name in ("availability", "target", "state")] == [
        "99.956",
        "99.9",
        "met",
    ]
    assert (found.report.rows, found.report.dropped) == (len(text), (("checked_at", 1),))
    assert (found.report.duplicates, found.unused, seen[-1]) == (2, (), 100)
    assert found.runs["state"].to_pylist() == ["up", "down", "up"]


def test_beyond_the_written_out_changes_of_the_clocks_nobody_knows() -> None:
    until = datetime(2026, 11, 15, tzinfo=UTC)
    brief = load_agreement(AGREEMENTS / "examples/caps.md", until=until)
    rows = steady("gateway-check", every=MINUTE)
    plan = under(brief, (), *SPAN)
    states = {row["window"]: row["state"] for row in bulk(plan, rows).values()}
    settled = settle([brief], (), one_by_one(rows), SPAN[1], asked=(SINCE, UNTIL))
    assert states == {each.window.label: str(each.state) for each in settled.history}
    assert states == {"2026-10": "met", "2026-11": "unknown", "2026-12": "unknown"}
