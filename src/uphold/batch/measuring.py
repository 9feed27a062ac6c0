"""From files of checks to figures in one call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uphold.batch.options import Options, Progress
from uphold.batch.reading import Report, read_runs_of_checks
from uphold.batch.rule import Rule

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class BatchFigures:
    """Figures as a table (`uphold.batch.kernel.figures`), the runs behind them, and the report."""

    table: pa.Table
    runs: pa.Table
    report: Report


def measure_checks(
    paths: Iterable[Path | str],
    windows: pa.Table,
    exclusions: pa.Table | None,
    rule: Rule,
    options: Options | None = None,
    progress: Progress | None = None,
) -> BatchFigures:
    """The figures of every check in the files for every window. Raises `BatchError`.

    `windows` has label, start and end; `exclusions` start, end and, for maintenance of one check
    alone, check.
    """
    found = read_runs_of_checks(paths, rule, options, progress)
    from uphold.batch.kernel.figures import figures

    return BatchFigures(figures(found.table, windows, exclusions, rule), found.table, found.report)
