"""From the kernel's lengths to shares, percentages and what became of the promise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as compute

from uphold.batch.expressible import refused
from uphold.batch.kernel.figures import figures
from uphold.batch.spans import Windows
from uphold.engine.measure.availability import (
    Promise,
    Share,
    highest_of,
    lowest_of,
    share_of,
    state_of,
)
from uphold.engine.measure.figure import Window, cut_off
from uphold.engine.measure.json_values import percentage
from uphold.engine.measure.tally import Amounts
from uphold.engine.verdict import State
from uphold.messages import message

if TYPE_CHECKING:
    from uphold.batch.groups import Group
    from uphold.batch.plan import Plan

_NUMBERS = (
    "owed",
    "down",
    "unknown",
    "down_lowest",
    "unknown_short",
    "down_highest",
)
_TIME = pa.timestamp("us", "UTC")


def measured(
    plan: Plan, windows: Windows, runs: pa.Table, checks: Collection[str] | None
) -> pa.Table:
    """The figures of runs under a plan, in the order of check and window (`Plan.measured`)."""
    runs = runs.filter(compute.less_equal(runs["first"], pa.scalar(plan.until, _TIME)))
    pairs = runs.select(["source", "check"]).group_by(["source", "check"]).aggregate([])
    seen: dict[str, list[str]] = {}
    for row in pairs.to_pylist():
        seen.setdefault(row["check"], []).append(row["source"])
    groups = plan.groups(seen if checks is None else {*checks, *seen})
    tables = []
    for group in groups:
        here = [check for check in group.checks if check in seen]
        if not here:
            continue
        _require_one_source(plan, here, seen)
        own = _of_checks(runs, here) if len(here) < len(seen) else runs
        _require_intervals(plan, group, own)
        table = figures(own, plan.windows, group.exclusions, group.rule, plan.until)
        tables.append(_judged(plan, windows, group, table))
    if not tables:
        nothing = figures(runs.slice(0, 0), plan.windows, None, plan.reading, plan.until)
        return _judged(plan, windows, None, nothing)
    return pa.concat_tables(tables)


def _require_one_source(plan: Plan, checks: list[str], seen: dict[str, list[str]]) -> None:
    """The kernel measures each source alone; what several see of a check is put together."""
    for check in checks:
        if len(seen[check]) > 1:
            sources = tuple(sorted(seen[check])[:3])
            raise refused(
                plan.agreement,
                plan.term,
                message("batch.refused-sources", check=check, sources=sources),
            )


def _require_intervals(plan: Plan, group: Group, runs: pa.Table) -> None:
    """What stands for an interval that nobody states is the engine's to find out."""
    if group.rule.allowed(None) == 0:
        unsaid = runs.filter(compute.is_null(runs["interval"]))
        if unsaid.num_rows:
            check = unsaid["check"][0].as_py()
            raise refused(plan.agreement, plan.term, message("batch.refused-interval", check=check))


def _of_checks(runs: pa.Table, checks: list[str]) -> pa.Table:
    texts = runs["check"].cast(pa.string())
    return runs.filter(compute.is_in(texts, pa.array(checks, pa.string())))


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one row's lengths come to."""

    lost: int
    counted: int
    availability: str | None
    lowest: str | None
    highest: str | None
    state: str


def _judged(plan: Plan, windows: Windows, group: Group | None, table: pa.Table) -> pa.Table:
    """The kernel's table with what it comes to."""
    found = list(_each(plan, windows, table))
    texts = ("availability", "lowest", "highest")
    promised = group is not None and group.measured_as != "part"
    size = table.num_rows
    target = percentage(plan.target) if promised else None
    columns = {
        "service": pa.array([group.service if group else None] * size, pa.string()),
        "measured_as": pa.array([group.measured_as if group else None] * size, pa.string()),
        **{name: table[name] for name in table.column_names},
        "lost": pa.array([each.lost for each in found], pa.int64()),
        "counted": pa.array([each.counted for each in found], pa.int64()),
        **{name: pa.array([getattr(each, name) for each in found], pa.string()) for name in texts},
        "target": pa.array([target] * size, pa.string()),
        "state": pa.array([each.state if promised else None for each in found], pa.string()),
    }
    return pa.table(columns)


def _each(plan: Plan, windows: Windows, table: pa.Table) -> Iterator[_Judged]:
    """What each row comes to; rows alike, as most are of checks that never fail, are told once."""
    by_label = {each.label: each for each in windows.found}
    promise = Promise.of(plan.term)
    told: dict[tuple[object, ...], _Judged] = {}
    numbers = zip(*(table[name].to_pylist() for name in _NUMBERS), strict=True)
    for label, row in zip(table["window"].to_pylist(), numbers, strict=True):
        key = label, *row
        if key not in told:
            told[key] = _one(plan, windows, by_label[label], promise, row)
        yield told[key]


def _one(
    plan: Plan, windows: Windows, window: Window, promise: Promise, row: tuple[int, ...]
) -> _Judged:
    owed, down, unknown, lowest, short, highest = row
    amounts = Amounts(owed, down, unknown, (), lowest, short, highest)
    share = share_of(amounts, promise.unknown)
    state = state_of(promise, (amounts,), window.whole[1] - window.end)
    if window.label in windows.early:
        state = State.NOT_OWED
    elif window.label in windows.beyond and state is not State.NOT_OWED:
        state = State.UNKNOWN
    return _Judged(
        share.lost,
        share.counted,
        _percent(share, plan.decimals),
        _percent(lowest_of(amounts, promise.unknown), plan.decimals),
        _percent(highest_of(amounts), plan.decimals),
        str(state),
    )


def _percent(share: Share, decimals: int) -> str | None:
    exact = share.exact
    return None if exact is None else cut_off(exact, decimals)
