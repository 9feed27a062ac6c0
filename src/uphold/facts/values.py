"""The values of a fact's fields: how each kind is written in JSON, and what it is read as."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from uphold.facts.canonical import MOST_EXACT
from uphold.facts.times import HOUR, MINUTE, SECOND, parse_time
from uphold.facts.types import Kind
from uphold.messages import Money
from uphold.worktime.durations import Elapsed

Value: TypeAlias = "str | int | bool | Decimal | Money | Elapsed | tuple[str, ...]"

# Kinds whose JSON text is their value as it stands.
PLAIN = frozenset({Kind.TEXT, Kind.WORD, Kind.PERSON, Kind.SUBJECT})

_DECIMAL = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
# As in agreements: fifteen digits and twelve decimals leave every sum exact.
_MONEY = re.compile(r"((?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?) ([A-Z]{3})")
_DECIMAL_ALONE = re.compile(_DECIMAL)
SUBJECT = re.compile(r"[a-z]+:\S(?:.*\S)?")
_COUNT = "([0-9]{1,9})"
_WORDED = re.compile(
    rf"(?:{_COUNT} ?(?:h|hours?))?"
    rf"(?: ?{_COUNT} ?(?:min|minutes?))?"
    rf"(?: ?{_COUNT} ?(?:s|seconds?))?"
)
_ISO_8601 = re.compile(rf"PT(?:{_COUNT}H)?(?:{_COUNT}M)?(?:{_COUNT}S)?")


class ValueUnreadableError(ValueError):
    """A JSON value is not what its field's kind asks for; the caller knows which field it is."""


def read_value(kind: Kind, raw: object) -> Value:
    """The value of a JSON value: times as microseconds (UTC), money, durations, words as tuples.

    Raises `ValueUnreadableError`, and `TimeUnreadableError` for a time.
    """
    if kind is Kind.YES_NO:
        return _yes_no(raw)
    if kind is Kind.WHOLE:
        return _whole(raw)
    if kind is Kind.WORDS or kind is Kind.TYPES:
        return _words(raw)
    if not isinstance(raw, str) or not raw.strip(" "):
        raise ValueUnreadableError
    return _from_words(kind, raw)


def _from_words(kind: Kind, text: str) -> Value:
    if kind is Kind.TIME:
        return parse_time(text)
    if kind is Kind.MONEY:
        return _money(text)
    if kind is Kind.DECIMAL:
        return Decimal(_matched(_DECIMAL_ALONE, text)[0])
    if kind is Kind.DURATION:
        return _elapsed(text)
    if kind is Kind.SUBJECT:
        return _matched(SUBJECT, text)[0]
    return text


def from_text(kind: Kind, raw: object) -> object:
    """What a text stands for where all scalars are texts, as in the facts of an `example` term.

    "yes" and "12" become a JSON boolean and number where the kind asks for one; a single word
    becomes a list of one; all else is left for `read_value` to judge.
    """
    if not isinstance(raw, str):
        return raw
    if kind is Kind.YES_NO:
        return {"yes": True, "true": True, "no": False, "false": False}.get(raw.lower(), raw)
    if kind is Kind.WHOLE and re.fullmatch("[0-9]{1,16}", raw):
        return int(raw)
    if kind in (Kind.WORDS, Kind.TYPES):
        return [raw]
    return raw


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueUnreadableError
    return match


def _yes_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueUnreadableError
    return raw


def _whole(raw: object) -> int:
    if type(raw) is not int or not 0 <= raw <= MOST_EXACT:
        raise ValueUnreadableError
    return raw


def _words(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        raise ValueUnreadableError
    if not all(isinstance(word, str) and word.strip(" ") for word in raw):
        raise ValueUnreadableError
    return tuple(raw)


def _money(text: str) -> Money:
    amount, currency = _matched(_MONEY, text).groups()
    return Money(Decimal(amount), currency)


def _elapsed(text: str) -> Elapsed:
    for pattern in (_WORDED, _ISO_8601):
        match = pattern.fullmatch(text)
        if match and any(match.groups()):
            hours, minutes, seconds = (int(figure or 0) for figure in match.groups())
            return Elapsed(hours * HOUR + minutes * MINUTE + seconds * SECOND)
    raise ValueUnreadableError
