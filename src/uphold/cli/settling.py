"""What measuring commands share: agreements, facts and evidence read and settled in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from uphold.agreement.agreement import Agreement
from uphold.cli.evidence import evidence_of
from uphold.cli.given import Given
from uphold.cli.judging import Asked, beyond
from uphold.cli.loading import Facts, Span, agreements, facts_of
from uphold.cli.materials import Materials
from uphold.cli.refusal import Refusal
from uphold.cli.sources import Sources
from uphold.cli.watching import Watching
from uphold.cli.windows import Period, window
from uphold.engine.evaluate import Evaluation
from uphold.engine.settle import Settlement, settled_by_zone
from uphold.engine.settle import settled as settled_once
from uphold.facts.evidence import EvidenceConflict
from uphold.facts.factset import FactSet
from uphold.facts.problems import Problem
from uphold.messages import message
from uphold.worktime import CalendarError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PER = ("account", "service")


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement, what it was made from, and the window asked about (None: all).

    `period` is the window in the zone of the first agreement; figures and credits are chosen by
    the zone of each.
    """

    settlement: Settlement
    agreements: tuple[Agreement, ...]
    facts: Facts
    evidence: Given
    period: Period | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with facts and with evidence."""
        return (*self.facts.problems, *self.evidence.problems)

    @property
    def zone(self) -> str:
        """The zone of the first agreement."""
        return self.agreements[0].zone

    def span(self, at: datetime) -> Span:
        """From the first fact or look to an instant: what calendars must be written out for."""
        return span_of(self.facts, self.evidence, at)

    def agreement(self, name: str, revision: int) -> Agreement:
        """The agreement of a name and revision, as figures and credits name it."""
        return next(
            each for each in self.agreements if (each.name, each.revision) == (name, revision)
        )


def settled(
    materials: Materials,
    question: Asked,
    watching: Watching,
    named_window: str | None = None,
    per: str | None = None,
) -> Settled:
    """Everything that follows from the materials, as of the instant asked about.

    Raises `Refusal` where something of it cannot be used.
    """
    if per not in (None, *PER):
        raise Refusal(
            message("cli.value-unreadable", name="--per", found=per or ""),
            message("cli.nearest", names=PER),
        )
    facts = read_facts(materials)
    given = evidence_of(materials.evidence, watching)
    loaded = agreements(materials.agreements, span_of(facts, given, question.at))
    period = None if named_window is None else window(named_window, loaded[0].zone)
    settlement = settled_under(loaded, facts, given, question, named_window, per)
    return Settled(settlement, loaded, facts, given, period)


def settled_under(
    loaded: Sequence[Agreement],
    facts: Facts,
    given: Given,
    question: Asked,
    named_window: str | None,
    per: str | None = None,
) -> Settlement:
    """What follows under some agreements; the window is in the zone of each. Raises `Refusal`."""
    try:
        evaluation = Evaluation.of(
            loaded,
            facts.facts,
            question.at,
            question.known,
            as_if_in_force=question.as_if_in_force,
        )
        if named_window is None:
            return settled_once(evaluation, given.evidence, None, per)
        return settled_by_zone(evaluation, given.evidence, partial(_span, named_window), per)
    except CalendarError as error:
        raise beyond(error) from error
    except EvidenceConflict as error:  # a fact of a check that fits no run
        raise Refusal(None, problems=(error.problem,)) from error


def _span(name: str, zone: str) -> tuple[int, int]:
    """A named window in a zone, in microseconds. Raises `Refusal`."""
    period = window(name, zone)
    return period.start, period.end


def read_facts(materials: Materials) -> Facts:
    """The facts of the materials; none where no file of them is given. Raises `Refusal`."""
    if not materials.facts:
        return Facts(FactSet.of(()), ())
    return facts_of(Sources(materials.agreements, materials.facts))


def span_of(facts: Facts, given: Given, at: datetime) -> Span:
    """From the first fact or look to the instant asked about."""
    first = facts.span(at).first
    if given.runs:
        begins = min(run.first for run in given.runs)
        first = min(first, _EPOCH + timedelta(microseconds=begins))
    return Span(first, at)
