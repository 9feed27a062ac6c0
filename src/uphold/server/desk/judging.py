"""Things judged by the engine: facts and agreements from the ledger, verdicts as of an instant.

What the ledger held at a position decides, postings of agreements included: judging for the same
instant by the same position gives the same verdicts for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.account import Account
from uphold.engine.case import Case
from uphold.engine.evaluate import Evaluation
from uphold.engine.history import History
from uphold.engine.verdict import Verdict
from uphold.facts import Fact, FactSet
from uphold.facts.times import to_datetime
from uphold.server.agreements.services import revisions
from uphold.server.ledger.services import context_of, facts_of

POSTED = "agreement.posted"


@dataclass(frozen=True, slots=True)
class Judged:
    """Things of one provider, judged together as of `as_of_us` (microseconds, UTC)."""

    provider: int
    as_of_us: int
    evaluation: Evaluation
    _agreements: dict[str, Agreement | None] = field(default_factory=dict, repr=False)
    """What `agreement` has found already."""

    def verdicts(self, subject: str) -> tuple[Verdict, ...]:
        """The verdicts on a thing; one of each clock, notice and judgement about it."""
        return self.evaluation.judged.get(subject, ())

    def facts(self, subject: str) -> tuple[Fact, ...]:
        """The thing's facts that count, in order."""
        evaluation = self.evaluation
        return evaluation.facts.of_subject(subject, evaluation.now, evaluation.known)

    def every(self, subject: str) -> tuple[Fact, ...]:
        """The thing's facts in order, with those that were corrected or have yet to happen."""
        return self.evaluation.facts.every(subject)

    def history(self, subject: str) -> History | None:
        """The thing's facts as the engine reads them; None while there is none."""
        facts = self.facts(subject)
        return History(subject, facts, tuple(each.at_us for each in facts)) if facts else None

    def account(self, subject: str) -> Account:
        """The customer's account that the thing is about."""
        return self.evaluation.accounts.of(self.facts(subject))

    def agreement(self, subject: str) -> Agreement | None:
        """The revision that judges the thing: that of the agreement that its account is under.

        Of several, the first by name that promises something about things of this kind. None where
        no agreement was ever posted.
        """
        if subject not in self._agreements:
            self._agreements[subject] = self._agreement(subject)
        return self._agreements[subject]

    def _agreement(self, subject: str) -> Agreement | None:
        history = self.history(subject)
        if history is None:
            return None
        account = self.account(subject)
        found = [
            agreement
            for each in self.evaluation.revisions
            for agreement, _, start in [each.for_thing(history)]
            if each.name not in self.evaluation.leaning
            and (not (agreed := account.agreed(start)) or each.name in agreed)
        ]
        return next((each for each in found if _speaks_of(each, history.thing)), None) or next(
            iter(found), None
        )

    def revision(self, verdict: Verdict) -> Agreement:
        """The revision by which a verdict was given."""
        return next(
            each
            for each in self.evaluation.agreements
            if (each.name, each.revision) == (verdict.agreement, verdict.revision)
        )

    def heading(self, verdict: Verdict, clause: str | None = None) -> str:
        """The heading of a clause of the verdict's revision, its own one without `clause`."""
        return heading(self.revision(verdict), clause or verdict.clause)

    def case(self, subject: str) -> Case | None:
        """The thing under the revision that judges it, for what its fields say at an instant."""
        history, agreement = self.history(subject), self.agreement(subject)
        if history is None or agreement is None:
            return None
        return Case(agreement, history, self.account(subject))

    def adding(self, facts: Iterable[Fact], as_of_us: int) -> Judged:
        """The same with more facts, as of a later instant: what an action would make of it."""
        evaluation = self.evaluation
        more = FactSet.of((*evaluation.facts.facts, *facts))
        return Judged(self.provider, as_of_us, _evaluated(evaluation.agreements, more, as_of_us))

    def instead(self, fact: Fact, other: Fact) -> Judged:
        """The same with another fact in the place of one of them."""
        evaluation = self.evaluation
        facts = [each for each in evaluation.facts.facts if each is not fact]
        known = FactSet.of((*facts, other))
        return Judged(
            self.provider, self.as_of_us, _evaluated(evaluation.agreements, known, self.as_of_us)
        )


def judge(
    provider: int,
    subjects: Collection[str],
    as_of_us: int,
    *,
    until: int | None = None,
    customers: Collection[str] = (),
) -> Judged:
    """The things judged for an instant by what the ledger held at the position `until`.

    What bears on `customers` is there too, for things that nobody has opened yet.
    """
    facts = facts_of(provider, subjects, until=until)
    named = {fact.customer for fact in facts if fact.customer} | set(customers)
    context = context_of(provider, sorted(named), until=until)
    posted = {
        (fact.written["agreement"], str(fact.written["revision"]))
        for fact in context
        if fact.type == POSTED
    }
    known = tuple(each for each in revisions(provider) if (each.name, str(each.revision)) in posted)
    return Judged(provider, as_of_us, _evaluated(known, FactSet.of((*context, *facts)), as_of_us))


def _evaluated(agreements: tuple[Agreement, ...], facts: FactSet, as_of_us: int) -> Evaluation:
    return Evaluation.of(agreements, facts, to_datetime(as_of_us))


def heading(agreement: Agreement, clause: str) -> str:
    """The heading of a clause, as people call it; its anchor where the page has no such."""
    found = agreement.clause(clause)
    return found.heading.text if found is not None else clause


def _speaks_of(agreement: Agreement, thing: str) -> bool:
    """Whether the agreement promises something about things of the kind."""
    clocks, notices = agreement.of(ClockTerm), agreement.of(NoticeTerm)
    return any(each.of == thing for each in clocks) or any(each.of == thing for each in notices)
