"""What sound lines of one type and one order of keys have in common, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from uphold.facts.canonical import MOST_EXACT
from uphold.facts.fact import ENVELOPE
from uphold.facts.table import BY_NAME
from uphold.facts.times import HOUR, MINUTE, SECOND, parse_time, to_datetime
from uphold.facts.types import Field, Kind
from uphold.facts.values import PLAIN

_VALUE_TYPES: dict[Kind, type] = {Kind.YES_NO: bool, Kind.WHOLE: int}
_QUICK = PLAIN | {Kind.TIME, Kind.YES_NO, Kind.WHOLE}
_MOST_HOURS = 1 << 16


class QuickTimes(dict[str, int]):
    """Times by look-up: the hour (with all but minutes and seconds), and the time within it.

    An RFC 3339 time `at` is `times[at[:13] + at[19:]] + times.within[at[13:19]]` microseconds.
    An unreadable time is a ValueError or a KeyError.
    """

    within: ClassVar = {
        f":{minute:02}:{second:02}": minute * MINUTE + second * SECOND
        for minute in range(60)
        for second in range(60)
    }

    def __missing__(self, key: str) -> int:
        hour_us = parse_time(f"{key[:13]}:00:00{key[13:]}")
        to_datetime(hour_us + HOUR - 1)  # so that no time within the hour is out of range
        if len(key) in (14, 19):  # without a fraction of a second, of which there is no end
            if len(self) >= _MOST_HOURS:
                self.clear()
            self[key] = hour_us
        return hour_us

    def holds(self, text: str) -> bool:
        """Whether the text is a time; a KeyError or ValueError says no as well."""
        return self[text[:13] + text[19:]] + self.within[text[13:19]] is not None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line must be like to be sound, given that its object has these keys.

    `quotes` is the number of quotation marks of a line that gives each key once and whose texts
    need no escapes; `things` are the kinds of subject; `words` the closed choices; `wholes` the
    whole numbers; `times` the times besides `at`.
    """

    things: tuple[str, ...]
    value_types: tuple[type, ...]
    quotes: int
    words: tuple[tuple[str, frozenset[str]], ...]
    wholes: tuple[str, ...]
    times: tuple[str, ...]

    def particulars_hold(self, found: Mapping[str, object], times: QuickTimes) -> bool:
        """Whether words, numbers and further times are ones that their fields allow."""
        for name in self.wholes:
            number = found[name]
            if not 0 <= number <= MOST_EXACT:  # type: ignore[operator]  # an int, by its type
                return False
        for name, allowed in self.words:
            if found[name] not in allowed:
                return False
        for name in self.times:
            times.holds(found[name])  # type: ignore[arg-type]  # a text, by its type
        return True


def shape_of(name: str, keys: tuple[str, ...]) -> Shape | None:
    """The shape of a type's facts with these keys, None if only the exact check can tell."""
    fact_type = BY_NAME.get(name)
    if fact_type is None or fact_type.periods:
        return None
    known = {each.name: each for each in (*ENVELOPE, *fact_type.fields)}
    if not set(keys) <= set(known) or "v" in keys or {"corrects", "retracts"} <= set(keys):
        return None
    fields = [known[key] for key in keys]
    required = {each.name for each in known.values() if each.required}
    if not required <= set(keys) or not all(map(_quick, fields)):
        return None
    value_types = tuple(_VALUE_TYPES.get(each.kind, str) for each in fields)
    return Shape(
        things=fact_type.things,
        value_types=value_types,
        quotes=2 * len(keys) + 2 * value_types.count(str),
        words=tuple((each.name, frozenset(each.words)) for each in fields if each.words),
        wholes=tuple(each.name for each in fields if each.kind is Kind.WHOLE),
        times=tuple(each.name for each in fields if each.kind is Kind.TIME and each.name != "at"),
    )


def _quick(named: Field) -> bool:
    return named.kind in _QUICK and (named.kind is not Kind.SUBJECT or named.name == "subject")
