"""Down time as one kind of evidence shows it, in three readings of its edges at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from uphold.engine.measure.outage import Outage, Showing
from uphold.engine.measure.spans import Span, Spans, merged, shared_by, without

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time that evidence shows to be down, half-open, in microseconds.

    `span` is as the edges say, and empty for a look or a report that stands for one instant;
    `least` goes from the first to the last failed look (None where a rule over parts leaves
    nothing of it), `most` from the last good to the next good look: least ⊆ span ⊆ most.
    `lasts` says that it still goes on where the evidence ends. `settled` holds the outages of
    parts that were reconciled alone.
    """

    span: Span
    least: Span | None
    most: Span
    showings: tuple[Showing, ...] = ()
    lasts: bool = False
    settled: tuple[Outage, ...] = ()


Stretches = tuple[Stretch, ...]


def sharp(span: Span, showing: Showing, *, lasts: bool = False) -> Stretch:
    """A stretch whose edges are known exactly."""
    return Stretch(span, span, span, (showing,), lasts)


def span_of(stretch: Stretch) -> Span:
    """The time that the edges say."""
    return stretch.span


def figures(stretches: Iterable[Stretch]) -> Spans:
    """The time in any of the stretches."""
    return merged(stretch.span for stretch in stretches)


def hull(spans: Iterable[Span]) -> Span | None:
    """From the first start to the last end; None without spans."""
    found = tuple(spans)
    if not found:
        return None
    return min(start for start, _ in found), max(end for _, end in found)


def touching(spans: Spans, start: int, end: int) -> Spans:
    """Those of sorted, disjoint spans that share time with one."""
    first = bisect_right(spans, start, key=_end)
    return spans[first : bisect_left(spans, end, lo=first, key=_start)]


def hanging(found: Iterable[T], span: Callable[[T], Span]) -> Iterator[tuple[T, ...]]:
    """Groups of things that hang together, in the order of time: each shares an instant.

    Both ends are included, so that what only touches hangs together.
    """
    group: list[T] = []
    end = 0
    for each in sorted(found, key=span):
        start, ends = span(each)
        if group and start > end:
            yield tuple(group)
            group = []
        end = max(end, ends) if group else ends
        group.append(each)
    if group:
        yield tuple(group)


def joined(stretches: Iterable[Stretch]) -> Stretches:
    """The stretches in the order of time, those that hang together as one."""
    return tuple(
        group[0] if len(group) == 1 else _whole(group) for group in hanging(stretches, span_of)
    )


def from_places(sources: Sequence[Stretches], places: int) -> Stretches:
    """What sources show that so many of them show at one instant, whole as it hangs together."""
    whole = joined(chain.from_iterable(sources))
    if places == 1 or not whole:
        return whole
    together = shared_by((merged(map(_lasting, source)) for source in sources), places)
    return tuple(each for each in whole if touching(together, *_lasting(each)))


def shared(parts: Sequence[Stretches], least: int) -> Stretches:
    """When at least so many parts are down, in each of the three readings.

    Where only instants are shared nothing is: a part that goes down as another comes up.
    """
    if least == 1:
        return joined(chain.from_iterable(parts))
    lists = [joined(part) for part in parts]
    leasts = shared_by((merged(each.least for each in part if each.least) for part in lists), least)
    mosts = _possibly((merged(each.most for each in part) for part in lists), least)
    return tuple(
        _cut(span, leasts, mosts, tuple(chain.from_iterable(_over(part, span) for part in lists)))
        for span in shared_by((figures(part) for part in lists), least)
    )


def inside(stretches: Stretches, spans: Spans) -> Stretches:
    """The stretches (joined ones) cut to the spans; how far they may reach stays as it is."""
    return tuple(
        Stretch(
            (start, end),
            _within(stretch.least, start, end),
            stretch.most,
            stretch.showings,
            stretch.lasts and end == stretch.span[1],
            stretch.settled,
        )
        for stretch in stretches
        for start, end in _pieces(spans, *stretch.span)
    )


def outside(stretches: Stretches, spans: Spans) -> Stretches:
    """The stretches (joined ones) without the spans."""
    return inside(stretches, without(figures(stretches), spans))


def _possibly(sets: Iterable[Spans], least: int) -> Spans:
    """The time in at least so many of the sets, those that only touch kept apart.

    At the good looks where the most of an outage begins and ends its part was up.
    """
    edges = (((start, 1), (end, -1)) for spans in sets for start, end in spans)
    steps = sorted(step for edge in edges for step in edge)
    found: list[Span] = []
    depth, since = 0, 0
    for time, step in steps:
        before, depth = depth, depth + step
        if before < least <= depth:
            since = time
        elif depth < least <= before and since < time:
            found.append((since, time))
    return tuple(found)


def _cut(span: Span, leasts: Spans, mosts: Spans, over: Stretches) -> Stretch:
    """One shared stretch, with the stretches that lie over it."""
    ends = (each.lasts and each.span[1] == span[1] for each in over)
    return Stretch(
        span,
        hull(_pieces(leasts, *span)),
        hull((span, *touching(mosts, *span))) or span,
        _once(showing for each in over for showing in each.showings),
        any(ends),
        _once(outage for each in over for outage in each.settled),
    )


def _whole(group: Stretches) -> Stretch:
    span = hull(each.span for each in group)
    most = hull(each.most for each in group)
    assert span is not None
    assert most is not None
    return Stretch(
        span,
        hull(each.least for each in group if each.least is not None),
        most,
        _once(showing for each in group for showing in each.showings),
        any(each.lasts and each.span[1] == span[1] for each in group),
        _once(outage for each in group for outage in each.settled),
    )


def _over(stretches: Stretches, span: Span) -> Stretches:
    """Those of joined stretches that share time with a span."""
    first = bisect_right(stretches, span[0], key=lambda each: each.span[1])
    return stretches[first : bisect_left(stretches, span[1], key=lambda each: each.span[0])]


def _pieces(spans: Spans, start: int, end: int) -> Spans:
    found = touching(spans, start, end)
    return tuple((max(start, begins), min(end, ends)) for begins, ends in found)


def _within(span: Span | None, start: int, end: int) -> Span | None:
    if span is None or span[0] > end or span[1] < start:
        return None
    return max(span[0], start), min(span[1], end)


def _lasting(stretch: Stretch) -> Span:
    """Its span; an instant as the shortest time there is, so that others can share it."""
    start, end = stretch.span
    return start, max(end, start + 1)


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
