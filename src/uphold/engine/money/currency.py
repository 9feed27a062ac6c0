"""Amounts in a currency: its smallest coin, rounding, and how an exact amount is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from uphold.messages import Money

USUAL_DIGITS = 2

_WITHOUT = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
    *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
)
_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_FINER = ("CLF", "UYW")

DIGITS = MappingProxyType(
    dict.fromkeys(_WITHOUT, 0) | dict.fromkeys(_THOUSANDTHS, 3) | dict.fromkeys(_FINER, 4)
)
"""Currencies whose minor unit is not a hundredth, with its decimals (ISO 4217, list one).

Written out here, as a credit must come to the same amount on every machine and in every year,
whatever tables of currencies are installed.
"""

SHOWN_DIGITS = 6
"""How many decimals of an exact amount a reason shows; what follows is cut off."""


def digits_of(currency: str) -> int:
    """How many decimals the currency's minor unit has."""
    return DIGITS.get(currency, USUAL_DIGITS)


def half_up(exact: Fraction, digits: int) -> Decimal:
    """The amount with so many decimals, a half rounded up; amounts are never negative."""
    scaled, whole = exact.numerator * 10**digits, exact.denominator
    return _decimal((2 * scaled + whole) // (2 * whole), digits)


def cut(exact: Fraction, digits: int) -> Decimal:
    """The amount with so many decimals, the rest cut off."""
    return _decimal(exact.numerator * 10**digits // exact.denominator, digits)


def plain(exact: Fraction) -> Decimal:
    """The amount as a reason shows it: without needless zeros, cut off where it is endless."""
    found = cut(exact, SHOWN_DIGITS).normalize()
    return found.quantize(Decimal(1)) if found.as_tuple().exponent > 0 else found  # type: ignore[operator]


def money(exact: Fraction, currency: str) -> Money:
    """An exact amount as a reason shows it, with at least the decimals of its minor unit."""
    found = plain(exact)
    least = cut(exact, digits_of(currency))
    return Money(least if found == least else found, currency)


def _decimal(units: int, digits: int) -> Decimal:
    return Decimal(units).scaleb(-digits)
