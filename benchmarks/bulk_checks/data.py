"""Checks from a fixed seed: a realistic quarter, and a random one for the judge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from uphold.batch import Rule, write_checks

SECOND = 1_000_000
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
EACH = 100_000
"""Checks of one monitor: one in some 80 seconds over three months."""

ROWS = 1 << 20
RULE = Rule(interval=80 * SECOND, silent_after=5 * MINUTE, least=5 * MINUTE)
STATES = pa.array(["up", "degraded", "down", "unknown"])
UP, DEGRADED, DOWN, UNKNOWN = range(4)
_TIME = pa.timestamp("us", "UTC")
_OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Case:
    """What readers are given: the checks, the windows, the exclusions, and the rule."""

    checks: Path
    windows: pa.Table
    exclusions: pa.Table
    rule: Rule
    is_random: bool


def case_of(folder: Path) -> Case:
    """The case that was made in a folder."""
    about = json.loads((folder / "about.json").read_text())
    windows, exclusions = (
        parquet.read_table(folder / f"{name}.parquet") for name in ("windows", "exclusions")
    )
    rule = Rule(**about["rule"])
    return Case(folder / "checks.parquet", windows, exclusions, rule, about["random"])


def make(folder: Path, checks: int, layout: str) -> int:
    """Writes a case of so many checks, sorted `by monitor` or `by time`; the bytes of its file."""
    folder.mkdir(parents=True)
    monitors = max(1, checks // EACH)
    edges = months()
    names = pa.array([f"monitor-{number:04}" for number in range(monitors)])
    if layout == "by monitor":
        chunks = _by_monitor(monitors, checks // monitors, edges[0], edges[-1], names)
    else:
        chunks = _by_time(folder, monitors, checks // monitors, edges[0], edges[-1], names)
    write_checks(folder / "checks.parquet", chunks)
    rng = np.random.default_rng(7)
    _finish(folder, edges, _maintenance(rng, monitors, edges, 5 * monitors), RULE, False)
    return (folder / "checks.parquet").stat().st_size


def months() -> list[int]:
    """The edges of September, October and November 2026 in Oslo, in microseconds."""
    return [
        int(datetime(2026, month, 1, tzinfo=_OSLO).timestamp()) * SECOND for month in range(9, 13)
    ]


def _finish(
    folder: Path, edges: list[int], exclusions: pa.Table, rule: Rule, is_random: bool
) -> None:
    windows = pa.table(
        {
            "label": pa.array([f"2026-{month:02}" for month in range(9, 8 + len(edges))]),
            "start": pa.array(edges[:-1]).cast(_TIME),
            "end": pa.array(edges[1:]).cast(_TIME),
        }
    )
    parquet.write_table(windows, folder / "windows.parquet")
    parquet.write_table(exclusions, folder / "exclusions.parquet")
    told = {name: getattr(rule, name) for name in ("interval", "silent_after", "least")}
    (folder / "about.json").write_text(json.dumps({"rule": told, "random": is_random}))


def _maintenance(
    rng: np.random.Generator, monitors: int, edges: list[int], number: int
) -> pa.Table:
    """Maintenance windows, one in five hundred for all monitors, of ten minutes to six hours."""
    starts = rng.integers(edges[0] - HOUR, edges[-1], number)
    lengths = rng.integers(10 * MINUTE, 6 * HOUR, number)
    whose = rng.integers(0, monitors, number)
    checks = [None if place % 500 == 0 else f"monitor-{who:04}" for place, who in enumerate(whose)]
    return pa.table(
        {
            "start": pa.array(starts).cast(_TIME),
            "end": pa.array(starts + lengths).cast(_TIME),
            "check": pa.array(checks, pa.string()),
        }
    )


def _monitor(number: int, each: int, start: int, end: int) -> tuple[Any, Any]:
    """Instants and states of one monitor: jitter, five gaps, some twenty outages."""
    rng = np.random.default_rng([20260901, number])
    gaps = rng.integers(10 * MINUTE, 6 * HOUR, 5)
    steps = np.full(each, (end - start - int(gaps.sum())) // each - SECOND // 100)
    steps += rng.integers(-SECOND, SECOND, each)
    steps[rng.choice(each, 5, replace=False)] += gaps
    at = start + rng.integers(0, MINUTE) + np.cumsum(steps) - steps[0]
    state = np.zeros(each, np.int8)
    for kind, times, longest in ((DEGRADED, 8, 40), (DOWN, 20, 90), (UNKNOWN, 2, 10)):
        for begin in rng.integers(0, max(1, each - longest), times):
            state[begin : begin + int(rng.integers(1, longest) * rng.random() ** 3) + 1] = kind
    return at, state


def _by_monitor(
    monitors: int, each: int, start: int, end: int, names: pa.Array
) -> Iterator[pa.Table]:
    """Row groups of some monitors, one behind the other."""
    parts: list[tuple[Any, Any, Any]] = []
    held = 0
    for number in range(monitors):
        at, state = _monitor(number, each, start, end)
        parts.append((at, np.full(each, number, np.int32), state))
        held += each
        if held >= ROWS or number == monitors - 1:
            columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
            for place in range(0, held, ROWS):
                if held - place >= ROWS or number == monitors - 1:
                    yield _table(*(column[place : place + ROWS] for column in columns), names)
            done = held if number == monitors - 1 else held // ROWS * ROWS
            parts = [(columns[0][done:], columns[1][done:], columns[2][done:])]
            held -= done


def _by_time(
    folder: Path, monitors: int, each: int, start: int, end: int, names: pa.Array
) -> Iterator[pa.Table]:
    """The same checks, an hour's of all monitors at a time; they lie in a file till then."""
    whole = np.memmap(folder / "at", np.int64, "w+", shape=(monitors, each))
    states = np.memmap(folder / "state", np.int8, "w+", shape=(monitors, each))
    for number in range(monitors):
        whole[number], states[number] = _monitor(number, each, start, end)
    reached = np.zeros(monitors, np.int64)
    parts: list[tuple[Any, Any, Any]] = []
    held = 0
    slices = [*range(start + HOUR, end, HOUR), end + 24 * HOUR]
    for until in slices:
        stops = np.array(
            [
                reached[number] + np.searchsorted(whole[number, reached[number] :], until)
                for number in range(monitors)
            ]
        )
        spans = list(zip(range(monitors), reached, stops, strict=True))
        at = np.concatenate([whole[number, one:other] for number, one, other in spans])
        state = np.concatenate([states[number, one:other] for number, one, other in spans])
        who = np.repeat(np.arange(monitors, dtype=np.int32), stops - reached)
        order = np.argsort(at, kind="stable")
        parts.append((at[order], who[order], state[order]))
        held += len(at)
        reached = stops
        if held >= ROWS or until == slices[-1]:
            columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
            done = held if until == slices[-1] else held // ROWS * ROWS
            for place in range(0, done, ROWS):
                yield _table(
                    *(column[place : min(place + ROWS, done)] for column in columns), names
                )
            parts = [(columns[0][done:], columns[1][done:], columns[2][done:])]
            held -= done
    for name in ("at", "state"):
        (folder / name).unlink()


