"""What facts say of outages: what was reported, and what a person judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uphold.engine.history import listed
from uphold.engine.measure.outage import Showing
from uphold.engine.measure.spans import Span
from uphold.engine.measure.stretches import Stretch, sharp
from uphold.facts.fact import Fact, fact_order

REPORTS = "reports"
"""The kind of evidence that a reported outage is."""

REPORTED, JUDGED, _ENDED = "outage.reported", "outage.judged", "outage.ended"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an outage hits: all where both are empty."""

    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accounts or self.regions)

    def meets(self, other: Scope) -> bool:
        """Whether somebody may be in both; of a region and an account nobody can tell."""
        if not self or not other:
            return True
        if (self.accounts and other.regions) or (self.regions and other.accounts):
            return True
        shared_accounts = set(self.accounts) & set(other.accounts)
        return bool(shared_accounts or set(self.regions) & set(other.regions))


@dataclass(frozen=True, slots=True)
class Report:
    """One `outage.reported` fact: the time it stands for, in microseconds, and its words.

    Without a start it stands from its own instant, without an end until the outage ended, else
    for its start alone. `facts` are those that give its time, itself first.
    """

    subject: str
    span: Span
    service: str | None
    facts: tuple[Fact, ...]

    def stretch(self, check: str, until: int) -> Stretch:
        """It as evidence about a check or service, up to the instant looked at."""
        span = self.span[0], min(self.span[1], until)
        showing = Showing(REPORTS, self.subject, check, span)
        return sharp(span, showing, lasts=self.span[1] > until)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the `outage.judged` facts of one outage come to: what the latest of them say.

    `start` and `end` are microseconds; both None where no judgement gave a time. `facts` are in
    order; the last one gives the judgement its place among others. `named` is the service that a
    judgement names, `service` that or the one that was reported.
    """

    subject: str
    start: int | None
    end: int | None
    named: str | None
    service: str | None
    counted: bool
    facts: tuple[Fact, ...]

    @property
    def timed(self) -> bool:
        """Whether it says when the outage was."""
        return self.start is not None or self.end is not None

    def leaves(self, span: Span) -> bool:
        """Whether a report of the outage is still about it: not where it was at another time."""
        too_late = self.end is not None and span[0] > self.end
        return not too_late and not (self.start is not None and span[1] < self.start)

    @property
    def latest(self) -> Fact:
        """The judgement that holds."""
        return self.facts[-1]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of outages, by the service it is about (None: every service)."""

    reports: Mapping[str | None, tuple[Report, ...]]
    judgements: Mapping[str | None, tuple[Judgement, ...]]
    by_subject: Mapping[str, tuple[Fact, ...]]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Told:
        """What the facts that count say; those about other things are passed over."""
        by_subject: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.type in (REPORTED, JUDGED, _ENDED):
                by_subject.setdefault(fact.subject, []).append(fact)
        ordered = {
            subject: tuple(sorted(group, key=fact_order))
            for subject, group in sorted(by_subject.items())
        }
        reports: dict[str | None, list[Report]] = {}
        judgements: dict[str | None, list[Judgement]] = {}
        for subject, group in ordered.items():
            judgement = _judgement(subject, group)
            if judgement is not None:
                judgements.setdefault(judgement.service, []).append(judgement)
            for report in _reports(subject, group):
                if judgement is None:
                    reports.setdefault(report.service, []).append(report)
                elif judgement.leaves(report.span):
                    service = judgement.named or report.service
                    reports.setdefault(service, []).append(report)
        return cls(
            {service: tuple(found) for service, found in reports.items()},
            {service: tuple(found) for service, found in judgements.items()},
            ordered,
        )

    def reported(self, service: str, *, alone: bool) -> tuple[Report, ...]:
        """The reports about a service; with those about every service unless `alone`."""
        general = () if alone else self.reports.get(None, ())
        return (*self.reports.get(service, ()), *general)

    def judged(self, service: str, *, alone: bool) -> tuple[Judgement, ...]:
        """The judgements about a service; with those about every service unless `alone`."""
        general = () if alone else self.judgements.get(None, ())
        return (*self.judgements.get(service, ()), *general)


def scope_of(fact: Fact) -> Scope:
    """Whom a reported or judged outage hits, by one fact."""
    return Scope(listed(fact, "accounts"), listed(fact, "regions"))


def text_of(fact: Fact, name: str) -> str | None:
    """The text of a field, None where the fact does not give it."""
    found = fact.value(name)
    return found if isinstance(found, str) else None


def _reports(subject: str, facts: tuple[Fact, ...]) -> Iterable[Report]:
    ends = [fact for fact in facts if fact.type == _ENDED]
    for fact in facts:
        if fact.type != REPORTED:
            continue
        start, end = _time(fact, "start"), _time(fact, "end")
        since = fact.at_us if start is None else start
        ended = next((each for each in ends if each.at_us >= since), None)
        if end is not None:
            # Who reports an outage when it is over may not know when it began.
            span = (since, end) if since <= end else (end, end)
            yield Report(subject, span, text_of(fact, "service"), (fact,))
        elif ended is not None:
            yield Report(subject, (since, ended.at_us), text_of(fact, "service"), (fact, ended))
        else:
            yield Report(subject, (since, since), text_of(fact, "service"), (fact,))


def _judgement(subject: str, facts: tuple[Fact, ...]) -> Judgement | None:
    """The judgements of one outage as one: a later one keeps what it does not speak of."""
    judged = tuple(fact for fact in facts if fact.type == JUDGED)
    if not judged:
        return None
    times = [(_time(fact, "start"), _time(fact, "end")) for fact in judged]
    start, end = next((each for each in reversed(times) if each != (None, None)), (None, None))
    if start is not None and end is None:
        end = next((f.at_us for f in facts if f.type == _ENDED and f.at_us >= start), None)
    if start is None and end is not None:
        begun = (each.span[0] for each in _reports(subject, facts))
        start = min((each for each in begun if each <= end), default=None)
    counted = judged[-1].value("counted") is not False
    named = _service(reversed(judged))
    service = named or _service(fact for fact in facts if fact.type == REPORTED)
    return Judgement(subject, start, end, named, service, counted, judged)


def _service(facts: Iterable[Fact]) -> str | None:
    """The first service that one of the facts names."""
    found = (text_of(fact, "service") for fact in facts)
    return next((each for each in found if each is not None), None)


def _time(fact: Fact, name: str) -> int | None:
    found = fact.value(name)
    return found if isinstance(found, int) else None
