"""Canonical JSON by RFC 8785 (JCS): one text for one value, so that a digest names content."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

# RFC 8785 takes numbers as IEEE 754 doubles; beyond this whole numbers are no longer exact.
MOST_EXACT = 2**53 - 1


class NotCanonicalError(ValueError):
    """A value has no canonical JSON: not finite, too large to be exact, or not JSON at all."""


def canonical_json(value: object) -> bytes:
    """The canonical JSON of a value, in UTF-8.

    Mappings need text keys, which are sorted by UTF-16 code units (RFC 8785, 3.2.3); floats are
    written as ECMAScript writes them (3.2.2.3); a lone surrogate is refused (3.2.2.2).
    """
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError(f"a text holds a lone surrogate: {error}") from None


def digest(value: object) -> str:
    """The SHA-256 of a value's canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _write(value: object, parts: list[str]) -> None:
    if value is None:
        parts.append("null")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif isinstance(value, str):
        # json escapes exactly what RFC 8785, 3.2.2.2 wants escaped, in the same spelling,
        # but for DEL, which it leaves alone just as the RFC does.
        parts.append(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, int):
        parts.append(_whole(value))
    elif isinstance(value, float):
        parts.append(ecmascript_number(value))
    elif isinstance(value, Mapping):
        _write_object(value, parts)
    elif isinstance(value, Sequence):
        _write_array(value, parts)
    else:
        raise NotCanonicalError(f"{type(value).__name__} {value!r} is not JSON")


def _write_object(value: Mapping[object, object], parts: list[str]) -> None:
    members: list[tuple[bytes, str, object]] = []
    for key, member in value.items():
        if not isinstance(key, str):
            raise NotCanonicalError(f"the key {key!r} is not a text")
        members.append((key.encode("utf-16-be", "surrogatepass"), key, member))
    members.sort(key=lambda member: member[0])
    parts.append("{")
    for place, (_, key, member) in enumerate(members):
        if place:
            parts.append(",")
        parts.append(json.dumps(key, ensure_ascii=False))
        parts.append(":")
        _write(member, parts)
    parts.append("}")


def _write_array(value: Sequence[object], parts: list[str]) -> None:
    parts.append("[")
    for place, member in enumerate(value):
        if place:
            parts.append(",")
        _write(member, parts)
    parts.append("]")


def _whole(value: int) -> str:
    if abs(value) > MOST_EXACT:
        raise NotCanonicalError(f"{value} is beyond ±(2^53 - 1); write it as a text")
    return str(value)


def ecmascript_number(value: float) -> str:
    """A finite double as ECMAScript's Number::toString writes it (ECMA-262, 6.1.6.1.20).

    Python's repr gives the same shortest digits; only the layout differs.
    """
    if not math.isfinite(value):
        raise NotCanonicalError(f"{value} is not a finite number")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    figures = "".join(map(str, digits))
    return ("-" if sign else "") + _layout(figures, len(figures) + exponent)


def _layout(figures: str, point: int) -> str:
    """Digits with the decimal point behind the first `point` of them, in ECMAScript's layout."""
    if len(figures) <= point <= 21:
        return figures.ljust(point, "0")
    if 0 < point <= 21:
        return f"{figures[:point]}.{figures[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{figures}"
    mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
    return f"{mantissa}e{point - 1:+d}"
