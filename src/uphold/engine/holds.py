"""Holds: times during which a clock does not run, with their causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.engine.history import History

_OPENS = frozenset({"request.awaiting", "order.held"})
_CLOSES = frozenset({"request.resumed", "order.resumed"})
_REOPENED = "request.reopened"
_CUSTOMER_WRITES = "request.replied"
AWAITING_CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Hold:
    """A stretch in which a clock does not run; `end` is None while it is open.

    `causes` are the reasons that overlap in it, in the order in which they began.
    """

    start: int
    end: int | None
    causes: tuple[str, ...]


def holds_of(history: History, causes: Iterable[str]) -> tuple[Hold, ...]:
    """The thing's holds by any of the causes, overlapping ones as one, in order.

    `resumed` ends the cause it names, or all; what the customer writes ends `awaiting customer`. A
    wait that the end of the thing had ended does not come back when the thing is opened again.
    """
    wanted = frozenset(causes)
    if not wanted:
        return ()
    return _joined(_single(history, wanted))


def _single(history: History, wanted: frozenset[str]) -> list[Hold]:
    open_since: dict[str, int] = {}
    found: list[Hold] = []

    def close(cause: str, time: int) -> None:
        start = open_since.pop(cause, None)
        if start is not None and start < time:
            found.append(Hold(start, time, (cause,)))

    for time, fact in history:
        if fact.type in _OPENS:
            cause = str(fact.written["cause"])
            if cause in wanted:
                open_since.setdefault(cause, time)
        elif fact.type in _CLOSES:
            named = fact.written.get("cause")
            for cause in [str(named)] if named is not None else list(open_since):
                close(cause, time)
        elif fact.type == _REOPENED:
            # What was waited for before the thing was done is no longer waited for.
            for cause in list(open_since):
                close(cause, time)
        elif fact.type == _CUSTOMER_WRITES and fact.written.get("automatic") is not True:
            close(AWAITING_CUSTOMER, time)
    found.extend(Hold(start, None, (cause,)) for cause, start in open_since.items())
    return found


def _joined(holds: list[Hold]) -> tuple[Hold, ...]:
    """Holds that touch or overlap as one."""
    joined: list[Hold] = []
    for hold in sorted(holds, key=lambda each: each.start):
        last = joined[-1] if joined else None
        if last is not None and (last.end is None or hold.start <= last.end):
            ends = (last.end, hold.end)
            end = None if None in ends else max(end for end in ends if end is not None)
            causes = tuple(dict.fromkeys((*last.causes, *hold.causes)))
            joined[-1] = Hold(last.start, end, causes)
        else:
            joined.append(hold)
    return tuple(joined)


def join(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Holds from several sources, overlapping ones as one."""
    return _joined(list(holds))
