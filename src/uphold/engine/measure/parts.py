"""From the evidence about checks to what is shown of a service, through its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from uphold.agreement.terms.measure import IndicatorTerm
from uphold.engine.measure.judged import Judged, around, replaced, settled_times
from uphold.engine.measure.looking import Manner, Sightings, Track, track
from uphold.engine.measure.outage import Outage, Timeline
from uphold.engine.measure.reconciling import CHECKS, Reconciling, Structure
from uphold.engine.measure.reports import REPORTS, Report, Told
from uphold.engine.measure.shown import NOTHING, Shown, both, by_rule
from uphold.engine.measure.slices import sliced
from uphold.engine.measure.spans import Span, merged
from uphold.engine.measure.stretches import (
    Stretch,
    Stretches,
    from_places,
    hanging,
    span_of,
)
from uphold.facts.evidence.run import Run


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: an agreement's structure, the evidence, the facts, and until when.

    `alone` reconciles a part that has evidence of its own, given the services that it is looked
    at through; `judge` makes the outage of a service that a person judged.
    """

    structure: Structure
    sightings: Sightings
    told: Told
    until: int
    alone: Callable[[str, frozenset[str]], Timeline]
    judge: Callable[[str, Judged], Outage]

    def shown(
        self, name: str, rule: Reconciling, through: frozenset[str], *, part: bool = False
    ) -> Shown:
        """What is shown of a service or check by the evidence that its rule counts.

        `through` are the services that it is looked at through. Reports about every service say
        nothing of a single `part`.
        """
        reports = self.told.reported(name, alone=part)
        whole = self.seen(name, rule, self.structure.indicator(name), reports)
        parts = self.structure.parts(name)
        if not parts:
            return whole
        inner = through | {name}
        found = [self._part(each, rule, inner) if each not in inner else NOTHING for each in parts]
        return both(by_rule(found, self.structure.least(name)), whole)

    def seen(
        self,
        check: str,
        rule: Reconciling,
        indicator: IndicatorTerm | None,
        reports: Iterable[Report],
    ) -> Shown:
        """What sources and reports show of one check, or of a service by its own name."""
        manner = rule.manner(indicator.down_when if indicator else None, self.until)
        tracks = tuple(
            _track(runs, indicator, manner)
            for (kind, _), runs in self.sightings.at(check).items()
            if kind in rule.kinds and runs[0].first <= self.until
        )
        sources: dict[str, list[Stretches]] = {kind: [] for kind in rule.kinds}
        for each in tracks:
            sources[each.kind].append(each.down)
        if REPORTS in rule.kinds:
            sources[REPORTS].extend(_by_subject(reports, check, self.until))
        down = {
            (kind, places): from_places(sources[kind], places)
            for kind, numbers in rule.places.items()
            for places in numbers
            if sources.get(kind)
        }
        if not tracks and not down:
            return NOTHING
        spoken = {
            kind: merged(chain.from_iterable(each.known for each in tracks if each.kind == kind))
            for kind in dict.fromkeys(each.kind for each in tracks)
        }
        known = merged(chain.from_iterable(spoken.values()))
        return Shown(down, spoken, known, tracks=tracks)

    def _part(self, name: str, rule: Reconciling, through: frozenset[str]) -> Shown:
        if name in self.structure.evidence:
            return _settled(self.alone(name, through))
        return self._overruled(name, self.shown(name, rule, through, part=True))

    def _overruled(self, name: str, found: Shown) -> Shown:
        """What is shown of a part, with the times that a person judged it settled."""
        judgements = self.told.judged(name, alone=True)
        if not any(each.timed for each in judgements):
            return found
        groups = spans_together(found)
        judged = settled_times(self.told, judgements, groups, self.until)
        gone = [groups[place] for place in sorted(replaced(judged, groups))]
        outages = [self.judge(name, each) for each in judged]
        return replace(
            found,
            down={kind: _left(stretches, gone) for kind, stretches in found.down.items()},
            known=merged((*found.known, *(each.span for each in judged))),
            settled=(
                *_left(found.settled, merged(each.span for each in judged)),
                *(settled_stretch(each) for each in outages if each.counted),
            ),
        )


def spans_together(found: Shown) -> list[Span]:
    """The times of what hangs together, of whatever kind: sorted, disjoint."""
    every = (stretches for (_, places), stretches in found.down.items() if places == 1)
    return [
        (group[0].span[0], max(each.span[1] for each in group))
        for group in hanging(chain.from_iterable(every), span_of)
    ]


def settled_stretch(outage: Outage) -> Stretch:
    """An outage of a part as a stretch of the service's down time."""
    return Stretch(outage.span, outage.least, outage.most, (), outage.open, (outage,))


def _settled(timeline: Timeline) -> Shown:
    """What was found of a part that was reconciled alone."""
    settled = tuple(settled_stretch(each) for each in timeline.outages if each.counted)
    return Shown({}, {}, timeline.known, settled, timeline.questions)


def _left(stretches: Stretches, gone: Sequence[Span]) -> Stretches:
    """The stretches that do not hang together with times that are gone."""
    return tuple(each for each in stretches if not around(gone, each.span))


def _track(runs: Sequence[Run], indicator: IndicatorTerm | None, manner: Manner) -> Track:
    """What a series shows; a log's rows are no attempts to be counted, unless they count some."""
    slices = indicator is not None and indicator.down_when.slice is not None
    counted = runs[0].kind == CHECKS or any(run.measure is not None for run in runs)
    if indicator is not None and slices and counted:
        return sliced(runs, indicator, manner)
    return track(runs, manner)


def _by_subject(reports: Iterable[Report], check: str, until: int) -> list[Stretches]:
    """The reports of each outage as what one source shows, up to the instant looked at."""
    found: dict[str, list[Stretch]] = {}
    for report in reports:
        if report.span[0] <= until:
            found.setdefault(report.subject, []).append(report.stretch(check, until))
    return [tuple(stretches) for stretches in found.values()]
