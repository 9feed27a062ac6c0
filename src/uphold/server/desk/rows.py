"""A thing's rows as they follow from its verdicts: what lists show, and its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.history import History
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact
from uphold.facts.times import from_datetime
from uphold.server.desk.judging import Judged
from uphold.server.desk.models import Clock, Thing
from uphold.server.desk.prose import first_told
from uphold.server.desk.ranking import ranked
from uphold.server.desk.standing import OPENINGS, standing_of, stored_state

MOST_NUMBER = (1 << 63) - 1
_AUTHORS = ("author", "by")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one thing; those of its clocks have no `thing` yet."""

    thing: Thing
    clocks: tuple[Clock, ...]


def rows_of(judged: Judged, subject: str, position: int) -> Rows | None:
    """The rows of a thing as of the instant it was judged for; None where no fact counts."""
    history = judged.history(subject)
    if history is None:
        return None
    verdicts = judged.verdicts(subject)
    clocks = tuple(_clock(each) for each in verdicts)
    return Rows(_thing(judged, history, verdicts, position), clocks)


def _thing(judged: Judged, history: History, verdicts: tuple[Verdict, ...], position: int) -> Thing:
    subject, standing = history.subject, standing_of(judged, history.subject)
    agreement, account = judged.agreement(subject), judged.account(subject)
    priority, level, rank = ranked(judged.case(subject), judged.as_of_us)
    opened = _opening(history)
    due, clock, left = _next_due(judged, verdicts) if standing.stage < 2 else (None, "", None)
    return Thing(
        provider_id=judged.provider,
        customer=account.customer or "",
        author=_first(opened, _AUTHORS),
        subject=subject,
        thing=history.thing,
        number=number_of(subject),
        account=account.name or "",
        agreement=agreement.name if agreement else "",
        title=_first(first_told(opened, judged.every(subject)), ("written",)),
        kind=_value(history, "kind") or _value(history, "item"),
        channel=_first(opened, ("channel",)),
        service=_value(history, "service"),
        priority=priority,
        level=level,
        rank=rank,
        state=standing.state,
        stage=standing.stage,
        waits_for=list(standing.waits_for),
        assigned=_assigned(history, "to") or _value(history, "owner"),
        team=_assigned(history, "team"),
        opened_us=opened.at_us,
        counts_us=standing.counts_us,
        arrived_us=opened.at_us if standing.counts_us is None else standing.counts_us,
        changed_us=history.times[-1],
        next_clock=clock,
        due_us=due,
        left_us=left,
        position=position,
        as_of_us=judged.as_of_us,
    )


def number_of(subject: str) -> int:
    """The running number in a subject; 0 where it bears another name."""
    name = subject.partition(":")[2]
    number = int(name) if name.isascii() and name.isdecimal() and len(name) <= 19 else 0
    return number if number <= MOST_NUMBER else 0


def _opening(history: History) -> Fact:
    """The fact that the thing began with, or the first one there is."""
    found = history.by_type.get(OPENINGS.get(history.thing, ""), ())
    return found[0][1] if found else history.facts[0]


def _first(fact: Fact, names: Iterable[str]) -> str:
    values = (fact.written.get(name) for name in names)
    return next((str(value) for value in values if value is not None), "")


def _value(history: History, name: str) -> str:
    """The latest value that the facts gave a field; else empty."""
    found = [fact.written[name] for fact in history.facts if fact.written.get(name) is not None]
    return str(found[-1]) if found else ""


def _assigned(history: History, name: str) -> str:
    """Who has it, by the last assignment alone: given to a team, it is nobody's own."""
    found = history.by_type.get("request.assigned", ())
    return str(found[-1][1].written.get(name) or "") if found else ""


def _next_due(judged: Judged, verdicts: Iterable[Verdict]) -> tuple[int | None, str, int | None]:
    """The earliest due time of a running clock, its name, and the least left of a held one."""
    running: list[tuple[int, str]] = []
    left: list[int] = []
    for verdict in verdicts:
        if not is_ours(judged.revision(verdict), verdict):
            continue
        if stored_state(verdict) == State.RUNNING and verdict.due is not None:
            running.append((from_datetime(verdict.due), verdict.clock))
        if verdict.state is State.HELD and verdict.left_us is not None:
            left.append(verdict.left_us)
    due, clock = min(running, default=(None, ""))
    return due, clock, min(left, default=None)


def is_ours(agreement: Agreement, verdict: Verdict) -> bool:
    """Whether the verdict is on what the provider or its teams do, not a supplier or customer."""
    term = agreement.term(verdict.clock)
    supplied = isinstance(term, ClockTerm) and term.standing == "supplier"
    return verdict.party == "provider" and not supplied


def _clock(verdict: Verdict) -> Clock:
    return Clock(
        name=verdict.clock,
        cycle=verdict.cycle,
        agreement=verdict.agreement,
        revision=verdict.revision,
        clause=verdict.clause,
        state=stored_state(verdict),
        party=verdict.party,
        standing=verdict.standing,
        provisional=verdict.provisional,
        starts_us=_us(verdict.starts),
        due_us=_us(verdict.due),
        stopped_us=_us(verdict.stopped),
        used_us=verdict.used_us,
        left_us=verdict.left_us,
        verdict=verdict.to_json(),
    )


def _us(instant: datetime | None) -> int | None:
    return None if instant is None else from_datetime(instant)
