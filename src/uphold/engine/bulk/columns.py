"""Verdicts of many things as columns: one row for each cycle of a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uphold.engine.verdict import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NONE = -(1 << 62)
"""Stands for "no such time" in a column of microseconds."""

STATES = tuple(State)
CODES = {state: code for code, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Cycles of one clock in the order in which they were judged.

    `subject` is the row's place among the batch's subjects, `state` an index into `STATES`; times
    are microseconds since 1970-01-01T00:00Z (UTC) or `NONE`.
    """

    clock: str
    subject: NDArray[np.int64]
    cycle: NDArray[np.int64]
    state: NDArray[np.int64]
    starts: NDArray[np.int64]
    due: NDArray[np.int64]
    stopped: NDArray[np.int64]
    used: NDArray[np.int64]
    left: NDArray[np.int64]


def joined(clock: str, parts: Iterable[Columns]) -> Columns:
    """Columns of one clock put behind each other."""
    import numpy as np

    found = list(parts)

    def column(name: str) -> NDArray[np.int64]:
        pieces = [getattr(part, name) for part in found]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)

    names = ("subject", "cycle", "state", "starts", "due", "stopped", "used", "left")
    return Columns(clock, *(column(name) for name in names))
