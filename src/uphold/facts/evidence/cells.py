"""What a look saw, read from the cells of its row: state, interval and measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import TypeAlias

from uphold.facts.checking import shown
from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.look import Trait, plain_measure
from uphold.facts.evidence.run import SEEN, Measure
from uphold.facts.evidence.words import STATE_WORDS
from uphold.facts.times import HOUR, MINUTE, SECOND
from uphold.facts.types import Kind, nearest
from uphold.facts.values import ValueUnreadableError, read_value
from uphold.messages import message
from uphold.worktime.durations import Elapsed

Cells: TypeAlias = Mapping[str, tuple[str, str]]
"""By role: what stands in the cell, without spaces around it, and what its column is called."""

_WHOLE = re.compile("[0-9]{1,15}")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?(s|m|h)?")
_UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR}
_WHOLE_PERCENT = 100


def trait_of_cells(cells: Cells, interval: int | None) -> Trait:
    """The trait of a row's look; `interval` is for rows that give none. Raises `CellError`."""
    measure = _measure(cells)
    state = _state(cells, measure)
    return Trait(state, _interval(cells, interval), plain_measure(measure))


def whole_number(cells: Cells, role: str) -> int | None:
    """A count, None where the row gives none; raises `CellError`."""
    found = cells.get(role)
    if found is None or not found[0]:
        return None
    text, column = found
    if not _WHOLE.fullmatch(text):
        raise CellError(
            message("problem.evidence-number", column=column, found=shown(text)),
            message("hint.evidence-whole"),
        )
    return int(text)


def _state(cells: Cells, measure: Measure) -> str:
    """The state in the row's word; without one, as all, some or none of the attempts failed."""
    text, column = cells.get("state", ("", "state"))
    if not text:
        if measure.attempts is not None and measure.failed is not None:
            return _state_of_counts(measure.attempts, measure.failed)
        raise CellError(
            message("problem.evidence-cell-empty", column=column),
            message("hint.evidence-states", states=SEEN),
        )
    state = STATE_WORDS.get(text.casefold())
    if state is None:
        near = nearest(text.casefold(), STATE_WORDS)
        raise CellError(
            message("problem.evidence-state", column=column, found=shown(text)),
            message("hint.fact-nearest", names=near)
            if near
            else message("hint.evidence-states", states=SEEN),
        )
    return state


def _state_of_counts(attempts: int, failed: int) -> str:
    if not attempts:
        return "unknown"
    if not failed:
        return "up"
    return "down" if failed == attempts else "degraded"


def _interval(cells: Cells, otherwise: int | None) -> int | None:
    """A length with its unit (5m, 90 s, 1 hour, PT5M), or a number of seconds."""
    text, column = cells.get("interval", ("", ""))
    if not text:
        return otherwise
    match = _LENGTH.fullmatch(text.casefold())
    found = 0
    if match:
        found = int(Decimal(match[1]) * _UNITS[match[2] or "s"])
    else:
        try:
            length = read_value(Kind.DURATION, text)
        except ValueUnreadableError:
            length = None
        if isinstance(length, Elapsed):
            found = length.us
    if found <= 0:
        raise CellError(
            message("problem.evidence-interval", column=column, found=shown(text)),
            message("hint.evidence-interval"),
        )
    return found


def _measure(cells: Cells) -> Measure:
    attempts, failed = whole_number(cells, "attempts"), whole_number(cells, "failed")
    good = whole_number(cells, "good")
    if attempts is None:
        if failed is not None or good is not None:
            raise CellError(
                message("problem.evidence-attempts-missing"), message("hint.evidence-attempts")
            )
    else:
        if failed is None and good is not None:
            failed = attempts - good
        sums_up = good is None or failed is None or good + failed == attempts
        if not sums_up or not 0 <= (failed or 0) <= attempts:
            raise CellError(
                message(
                    "problem.evidence-attempts",
                    attempts=attempts,
                    parts=tuple(
                        f"{cells[role][1]} {cells[role][0]}"
                        for role in ("failed", "good")
                        if role in cells and cells[role][0]
                    ),
                ),
                message("hint.evidence-attempts"),
            )
    slow = _decimal(cells, "milliseconds")
    milliseconds = None if slow is None else int(slow.to_integral_value(ROUND_CEILING))
    return Measure(attempts, failed, milliseconds, _loss(cells))


def _loss(cells: Cells) -> Decimal | None:
    loss = _decimal(cells, "loss")
    if loss is not None and loss > _WHOLE_PERCENT:
        text, column = cells["loss"]
        raise CellError(
            message("problem.evidence-number", column=column, found=shown(text)),
            message("hint.evidence-percent"),
        )
    return loss


def _decimal(cells: Cells, role: str) -> Decimal | None:
    text, column = cells.get(role, ("", ""))
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise CellError(
            message("problem.evidence-number", column=column, found=shown(text)),
            message("hint.evidence-percent")
            if role == "loss"
            else message("hint.evidence-milliseconds"),
        )
    return Decimal(text)
