"""What leaves a figure: kinds of maintenance, standing windows, outages of an excluded cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.maintenance import Work
from uphold.engine.measure.outage import Outage
from uphold.engine.measure.spans import Spans, merged, without
from uphold.engine.measure.standing_windows import StandingWindows, Used, used_windows

STANDING = "standing windows"
_CAUSE = "cause "
_MAINTENANCE = " maintenance"


@dataclass(frozen=True, slots=True)
class Concerned:
    """What may be excluded for one service and one account: only what concerns them.

    `late` holds the subjects of maintenance whose notice forfeits the exclusion.
    """

    works: tuple[Work, ...]
    windows: StandingWindows
    late: frozenset[str]


def excluded_kind(term: AvailabilityTerm, work: Work) -> str | None:
    """The kind under which the term excludes such maintenance; None where it does not."""
    kind = f"{work.kind}{_MAINTENANCE}"
    return kind if kind in term.excludes else None


def excluded_cause(term: AvailabilityTerm, outage: Outage) -> str | None:
    """The kind under which the term excludes outages of this cause; None where it does not."""
    kind = f"{_CAUSE}{outage.cause}"
    return kind if outage.cause is not None and kind in term.excludes else None


@dataclass(frozen=True, slots=True)
class Excluded:
    """The excluded time by kind, each instant under one kind only, and how windows were used."""

    by_kind: tuple[tuple[str, Spans], ...]
    windows: tuple[Used, ...]


def exclusions(term: AvailabilityTerm, concerned: Concerned, long: Iterable[Outage]) -> Excluded:
    """What leaves a figure, in the term's order; each instant under the first kind it fits.

    `long` are the outages that are long enough to count. The same for all three readings of a
    figure (docs/language/measuring.md, "Figures").
    """
    taken: Spans = ()
    found: list[tuple[str, Spans]] = []
    windows: tuple[Used, ...] = ()
    outages = tuple(long)
    for kind in term.excludes:
        if kind == STANDING:
            windows = _windows(term, concerned, outages, taken)
            spans = merged(span for each in windows for span in each.excluded)
        elif kind.startswith(_CAUSE):
            spans = merged(each.span for each in outages if excluded_cause(term, each) == kind)
        else:
            spans = _maintenance(kind, term, concerned)
        found.append((kind, without(spans, taken)))
        taken = merged((*taken, *spans))
    return Excluded(tuple(found), windows)


def _windows(
    term: AvailabilityTerm, concerned: Concerned, outages: tuple[Outage, ...], taken: Spans
) -> tuple[Used, ...]:
    """The standing windows, used while the service is down for as long as counts, or worked on."""
    down = (outage.span for outage in outages if excluded_cause(term, outage) is None)
    work = (span for each in concerned.works for span in each.actual)
    return used_windows(concerned.windows, merged((*down, *work)), taken)


def _maintenance(kind: str, term: AvailabilityTerm, concerned: Concerned) -> Spans:
    return merged(
        span
        for work in concerned.works
        if excluded_kind(term, work) == kind and work.subject not in concerned.late
        for span in work.excludable
    )
