"""A term taken apart into the smallest parts that can change, and each part as it is shown."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from uphold.agreement.phrases.lengths import Duration
from uphold.agreement.phrases.measures import AtLeast
from uphold.agreement.phrases.notices import Kept
from uphold.agreement.phrases.numbers import Money, Percent
from uphold.agreement.phrases.targets import TimeTarget
from uphold.agreement.terms.base import Table, Term
from uphold.messages import Money as SaidMoney
from uphold.messages import Percent as SaidPercent
from uphold.messages import Value
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)

Part = tuple[str, ...]

NOT_COMPARED = frozenset({"name", "clause", "quotes"})
DURATIONS = (Elapsed, Working, WorkingDays, CalendarDays, CalendarMonths)
_UNITS = ((3_600_000_000, "hours"), (60_000_000, "minutes"), (1_000_000, "seconds"))


def parts_of(term: Term) -> dict[Part, Any]:
    """The parts by the keys that lead to them; an item of a list is led to by `=item`.

    A part that is as it would be without being written is left out, unless a list holds it.
    """
    parts: dict[Part, Any] = {}
    for name, field in type(term).model_fields.items():
        value = getattr(term, name)
        if name not in NOT_COMPARED and value is not None:
            _take_apart((field.alias or name,), value, parts)
    return parts


def _take_apart(path: Part, value: Any, parts: dict[Part, Any]) -> None:
    if isinstance(value, Table):
        parts[(*path, "by")] = str(value.by)
        for keys, leaf in value.leaves():
            parts[(*path, *keys)] = leaf
    elif isinstance(value, dict):
        for key, inner in value.items():
            _take_apart((*path, str(key)), inner, parts)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, tuple) and len(item) == 2:
                parts[(*path, str(item[0]))] = item[1]
            else:
                parts[(*path, f"={item}")] = item
    else:
        parts[path] = value


def same(one: object, other: object) -> bool:
    """Whether two parts mean the same, however they are spelled."""
    return _meaning(one) == _meaning(other)


def _meaning(value: object) -> Hashable:
    """What a phrase says: its parts, without the spelling that they were read from."""
    if is_dataclass(value) and not isinstance(value, type):
        said = (getattr(value, each.name) for each in fields(value) if each.name != "text")
        return type(value).__name__, *map(_meaning, said)
    if isinstance(value, Decimal):
        return value
    return str(value)


def shown(value: object) -> Value:
    """A part as a value that a reader shows in its own language, where that can be."""
    if isinstance(value, TimeTarget) and not value.under:
        return value.duration
    if isinstance(value, DURATIONS):
        return value
    if isinstance(value, Kept):
        return value.duration
    if isinstance(value, AtLeast):
        return SaidPercent(value.share.value)
    if isinstance(value, Percent):
        return SaidPercent(value.value)
    if isinstance(value, Money):
        return SaidMoney(value.amount, value.currency)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def shown_pair(was: object, now: object) -> tuple[Value, Value]:
    """Both sides of a change; of two lengths in one unit the first is shown as a bare number."""
    old, new = shown(was), shown(now)
    if isinstance(old, DURATIONS) and isinstance(new, DURATIONS) and type(old) is type(new):
        count, other = _in_unit(old), _in_unit(new)
        if count is not None and other is not None and count[1] == other[1]:
            return count[0], new
    return old, new


def _in_unit(duration: Duration) -> tuple[int, str] | None:
    """The whole number and the unit in which a length is put into words."""
    if not isinstance(duration, Elapsed | Working):
        return duration.n, type(duration).__name__
    for size, unit in _UNITS:
        if duration.us % size == 0:
            return duration.us // size, unit
    return None
