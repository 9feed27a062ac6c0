"""What measuring commands share: agreements, facts and evidence read and settled in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
from uphold.engine.settle import Settlement, settle
from uphold.facts.factset import FactSet
from uphold.facts.problems import Problem
from uphold.messages import message
from uphold.worktime import CalendarError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PER = ("account", "service")


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement, what it was made from, and the window asked about (None: all)."""

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
    try:
        settlement = settle(
            loaded,
            facts.facts,
            given.evidence,
            question.at,
            question.known,
            asked=None if period is None else (period.start, period.end),
            per=per,
            as_if_in_force=question.as_if_in_force,
        )
    except CalendarError as error:
        raise beyond(error) from error
    return Settled(settlement, loaded, facts, given, period)


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
