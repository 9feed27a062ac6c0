"""What the app gives to pages and to the API: small immutable shapes, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from uphold.messages import Message
from uphold.server.desk.shapes import Wrong
from uphold.server.uptime.kinds import Action, State

Values = Mapping[str, Any]
"""What somebody filled in, by field: a text, or a list of texts; times as RFC 3339 or as local
times of a zone that is given beside them."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice that an agreement promises of a piece of maintenance, as it stands now.

    `said` puts it in a sentence, `because` holds the engine's reasons, `heading` is the clause's.
    `cycle` counts the planned starts: a new start is scheduled and announced anew.
    """

    duty: str
    cycle: int
    state: str
    due: datetime | None
    stopped: datetime | None
    audience: tuple[str, ...]
    agreement: str
    revision: int
    clause: str
    heading: str
    said: Message
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the calendar. Times are microseconds since 1970-01-01T00:00Z.

    `services` are titles. `is_scoped` tells that it is for some customers only, though of others
    than their own a customer is told nothing.
    """

    subject: str
    number: str
    title: str
    kind: str
    state: State
    services: tuple[str, ...]
    regions: tuple[str, ...]
    accounts: tuple[str, ...]
    site: str
    customer: str
    customer_name: str
    start_us: int | None
    end_us: int | None
    is_scoped: bool
    announced_us: int | None
    started_us: int | None
    ended_us: int | None
    missed: int
    announce_by: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of its story: what happened when, and what was written with it."""

    at_us: int
    type: str
    said: Message
    text: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A piece of maintenance with everything that its page shows."""

    row: Row
    requested_by: str
    announced_to: tuple[str, ...]
    notices: tuple[NoticeView, ...]
    story: tuple[Event, ...]
    actions: tuple[Action, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan or a step would mean for the notice that was promised; and what is wrong yet."""

    notices: tuple[NoticeView, ...]
    says: tuple[Message, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken, and the ledger's position behind it."""

    subject: str
    position: int


class NotDone(Exception):
    """A step that was not taken; `wrong` says what is wrong, by field."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(", ".join(f"{each.field or 'all'}: {each.said.id}" for each in wrong))
        self.wrong = wrong
