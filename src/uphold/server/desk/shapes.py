"""What the desk's services give to pages and to the API: small immutable shapes, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uphold.messages import Message

Stretch = tuple[int, int]
"""A half-open stretch of time in microseconds since 1970-01-01T00:00Z."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock of a thing as it stands now, with what a bar that ticks needs.

    `state` is the engine's, worked out on reading: a running clock whose due time is past is
    missed. Times are microseconds since 1970-01-01T00:00Z; `used_us` and `left_us` count time that
    the clock runs in as of `as_of_us`. `working` are the stretches in which it runs, from its start
    to its due time or the end of the page's view, `held` those in which it is held. `zone` is the
    agreement's. `because` holds the reasons, `clause` where the promise stands.
    """

    subject: str
    name: str
    cycle: int
    state: str
    party: str
    standing: str
    provisional: bool
    agreement: str
    revision: int
    clause: str
    zone: str
    starts_us: int | None
    due_us: int | None
    stopped_us: int | None
    used_us: int | None
    left_us: int | None
    as_of_us: int
    working: tuple[Stretch, ...]
    held: tuple[Stretch, ...]
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue, and why it stands where it does."""

    subject: str
    number: int
    thing: str
    title: str
    customer: str
    customer_name: str
    priority: str
    kind: str
    state: str
    waits_for: tuple[str, ...]
    assigned_name: str
    opened_us: int
    due_us: int | None
    left_us: int | None
    next_clock: str
    is_late: bool
    why: Message
    agreement: str = ""

    @property
    def things(self) -> str:
        """The kind as addresses name it: `requests`."""
        return f"{self.thing}s"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows: `position` is the ledger's that they reflect, `after` leads to the next."""

    rows: tuple[Row, ...]
    position: int
    total: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thing's story: a fact with its words, who did it, and what was written.

    `about` is the subject of another thing that it leads to, such as the one it was merged into;
    `is_quoted` tells that `said` bears what was written already.
    """

    at_us: int
    type: str
    said: Message
    by: str
    by_name: str
    is_staff: bool
    is_internal: bool
    text: str | None
    is_erased: bool
    fact: str
    position: int
    is_quoted: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an action's form: `form` is text, words, choice, time, length, money or yes."""

    name: str
    form: str
    label: Message
    help: Message | None = None
    required: bool = False
    choices: tuple[tuple[str, Message], ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the viewer can do with a `thing` of that kind now, and the form it takes."""

    action: str
    label: Message
    fields: tuple[Field, ...]
    is_main: bool = False
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what somebody wants to do: the field, or empty for the whole."""

    field: str
    said: Message


@dataclass(frozen=True, slots=True)
class Change:
    """What an action will do to one clock; `before` is None for one that begins with it."""

    clock: str
    before: ClockView | None
    after: ClockView | None
    said: Message


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action will do: to the clocks, in words, and what is still wrong with it."""

    changes: tuple[Change, ...]
    says: tuple[Message, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was taken: the thing, and the ledger's position behind it."""

    subject: str
    number: int
    position: int


@dataclass(frozen=True, slots=True)
class ThingView:
    """A request, complaint or order with everything that its page shows."""

    row: Row
    account: str
    channel: str
    service: str
    team: str
    agreement: str
    position: int
    clocks: tuple[ClockView, ...]
    story: tuple[Entry, ...]
    offers: tuple[Offer, ...]
    says: tuple[Message, ...]


Values = Mapping[str, Any]
"""What somebody filled in: texts by field name, as a form or JSON gives them."""


@dataclass(frozen=True, slots=True)
class AlarmView:
    """A warning or a miss that was raised: of which clock, at which threshold."""

    id: int
    subject: str
    number: int
    title: str
    clock: str
    cycle: int
    threshold: str
    is_miss: bool
    raised_us: int
    due_us: int | None
    agreement: str = ""

    @property
    def things(self) -> str:
        """The kind as addresses name it: `requests`."""
        return f"{self.subject.partition(':')[0]}s"


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved view of the queue: its name, and its query as addresses spell it."""

    name: str
    query: str
