"""Measuring in bulk: checks by the hundred million, from files to figures, over Arrow tables.

Needs pyarrow (`pip install "uphold[batch]"`); without it every function here raises `ArrowMissing`.
"""

from uphold.batch.faults import ArrowMissing, BatchError
from uphold.batch.measuring import BatchFigures, measure_checks
from uphold.batch.options import Options, Progress
from uphold.batch.reading import BatchRuns, Report, read_runs_of_checks
from uphold.batch.rule import Rule
from uphold.batch.writing import is_runs_file, read_runs, runs_in, write_checks, write_runs

__all__ = [
    "ArrowMissing",
    "BatchError",
    "BatchFigures",
    "BatchRuns",
    "Options",
    "Progress",
    "Report",
    "Rule",
    "is_runs_file",
    "measure_checks",
    "read_runs",
    "read_runs_of_checks",
    "runs_in",
    "write_checks",
    "write_runs",
]
