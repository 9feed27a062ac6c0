"""Bodies as JSON, read strictly, and what is wrong with their values in our own words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.parser import Parser

from uphold.messages import Message, message
from uphold.server.api.problems import Fault, Problem

_MOST_DIGITS: Final = 40


class StrictParser(Parser):
    """JSON by the letter (RFC 8259), in UTF-8, without what a database cannot keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value of the body. Raises the problem `unreadable` with line and column."""
        return parse_json(request.body)


def parse_json(body: bytes) -> Any:
    """The value of a JSON text. Raises the problem `unreadable` with line and column."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Problem(
            "unreadable", message("api.body-not-utf-8", position=error.start + 1)
        ) from None
    try:
        value = json.loads(
            text, parse_constant=_constant, parse_int=_whole, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        said = message("api.body-not-json", line=error.lineno, column=error.colno)
        raise Problem(
            "unreadable",
            said,
            [Fault(said, line=error.lineno, column=error.colno, code="not-json")],
        ) from None
    except RecursionError:
        raise Problem("unreadable", message("api.body-too-deep")) from None
    _refuse_unkeepable(value)
    return value


def _constant(found: str) -> NoReturn:
    raise Problem("unreadable", message("api.body-constant", found=found))


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise Problem("unreadable", message("api.body-number", digits=_MOST_DIGITS))
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise Problem("unreadable", message("api.body-key-twice", key=_shown(twice)))
    return found


def _refuse_unkeepable(value: Any) -> None:
    """Refuses half characters and the character 0: no text that anybody meant has them."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
                raise Problem("unreadable", message("api.body-character", found=_shown(text)))
            case dict() as found:
                waiting.extend(found.keys())
                waiting.extend(found.values())
            case list() as found:
                waiting.extend(found)


def _shown(text: str) -> str:
    return text[:60].encode("unicode_escape").decode("ascii")


_WHERE: Final = frozenset({"body", "query", "path", "header", "cookie", "form"})


def invalid(error: ValidationError) -> Problem:
    """The problem `invalid` that names each field and what would be right there."""
    faults = [_fault(each) for each in error.errors]
    return Problem("invalid", message("api.invalid", count=len(faults)), faults)


def _fault(found: Mapping[str, Any]) -> Fault:
    kind = str(found.get("type", ""))
    field = _field(found.get("loc", ()))
    told = found.get("ctx", {})
    return Fault(_said(kind, field or "body", told), field=field, code=_code(kind))


def _field(place: Iterable[object]) -> str:
    """`("body", "sent", "values", "cause")` is `values.cause`: without where it came from."""
    parts = [str(each) for each in place]
    source, rest = (parts[0], parts[1:]) if parts and parts[0] in _WHERE else ("", parts)
    if source == "body":
        rest = rest[1:]
    return ".".join(rest)


_CODES: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_too_long": "too-long",
    "string_too_short": "too-short",
    "string_pattern_mismatch": "form",
    "literal_error": "choice",
    "enum": "choice",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-great",
    "too_long": "too-many-items",
}


def _code(kind: str) -> str:
    if kind in _CODES:
        return _CODES[kind]
    return next((name for start, name in _STARTS if kind.startswith(start)), "value")


_STARTS: Final = (
    ("int", "whole-number"),
    ("string", "text"),
    ("bool", "yes-or-no"),
    ("dict", "object"),
    ("model", "object"),
    ("list", "list"),
)


def _said(kind: str, field: str, told: Mapping[str, Any]) -> Message:
    """What would be right, by the kind of mistake."""
    match _code(kind):
        case "missing":
            return message("api.wrong-missing", field=field)
        case "unknown-field":
            return message("api.wrong-unknown-field", field=field)
        case "too-long":
            return message("api.wrong-too-long", field=field, count=int(told["max_length"]))
        case "too-short":
            return message("api.wrong-too-short", field=field, count=int(told["min_length"]))
        case "too-many-items":
            return message("api.wrong-too-many", field=field, count=int(told["max_length"]))
        case "form":
            return message("api.wrong-form", field=field, pattern=str(told["pattern"]))
        case "choice":
            return message("api.wrong-choice", field=field, choices=str(told["expected"]))
        case "too-small":
            return message("api.wrong-too-small", field=field, least=str(told["ge"]))
        case "too-great":
            return message("api.wrong-too-great", field=field, most=str(told["le"]))
        case "whole-number":
            return message("api.wrong-whole-number", field=field)
        case "text":
            return message("api.wrong-text", field=field)
        case "yes-or-no":
            return message("api.wrong-yes-or-no", field=field)
        case "object":
            return message("api.wrong-object", field=field)
        case "list":
            return message("api.wrong-list", field=field)
        case _:
            return message("api.wrong-value", field=field)
