"""Stretches of time as data: sorted, disjoint, half-open, in microseconds."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]


def merged(spans: Iterable[Span]) -> Spans:
    """The union of any spans: sorted, empty ones left out, those that touch joined."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def clipped(spans: Spans, start: int, end: int) -> Spans:
    """The parts of the spans inside one."""
    return tuple(
        (max(begins, start), min(ends, end))
        for begins, ends in spans
        if begins < end and ends > start
    )


def intersection(one: Spans, other: Spans) -> Spans:
    """The time in both."""
    found: list[Span] = []
    left = right = 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            found.append((start, end))
        if one[left][1] <= other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


def without(spans: Spans, taken: Spans) -> Spans:
    """The time in the first that is not in the second."""
    found: list[Span] = []
    place = 0
    for start, end in spans:
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        at = place
        while at < len(taken) and taken[at][0] < end:
            if taken[at][0] > start:
                found.append((start, taken[at][0]))
            start = max(start, taken[at][1])
            at += 1
        if start < end:
            found.append((start, end))
    return tuple(found)


def total(spans: Spans) -> int:
    """How long the spans are together, in microseconds."""
    return sum(end - start for start, end in spans)


def shared_by(sets: Iterable[Spans], least: int) -> Spans:
    """The time that lies in at least so many of the sets; `least` is 1 or more."""
    steps: dict[int, int] = {}
    for spans in sets:
        for start, end in spans:
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    found: list[Span] = []
    depth, since = 0, 0
    for time, step in sorted(steps.items()):
        before, depth = depth, depth + step
        if before < least <= depth:
            since = time
        elif depth < least <= before:
            found.append((since, time))
    return merged(found)
