"""Which revision of which agreement judges a thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.history import History
from uphold.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions of one agreement with the instants from which they are in force, in order."""

    name: str
    revisions: tuple[tuple[int, Agreement], ...]

    def at(self, time: int) -> Agreement | None:
        """The revision in force at an instant; None before the first."""
        found = None
        for begins, agreement in self.revisions:
            if begins <= time:
                found = agreement
        return found

    @property
    def first(self) -> Agreement:
        """The earliest revision."""
        return self.revisions[0][1]

    def for_thing(self, history: History) -> tuple[Agreement, bool, int]:
        """The revision in force when the thing's first clock started.

        Also whether one was in force at all (if not, the earliest is given), and that start.
        """
        time = history.times[0]
        for _ in range(len(self.revisions) + 1):
            agreement = self.at(time) or self.first
            start = first_start(agreement, history)
            if self.at(start) in (agreement, None):
                break
            time = start
        return agreement, self.at(start) is not None, start


def first_start(agreement: Agreement, history: History) -> int:
    """When the thing's first clock starts; its first fact where none is started by a fact."""
    found = [
        time
        for clock in agreement.of(ClockTerm)
        if clock.of == history.thing and clock.starts is not None and clock.starts.events
        for time, _ in history.any_of(clock.starts.events)[:1]
    ]
    return min(found, default=history.times[0])


def revisions_of(agreements: Iterable[Agreement], facts: Iterable[Fact]) -> tuple[Revisions, ...]:
    """The agreements by name, each with its revisions in the order they take effect.

    A fact that a revision was posted counts before the date that its page bears.
    """
    posted = {
        (str(fact.written["agreement"]), str(fact.written["revision"])): fact.at_us
        for fact in facts
        if fact.type == "agreement.posted"
    }
    groups: dict[str, list[tuple[int, int, Agreement]]] = {}
    for agreement in agreements:
        time = posted.get((agreement.name, str(agreement.revision)))
        begins = agreement.in_force_us if time is None else _effect(agreement, time)
        groups.setdefault(agreement.name, []).append((begins, agreement.revision, agreement))
    return tuple(
        Revisions(
            name,
            tuple(
                (begins, agreement)
                for begins, _, agreement in sorted(found, key=lambda each: each[:2])
            ),
        )
        for name, found in sorted(groups.items())
    )


def _effect(agreement: Agreement, posted: int) -> int:
    after = agreement.in_force.after
    return posted if after is None else add_plain(agreement.always, posted, after)
