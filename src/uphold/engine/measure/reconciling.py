"""Which evidence counts for a service, how it is read, and how it is reconciled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.lengths import Duration
from uphold.agreement.phrases.measures import DownWhen
from uphold.agreement.terms.measure import EvidenceTerm, IndicatorTerm, ServiceTerm
from uphold.engine.measure.looking import Manner
from uphold.engine.measure.plain_lengths import plain_length
from uphold.engine.measure.reports import REPORTS

CHECKS, LOGS = "checks", "logs"
KINDS = (CHECKS, LOGS, REPORTS)
"""Every kind of evidence, in the order in which an agreement without a term settles by them."""

JUDGED_FRAME = "a person's judgement"

Wanted = tuple[tuple[str, int], ...]
"""One set of evidence that settles an outage: kinds, each with its least number of places."""


@dataclass(frozen=True, slots=True)
class Reconciling:
    """How one service's evidence is reconciled; `term` is None where no term says so."""

    term: EvidenceTerm | None
    kinds: tuple[str, ...]
    settles: tuple[Wanted, ...]
    frames: tuple[str, ...]
    asks: bool

    @classmethod
    def by(cls, term: EvidenceTerm | None) -> Reconciling:
        """By a term; without one each kind of evidence settles an outage alone."""
        if term is None:
            return cls(None, KINDS, tuple(((kind, 1),) for kind in KINDS), (), asks=True)
        kinds = tuple(source.kind for source in term.sources)
        alone = tuple(((kind, 1),) for kind in kinds)
        return cls(
            term,
            kinds,
            term.agreed_when.any_of if term.agreed_when else alone,
            term.frame.order if term.frame else (),
            term.otherwise == "a person judges",
        )

    @property
    def places(self) -> dict[str, tuple[int, ...]]:
        """For each kind the numbers of places that matter, one among them."""
        wanted = {kind: {1} for kind in self.kinds}
        for settling in self.settles:
            for kind, least in settling:
                wanted.setdefault(kind, {1}).add(least)
        return {kind: tuple(sorted(found)) for kind, found in wanted.items()}

    def manner(self, indicator: DownWhen | None, until: int) -> Manner:
        """How looks are read under it."""
        row = indicator.count if indicator and indicator.kind == "checks" else 1
        if self.term is None:
            return Manner(None, None, None, "up", row, until)
        intervals = (each.interval for each in self.term.sources if each.kind == CHECKS)
        interval = next(intervals, None)
        return Manner(
            interval.us if interval else None,
            _length_of(self.term.silent_after),
            _length_of(self.term.log_holds),
            self.term.degraded,
            row,
            until,
        )


@dataclass(frozen=True, slots=True)
class Structure:
    """The services of an agreement, their parts, indicators and evidence, by name."""

    services: Mapping[str, ServiceTerm]
    indicators: Mapping[str, IndicatorTerm]
    evidence: Mapping[str, EvidenceTerm]

    @classmethod
    def of(cls, agreement: Agreement) -> Structure:
        """The structure that the terms of an agreement state."""
        evidence: dict[str, EvidenceTerm] = {}
        for term in agreement.of(EvidenceTerm):
            for name in term.of:
                evidence.setdefault(name, term)
        return cls(
            {term.name: term for term in agreement.of(ServiceTerm)},
            {term.name: term for term in agreement.of(IndicatorTerm)},
            evidence,
        )

    def parts(self, name: str) -> tuple[str, ...]:
        """The parts of a service; where it names none, the checks that it has indicators for."""
        service = self.services.get(name)
        if service is None:
            return ()
        if service.parts:
            return tuple(dict.fromkeys(service.parts))
        return tuple(term.name for term in self.indicators.values() if term.of == name)

    def least(self, name: str) -> int:
        """How many parts of a service must be down for it to be; any one where nothing is said."""
        service = self.services.get(name)
        if service is None or service.down_when is None:
            return 1
        least = service.down_when.least
        return len(self.parts(name)) if least is None else least

    def leaves(self, name: str) -> tuple[str, ...]:
        """The checks at the end of all parts of parts; a service without parts is its own."""
        found = {each: None for each in self.below(name) if not self.parts(each)}
        return tuple(found) or (name,)

    def evidence_for(self, name: str) -> EvidenceTerm | None:
        """The evidence term of a service or check, else that of the nearest service it is in."""
        around = [name]
        seen: set[str] = set()
        while around:
            for each in around:
                if each in self.evidence:
                    return self.evidence[each]
            seen.update(around)
            above = (up for each in around for up in self._above(each) if up not in seen)
            around = list(dict.fromkeys(above))
        return None

    def indicator(self, name: str) -> IndicatorTerm | None:
        """What says when a check is down, or a service that is looked at as one check.

        A service that names no parts is judged by its indicators, where they agree.
        """
        own = self.indicators.get(name)
        service = self.services.get(name)
        if own is not None or service is None or service.parts:
            return own
        return self.shared_indicator(name)

    def shared_indicator(self, service: str) -> IndicatorTerm | None:
        """The indicator that stands for all checks of a service: theirs, where they agree."""
        found = [self.indicators.get(each) for each in self.leaves(service)]
        first = found[0]
        if first is None:
            return None
        rule = str(first.down_when), first.at_least
        same = (each and (str(each.down_when), each.at_least) == rule for each in found)
        return first if all(same) else None

    def names(self) -> frozenset[str]:
        """Every name of a service or a check that evidence may bear."""
        parts = (part for name in self.services for part in self.parts(name))
        return frozenset((*self.services, *self.indicators, *parts))

    def below(self, name: str) -> Iterator[str]:
        """A service or check, its parts, and theirs, each once."""
        ahead, seen = [name], set[str]()
        while ahead:
            each = ahead.pop(0)
            if each not in seen:
                seen.add(each)
                yield each
                ahead.extend(self.parts(each))

    def _above(self, name: str) -> Iterator[str]:
        return (each for each in self.services if name in self.parts(each))


def _length_of(duration: Duration | None) -> int | None:
    return None if duration is None else plain_length(duration)
