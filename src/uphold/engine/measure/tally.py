"""All that one term's figures for one service and one account rest on, added up over all time.

The order of work is the design's: whole outages, the least length, exclusions; a window only
cuts from what is left. So windows that lie behind each other add up to what they make together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.agreement.terms.hours import WindowTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.exclusions import Concerned, excluded_cause, exclusions
from uphold.engine.measure.lives import Life
from uphold.engine.measure.lookups import Overlapping, SpanTotals
from uphold.engine.measure.maintenance import Work
from uphold.engine.measure.outage import Outage, Question, Timeline
from uphold.engine.measure.spans import Span, Spans, intersection, merged, without
from uphold.engine.measure.standing_windows import Used

_BEFORE_ALL = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An outage as a term sees it: why it counts or does not, and what it makes down.

    `why` is `counts`, `short`, `cause`, `none` (a person judged that it was no outage) or `others`
    (it concerns some accounts, and the figure is for the whole service). `length` is that of the
    whole unbroken time that it is part of. `own` is the part of it behind what outages that began
    earlier count for already, `downs` what is left of that without excluded time.
    """

    outage: Outage
    why: str
    length: int
    own: Span
    downs: Spans


@dataclass(frozen=True, slots=True)
class WindowUse:
    """How one standing window was used over all time."""

    term: WindowTerm
    used: SpanTotals
    excluded: SpanTotals

    @classmethod
    def of(cls, use: Used) -> WindowUse:
        """The totals of a use."""
        return cls(use.term, SpanTotals(use.used), SpanTotals(use.excluded))


@dataclass(frozen=True, slots=True)
class Tally:
    """Time of each sort for one service, by totals of which a window takes its part."""

    service: str
    least: int
    excluded: tuple[tuple[str, SpanTotals], ...]
    windows: tuple[WindowUse, ...]
    covered: SpanTotals
    down: SpanTotals
    lowest_down: SpanTotals
    short_unknown: SpanTotals
    highest_down: SpanTotals
    told: Overlapping[Weighed]
    questions: Overlapping[Question]
    concerned: Concerned
    works: Overlapping[Work]


@dataclass(frozen=True, slots=True)
class Amounts:
    """The lengths of one window, in microseconds (see `Figure`).

    `lowest_down` and `short_unknown` are of the lowest reading: down with unknown time in it, and
    unknown time too short to count; `highest_down` of the highest.
    """

    owed: int
    down: int
    unknown: int
    excluded: tuple[tuple[str, int], ...]
    lowest_down: int
    short_unknown: int
    highest_down: int


def tally_of(term: AvailabilityTerm, timeline: Timeline, life: Life, concerned: Concerned) -> Tally:
    """The tally of one service's timeline for one account, under one term."""
    least = term.counts.least.us if term.counts.least else 0
    hitting = tuple(each for each in timeline.outages if each.counted and life.is_hit(each))
    groups = Overlapping(merged(each.span for each in hitting), lambda span: span)
    lengths = {id(each): _length(groups, each.span) for each in hitting}
    long = tuple(each for each in hitting if lengths[id(each)] >= least)
    excluded = exclusions(term, concerned, long)
    taken = merged(span for _, spans in excluded.by_kind for span in spans)
    counting = _answered_for(term, long)
    known = merged((*timeline.known, *(each.span for each in timeline.outages)))
    unknown = without(((_BEFORE_ALL, timeline.until),), known)
    lowest, short = _lowest(hitting, _answered_for(term, hitting), unknown, least)
    return Tally(
        timeline.service,
        least,
        tuple((kind, SpanTotals(spans)) for kind, spans in excluded.by_kind),
        tuple(map(WindowUse.of, excluded.windows)),
        SpanTotals(without(known, taken)),
        SpanTotals(without(merged(each.span for each in counting), taken)),
        SpanTotals(without(lowest, taken)),
        SpanTotals(without(short, taken)),
        SpanTotals(without(_highest(hitting, term, least), taken)),
        Overlapping(_told(term, timeline, life, lengths, least, taken), lambda e: e.outage.span),
        Overlapping(timeline.questions, lambda each: each.span),
        concerned,
        Overlapping(concerned.works, lambda each: each.around),
    )


