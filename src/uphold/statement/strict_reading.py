"""Reading a statement's bytes by the letter: what is no JSON, and what is JSON spelt otherwise."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from uphold.facts.canonical import MOST_EXACT
from uphold.messages import Message, message
from uphold.statement.errors import StatementError
from uphold.statement.parts_named import EVERY_PART, part_words

_ESCAPED = re.compile(rb"\\u(?!00[01][0-9a-f])")
_NAMES = "|".join(EVERY_PART)
_MARK = re.compile(rf'[{{,]"({_NAMES})":(?=[\[{{n0-9]|"uphold)'.encode())


class NotAStatementError(StatementError):
    """The bytes are no statement that this program can read."""


def no_part(name: str) -> NotAStatementError:
    """The error of a part that does not have the form of one."""
    return NotAStatementError(message("statement.not-part", part=part_words(name)))


def text_of(value: object) -> str:
    """The value, which must be a text. Raises `TypeError`."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


class NotCanonicalBytesError(StatementError):
    """The bytes say what a statement says, but are not spelt as canonical JSON."""

    def __init__(self, data: bytes, offset: int) -> None:
        offset = offset or _odd_spelling(data)
        part = part_at(data, offset)
        super().__init__(message("statement.not-canonical", byte=offset + 1, part=part_words(part)))
        self.offset = offset


def json_object(data: bytes) -> dict[str, Any]:
    """The JSON object in the bytes. Raises `NotAStatementError`."""
    if not data.strip():
        raise NotAStatementError(message("statement.empty"))
    try:
        found = json.loads(
            data.decode(), parse_int=_whole, parse_float=_finite, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise NotAStatementError(_not_json(data, error.start)) from None
    except json.JSONDecodeError as error:
        place = len(error.doc[: error.pos].encode())
        raise NotAStatementError(_not_json(data, place)) from None
    except _NumberError as error:
        raise NotCanonicalBytesError(data, data.find(error.text.encode())) from None
    except RecursionError:
        raise NotAStatementError(message("statement.too-deep")) from None
    if not isinstance(found, dict):
        raise NotAStatementError(message("statement.not-object"))
    return found


def first_difference(one: bytes, other: bytes) -> int:
    """The place of the first byte that differs; where the shorter ends, if none does."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def part_at(data: bytes, offset: int) -> str:
    """The part of the statement that a byte most likely lies in, by the names before it."""
    found = "form"
    latest = ""
    for mark in _MARK.finditer(data, 0, max(offset, 1) + 16):
        name = mark[1].decode()
        if mark.start() <= offset and name > latest:
            found = latest = name
    return found


def _not_json(data: bytes, place: int) -> Message:
    return message("statement.not-json", byte=place + 1, part=part_words(part_at(data, place)))


class _NumberError(ValueError):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _whole(text: str) -> int:
    """Whole numbers that every reader of JSON reads alike; the limit is canonical JSON's."""
    if len(text) > len(str(MOST_EXACT)) + 1 or abs(int(text)) > MOST_EXACT:
        raise _NumberError(text)
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _NumberError(text)
    return number


def _no_constant(text: str) -> object:
    raise _NumberError(text)


def _odd_spelling(data: bytes) -> int:
    """Where an escape stands that canonical JSON never needs; 0 where there is none."""
    match = _ESCAPED.search(data)
    return match.start() if match else 0
