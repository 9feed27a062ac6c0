"""What a look saw, apart from when: its trait, and which of two traits at one instant counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from uphold.facts.evidence.run import KINDS, Measure, Run

WORST_FIRST = ("down", "degraded", "up", "unknown")
"""The order in which states win where one source saw two at one instant."""

SeriesName: TypeAlias = tuple[str, str, str]
"""Kind, source and check: looks of one series lie behind each other."""

_RANK = {state: rank for rank, state in enumerate(WORST_FIRST)}
_NOTHING = Measure()


@dataclass(frozen=True, slots=True)
class Trait:
    """What neighbouring looks must share to be one run; `interval` is in microseconds."""

    state: str
    interval: int | None = None
    measure: Measure | None = None


def trait_of(run: Run) -> Trait:
    """The trait of a run's looks; ValueError for a kind or state that there is not."""
    if run.state not in _RANK or run.kind not in KINDS:
        raise ValueError(
            f"no run can be of kind {run.kind!r} and state {run.state!r}; "
            f"kinds are {', '.join(KINDS)}, states {', '.join(WORST_FIRST)}"
        )
    return Trait(run.state, run.interval, plain_measure(run.measure))


def plain_measure(measure: Measure | None) -> Measure | None:
    """The measure in its one spelling: 1.50 % lost is 1.5 %, and nothing measured is None."""
    if measure is None or measure == _NOTHING:
        return None
    if measure.loss is None:
        return measure
    return Measure(
        measure.attempts, measure.failed, measure.milliseconds, _plain_decimal(measure.loss)
    )


def trait_order(trait: Trait) -> tuple[object, ...]:
    """Which of two looks at one instant counts: the lesser.

    The worse state, then the one whose interval is known, and shorter, so that it speaks for
    less; then the one that measured more failures, a slower answer, more loss.
    """
    measure = trait.measure or _NOTHING
    return (
        _RANK[trait.state],
        *_missing_last(trait.interval, 1),
        *_missing_last(measure.failed, -1),
        *_missing_last(measure.milliseconds, -1),
        *_missing_last(measure.loss, -1),
        *_missing_last(measure.attempts, 1),
    )


def _missing_last(value: int | Decimal | None, sign: int) -> tuple[bool, int | Decimal]:
    return (True, 0) if value is None else (False, sign * value)


def _plain_decimal(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}")
