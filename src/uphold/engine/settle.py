"""Everything that follows from agreements, facts and evidence: from clocks to money in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.measuring import Measured, measure
from uphold.engine.measure.outage import Outage, Question
from uphold.engine.measure.spans import Span
from uphold.engine.money import crediting
from uphold.engine.money.credit import Credit
from uphold.engine.money.leaving import Right, rights
from uphold.engine.money.suppliers import Gap, gaps
from uphold.engine.verdict import Verdicts
from uphold.facts.evidence import Evidence, Run
from uphold.facts.evidence.observed import runs_of_facts
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet

Windowed = TypeVar("Windowed", Figure, Credit, Right)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Clocks, outages, figures and credits as of one instant, each with its reasons.

    `asked` is the stretch that was asked about, in microseconds; `figures` and `credits` are of
    the windows that it selects, `history` of all windows that they rest on.
    """

    evaluation: Evaluation
    measured: Measured
    asked: Span | None
    figures: tuple[Figure, ...]
    credits: tuple[Credit, ...]
    all_credits: tuple[Credit, ...]
    rights: tuple[Right, ...]
    gaps: tuple[Gap, ...]

    @property
    def verdicts(self) -> Verdicts:
        """The verdicts on clocks, notices, retention and judgements."""
        return self.evaluation.verdicts

    @property
    def history(self) -> tuple[Figure, ...]:
        """The figures of every window up to the instant, asked about or not."""
        return self.measured.figures

    @property
    def outages(self) -> tuple[Outage, ...]:
        """Every outage of every service."""
        return self.measured.outages

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the sources disagree on."""
        return self.measured.questions


def settle(
    agreements: Iterable[Agreement],
    facts: FactSet | Iterable[Fact],
    evidence: Evidence | Iterable[Run],
    at: datetime,
    known: datetime | None = None,
    *,
    asked: Span | None = None,
    per: str | None = None,
    as_if_in_force: bool = False,
) -> Settlement:
    """Everything that follows, as of an instant (docs/language/measuring.md).

    `agreements` are all revisions that matter, those of suppliers too; `evidence` is added to what
    facts of checks tell. `asked` selects the windows that end in it, half-open in microseconds;
    without it all are given. `per` ("account" or "service") overrides what the terms say.
    Pure: no clock, file, setting or installed table is read. Raises ValueError for a naive `at`.
    """
    evaluation = Evaluation.of(agreements, facts, at, known, as_if_in_force=as_if_in_force)
    return settled(evaluation, evidence, asked, per)


def settled(
    evaluation: Evaluation,
    evidence: Evidence | Iterable[Run],
    asked: Span | None = None,
    per: str | None = None,
) -> Settlement:
    """The same for an evaluation that there is already."""
    given = evidence.runs if isinstance(evidence, Evidence) else tuple(evidence)
    told = runs_of_facts(evaluation.facts.as_of(evaluation.now, evaluation.known))
    runs = Evidence.of((*given, *told)).runs if told else given
    measured = measure(evaluation, runs, asked, per, crediting.earns)
    owed = crediting.credits(evaluation, measured.figures)
    return Settlement(
        evaluation,
        measured,
        asked,
        measured.asked,
        tuple(credit for credit in owed if asked is None or credit.window.ends_in(asked)),
        owed,
        rights(evaluation, measured.figures),
        gaps(evaluation.agreements),
    )


def settled_by_zone(
    evaluation: Evaluation,
    evidence: Evidence | Iterable[Run],
    span_in: Callable[[str], Span],
    per: str | None = None,
) -> Settlement:
    """The same for a named window: each agreement and term counts it by its own clocks.

    `span_in` gives the window in a zone, in microseconds. August in Oslo ends two hours before
    August in UTC does; what is asked about ends for each when its own month does.
    """
    zones = _zones_of(evaluation.agreements)
    by_span = {span: settled(evaluation, evidence, span, per) for span in map(span_in, zones)}
    first = by_span[span_in(zones[0])]
    if len(by_span) == 1:
        return first
    every = [(zone, by_span[span_in(zone)]) for zone in zones]
    return replace(
        first,
        figures=tuple(own for zone, each in every for own in _counted_in(zone, each.figures)),
        credits=tuple(own for zone, each in every for own in _counted_in(zone, each.credits)),
        all_credits=tuple(
            own for zone, each in every for own in _counted_in(zone, each.all_credits)
        ),
        rights=tuple(own for zone, each in every for own in _counted_in(zone, each.rights)),
    )


def _zones_of(agreements: Sequence[Agreement]) -> tuple[str, ...]:
    """The zones in which windows are counted, that of the first agreement first."""
    terms = ((each, term) for each in agreements for term in each.of(AvailabilityTerm))
    named = [term.zone or each.zone for each, term in terms]
    return tuple(dict.fromkeys((*(each.zone for each in agreements), *named)))


def _counted_in(zone: str, windowed: Iterable[Windowed]) -> Iterator[Windowed]:
    return (each for each in windowed if each.window.zone == zone)
