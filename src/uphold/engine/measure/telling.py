"""Which outages and questions are told, where revisions read the same evidence differently.

They are those that figures rest on: an outage is told as the revision sees it that judges the
window which it is in. One that is in no window is told by the revision in force when it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from uphold.engine.measure.observing import Observed
from uphold.engine.measure.outage import Outage, Question, Timeline
from uphold.engine.measure.spans import Span, Spans, merged
from uphold.engine.measure.stretches import touching
from uphold.engine.revisions import Revisions

Seen = tuple[str, int, Observed]
"""Agreement, revision, and what is measured under it."""

Told = TypeVar("Told", Outage, Question)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one revision sees of a service; `windows` are those that it judges."""

    timeline: Timeline
    windows: Spans
    since: int | None
    until: int | None

    def judges(self, span: Span) -> bool:
        """Whether a span shares time with a window that the revision judges."""
        return bool(touching(self.windows, span[0], max(span[1], span[0] + 1)))

    def is_in_force(self, span: Span) -> bool:
        """Whether the revision is in force where a span begins."""
        late_enough = self.since is None or self.since <= span[0]
        return late_enough and (self.until is None or span[0] < self.until)


def told(
    timelines: Mapping[Seen, Timeline],
    judged: Mapping[Seen, Iterable[Span]],
    revisions: Iterable[Revisions],
) -> tuple[tuple[Outage, ...], tuple[Question, ...]]:
    """Every outage and question once; `judged` are the windows that each revision judges."""
    begins = {
        (each.name, agreement.revision): time
        for each in revisions
        for time, agreement in each.revisions
    }
    groups: dict[tuple[str, Observed], list[tuple[int, int, Seen]]] = {}
    for place, seen in enumerate(timelines):
        name, revision, observed = seen
        begin = begins[name, revision]
        groups.setdefault((name, observed), []).append((begin, place, seen))
    outages: list[Outage] = []
    questions: list[Question] = []
    for group in groups.values():
        group.sort(key=lambda each: each[:2])
        starts = [begin for begin, _, _ in group]
        readings = tuple(
            _Reading(timelines[seen], merged(judged.get(seen, ())), since, until)
            for (_, _, seen), since, until in zip(
                group, [None, *starts[1:]], [*starts[1:], None], strict=True
            )
        )
        outages += _once(_told(readings, ((each, each.timeline.outages) for each in readings)))
        questions += _once(_told(readings, ((each, each.timeline.questions) for each in readings)))
    return tuple(outages), tuple(questions)


def _told(
    readings: tuple[_Reading, ...], found: Iterable[tuple[_Reading, tuple[Told, ...]]]
) -> Iterator[Told]:
    for reading, every in found:
        for each in every:
            nobody = not any(other.judges(each.span) for other in readings)
            if reading.judges(each.span) or (nobody and reading.is_in_force(each.span)):
                yield each


def _once(found: Iterable[Told]) -> Iterator[Told]:
    """What several revisions see alike, once: as the first of them tells it."""
    seen: dict[tuple[object, ...], Told] = {}
    for each in found:
        seen.setdefault(_identity(each), each)
    yield from sorted(seen.values(), key=lambda each: (each.span, each.subject or ""))


def _identity(each: Outage | Question) -> tuple[object, ...]:
    if isinstance(each, Question):
        return each.span, each.subject, each.asked
    scope = each.accounts, each.regions
    return each.span, each.least, each.most, each.subject, each.cause, each.counted, scope
