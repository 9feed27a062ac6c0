"""Lengths of time as they are given on the command line: `30s`, `5m`, `26h`, `2d`."""

from __future__ import annotations

import re
from decimal import Decimal

from uphold.cli.refusal import Refusal
from uphold.messages import message

_SECOND = 1_000_000
_UNITS = {
    "s": _SECOND, "sec": _SECOND, "second": _SECOND, "seconds": _SECOND,
    "m": 60 * _SECOND, "min": 60 * _SECOND, "minute": 60 * _SECOND, "minutes": 60 * _SECOND,
    "h": 3600 * _SECOND, "hour": 3600 * _SECOND, "hours": 3600 * _SECOND,
    "d": 86_400 * _SECOND, "day": 86_400 * _SECOND, "days": 86_400 * _SECOND,
}  # fmt: skip
_LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?([a-z]+)", re.ASCII)


def length(text: str, name: str) -> int:
    """The length that an option gives, in microseconds; a day is 24 hours.

    Raises `Refusal` for one without a unit, and for none at all.
    """
    match = _LENGTH.fullmatch(text.strip().casefold())
    unit = _UNITS.get(match[2]) if match else None
    us = int(Decimal(match[1]) * unit) if match and unit else 0
    if not us:
        raise Refusal(
            message("cli.length-unreadable", name=name, found=text), message("cli.length-form")
        )
    return us
