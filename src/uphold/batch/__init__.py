"""Measuring in bulk: checks by the hundred million, from files to figures, over Arrow tables.

Needs pyarrow (`pip install "uphold[batch]"`); without it every function here raises `ArrowMissing`.
"""

from typing import TYPE_CHECKING

from uphold.batch.faults import ArrowMissing, BatchError, TermRefused
from uphold.batch.measuring import BatchFigures, PromisedFigures, measure_checks, measure_under
from uphold.batch.options import Options, Progress
from uphold.batch.reading import BatchRuns, Report, read_runs_of_checks
from uphold.batch.rule import Rule
from uphold.batch.writing import is_runs_file, read_runs, runs_in, write_checks, write_runs

if TYPE_CHECKING:
    from uphold.batch.groups import Group
    from uphold.batch.plan import Plan, under

__all__ = [
    "ArrowMissing",
    "BatchError",
    "BatchFigures",
    "BatchRuns",
    "Group",
    "Options",
    "Plan",
    "Progress",
    "PromisedFigures",
    "Report",
    "Rule",
    "TermRefused",
    "is_runs_file",
    "measure_checks",
    "measure_under",
    "read_runs",
    "read_runs_of_checks",
    "runs_in",
    "under",
    "write_checks",
    "write_runs",
]

_HOMES = {"Group": "groups", "Plan": "plan", "under": "plan"}


def __getattr__(name: str) -> object:
    """Loads what needs the engine when it is asked for: whoever reads runs alone starts sooner."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
