"""Rows of figures in bulk beside those of the engine, so that they can be compared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pyarrow as pa
from tests.batch.oracle import Look
from tests.batch.tables import table_of_looks

from uphold.batch import Plan
from uphold.batch.kernel.joining import join
from uphold.batch.kernel.runs import runs_of
from uphold.engine.measure.figure import Figure, cut_off
from uphold.facts.evidence import Run


def bulk(plan: Plan, rows: list[Look]) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of the figures in bulk, by what settling calls the service, and window."""
    found = plan.measured(runs_under(plan, rows)).to_pylist()
    keys = [
        (row["check"] if row["measured_as"] == "stand-in" else row["service"], row["window"])
        for row in found
    ]
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, found, strict=True))


def runs_under(plan: Plan, rows: list[Look]) -> pa.Table:
    """The looks as the kernel's runs."""
    return join([runs_of(table_of_looks(rows, ("source", "interval")), plan.reading)])


def one_by_one(rows: list[Look]) -> list[Run]:
    """The looks as the engine's runs, each alone."""
    return [
        Run("checks", row.source, row.check, row.at, row.at, row.state, row.interval)
        for row in rows
    ]


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    """What a row says."""
    names = ("owed", "down", "unknown", "excluded", "outages", "availability", "lowest", "highest")
    exact = Fraction(row["counted"] - row["lost"], row["counted"]) if row["counted"] else None
    return row["state"], row["target"], exact, *(row[name] for name in names)


def shown(one: Figure) -> tuple[Any, ...]:
    """The same of a figure of the engine."""
    shares = (one.availability, one.lowest, one.highest)
    assert one.target is not None
    return (
        str(one.state),
        f"{float(one.target * 100):g}",
        one.availability,
        one.owed,
        one.down,
        one.unknown,
        sum(length for _, length in one.excluded),
        len(one.counting),
        *(None if each is None else cut_off(each, one.decimals) for each in shares),
    )
