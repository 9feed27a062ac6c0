"""One line of JSON read by the letter, to say exactly what is wrong with it and where.

Slow beside `pydantic_core.from_json`; meant for the lines that one could not vouch for.
"""

from __future__ import annotations

import json
import re

from uphold.facts.lines import LONGEST
from uphold.messages import Message


class JsonError(ValueError):
    """Why a line is no JSON object, and at which character of it, counted from 1."""

    def __init__(self, message: Message, hint: Message | None, column: int) -> None:
        super().__init__(message.id)
        self.message = message
        self.hint = hint
        self.column = column


def parse_object(line: bytes) -> tuple[str, dict[str, object]] | None:
    """The line's text and its object; None for a blank line. Raises `JsonError`."""
    if len(line) > LONGEST:
        raise JsonError(Message("problem.facts-line-too-long", {"most": LONGEST}), None, 1)
    text = _decoded(line)
    if not text.strip(" \t\r"):
        return None
    found = _parsed(text)
    if not isinstance(found, dict):
        column = len(text) - len(text.lstrip()) + 1
        raise JsonError(Message("problem.facts-not-object"), Message("hint.facts-object"), column)
    return text, found


def column_of(text: str, key: str) -> int:
    """Where a key stands in the line, counted from 1; 1 if it is spelled with escapes."""
    match = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)
    return match.start() + 1 if match else 1


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode()) + 1
        byte = f"0x{line[error.start]:02x}"
        message = Message("problem.facts-not-utf-8", {"byte": byte})
        raise JsonError(message, Message("hint.facts-utf-8"), column) from None


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_finite)
    except _KeyTwiceError as error:
        first = column_of(text, error.key)
        again = column_of(text[first:], error.key) + first
        message = Message("problem.facts-key-twice", {"key": error.key[:60]})
        raise JsonError(message, Message("hint.facts-key-twice"), again) from None
    except _NotFiniteError as error:
        message = Message("problem.facts-not-finite", {"found": error.found})
        raise JsonError(message, None, text.find(error.found) + 1) from None
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from None
    except RecursionError:
        raise JsonError(Message("problem.facts-too-deep"), None, 1) from None
    except ValueError:  # a whole number of thousands of digits (CPython's own limit)
        raise JsonError(Message("problem.facts-number-too-long"), None, 1) from None


def _not_json(text: str, error: json.JSONDecodeError) -> JsonError:
    at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
    if text.lstrip().startswith("{") and at_end:
        hint = Message("hint.facts-cut-off")
        return JsonError(Message("problem.facts-cut-off"), hint, error.pos + 1)
    found = text[error.pos : error.pos + 1]
    message = Message("problem.facts-not-json", {"found": found})
    return JsonError(message, Message("hint.facts-object"), error.pos + 1)


class _KeyTwiceError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _NotFiniteError(Exception):
    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _KeyTwiceError(key)
        found[key] = value
    return found


def _finite(constant: str) -> object:
    raise _NotFiniteError(constant)
