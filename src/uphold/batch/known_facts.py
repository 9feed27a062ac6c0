"""What facts tell that bears on figures in bulk: maintenance, outages, who has agreed, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.batch.expressible import refused
from uphold.engine.account import accounts_of
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.exclusions import excluded_kind
from uphold.engine.measure.lives import lives_of
from uphold.engine.measure.maintenance import PREFIX, Work, announced_late, works_of
from uphold.engine.measure.reports import Told
from uphold.engine.revisions import revisions_of
from uphold.facts.evidence.observed import OBSERVED
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.times import from_datetime, to_datetime
from uphold.messages import message

_SHARED = ("customer", "agreement")


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The facts that count as of an instant, as far as they bear on one term.

    `works` is the maintenance that the term excludes for everybody; `told` is what is told of
    outages; `begins` is when the agreement takes effect, in microseconds.
    """

    works: tuple[Work, ...]
    told: Told
    begins: int
    has_accounts: bool

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        term: AvailabilityTerm,
        facts: FactSet | Iterable[Fact],
        until: int,
        known: datetime | None,
    ) -> KnownFacts:
        """Raises `TermRefused` where facts hold looks, which belong among the checks."""
        every = facts if isinstance(facts, FactSet) else FactSet.of(facts)
        by_subject = every.by_subject(until, None if known is None else from_datetime(known))
        counting = [fact for found in by_subject.values() for fact in found]
        looked = next((fact for fact in counting if fact.type == OBSERVED), None)
        if looked is not None:
            raise refused(agreement, term, message("batch.refused-looks", subject=looked.subject))
        shared = [fact for fact in counting if fact.thing in _SHARED]
        maintenance = {name: own for name, own in by_subject.items() if name.startswith(PREFIX)}
        late: frozenset[str] = frozenset()
        if maintenance and term.late_notice == "not excluded":
            evaluation = Evaluation.of((agreement,), every, to_datetime(until), known)
            late = announced_late(evaluation, agreement.name)
        (revisions,) = revisions_of((agreement,), shared)
        return cls(
            tuple(
                work
                for work in works_of(maintenance, until)
                if excluded_kind(term, work) is not None
                and not work.scoped
                and work.subject not in late
            ),
            Told.of(fact for fact in counting if fact.thing == "outage"),
            revisions.revisions[0][0],
            bool(lives_of(accounts_of(shared), agreement.name)),
        )

    def outages_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The outages that facts tell of any of these names, or of every service."""
        about = [None, *names]
        told, judged = self.told.reports, self.told.judgements
        reported = {each.subject for name in about for each in told.get(name, ())}
        settled = {each.subject for name in about for each in judged.get(name, ())}
        return tuple(sorted(reported | settled))
