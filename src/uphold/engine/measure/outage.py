"""Outages, questions, and what is known of one service over time."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.engine.measure.spans import Span, Spans
from uphold.messages import Message


@dataclass(frozen=True, slots=True)
class Showing:
    """What one source shows of an outage.

    `kind` is `checks`, `logs` or `reports`; `source` who saw it (a place, a log, the outage's
    subject for a report); `check` what it looked at. Spans are half-open, in microseconds.
    """

    kind: str
    source: str
    check: str
    span: Span


@dataclass(frozen=True, slots=True)
class Outage:
    """An agreed interval of unavailability of one service.

    Three frames in microseconds: `span` for the figure, `least` from first to last failed look
    (may be empty: start equal to end), `most` from last good to next good look;
    least ⊆ span ⊆ most. `accounts` and `regions` are whom it hits, all when both are empty.
    `subject` names the facts about it (`outage:7`), None where no fact is. `counted` is False
    where a person judged that it was none. `facts` are the ids of the facts it rests on. An
    outage that lasts has `open` set; its span then ends at the instant asked about.
    """

    service: str
    span: Span
    least: Span
    most: Span
    showings: tuple[Showing, ...] = ()
    cause: str | None = None
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    subject: str | None = None
    judged: bool = False
    counted: bool = True
    open: bool = False
    facts: tuple[str, ...] = ()
    because: tuple[Message, ...] = ()

    def hits(self, account: str | None, region: str | None) -> bool:
        """Whether it hits an account in a region; one without a scope hits all."""
        if not self.accounts and not self.regions:
            return True
        return account in self.accounts or (region is not None and region in self.regions)


@dataclass(frozen=True, slots=True)
class Question:
    """What sources disagree on: for a person to judge, or (`asked` False) unknown for good."""

    service: str
    span: Span
    showings: tuple[Showing, ...]
    asked: bool
    subject: str | None = None
    because: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is known of one service: outages, open questions, and the time nobody knows about.

    `known` is the time for which some source (or a person) tells up or down, as spans in
    microseconds; questions are not in it. `since` and `until` bound what was looked at. `assumed`
    says what nobody states and was taken from the evidence itself.
    """

    service: str
    since: int
    until: int
    outages: tuple[Outage, ...]
    questions: tuple[Question, ...]
    known: Spans
    assumed: tuple[Message, ...] = ()
