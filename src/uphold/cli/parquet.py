"""Evidence in Parquet: files of runs, and files or folders of checks, read in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

from uphold.batch.faults import BatchError
from uphold.batch.reading import Report
from uphold.cli.given import Given
from uphold.cli.progress import Quiet
from uphold.cli.refusal import Refusal
from uphold.cli.watching import Watching
from uphold.facts.evidence import Evidence, Run
from uphold.facts.evidence.options import Unit
from uphold.messages import Message, message

MOST_RUNS = 2_000_000
"""Runs that a command holds at most: each is some 500 bytes, so that a gigabyte is enough."""


def parquet_of(name: str, watching: Watching, progress: Quiet) -> Given:
    """The evidence in a file of runs or of checks, or in a folder of checks; raises `Refusal`."""
    from uphold.batch.writing import is_runs_file, read_runs

    try:
        if is_runs_file(name):
            runs = list(read_runs(name))
            return Given(_renamed(runs, watching), len(runs))
        return _of_checks(name, watching, progress)
    except BatchError as error:
        raise Refusal(error.message) from error


def runs_written(name: str, runs: tuple[Run, ...]) -> None:
    """Writes a file of runs; raises `Refusal` where that cannot be."""
    from uphold.batch.writing import write_runs

    try:
        write_runs(name, runs)
    except BatchError as error:
        raise Refusal(error.message) from error


def _of_checks(name: str, watching: Watching, progress: Quiet) -> Given:
    """Checks, every gap over the interval kept visible, as an agreement may ask about it."""
    from uphold.batch.options import Options
    from uphold.batch.reading import read_runs_of_checks
    from uphold.batch.rule import Rule
    from uphold.batch.writing import runs_in
    from uphold.facts.evidence.options import Columns

    if watching.change_log is not None:
        raise Refusal(
            message("cli.parquet-change-log", file=name), message("cli.parquet-change-log-form")
        )
    interval = watching.interval_us()
    options = Options(
        columns=Columns.of(watching.columns()),
        source=watching.source or "checks",
        zone=watching.zone(),
        unit=cast("Unit | None", watching.known_unit()),
        nulls="drop" if watching.keep_going else "refuse",
        most_runs=MOST_RUNS,
    )
    rule = Rule(interval, silent_after=interval)
    read = read_runs_of_checks([Path(name)], rule, options, progress.part)
    found = runs_in(read.table, watching.known_kind() or "checks")
    runs = (run if run.interval else replace(run, interval=interval) for run in found)
    return Given(_renamed(runs, watching), read.report.rows, tuple(_notes(name, read.report)))


def _renamed(runs: Iterable[Run], watching: Watching) -> Evidence:
    evidence = Evidence.of(runs)
    renames = watching.renames()
    return evidence.renamed(renames) if renames else evidence


def _notes(name: str, report: Report) -> list[Message]:
    """What was met on the way and is worth knowing."""
    found = [
        message("evidence.dropped", file=name, column=column, count=count)
        for column, count in report.dropped
    ]
    if report.steps_back:
        found.append(message("evidence.steps-back", file=name, count=report.steps_back))
    if report.duplicates:
        found.append(message("evidence.duplicates", file=name, count=report.duplicates))
    return found
