"""What measuring starts from: evidence by name, facts by thing, and how far back to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import ServiceTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.looking import Sightings
from uphold.engine.measure.maintenance import PREFIX as MAINTENANCE
from uphold.engine.measure.maintenance import Work, works_of
from uphold.engine.measure.reports import Told
from uphold.engine.measure.spans import Span
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact

_OUTAGE = "outage:"


@dataclass(frozen=True, slots=True)
class Ground:
    """The evidence and the facts that figures rest on, as of one instant.

    `names` are those that the evidence bears; `told` is what facts tell of outages.
    `first` is the earliest instant that there is something to measure at, None where there is
    nothing; `horizon` ends every window: the instant asked about, or the end of what is asked.
    """

    evaluation: Evaluation
    names: frozenset[str]
    sightings: Sightings
    told: Told
    works: tuple[Work, ...]
    first: int | None
    horizon: int

    @property
    def told_names(self) -> frozenset[str]:
        """The services that facts of outages and of maintenance name."""
        about = {name for name in (*self.told.reports, *self.told.judgements) if name is not None}
        return frozenset(about.union(*(work.services for work in self.works)))

    @classmethod
    def of(cls, evaluation: Evaluation, runs: Iterable[Run], asked: Span | None) -> Ground:
        """The ground of an evaluation; looks behind its instant do not count."""
        by_subject = evaluation.facts.by_subject(evaluation.now, evaluation.known)
        seen = tuple(run for run in runs if run.first <= evaluation.now)
        outages = tuple(
            fact
            for subject, facts in by_subject.items()
            if subject.startswith(_OUTAGE)
            for fact in facts
        )
        works = works_of(
            {name: facts for name, facts in by_subject.items() if name.startswith(MAINTENANCE)},
            evaluation.now,
        )
        starts = [run.first for run in seen]
        starts += [_begins(fact) for fact in outages]
        starts += [work.actual[0][0] for work in works if work.actual]
        starts += [asked[0]] if asked is not None else []
        return cls(
            evaluation,
            frozenset(run.check for run in seen),
            Sightings.of(seen),
            Told.of(outages),
            works,
            min(starts, default=None),
            evaluation.now if asked is None else min(evaluation.now, asked[1]),
        )


def parts_under(agreement: Agreement, service: str) -> frozenset[str]:
    """The service's own name and those of all its parts, and of their parts."""
    found: set[str] = set()
    waiting = [service]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            term = agreement.term(name)
            waiting += term.parts if isinstance(term, ServiceTerm) else ()
    return frozenset(found)


def _begins(fact: Fact) -> int:
    """When what a fact about an outage tells of began; when it was told, where it does not say."""
    start = fact.written.get("start")
    value = fact.value("start") if isinstance(start, str) else None
    return min(value, fact.at_us) if isinstance(value, int) else fact.at_us
