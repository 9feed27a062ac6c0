"""What the digits of a number can mean: decimal points and commas, groups of thousands, times."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d\d)(?::(\d\d))?")
_CLOCK_WITHOUT_SIGN: Final = re.compile(r"(\d\d)(\d\d)")
_LONGEST: Final = 40


def values_of(digits: str, decimal_comma: bool) -> tuple[Fraction, ...]:
    """The values that digits with points and commas can have, the likeliest first."""
    if len(digits) > _LONGEST or ":" in digits:
        return ()
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return (Fraction(digits),)
    if len(set(signs)) == 2:
        return _with_both(digits, signs)
    sign = signs[0]
    as_group = (Fraction(re.sub(r"[.,]", "", digits)),) if _GROUPED.fullmatch(digits) else ()
    as_decimal = (Fraction(digits.replace(",", ".")),) if len(signs) == 1 else ()
    is_decimal_sign = (sign == ",") == decimal_comma
    return as_decimal + as_group if is_decimal_sign else as_group + as_decimal


def _with_both(digits: str, signs: list[str]) -> tuple[Fraction, ...]:
    """`1,000.50` and `1.000,50`: the last sign is the decimal one, if it stands once."""
    last = signs[-1]
    if signs.count(last) != 1:
        return ()
    whole, _, decimals = digits.rpartition(last)
    bare = re.sub(r"[.,]", "", whole)
    return (Fraction(f"{bare}.{decimals}"),)


def time_of(text: str, *, bare: bool = False) -> int | None:
    """Minutes since midnight of `8:00`, `08.00`, or with `bare` also `0800` and `8`."""
    match = _CLOCK.fullmatch(text)
    if not match and bare:
        match = _CLOCK_WITHOUT_SIGN.fullmatch(text)
        if not match and re.fullmatch(r"\d{1,2}", text):
            return _minutes(int(text), 0)
    return _minutes(int(match[1]), int(match[2])) if match else None


def _minutes(hour: int, minute: int) -> int | None:
    if hour < 24 and minute < 60:
        return hour * 60 + minute
    return 24 * 60 if (hour, minute) == (24, 0) else None
