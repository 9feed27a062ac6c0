"""Maintenance judged by the engine: what was promised about its notice, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.measure import ServiceTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.maintenance import Work, works_of
from uphold.engine.verdict import Verdict
from uphold.facts import Fact, FactSet
from uphold.facts.times import to_datetime
from uphold.server.agreements import services as agreements
from uphold.server.ledger import services as ledger

THING = "maintenance"
POSTED = "agreement.posted"
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Judged:
    """Maintenance of one provider, judged together by what was known at `as_of_us` (UTC)."""

    as_of_us: int
    evaluation: Evaluation

    def facts(self, subject: str) -> tuple[Fact, ...]:
        """What happened to it and counts, in order."""
        return self.evaluation.facts.of_subject(subject, self.as_of_us, self.as_of_us)

    def work(self, subject: str) -> Work | None:
        """Its plan, its scope and when it was worked on; None before either is known."""
        return next(iter(works_of({subject: self.facts(subject)}, self.as_of_us)), None)

    def verdicts(self, subject: str) -> tuple[Verdict, ...]:
        """What became of the notice that was promised of it, by agreement, term and plan."""
        found = self.evaluation.judged.get(subject, ())
        return tuple(each for each in found if self.term(each) is not None)

    def term(self, verdict: Verdict) -> NoticeTerm | None:
        """The notice that a verdict is about; None for a promise of another kind."""
        found = self.agreement(verdict).term(verdict.clock.rpartition(".")[0])
        return found if isinstance(found, NoticeTerm) else None

    def agreement(self, verdict: Verdict) -> Agreement:
        """The revision that a verdict was given under."""
        return next(
            each
            for each in self.evaluation.agreements
            if (each.name, each.revision) == (verdict.agreement, verdict.revision)
        )

    def terms(self) -> tuple[NoticeTerm, ...]:
        """Every notice of maintenance that the agreements in force promise now."""
        current = (each.at(self.as_of_us) for each in self.evaluation.revisions)
        return tuple(
            term
            for agreement in current
            if agreement is not None
            for term in agreement.of(NoticeTerm)
            if term.of == THING
        )

    def thinking(self, facts: Iterable[Fact]) -> Judged:
        """The same with facts that nobody has appended: what a plan or a step would mean."""
        evaluation = self.evaluation
        every = FactSet.of((*evaluation.facts.facts, *facts))
        return Judged(self.as_of_us, _evaluated(evaluation.agreements, every, self.as_of_us))


def service_titles(provider: int) -> dict[str, str]:
    """The services that the provider's agreements name, with their titles."""
    return {
        term.name: term.title or term.name
        for each in agreements.own_revisions(provider)
        for term in each.of(ServiceTerm)
    }


def judge(
    provider: int, subjects: Collection[str], as_of_us: int, until: int | None = None
) -> Judged:
    """The maintenance of these subjects by what was known at an instant and ledger position.

    Only revisions count whose posting was known by then.
    """
    own = ledger.facts_of(provider, subjects, until=until)
    customers = sorted({fact.customer for fact in own if fact.customer})
    return judged(provider, own, customers, as_of_us, until)


def judged(
    provider: int,
    own: Iterable[Fact],
    customers: Collection[str],
    as_of_us: int,
    until: int | None = None,
) -> Judged:
    """Facts of maintenance with all that bears on them and on these customers."""
    context = ledger.context_of(provider, customers, until=until)
    posted = {
        (str(fact.written["agreement"]), str(fact.written["revision"])): fact.known_us
        for fact in context
        if fact.type == POSTED
    }
    known = tuple(
        each
        for each in agreements.own_revisions(provider)
        if posted.get((each.name, str(each.revision)), NEVER) <= as_of_us
    )
    return Judged(as_of_us, _evaluated(known, FactSet.of((*context, *own)), as_of_us))


def _evaluated(agreements: tuple[Agreement, ...], facts: FactSet, as_of_us: int) -> Evaluation:
    instant = to_datetime(as_of_us)
    return Evaluation.of(agreements, facts, instant, known=instant)