def make_random(folder: Path, checks: int) -> int:
    """Writes a case of random states, gaps, duplicates, and maintenance, in no order within hours.

    Duplicates see other states often; half the monitors are restless, the others flip seldom.
    """
    folder.mkdir(parents=True)
    monitors = max(4, min(500, checks // 20_000))
    edges = months()
    names = pa.array([f"monitor-{number:04}" for number in range(monitors)])
    write_checks(
        folder / "checks.parquet", _random_chunks(monitors, checks // monitors, edges, names)
    )
    rng = np.random.default_rng(11)
    rule = Rule(interval=300 * SECOND, silent_after=700 * SECOND, least=9 * MINUTE)
    _finish(folder, edges, _maintenance(rng, monitors, edges, 40 * monitors), rule, True)
    return (folder / "checks.parquet").stat().st_size


def _random_chunks(
    monitors: int, each: int, edges: list[int], names: pa.Array
) -> Iterator[pa.Table]:
    for number in range(monitors):
        rng = np.random.default_rng([4711, number])
        mean = (edges[-1] - edges[0]) // each
        steps = rng.integers(mean // 4, mean, each)
        steps[rng.random(each) < 0.05] *= 12
        steps[rng.random(each) < 0.02] = 0
        steps = (steps * ((edges[-1] - edges[0]) / max(1, int(steps.sum())))).astype(np.int64)
        at = edges[0] + np.cumsum(steps)
        if number % 2:
            state = rng.integers(0, 4, each).astype(np.int8)
        else:
            flips = rng.random(each) < 0.1
            state = rng.integers(0, 4, each)[
                np.maximum.accumulate(np.where(flips, np.arange(each), 0))
            ]
            state = state.astype(np.int8)
        # Some stand a few places too late, as a queue would deliver them.
        order = np.argsort(
            np.arange(each) + np.where(rng.random(each) < 0.03, 3.5, 0), kind="stable"
        )
        yield _table(at[order], np.full(each, number, np.int32), state[order], names)


def _table(at: Any, who: Any, state: Any, names: pa.Array) -> pa.Table:
    return pa.table(
        {
            "checked_at": pa.array(at).cast(_TIME),
            "check": pa.DictionaryArray.from_arrays(pa.array(who), names),
            "state": pa.DictionaryArray.from_arrays(pa.array(state), STATES),
        }
    )
