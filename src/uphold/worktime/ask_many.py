"""Bulk questions to answers that may grow: grown first, so that work is seldom repeated."""

from __future__ import annotations

from contextlib import suppress

from uphold.worktime.datetimes import Answers
from uphold.worktime.errors import CalendarError
from uphold.worktime.lookup import Integers


def add(answers: Answers, starts: Integers, amounts: Integers) -> Integers:
    """Return `add_us` of each start and amount."""
    if starts.size == 0 or amounts.size == 0:
        return answers.table.add_many_us(starts, amounts)
    first, last = _limits(answers, starts)
    # No answer lies beyond these two. If they have none, each item may have one all the
    # same; the items themselves say so.
    for start, amount in ((first, int(amounts.min())), (last, int(amounts.max()))):
        with suppress(CalendarError):
            answers.asked(start, lambda table, s=start, a=amount: table.add_us(s, a))  # type: ignore[misc]
    return answers.asked(first, lambda table: table.add_many_us(starts, amounts))


def between(answers: Answers, begins: Integers, ends: Integers) -> Integers:
    """Return `between_us` of each pair."""
    if begins.size == 0 or ends.size == 0:
        return answers.table.between_many_us(begins, ends)
    _limits(answers, begins)
    first, _ = _limits(answers, ends)
    return answers.asked(first, lambda table: table.between_many_us(begins, ends))


def _limits(answers: Answers, instants: Integers) -> tuple[int, int]:
    """Return the first and last instant, both of which the table then holds."""
    first, last = int(instants.min()), int(instants.max())
    answers.reach(first)
    answers.reach(last)
    return first, last
