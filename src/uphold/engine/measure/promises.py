"""What is measured under one agreement: each term and service, under every revision that has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm, ServiceTerm
from uphold.agreement.terms.promise import AppliesTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.entitlement import limits_of
from uphold.engine.measure.figure import Window
from uphold.engine.measure.figure_words import leaned_on
from uphold.engine.measure.figuring import UNPROMISED
from uphold.engine.measure.ground import Ground, parts_under
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.measure.observing import Observed
from uphold.engine.measure.timelines import names_of
from uphold.engine.standing import out_of_range
from uphold.messages import Message
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import CalendarDays, CalendarMonths

_MEAN = "mean of parts"
_MONTHLY = {
    "name": UNPROMISED,
    "of": UNPROMISED,
    "window": "calendar month",
    "target": "at least 0 %",
}
"""How time is measured where nothing is promised; its target is held against nothing."""


@dataclass(frozen=True)
class Promised:
    """A term under the revision that judges a window.

    `bare` stands where the agreement promises nothing: then `term` only says how to measure.
    What all its windows share is looked up once.
    """

    agreement: Agreement
    term: AvailabilityTerm
    observed: tuple[Observed, ...]
    service: str
    bare: bool = False

    @cached_property
    def limits(self) -> tuple[AppliesTerm, ...]:
        """The terms that say to whom the promise holds."""
        return () if self.bare else limits_of(self.agreement, self.term)

    @cached_property
    def words(self) -> tuple[Message, ...]:
        """The open terms and the readings that every figure leans on."""
        term = None if self.bare else self.term
        return leaned_on(self.agreement, term, self.observed[0].service)

    @property
    def calendar(self) -> CompiledCalendar:
        """A calendar in the zone of the windows."""
        return calendar_in(self.agreement, self.term.zone or self.agreement.zone)

    def beyond(self, window: Window) -> tuple[Message, ...]:
        """That no change of the zone's clocks is written out for the window; nothing where one is.

        Its edges may then be wrong, so nobody can say what became of the promise.
        """
        calendar = self.calendar
        start, end = window.whole
        if not calendar.zone.transitions:
            return ()
        time = start if start < calendar.since_us else end
        if calendar.since_us <= time <= calendar.until_us:
            return ()
        return (out_of_range(self.term, calendar.refusal(time)),)

    @property
    def months(self) -> int:
        """How many whole months a window of overlapping ones has; 0 for all other windows."""
        length = self.term.window.length
        return length.n if isinstance(length, CalendarMonths) and length.n > 1 else 0

    @property
    def anchored(self) -> bool:
        """Whether windows are counted from a beginning rather than from the calendar."""
        window = self.term.window
        return window.period == "contract year" or isinstance(window.length, CalendarDays)


@dataclass(frozen=True, slots=True)
class Names:
    """The names that evidence bears, and which of them which agreement knows.

    `told` are the services that facts of outages and maintenance name.
    """

    seen: frozenset[str]
    told: frozenset[str]
    known: dict[str, frozenset[str]]

    @classmethod
    def of(cls, evaluation: Evaluation, ground: Ground) -> Names:
        """The names of all the evidence, held against every revision of every agreement."""
        known: dict[str, frozenset[str]] = {}
        for agreement in evaluation.agreements:
            before = known.get(agreement.name, frozenset())
            known[agreement.name] = before | names_of(agreement)
        return cls(ground.names, ground.told_names, known)

    @property
    def foreign(self) -> tuple[str, ...]:
        """The names that no agreement knows."""
        return tuple(sorted(self.seen.difference(*self.known.values())))

    @property
    def stand_in(self) -> bool:
        """Whether foreign names stand in for services: when no agreement knows any name."""
        return bool(self.seen) and len(self.foreign) == len(self.seen)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names that nothing is measured for: the evidence's, and those that facts name."""
        named = self.told if self.stand_in else self.told | self.seen
        measured = self.seen if self.stand_in else frozenset[str]()
        return tuple(sorted(named.difference(measured, *self.known.values())))

    def bare(self, agreement: str) -> tuple[str, ...]:
        """The names to measure where an agreement promises nothing: its own and foreign ones."""
        own = self.seen & self.known[agreement]
        return tuple(sorted(own | set(self.foreign if self.stand_in else ())))


def promises(
    agreements: tuple[Agreement, ...],
    terms: dict[str, AvailabilityTerm],
    names: Names,
    per: str | None,
) -> Iterator[tuple[Promised, ...]]:
    """Each promise about each service, with the terms of the revisions that make it."""
    if not terms:
        yield from _unpromised(agreements, names)
        return
    for name, any_term in terms.items():
        if names.stand_in:
            for foreign in names.foreign:
                yield tuple(
                    Promised(each, term, (Observed(term.of[0], foreign),), foreign)
                    for each, term in _having(agreements, name)
                )
            continue
        services = dict.fromkeys(
            service for _, term in _having(agreements, name) for service in term.of
        )
        for service in services or any_term.of:
            yield tuple(
                Promised(each, term, _observed(each, term, service, per), service)
                for each, term in _having(agreements, name)
                if service in term.of
            )


def _having(
    agreements: tuple[Agreement, ...], name: str
) -> Iterator[tuple[Agreement, AvailabilityTerm]]:
    """The revisions that have an availability term of that name."""
    for agreement in agreements:
        term = agreement.term(name)
        if isinstance(term, AvailabilityTerm):
            yield agreement, term


def _observed(
    agreement: Agreement, term: AvailabilityTerm, service: str, per: str | None
) -> tuple[Observed, ...]:
    """The service alone, or each of its parts where the term takes their mean."""
    whole = agreement.term(service)
    if per is None and term.per == _MEAN and isinstance(whole, ServiceTerm) and whole.parts:
        return tuple(Observed(part, within=service) for part in whole.parts)
    return (Observed(service),)


def _unpromised(agreements: tuple[Agreement, ...], names: Names) -> Iterator[tuple[Promised, ...]]:
    """What the evidence names, month by month, where an agreement promises no availability."""
    last = agreements[-1]
    seen = names.bare(last.name)
    services = [
        term.name
        for term in last.of(ServiceTerm)
        if not parts_under(last, term.name).isdisjoint(seen)
    ]
    within = frozenset[str]().union(*(parts_under(last, each) for each in services))
    term = AvailabilityTerm.model_validate(_MONTHLY)
    for name in (*services, *(each for each in seen if each not in within)):
        yield tuple(Promised(each, term, (Observed(name),), name, bare=True) for each in agreements)
