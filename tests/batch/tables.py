"""Tables for the tests of the batch room."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
from tests.batch.oracle import Look

from uphold.facts.evidence import Run

TIME = pa.timestamp("us", "UTC")


def table_of_looks(looks: Iterable[Look], columns: tuple[str, ...] = ()) -> pa.Table:
    """A chunk with check, at and state, and the columns asked for besides."""
    rows = list(looks)
    found = {
        "check": pa.array([row.check for row in rows], pa.string()),
        "at": pa.array([row.at for row in rows], pa.int64()).cast(TIME),
        "state": pa.array([row.state for row in rows], pa.string()),
    }
    if "source" in columns:
        found["source"] = pa.array([row.source for row in rows], pa.string())
    if "interval" in columns:
        found["interval"] = pa.array([row.interval for row in rows], pa.int64())
    return pa.table(found)


def runs_in(table: pa.Table) -> list[Run]:
    """The rows of a table of runs."""
    times = table.set_column(2, "first", table.column("first").cast(pa.int64()))
    times = times.set_column(3, "last", times.column("last").cast(pa.int64()))
    return [
        Run(
            "checks",
            row["source"],
            row["check"],
            row["first"],
            row["last"],
            row["state"],
            row["interval"],
            row["count"],
        )
        for row in times.to_pylist()
    ]


def spans_table(spans: Iterable[tuple[int, int]], **columns: list[str | None]) -> pa.Table:
    """Windows or exclusions."""
    found = list(spans)
    times = {
        "start": pa.array([start for start, _ in found], pa.int64()).cast(TIME),
        "end": pa.array([end for _, end in found], pa.int64()).cast(TIME),
    }
    texts = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.table(times | texts)
