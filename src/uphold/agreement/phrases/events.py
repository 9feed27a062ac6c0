"""Events: which facts start and stop a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uphold.agreement.phrases.error import unreadable

THINGS = (
    "request",
    "complaint",
    "order",
    "maintenance",
    "backup",
    "release",
    "outage",
    "claim",
    "customer",
    "agreement",
    "supplier",
)
FIELD = r"[a-z0-9][a-z0-9_-]*"
_THING = "|".join(THINGS)
_EVENT = re.compile(
    rf"(?P<type>(?:{_THING})\.(?:[a-z]+(?: arranged| changed)?))"
    rf"(?: with (?P<with>{FIELD}(?: and {FIELD})*))?"
    rf"(?: by (?P<by>{FIELD}))?"
    rf"(?: where (?P<field>{FIELD}) is (?P<value>[^.]+?))?"
)
EVENT_FORMS = (
    "request.answered",
    "complaint.confirmed with owner",
    "complaint.contacted by owner",
    "request.opened where author_role is super user",
)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of one type, and what it must carry to count.

    `fields` must be present; `by` names the field of the thing whose value the fact's `by` must
    equal; `where` is a field of the fact and the value it must have.
    """

    type: str
    fields: tuple[str, ...] = ()
    by: str | None = None
    where: tuple[str, str] | None = None

    def __str__(self) -> str:
        text = self.type
        if self.fields:
            text += " with " + " and ".join(self.fields)
        if self.by:
            text += f" by {self.by}"
        if self.where:
            text += f" where {self.where[0]} is {self.where[1]}"
        return text


@dataclass(frozen=True, slots=True)
class Events:
    """Several events: `any` of them (the earliest counts), or `all` (the latest of the firsts)."""

    events: tuple[Event, ...]
    every: bool = False

    def __str__(self) -> str:
        return (" and " if self.every else " or ").join(str(event) for event in self.events)


@dataclass(frozen=True, slots=True)
class Starts:
    """What starts a clock: events, or another clock's due time (`after`).

    `each`: a new cycle begins at each event that finds no cycle running.
    """

    events: Events | None = None
    after: str | None = None
    each: bool = False

    def __str__(self) -> str:
        if self.after is not None:
            return f"{self.after}.due"
        return ("each " if self.each else "") + str(self.events)


def parse_event(text: str) -> Event:
    """One event, as `complaint.confirmed with owner`."""
    match = _EVENT.fullmatch(text.strip())
    if not match:
        raise unreadable(text, "event", EVENT_FORMS)
    where = (match["field"].replace("-", "_"), match["value"]) if match["field"] else None
    fields = match["with"].split(" and ") if match["with"] else []
    return Event(
        match["type"],
        tuple(field.replace("-", "_") for field in fields),
        match["by"],
        where,
    )


def parse_events(text: str) -> Events:
    """Events joined by `or` (the earliest counts) or by `and` (all must have happened)."""
    split = re.split(rf" (or|and) (?=(?:{_THING})\.)", text.strip())
    words = set(split[1::2])
    if len(words) > 1:
        raise unreadable(text, "event", ("request.answered and request.started", *EVENT_FORMS))
    return Events(tuple(parse_event(part) for part in split[::2]), every=words == {"and"})


def parse_starts(text: str) -> Starts:
    """Events, `each` events, or `CLOCK.due`."""
    text = text.strip()
    match = re.fullmatch(r"([a-z0-9][a-z0-9-]*)\.due", text)
    if match and match[1] not in THINGS:
        return Starts(after=match[1])
    if text.startswith("each "):
        return Starts(parse_events(text[5:]), each=True)
    return Starts(parse_events(text))
