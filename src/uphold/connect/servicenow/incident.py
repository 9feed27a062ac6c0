"""One incident's rows to facts: what changed from each row to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from uphold.connect.servicenow.local_time import LocalTimes
from uphold.connect.servicenow.log import LogRow
from uphold.connect.servicenow.options import CHANNELS, Options, level
from uphold.connect.servicenow.report import Tally
from uphold.facts.checking import make_fact
from uphold.facts.fact import Fact
from uphold.facts.times import format_time, from_datetime

SOURCE = "servicenow"


class State(Enum):
    """What a state of the log means here; the value names what an awaiting one waits for."""

    NEW = "new"
    ACTIVE = "active"
    USER = "customer"
    PROBLEM = "problem"
    EVIDENCE = "evidence"
    VENDOR = "third-party"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATES = {
    "new": State.NEW,
    "active": State.ACTIVE,
    "in progress": State.ACTIVE,
    "awaiting user info": State.USER,
    "awaiting problem": State.PROBLEM,
    "awaiting evidence": State.EVIDENCE,
    "awaiting vendor": State.VENDOR,
    "resolved": State.RESOLVED,
    "closed": State.CLOSED,
    "canceled": State.CANCELLED,
    "cancelled": State.CANCELLED,
}
_HOLDS = frozenset({State.USER, State.PROBLEM, State.EVIDENCE})
_DONE = frozenset({State.RESOLVED, State.CLOSED})
_LEVELS = ("priority", "impact", "urgency")
_UNEXPLAINED = ("reason", "decided_by", "unmet")


@dataclass(slots=True)
class Incident:
    """The walk over one incident's rows, with what has been seen so far."""

    number: str
    options: Options
    times: LocalTimes
    tally: Tally
    facts: list[Fact] = field(default_factory=list)
    ordinal: int = 0
    state: State = State.NEW
    levels: dict[str, str] = field(default_factory=dict)
    holder: tuple[str, str] = ("", "")
    reopenings: int = 0
    answered: bool = False
    unexplained: bool = False
    resolved_at: str = ""
    done_at: datetime | None = None
    before: datetime | None = None

    def walk(self, rows: Sequence[LogRow]) -> list[Fact]:
        """The facts of the rows, which are this incident's, in the file's order."""
        dated = [(row, at) for row in rows if (at := self.row_time(row)) is not None]
        if dated:
            self.open(*dated[0])
        for self.ordinal, (row, at) in enumerate(dated, 1):
            count = len(self.facts)
            self.step(row, at)
            if len(self.facts) == count and self.ordinal > 1:
                self.tally.note("row-silent", row.line)
        if dated:
            self.finish(*dated[-1])
        return self.facts

    def row_time(self, row: LogRow) -> datetime | None:
        """When the row was written; an undated row is left out."""
        at = self.times.instant(row.sys_updated_at, row.line, self.before)
        if at is None:
            self.tally.note("row-undated", row.line)
            return None
        if self.before is not None and at < self.before:
            self.tally.note("rows-out-of-order", row.line)
        self.before = at
        return at

    def open(self, row: LogRow, at: datetime) -> None:
        """The request's making, by `opened_at`, else by the record's making or its first row."""
        self.ordinal = 1
        opened = self.times.instant(row.opened_at, row.line)
        if opened is None:
            self.tally.note("opened-missing", row.line)
            opened = self.times.instant(row.sys_created_at, row.line) or at
        if opened > at:
            self.tally.note("opened-late", row.line)
        channel = CHANNELS.get(row.contact_type.lower())
        if row.contact_type and channel is None:
            self.tally.note("channel-unknown", row.line, row.contact_type)
        self.levels = dict(self.levels_of(row))
        self.reopenings = 0
        self.say("opened", opened, author=row.caller_id, channel=channel, **self.levels)

    def step(self, row: LogRow, at: datetime) -> None:
        """What the row changed."""
        state = self.state_of(row)
        self.classify(row, at)
        self.assign(row, at)
        self.leave(state, at)
        self.reopen(row, state, at)
        if not self.answered and state is not State.NEW and row.assigned_to:
            self.answered = True
            self.say("answered", at, by=row.assigned_to)
            self.say("started", at, by=row.assigned_to)
        self.enter(row, state, at)
        self.state = state

    def state_of(self, row: LogRow) -> State:
        """What the row's state means; an unknown one leaves things as they were."""
        state = STATES.get(row.incident_state.lower())
        if state is None:
            self.tally.note("state-unknown", row.line, row.incident_state)
            return self.state
        return state

    def levels_of(self, row: LogRow) -> Iterator[tuple[str, str]]:
        """Priority, impact and urgency, each in the agreement's words, as far as given."""
        options = self.options
        mappings = (options.priority, options.impact, options.urgency)
        words = (row.priority, row.impact, row.urgency)
        for name, word, mapping in zip(_LEVELS, words, mappings, strict=True):
            if not word:
                continue
            found = level(word, mapping)
            if found is None:
                self.tally.note("priority-unknown", row.line, word)
            else:
                yield name, found

    def classify(self, row: LogRow, at: datetime) -> None:
        """A change of priority, impact or urgency; the first row's were said on opening."""
        if self.ordinal == 1:
            return
        levels = dict(self.levels_of(row))
        changed = {name: word for name, word in levels.items() if word != self.levels.get(name)}
        if changed:
            self.levels |= changed
            self.tally.note("change-unexplained", row.line)
            self.say("classified", at, **changed, by=row.sys_updated_by)
            if not self.unexplained:
                self.unexplained = True
                left_out = {"what": ("request.classified",), "fields": _UNEXPLAINED}
                self.say("unrecorded", at, suffix="reasons", **left_out)
                self.say("unrecorded", at, suffix="news", what=("request.updated",))

    def assign(self, row: LogRow, at: datetime) -> None:
        """A change of the person or the team that has it."""
        holder = (row.assigned_to, row.assignment_group)
        if holder != self.holder and any(holder):
            self.holder = holder
            self.say("assigned", at, to=row.assigned_to, team=row.assignment_group)

    def leave(self, state: State, at: datetime) -> None:
        """The end of a wait, or of the time when the vendor had it."""
        if state is self.state:
            return
        if self.state in _HOLDS:
            self.say("resumed", at, cause=self.state.value)
        if self.state is State.VENDOR:
            self.say("cause", at, cause="own")

    def reopen(self, row: LogRow, state: State, at: datetime) -> None:
        """A re-opening, whichever of the state and the count shows it first."""
        count = int(row.reopen_count) if row.reopen_count.isdecimal() else 0
        came_back = self.state in _DONE and state not in _DONE
        if not came_back and count <= self.reopenings:
            return
        if not came_back:
            self.tally.note("reopening-unseen", row.line)
        self.reopenings = max(count, self.reopenings + 1)
        self.say("reopened", at)
        if self.state in _DONE:
            self.state = State.ACTIVE  # so that a state that is Resolved again is entered anew

    def enter(self, row: LogRow, state: State, at: datetime) -> None:
        """What a new state says."""
        if state is self.state and self.ordinal > 1:
            return
        if state in _HOLDS:
            self.say("awaiting", at, cause=state.value)
        elif state is State.VENDOR:
            self.say("cause", at, cause=state.value)
            self.tally.note("supplier-unrecorded", row.line)
            what = ("supplier.reported", "request.updated")
            self.say("unrecorded", at, suffix="supplier", what=what)
        elif state is State.CANCELLED:
            self.say("cancelled", at)
        elif state in _DONE:
            self.end(row, state, at)

    def end(self, row: LogRow, state: State, at: datetime) -> None:
        """Resolved, or closed, which without a resolution before it is one."""
        self.done_at = self.done_at or at
        if state is State.RESOLVED or self.state not in _DONE:
            if state is State.CLOSED:
                self.tally.note("closed-unresolved", row.line)
            self.resolved_at = row.sys_updated_at
            self.say("resolved", at, by=row.assigned_to)
        if state is State.CLOSED:
            self.say("closed", at)

    def finish(self, row: LogRow, at: datetime) -> None:
        """What the rows as a whole leave open."""
        if not self.answered:
            self.tally.note("response-unrecorded", row.line)
            what = ("request.answered", "request.started")
            self.say("unrecorded", self.done_at or at, suffix="response", what=what)
        if not self.resolved_at:
            return
        if not row.resolved_at:
            self.tally.note("resolved-missing", row.line)
        elif row.resolved_at != self.resolved_at:
            self.tally.note("resolved-differs", row.line)

    def say(self, name: str, at: datetime, suffix: str = "", **data: object) -> None:
        """Adds a fact; what is None or empty is left out."""
        event = f"{name}-{suffix}" if suffix else name
        common = {
            "id": f"{SOURCE}:{self.number}:{self.ordinal}:{event}",
            "customer": self.options.customer,
            "account": self.options.account,
            "source": SOURCE,
            "seq": len(self.facts),
        }
        given = {key: value for key, value in {**common, **data}.items() if value not in (None, "")}
        self.facts.append(
            make_fact(f"request.{name}", _text(at), f"request:{self.number}", **given)
        )


def _text(at: datetime) -> str:
    """RFC 3339 with the zone's offset, or in UTC where the offset is no whole minutes."""
    offset = at.utcoffset()
    assert offset is not None
    if offset % timedelta(minutes=1):
        return format_time(from_datetime(at))
    return at.isoformat()
