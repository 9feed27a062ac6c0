"""The looks of one source at one check, kept without loss and in one form for one set of looks."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.facts.evidence.look import SeriesName, Trait
from uphold.facts.evidence.run import Run


@dataclass(frozen=True, slots=True)
class Series:
    """All that is known of one series; equal for equal sets of looks and sums.

    `times` are the instants of the looks as 64-bit microseconds in the machine's order, rising,
    each once; `codes` say for each (32 bits) which of the `traits` it has, which are sorted, the
    worst first, and all in use. `sums` are runs of more than two looks that came summed up, so
    that the looks inside them are unknown; sorted, each once, not yet compared with the rest.
    """

    name: SeriesName
    traits: tuple[Trait, ...] = ()
    times: bytes = b""
    codes: bytes = b""
    sums: tuple[Run, ...] = ()


def sum_order(run: Run) -> tuple[object, ...]:
    """The order of sums of one series: the earlier first, of two the longer, then the larger."""
    return run.first, -run.last, -run.count
