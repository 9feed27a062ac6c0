"""Why a row of the queue stands where it does (E16)."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.facts.times import to_datetime
from uphold.messages import Message, message
from uphold.messages.vocabulary import Value
from uphold.server.agreements.services import revisions
from uphold.server.desk.judging import heading
from uphold.server.desk.models import Thing
from uphold.server.desk.ranking import ARRIVAL, priority_term


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in the list, from 1, and the row before it."""

    number: int
    thing: Thing
    before: Thing | None


class Reasons:
    """The reasons of one page's rows; the agreements are asked for once."""

    def __init__(self, provider: int, order: str) -> None:
        self._order = order
        self._agreements: dict[str, Agreement] = {}
        if order == "agreement":
            self._agreements = {each.name: each for each in revisions(provider)}

    def why(self, place: Place) -> Message:
        """Why the row stands where it does, held against the row before it."""
        thing, before = place.thing, place.before
        if self._order == "due":
            return _by_due(place)
        if self._order == "newest":
            return message("desk.why-newest", place=place.number)
        told: dict[str, Value] = {
            "place": place.number,
            "priority": thing.priority or message("desk.no-priority"),
            "clause": self._clause(thing),
        }
        if self._is_by_arrival(thing) and (before is None or self._is_by_arrival(before)):
            return self._by_arrival(place, told)
        if before is None:
            return Message("desk.why-first", told)
        told |= {"before": before.number, "other": before.priority or message("desk.no-priority")}
        if before.agreement != thing.agreement and before.rank != thing.rank:
            return Message("desk.why-other-agreement", told)
        if before.rank != thing.rank:
            return Message("desk.why-lower", told)
        told["at"] = to_datetime(thing.arrived_us)
        if before.agreement != thing.agreement:
            return Message("desk.why-beside", told)
        return Message("desk.why-later", told)

    def _by_arrival(self, place: Place, told: dict[str, Value]) -> Message:
        """Where arrival alone decides: because a clause says so, or because none says otherwise."""
        thing, before = place.thing, place.before
        agreement = self._agreements.get(thing.agreement)
        term = priority_term(agreement, thing.thing)
        told |= {"agreement": agreement.title if agreement is not None else "—"}
        if before is None:
            return Message("desk.why-first-arrival" if term else "desk.why-first-unsaid", told)
        told |= {"before": before.number, "at": to_datetime(thing.arrived_us)}
        return Message("desk.why-arrival" if term else "desk.why-arrival-unsaid", told)

    def _clause(self, thing: Thing) -> str:
        """Where the agreement says so: its clause, or the title of one that does not say."""
        agreement = self._agreements.get(thing.agreement)
        term = priority_term(agreement, thing.thing)
        if agreement is None:
            return thing.agreement
        return heading(agreement, term.clause) if term and term.queue else agreement.title

    def _is_by_arrival(self, thing: Thing) -> bool:
        term = priority_term(self._agreements.get(thing.agreement), thing.thing)
        return term is None or term.queue == ARRIVAL


def _by_due(place: Place) -> Message:
    thing = place.thing
    if thing.due_us is None:
        return message("desk.why-no-due", place=place.number)
    due = to_datetime(thing.due_us)
    return message("desk.why-due", place=place.number, clock=thing.next_clock, due=due)
