"""Outages as a person judged them: their time goes before all evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uphold.engine.measure.attaching import Attached, attached
from uphold.engine.measure.reports import Judgement, Told
from uphold.engine.measure.spans import Span
from uphold.engine.measure.stretches import hanging
from uphold.facts.fact import fact_order


@dataclass(frozen=True, slots=True)
class Judged:
    """The time that a person settled, half-open, in microseconds; `lasts` while it has no end."""

    judgement: Judgement
    span: Span
    lasts: bool
    attached: Attached


def settled_times(
    told: Told, judgements: Iterable[Judgement], groups: Sequence[Span], until: int
) -> tuple[Judged, ...]:
    """The times that hold, up to an instant.

    `groups` are the times of what hangs together, sorted and disjoint: a judgement that gives one
    side takes the other from the evidence that it lies in; without any it lasts, or stands for its
    end alone. Where two judgements share time and may hit the same accounts, the later holds.
    """
    timed = [_timed(told, each, groups, until) for each in judgements if each.timed]
    found: list[Judged] = []
    for rivals in hanging(timed, _span):
        held: list[Judged] = []
        for each in sorted(rivals, key=_rank, reverse=True):
            if not any(_same(each, other) for other in held):
                held.append(each)
        found.extend(held)
    return tuple(found)


def replaced(judged: Iterable[Judged], groups: Sequence[Span]) -> frozenset[int]:
    """The places of the groups that hang together with a judged time."""
    found: set[int] = set()
    for each in judged:
        found.update(around(groups, each.span))
    return frozenset(found)


def around(groups: Sequence[Span], span: Span) -> range:
    """The places of sorted, disjoint spans that share an instant with one, ends included."""
    first = bisect_left(groups, span[0], key=lambda group: group[1])
    return range(first, bisect_right(groups, span[1], lo=first, key=lambda group: group[0]))


def _timed(told: Told, judgement: Judgement, groups: Sequence[Span], until: int) -> Judged:
    start, end = judgement.start, judgement.end
    anchor = end if start is None else start
    assert anchor is not None
    near = [groups[place] for place in around(groups, (anchor, anchor))]
    if start is None:
        start = near[0][0] if near else anchor
    if end is None:
        end = near[-1][1] if near else until
    lasts = (judgement.end is None and end >= until) or end > until
    span = (min(start, until), min(max(start, end), until))
    return Judged(judgement, span, lasts, attached(told, (judgement.subject,)))


def _same(one: Judged, other: Judged) -> bool:
    """Whether two judgements share time, and may hit the same accounts."""
    shares = one.span[0] < other.span[1] and other.span[0] < one.span[1]
    return (shares or one.span == other.span) and one.attached.scope.meets(other.attached.scope)


def _rank(judged: Judged) -> tuple[int, int, int, str]:
    return fact_order(judged.judgement.latest)


def _span(judged: Judged) -> Span:
    return judged.span
