"""How files of checks are to be read in bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from uphold.facts.evidence import Columns
from uphold.facts.evidence.options import Unit

Progress: TypeAlias = Callable[[int, int], None]
"""Told now and then how many bytes of how many are done; never from two threads at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What files of checks do not say themselves, and what is to be done with odd rows.

    `columns` are other names for columns, as for all evidence; `source` is for rows that name
    none; `zone` (IANA) is that of times without an offset, `unit` what numbers in place of times
    count since 1970-01-01T00:00Z. `nulls`: rows without a check, time or state are refused, or
    dropped and counted. `unsorted`: checks out of the order of time, in a file or between files,
    are sorted and counted, or refused. `threads`: None takes what the machine has. `at_once`
    bounds how many checks of series that lie across files are held to be sorted, and `most_runs`
    how many runs are held (None: as many as there are); beyond it reading is refused.
    """

    columns: Columns = field(default_factory=Columns)
    source: str = "checks"
    zone: str | None = None
    unit: Unit | None = None
    nulls: Literal["refuse", "drop"] = "refuse"
    unsorted: Literal["sort", "refuse"] = "sort"
    threads: int | None = None
    at_once: int = 1 << 23
    most_runs: int | None = None
