"""Reading what somebody filled in: texts by field, as a form or JSON gives them, into values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from uphold.facts.times import DAY, TimeUnreadableError, from_datetime, parse_time
from uphold.facts.types import Kind
from uphold.facts.values import ValueUnreadableError, read_value
from uphold.messages import Message, message
from uphold.server.desk.shapes import Field, Values, Wrong
from uphold.worktime.zone import find_zone

_EARLIEST: Final = -62_135_596_800_000_000 + 366 * DAY
_LATEST: Final = 253_402_300_800_000_000 - 366 * DAY
"""A year inside what datetimes hold, so that no zone and no notice leads out of it."""

LONGEST: Final = {"text": 300, "words": 50_000}
_WALL = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")
_MINUTES = re.compile(r"[0-9]{1,6}")
_HOURS_MINUTES = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
_YES: Final = {"yes": True, "on": True, "true": True, "no": False, "false": False, "": False}

Given = Mapping[str, Any]
"""Values by field: texts, booleans, times in microseconds, lengths as facts spell them."""


def read(fields: Iterable[Field], values: Values, zone: str) -> tuple[Given, tuple[Wrong, ...]]:
    """The values of the fields, those that are empty left out, and what is wrong with others.

    A time without an offset is one on the clocks of `zone`, an IANA name.
    """
    found: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for field in fields:
        text = _text(values.get(field.name))
        if not text and field.form != "yes":
            if field.required:
                wrong.append(Wrong(field.name, message("desk.wrong-missing")))
            continue
        value = _value(field, text, zone)
        if isinstance(value, Message):
            wrong.append(Wrong(field.name, value))
        elif field.form != "yes" or field.name in values:
            found[field.name] = value
    return found, tuple(wrong)


def _text(raw: object) -> str:
    """What was filled in as text: of a field given twice the last, of a tick "yes" or "no"."""
    if isinstance(raw, list | tuple):
        return _text(raw[-1]) if raw else ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return str(raw).replace("\r\n", "\n").strip() if isinstance(raw, str | int) else ""


def _value(field: Field, text: str, zone: str) -> Any:
    """The value of a text, or a message that says what is wrong with it."""
    match field.form:
        case "choice":
            known = [value for value, _ in field.choices]
            told = message("desk.wrong-choice", found=_cut(text), known=tuple(known[:20]))
            return text if text in known else told
        case "time":
            return _time(text, zone)
        case "length":
            return _length(text)
        case "yes":
            told = message("desk.wrong-yes-no", found=_cut(text))
            return _YES.get(text.lower(), told)
        case _:
            return _plain(text, LONGEST.get(field.form, LONGEST["text"]))


def _plain(text: str, most: int) -> str | Message:
    if len(text) > most:
        return message("desk.wrong-long", most=most, found=len(text))
    if any(ord(each) < 32 and each not in "\n\t" for each in text):
        return message("desk.wrong-signs")
    return text


def _time(text: str, zone: str) -> int | Message:
    unreadable = message("desk.wrong-time", found=_cut(text))
    try:
        if _WALL.fullmatch(text):
            wall = datetime.fromisoformat(text)
            us = from_datetime(wall.replace(tzinfo=find_zone(zone)))
        else:
            us = parse_time(text)
    except (TimeUnreadableError, ValueError, OverflowError):
        return unreadable
    return us if _EARLIEST <= us <= _LATEST else unreadable


def _length(text: str) -> str | Message:
    """A length of time as facts spell it: minutes alone, 1:30, or in words."""
    if _MINUTES.fullmatch(text):
        return f"{int(text)} minutes"
    hours = _HOURS_MINUTES.fullmatch(text)
    if hours:
        return f"{int(hours[1])} hours {int(hours[2])} minutes"
    try:
        read_value(Kind.DURATION, text)
    except ValueUnreadableError:
        return message("desk.wrong-length", found=_cut(text))
    return text


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
