"""How many runs may be held: what keeps memory bounded whatever the checks are like."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from uphold.batch.faults import TooManyRuns
from uphold.messages import message

if TYPE_CHECKING:
    import pyarrow as pa


class RunBound:
    """Counts runs as they are read, from any thread, and refuses more than may be held.

    Only those are counted that no join can take away: of each series the first run read may go
    on what came before. Without a bound (None) everything is let through.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._held = 0
        self._lock = Lock()

    def count(self, runs: pa.Table) -> None:
        """Counts the runs of some rows. Raises `TooManyRuns`."""
        if self._most is None:
            return
        from uphold.batch.kernel.joining import looks_by_series

        series = sum(1 for looks in looks_by_series(runs).values() if looks)
        with self._lock:
            self._held += runs.num_rows - series
            if self._held > self._most:
                raise TooManyRuns(message("batch.too-many-runs", most=self._most))