def amounts(tally: Tally, start: int, end: int) -> Amounts:
    """What a window holds of each sort of time."""
    excluded = tuple((kind, totals.within(start, end)) for kind, totals in tally.excluded)
    owed = end - start - sum(length for _, length in excluded)
    return Amounts(
        owed,
        tally.down.within(start, end),
        owed - tally.covered.within(start, end),
        tuple((kind, length) for kind, length in excluded if length),
        tally.lowest_down.within(start, end),
        tally.short_unknown.within(start, end),
        tally.highest_down.within(start, end),
    )


def _answered_for(term: AvailabilityTerm, outages: tuple[Outage, ...]) -> tuple[Outage, ...]:
    """The outages whose cause the term does not exclude."""
    return tuple(each for each in outages if excluded_cause(term, each) is None)


def _lowest(
    hitting: tuple[Outage, ...], counting: tuple[Outage, ...], unknown: Spans, least: int
) -> tuple[Spans, Spans]:
    """The down time of the lowest reading, and the unknown time that is too short to count.

    Outages last from the last good to the next good look, unknown time is down; what hangs
    together counts when it is long enough.
    """
    shown = (*merged(each.span for each in hitting), *(each.most for each in hitting))
    together = _hanging(shown, unknown)
    long = tuple(span for span in together if span[1] - span[0] >= least)
    down = merged((*(each.most for each in counting), *unknown))
    return intersection(down, long), without(unknown, long)


def _hanging(shown: Iterable[Span], unknown: Iterable[Span]) -> Spans:
    """The stretches that hang together, in order; half-open, though some may touch.

    Unknown time hangs together with what it touches. Two outages that only touch do not: they
    reach to one good look, at which the service was up.
    """
    items = [(*span, False) for span in shown] + [(*span, True) for span in unknown]
    found: list[Span] = []
    silent = False
    for start, end, is_unknown in sorted(item for item in items if item[0] < item[1]):
        joins = found and (
            start < found[-1][1] or (start == found[-1][1] and (is_unknown or silent))
        )
        if joins:
            before, reach = found[-1]
            silent = is_unknown if end > reach else silent or (is_unknown and end == reach)
            found[-1] = (before, max(reach, end))
        else:
            found.append((start, end))
            silent = is_unknown
    return tuple(found)


def _highest(hitting: tuple[Outage, ...], term: AvailabilityTerm, least: int) -> Spans:
    """The down time of the highest reading: from first to last failed look, long enough."""
    together = merged(each.least for each in hitting)
    long = tuple(span for span in together if span[1] - span[0] >= least)
    return intersection(merged(each.least for each in _answered_for(term, hitting)), long)


def _length(groups: Overlapping[Span], span: Span) -> int:
    """How long the unbroken time is that a span is part of."""
    return max((end - start for start, end in groups.meeting(*span)), default=0)


def _told(
    term: AvailabilityTerm,
    timeline: Timeline,
    life: Life,
    lengths: dict[int, int],
    least: int,
    taken: Spans,
) -> list[Weighed]:
    """Every outage that concerns the figure, with what it makes down; time shared counts once."""
    found: list[Weighed] = []
    reached = _BEFORE_ALL
    for outage in sorted(timeline.outages, key=lambda each: each.span):
        length = lengths.get(id(outage), outage.span[1] - outage.span[0])
        why = _why(term, life, outage, length, least)
        if why is None:
            continue
        start, end = outage.span
        own = min(max(start, reached), end), end
        downs: Spans = ()
        if why == "counts":
            downs = without(merged((own,)), taken)
            reached = max(reached, end)
        found.append(Weighed(outage, why, length, own, downs))
    return found


def _why(term: AvailabilityTerm, life: Life, outage: Outage, length: int, least: int) -> str | None:
    """Whether an outage counts; None for one of other accounts alone, which is nobody else's."""
    if not life.is_hit(outage):
        return "others" if life.account is None else None
    if not outage.counted:
        return "none"
    if length < least:
        return "short"
    return "cause" if excluded_cause(term, outage) is not None else "counts"
