"""Which heartbeats to read, and what Kuma's file does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Options:
    """What to read of a Kuma, and how.

    `start` and `end` (aware, half-open) cut what is read. `pending` is what a failed look with
    retries to come counts as. `interval` replaces the monitors' own; `holds` is how long a
    state holds at most where version 2 kept changes alone. `source` is who looked. `wait` is how
    long to wait for a file that is locked.
    """

    start: datetime | None = None
    end: datetime | None = None
    pending: Literal["down", "unknown"] = "down"
    interval: timedelta | None = None
    holds: timedelta | None = None
    source: str = "uptime-kuma"
    wait: timedelta = timedelta(seconds=5)
