"""What a thing's facts and verdicts make of it: its state, what it waits for, when it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.history import History
from uphold.engine.holds import holds_of
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact
from uphold.facts.times import from_datetime
from uphold.server.desk.judging import Judged

OPENINGS = {
    "request": "request.opened",
    "complaint": "complaint.received",
    "order": "order.placed",
}
FORWARDED = "request.forwarded"
WAITING, WORKING, DONE = 0, 1, 2
"""The stages of a thing: at the customer, with the provider, done."""

_STAGES = {"waiting": WAITING, "open": WORKING, "answered": WORKING}
_ENDS = {
    "request.resolved": "resolved",
    "request.closed": "closed",
    "request.cancelled": "cancelled",
    "request.merged": "merged",
    "request.reopened": "",
    "complaint.answered": "resolved",
    "order.delivered": "resolved",
    "order.cancelled": "cancelled",
}
_ANSWERS = frozenset({"request.answered", "complaint.confirmed", "complaint.contacted"})
_WAITS = frozenset({"request.awaiting", "order.held"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thing stands: its state, the causes it waits for, and when its first clock started."""

    state: str
    waits_for: tuple[str, ...]
    counts_us: int | None

    @property
    def stage(self) -> int:
        """0 at the customer, 1 with the provider, 2 done."""
        return _STAGES.get(self.state, DONE)


def standing_of(judged: Judged, subject: str) -> Standing:
    """How a thing stands as of the instant it was judged for."""
    history = judged.history(subject)
    if history is None:
        return Standing("open", (), None)
    verdicts = judged.verdicts(subject)
    state = _ended(history.facts)
    if not state and _is_at_customer(judged, history, verdicts):
        state = "waiting"
    if not state:
        state = "answered" if any(map(_is_answer, history.facts)) else "open"
    counts = None if state == "waiting" else _counts_from(judged, history, verdicts)
    waits = () if _STAGES.get(state) is None else open_waits(history)
    return Standing(state, waits, counts)


def open_waits(history: History) -> tuple[str, ...]:
    """The causes of the waits that are on."""
    causes = {str(fact.written["cause"]) for fact in history.facts if fact.type in _WAITS}
    every = (holds_of(history, (cause,)) for cause in sorted(causes))
    return tuple(holds[-1].causes[0] for holds in every if holds and holds[-1].end is None)


def has_ended(verdict: Verdict) -> bool:
    """Whether nothing that happens to the thing any more changes what became of the clock."""
    return verdict.stopped is not None or any(
        reason.id == "reason.cancelled" for reason in verdict.because
    )


def stored_state(verdict: Verdict) -> str:
    """The state as rows keep it: what has not ended is running, though its time may be over."""
    if verdict.state is State.MISSED and not has_ended(verdict):
        return str(State.RUNNING)
    return str(verdict.state)


def _ended(facts: Iterable[Fact]) -> str:
    found = ""
    for fact in facts:
        found = _ENDS.get(fact.type, found)
    return found


def _is_answer(fact: Fact) -> bool:
    if fact.type == "complaint.confirmed":
        return fact.written.get("owner") is not None
    quiet = fact.written.get("automatic") is True or fact.written.get("internal") is True
    return fact.type in _ANSWERS and not quiet


def _is_at_customer(judged: Judged, history: History, verdicts: Iterable[Verdict]) -> bool:
    """Whether a clock waits for the thing to be passed on, and it was not (C8)."""
    if history.first(FORWARDED) is not None:
        return False
    for verdict in verdicts:
        term = judged.revision(verdict).term(verdict.clock)
        if not isinstance(term, ClockTerm) or term.starts is None or term.starts.events is None:
            continue
        awaits = any(event.type == FORWARDED for event in term.starts.events.events)
        if awaits and verdict.starts is None:
            return True
    return False


def _counts_from(judged: Judged, history: History, verdicts: Iterable[Verdict]) -> int:
    """When the first clock of which something is owed started; else when it reached the provider.

    Time at the customer does not count, so it does not where nothing is owed either.
    """
    owed = [
        from_datetime(each.starts)
        for each in verdicts
        if each.starts is not None
        and each.state is not State.NOT_OWED
        and isinstance(judged.revision(each).term(each.clock), ClockTerm)
    ]
    reached = [each for each in owed if each <= judged.as_of_us]
    if reached:
        return min(reached)
    return history.first(FORWARDED) or history.times[0]
