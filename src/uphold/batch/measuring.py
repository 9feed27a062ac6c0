"""From files of checks to figures in one call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from uphold.batch.options import Options, Progress
from uphold.batch.reading import Report, read_runs_of_checks
from uphold.batch.rule import Rule

if TYPE_CHECKING:
    import pyarrow as pa

    from uphold.agreement.agreement import Agreement
    from uphold.batch.plan import Plan
    from uphold.facts.fact import Fact
    from uphold.facts.factset import FactSet


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


@dataclass(frozen=True, slots=True)
class PromisedFigures:
    """Figures held against an agreement as a table (`Plan.measured`), and what they rest on.

    `unused` are the names of checks that the agreement does not know, beside those it does.
    """

    table: pa.Table
    plan: Plan
    runs: pa.Table
    report: Report
    unused: tuple[str, ...]


def measure_under(
    agreement: Agreement,
    facts: FactSet | Iterable[Fact],
    paths: Iterable[Path | str],
    since: datetime,
    until: datetime,
    *,
    term: str | None = None,
    per: Literal["service"] | None = None,
    known: datetime | None = None,
    as_if_in_force: bool = False,
    options: Options | None = None,
    progress: Progress | None = None,
) -> PromisedFigures:
    """The figures of every check in the files under an availability term of an agreement.

    The arguments are those of `uphold.batch.under` and of `measure_checks`. To the last microsecond
    what `uphold.engine.settle.settle` makes of the same checks at `until`; what needs the engine
    is refused before any file is read, as far as the agreement and the facts tell. Raises
    `BatchError`.
    """
    from uphold.batch.plan import under

    plan = under(
        agreement,
        facts,
        since,
        until,
        term=term,
        per=per,
        known=known,
        as_if_in_force=as_if_in_force,
    )
    found = read_runs_of_checks(paths, plan.reading, options, progress)
    table = plan.measured(found.table)
    names = found.table.column("check").unique().to_pylist()
    return PromisedFigures(table, plan, found.table, found.report, plan.unused(names))
