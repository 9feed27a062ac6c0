"""What Upptime's records do not say: how often it looked, and how long a record may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Options:
    """How records become runs.

    `interval` is how often Upptime looked, `holds` how long a record stands at most. `source` is
    who looked.
    """

    interval: timedelta | None = None
    holds: timedelta | None = None
    source: str = "upptime"
