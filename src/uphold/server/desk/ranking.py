"""Where a thing stands in the queue, by its own agreement (E16).

Things of several agreements stand in one queue. No agreement says how its priorities compare with
another's, so each agreement's levels are spread evenly over one scale from 0, the most urgent, to
100: within an agreement the order stays as it says, the highest of one stands beside the highest
of another, and what has no priority, or is handled in order of arrival, stands in the middle.
"""

from __future__ import annotations

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.promise import PriorityTerm
from uphold.engine.case import Case

ARRIVAL = "arrival"
LOWEST = 100
MIDDLE = 50


def priority_term(agreement: Agreement | None, thing: str) -> PriorityTerm | None:
    """The term that says what priorities things of the kind have."""
    return agreement.priority_of(thing) if agreement is not None else None


def ranked(case: Case | None, time: int) -> tuple[str, int, int]:
    """The thing's priority at an instant, its place among the levels, and its rank."""
    if case is None:
        return "", 0, MIDDLE
    priority = case.priority.at(time) or ""
    term = case.agreement.priority_of(case.history.thing)
    order = term.order() if term else ()
    if term is None or priority not in order:
        return priority, 0, MIDDLE
    level = order.index(priority)
    if term.queue == ARRIVAL or len(order) == 1:
        return priority, level, MIDDLE
    return priority, level, level * LOWEST // (len(order) - 1)
