"""Everything that follows from agreements, facts and evidence: from clocks to money in one call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from uphold.agreement.agreement import Agreement
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
        tuple(credit for credit in owed if _ends_in(credit.window.whole, asked)),
        owed,
        rights(evaluation, measured.figures),
        gaps(evaluation.agreements),
    )


def _ends_in(window: Span, asked: Span | None) -> bool:
    """Whether a window ends inside what was asked about, its end included."""
    return asked is None or asked[0] < window[1] <= asked[1]
