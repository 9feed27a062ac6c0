"""What happened to one thing, and what its customer's facts say about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from uphold.agreement.phrases.events import Event, Events
from uphold.engine.series import Series, series_of
from uphold.facts.fact import Fact

HOLD_TYPES = frozenset({"request.awaiting", "request.resumed", "order.held", "order.resumed"})
"""Facts whose `cause` is what is waited for, not whose fault the thing is."""

UNRECORDED = "request.unrecorded"
"""A fact that says what its source leaves out."""


@dataclass(frozen=True)
class History:
    """The facts of one thing in their order, each with its time.

    `times` are microseconds, or ranks of instants where many things of one shape are planned at
    once; nothing here does more with them than compare.
    """

    subject: str
    facts: tuple[Fact, ...]
    times: tuple[int, ...]

    @property
    def thing(self) -> str:
        """The kind of thing: "request" of "request:4711"."""
        return self.subject.partition(":")[0]

    def __iter__(self) -> Iterator[tuple[int, Fact]]:
        return zip(self.times, self.facts, strict=True)

    @cached_property
    def by_type(self) -> dict[str, tuple[tuple[int, Fact], ...]]:
        """The facts of each type, with their times."""
        found: dict[str, list[tuple[int, Fact]]] = {}
        for time, fact in self:
            found.setdefault(fact.type, []).append((time, fact))
        return {name: tuple(facts) for name, facts in found.items()}

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each fact in the order, by the fact's identity."""
        return {id(fact): place for place, fact in enumerate(self.facts)}

    def field(self, name: str) -> Series[str]:
        """The values that the thing's facts gave a field, as text."""
        return series_of(
            (time, _text(fact.written[name]))
            for time, fact in self
            if fact.written.get(name) is not None
            and not (name == "cause" and fact.type in HOLD_TYPES)
        )

    def first(self, fact_type: str) -> int | None:
        """When a fact of the type first happened."""
        found = self.by_type.get(fact_type)
        return found[0][0] if found else None

    def events(self, event: Event) -> tuple[tuple[int, Fact], ...]:
        """The facts that are such an event, with their times."""
        found = self.by_type.get(event.type, ())
        return tuple((time, fact) for time, fact in found if self._is(event, time, fact))

    def any_of(self, events: Events) -> tuple[tuple[int, Fact], ...]:
        """The facts that are any of the events, in order."""
        if len(events.events) == 1:
            return self.events(events.events[0])
        found = {id(fact) for event in events.events for _, fact in self.events(event)}
        return tuple((time, fact) for time, fact in self if id(fact) in found)

    def _is(self, event: Event, time: int, fact: Fact) -> bool:
        written = fact.written
        if written.get("automatic") is True or written.get("internal") is True:
            return False
        if any(written.get(name) is None for name in event.fields):
            return False
        if event.where and _text(written.get(event.where[0])) != event.where[1]:
            return False
        if event.by is not None:
            return written.get("by") is not None and written["by"] == self.field(event.by).at(time)
        return True


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def listed(fact: Fact, name: str) -> tuple[str, ...]:
    """The words of a fact's field that is a list; none without it."""
    value = fact.written.get(name)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
