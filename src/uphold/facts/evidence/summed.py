"""Summed runs of one series put behind each other, or a conflict where that would be a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uphold.facts.evidence.conflict import EvidenceConflict
from uphold.facts.evidence.run import Run
from uphold.facts.evidence.series import sum_order


def sums_in_order(sums: Iterable[Run]) -> tuple[Run, ...]:
    """The sums without those that others hold: they share no more than an edge, and rise.

    The same or a nested run of the same looks is absorbed. Two that overlap are one where both
    are evenly spaced in step, for only then is it known how many looks they share. Anything
    else raises `EvidenceConflict`.
    """
    found: list[Run] = []
    for run in sorted(sums, key=sum_order):
        if not found or run.first > found[-1].last:
            found.append(run)
        elif not _alike(found[-1], run):
            raise EvidenceConflict(found[-1], run)
        elif run.first == found[-1].last:
            found.append(run)
        elif run.last <= found[-1].last:
            _require_room(found[-1], run)
        else:
            found[-1] = _united(found[-1], run)
    return tuple(found)


def _alike(one: Run, other: Run) -> bool:
    return (one.state, one.interval, one.measure) == (other.state, other.interval, other.measure)


def _require_room(outer: Run, inner: Run) -> None:
    """The outer run must have all looks of the inner, and those at its own edges besides."""
    edges = (outer.first != inner.first) + (outer.last != inner.last)
    if inner.count + edges > outer.count:
        raise EvidenceConflict(outer, inner)


def _united(one: Run, other: Run) -> Run:
    interval = one.interval
    if (
        not interval
        or not _even(one, interval)
        or not _even(other, interval)
        or (other.first - one.first) % interval
    ):
        raise EvidenceConflict(one, other)
    count = (other.last - one.first) // interval + 1
    return replace(one, last=other.last, count=count)


def _even(run: Run, interval: int) -> bool:
    return run.last - run.first == (run.count - 1) * interval
