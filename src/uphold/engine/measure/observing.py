"""The timelines that figures are made from: one for each service under each revision."""

from __future__ import annotations

from dataclasses import dataclass, field

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.exclusions import STANDING, Concerned
from uphold.engine.measure.ground import Ground, parts_under
from uphold.engine.measure.lives import Life
from uphold.engine.measure.maintenance import Work, announced_late
from uphold.engine.measure.outage import Timeline
from uphold.engine.measure.standing_windows import StandingWindows, standing_windows
from uphold.engine.measure.tally import Tally, tally_of
from uphold.engine.measure.timelines import stand_in, timeline

_KEPT = "excluded all the same"


@dataclass(frozen=True, slots=True)
class Observed:
    """What is measured: a service of the agreement's, or a foreign name that stands in for it.

    `within` is the service whose part it is, where a figure is the mean of its parts.
    """

    service: str
    foreign: str | None = None
    within: str | None = None

    @property
    def name(self) -> str:
        """What the evidence calls it."""
        return self.foreign or self.service

    def names(self, agreement: Agreement) -> frozenset[str]:
        """What maintenance and windows may call it: itself, its parts, the whole that it is in."""
        own = (each for each in (self.name, self.within) if each)
        return parts_under(agreement, self.service).union(own)


@dataclass(frozen=True, slots=True)
class Observatory:
    """Timelines and tallies, each worked out once and only when a figure needs it.

    Accounts that the same outages and the same maintenance concern share their tallies.
    """

    ground: Ground
    timelines: dict[tuple[str, int, Observed], Timeline] = field(default_factory=dict)
    _tallies: dict[object, Tally] = field(default_factory=dict)
    _works: dict[object, tuple[Work, ...]] = field(default_factory=dict)
    _late: dict[str, frozenset[str]] = field(default_factory=dict)

    def timeline(self, agreement: Agreement, observed: Observed) -> Timeline:
        """What is known of a service under a revision."""
        key = (agreement.name, agreement.revision, observed)
        if key not in self.timelines:
            self.timelines[key] = self._timeline(agreement, observed)
        return self.timelines[key]

    def _timeline(self, agreement: Agreement, observed: Observed) -> Timeline:
        ground, now = self.ground, self.ground.evaluation.now
        first = now if ground.first is None else ground.first
        runs, told = ground.sightings, ground.told
        service, foreign = observed.service, observed.foreign
        if foreign is not None:
            return stand_in(agreement, service, foreign, runs, told, first, now)
        return timeline(agreement, service, runs, told, first, now)

    def tally(
        self, agreement: Agreement, term: AvailabilityTerm, observed: Observed, life: Life
    ) -> Tally:
        """The tally of a service for one account under a term."""
        found = self.timeline(agreement, observed)
        works = self._works_on(agreement, observed)
        windows = self._windows(agreement, term, observed, life)
        key = (
            agreement.name,
            agreement.revision,
            term.name,
            observed,
            life.account is None,
            tuple(life.is_hit(each) for each in found.outages if each.accounts or each.regions),
            tuple(_concerns(each, life) for each in works if each.scoped),
            tuple(each.name for each, _ in windows),
        )
        if key not in self._tallies:
            concerned = Concerned(
                tuple(each for each in works if _concerns(each, life)),
                windows,
                frozenset() if term.late_notice == _KEPT else self._announced_late(agreement.name),
            )
            self._tallies[key] = tally_of(term, found, life, concerned)
        return self._tallies[key]

    def _works_on(self, agreement: Agreement, observed: Observed) -> tuple[Work, ...]:
        """The maintenance that concerns a service: all of it, its parts, or what it is part of."""
        key = (agreement.name, agreement.revision, observed)
        if key not in self._works:
            names = observed.names(agreement)
            self._works[key] = tuple(
                work
                for work in self.ground.works
                if not work.services or not names.isdisjoint(work.services)
            )
        return self._works[key]

    def _announced_late(self, agreement: str) -> frozenset[str]:
        if agreement not in self._late:
            self._late[agreement] = announced_late(self.ground.evaluation, agreement)
        return self._late[agreement]

    def _windows(
        self, agreement: Agreement, term: AvailabilityTerm, observed: Observed, life: Life
    ) -> StandingWindows:
        """The standing windows that the term excludes, by whatever they may name this figure."""
        if STANDING not in term.excludes:
            return ()
        mine = (name for name in (life.name, life.customer) if name)
        return standing_windows(agreement, observed.names(agreement).union(mine))


def _concerns(work: Work, life: Life) -> bool:
    return work.hits(life.hit_as, life.customer, life.region(work.around[0]))
