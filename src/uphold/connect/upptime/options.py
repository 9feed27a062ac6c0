"""What Upptime's records do not say: how often it looked, and how long a record may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from uphold.connect.adapter import microseconds
from uphold.facts.evidence import Run, runs_of_changes
from uphold.facts.evidence.run import Measure

STATES = ("up", "degraded", "down")


@dataclass(frozen=True, slots=True)
class Options:
    """How records become runs.

    `interval` is how often Upptime looked, `holds` how long a record stands at most. `names` gives
    a slug or service the name that the agreement has for it. `source` is who looked.
    """

    interval: timedelta | None = None
    holds: timedelta | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    source: str = "upptime"


def look(options: Options, check: str, at: int, state: str, milliseconds: int | None) -> Run:
    """The look that a record bears; `at` in microseconds."""
    measured = milliseconds if state != "down" else None
    return Run(
        kind="checks",
        source=options.source,
        check=options.names.get(check, check),
        first=at,
        last=at,
        state=state,
        interval=microseconds(options.interval) if options.interval else None,
        measure=None if measured is None else Measure(milliseconds=measured),
    )


def held(options: Options, records: list[Run]) -> tuple[Run, ...]:
    """The records as a log of changes, where the options say for how long one holds."""
    if options.holds is None:
        return tuple(records)
    return runs_of_changes(records, microseconds(options.holds))
