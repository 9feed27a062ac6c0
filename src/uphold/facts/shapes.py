"""What sound lines of one type and one order of keys have in common, worked out once."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from uphold.facts.fact import ENVELOPE
from uphold.facts.table import BY_NAME
from uphold.facts.times import DAY, HOUR, parse_time, to_datetime
from uphold.facts.types import Field, Kind
from uphold.facts.values import PLAIN

_QUICK = PLAIN | {Kind.TIME, Kind.YES_NO, Kind.WHOLE, Kind.WORDS, Kind.TYPES}
_MOST_HELD = 1 << 16
_YEAR_2000 = parse_time("2000-01-01T00:00:00Z")


class Hours(dict[str, int]):
    """Microseconds of the hour that a time's first 13 characters name, as if it were UTC."""

    def __missing__(self, hour: str) -> int:
        hour_us = parse_time(f"{hour}:00:00Z")
        # A day from either end of what a datetime can be, so that no offset leads beyond.
        to_datetime(hour_us - DAY)
        to_datetime(hour_us + DAY + HOUR)
        if len(self) >= _MOST_HELD:
            self.clear()
        self[hour] = hour_us
        return hour_us


class Tails(dict[str, int]):
    """Microseconds that the rest of a time (minutes, seconds, offset) adds to its hour."""

    def __missing__(self, tail: str) -> int:
        tail_us = parse_time(f"2000-01-01T00{tail}") - _YEAR_2000
        if len(self) >= _MOST_HELD:
            self.clear()
        self[tail] = tail_us
        return tail_us


class QuickTimes:
    """Times by two look-ups: `hours[at[:13]] + tails[at[13:]]` microseconds (UTC).

    Some thousands of hours and of tails serve any number of times. An RFC 3339 time that a
    look-up cannot read is a ValueError or an OverflowError.
    """

    def __init__(self) -> None:
        self.hours = Hours()
        self.tails = Tails()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line must be like to be sound, given that its object has these keys.

    `quotes` is the number of quotation marks of a line that gives each key once and whose texts
    need no escapes; `types` are those of the values in their order; `things` are the kinds of
    subject; `words` the closed choices; `wholes` the whole numbers; `times` the times besides `at`;
    `lists` the lists of words, with the words they may hold, if only some.
    """

    types: tuple[type, ...]
    things: tuple[str, ...]
    quotes: int
    words: tuple[tuple[str, frozenset[str]], ...]
    wholes: tuple[str, ...]
    times: tuple[str, ...]
    lists: tuple[tuple[str, Container[str] | None], ...]

    def quotes_in_lists(self, found: Mapping[str, object]) -> int:
        """The quotation marks of the lists in an object; ValueError if one is not sound."""
        quotes = 0
        for name, allowed in self.lists:
            words = found[name]
            assert isinstance(words, list)
            if not words or not all(type(word) is str for word in words):
                raise ValueError
            if allowed is not None and not all(word in allowed for word in words):
                raise ValueError
            quotes += 2 * len(words)
        return quotes


def shape_key(name: str, written: Mapping[str, object]) -> tuple[str, ...]:
    """What lines of one shape share: the type of fact, and the keys in their order."""
    return name, *written


def shape_of(name: str, written: Mapping[str, object]) -> Shape | None:
    """The shape of a sound fact, None if only the exact check can tell whether one is sound."""
    fact_type = BY_NAME[name]
    known = {each.name: each for each in (*ENVELOPE, *fact_type.fields)}
    if fact_type.periods or "v" in written or "corrects" in written or "retracts" in written:
        return None
    fields = [known[key] for key in written]
    if not all(map(_quick, fields)):
        return None
    words = tuple((each.name, frozenset(each.words)) for each in fields if each.words)
    wholes = tuple(each.name for each in fields if each.kind is Kind.WHOLE)
    times = tuple(each.name for each in fields if each.kind is Kind.TIME and each.name != "at")
    lists = tuple(
        (each.name, BY_NAME if each.kind is Kind.TYPES else None)
        for each in fields
        if each.kind in (Kind.TYPES, Kind.WORDS)
    )
    texts = sum(isinstance(raw, str) for raw in written.values())
    quotes = 2 * (len(fields) + texts)
    types = tuple(map(type, written.values()))
    return Shape(types, fact_type.things, quotes, words, wholes, times, lists)


def _quick(named: Field) -> bool:
    return named.kind in _QUICK and (named.kind is not Kind.SUBJECT or named.name == "subject")
