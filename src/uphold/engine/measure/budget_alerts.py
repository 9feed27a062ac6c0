"""Warnings of an availability term: when so much of what may be lost was lost.

What may be lost in a window is its time in the denominator, what is still to come with it,
× (1 − target). It is held against what was lost as both stood at each instant, so a warning that
was given once is not given again for another instant while the window goes on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction

from uphold.agreement.phrases.targets import Alert as Threshold
from uphold.engine.alert import AlertState
from uphold.engine.measure.availability import budget_left, lost_share
from uphold.engine.measure.figure import BudgetAlert
from uphold.engine.measure.figuring import Measuring, Reckoned
from uphold.engine.measure.plain_lengths import plain_length
from uphold.engine.measure.tally import Amounts, amounts


def budget_alerts(measuring: Measuring, reckoned: Reckoned, key: str) -> tuple[BudgetAlert, ...]:
    """The warnings that the term asks for, about the window of the figure with this key."""
    term = measuring.term
    return tuple(_alert(measuring, reckoned, key, each) for each in (term.alerts if term else ()))


def _alert(measuring: Measuring, reckoned: Reckoned, key: str, threshold: Threshold) -> BudgetAlert:
    start, end = reckoned.window.start, reckoned.window.end

    def reached(instant: int) -> bool:
        return _is_reached(measuring, reckoned, threshold, instant)

    def losing(instant: int) -> bool:
        return _lost(measuring, reckoned, min(instant + 1, end)) > 0

    def first(holds: Callable[[int], bool]) -> int:
        # What was lost only grows and what may be lost only shrinks: one instant divides them.
        return start + bisect_left(range(start, end), x=True, key=holds)

    state = AlertState.PENDING if reckoned.rest else AlertState.NONE
    at: int | None = None
    if losing(end) and reached(end):
        state, at = AlertState.FIRED, first(reached)
        if not losing(at):
            at = first(losing)
    share, before = threshold.share, threshold.before
    return BudgetAlert(
        (key, threshold.text),
        None if share is None else Fraction(share.value) / 100,
        None if before is None else plain_length(before),
        state,
        at,
    )


def _is_reached(
    measuring: Measuring, reckoned: Reckoned, threshold: Threshold, instant: int
) -> bool:
    """Whether so much is lost at an instant of the window, or no more than so much left to lose."""
    promise = measuring.promise
    assert promise.target is not None
    if threshold.before is not None:
        rest = reckoned.rest + reckoned.window.end - instant
        left = budget_left(promise, _until(measuring, reckoned, instant), rest)
        return left is not None and left <= plain_length(threshold.before)
    assert threshold.share is not None
    allowed = Fraction(threshold.share.value) / 100 * (1 - promise.target)
    return _lost(measuring, reckoned, instant) >= allowed


def _lost(measuring: Measuring, reckoned: Reckoned, instant: int) -> Fraction:
    """The share of the whole window that is lost by an instant of it."""
    rest = reckoned.rest + reckoned.window.end - instant
    return lost_share(measuring.promise, _until(measuring, reckoned, instant), rest)


def _until(measuring: Measuring, reckoned: Reckoned, instant: int) -> tuple[Amounts, ...]:
    """What the window holds up to an instant."""
    start = reckoned.window.start
    return tuple(amounts(tally, start, instant) for tally in measuring.tallies)
