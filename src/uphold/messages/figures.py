"""Numbers as a language writes them, with exactly the digits they were given.

Nothing here rounds: 99.899 never becomes 99.9, because a figure printed at its target would say
that a missed target was met. English is written without Babel, so that a command which only
reports problems need not load it.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from uphold.messages.languages import locale_name

_GROUPS_FROM_FIVE: Final = frozenset({"es", "pl"})
"""Where four digits are not grouped, "8783" but "12.345" (CLDR, `minimumGroupingDigits` 2).

Babel does not read that rule.
"""


def number_text(value: int | Decimal, language: str) -> str:
    """The number with the language's signs; trailing zeros stay, as they say how exact it is."""
    if not Decimal(value).is_finite():
        return str(value)
    whole, _, digits = f"{Decimal(value).copy_abs():f}".partition(".")
    point, minus = _signs(language)
    text = _grouped(int(whole), language) + (point + digits if digits else "")
    return minus + text if value < 0 else text


def percent_text(value: Decimal, language: str) -> str:
    """A share that is already in hundredths, with its sign where the language puts it."""
    return number_text(value, language) + _percent_suffix(language)


def money_text(amount: Decimal, currency: str, language: str) -> str:
    """The amount with the currency's sign or code; digits beyond its smallest coin are kept."""
    if not amount.is_finite():
        return f"{amount} {currency}"
    from babel.numbers import format_currency

    return format_currency(
        amount,
        currency,
        locale=locale_name(language),
        decimal_quantization=False,
        group_separator=_is_grouped(abs(int(amount)), language),
    )


def _grouped(whole: int, language: str) -> str:
    if language == "en":
        return f"{whole:,}"
    from babel.numbers import format_decimal

    return format_decimal(
        whole, locale=locale_name(language), group_separator=_is_grouped(whole, language)
    )


def _is_grouped(whole: int, language: str) -> bool:
    return whole >= 10_000 or language not in _GROUPS_FROM_FIVE


@lru_cache
def _signs(language: str) -> tuple[str, str]:
    """The decimal point and the minus."""
    if language == "en":
        return ".", "-"
    from babel.numbers import get_decimal_symbol, get_minus_sign_symbol

    locale = locale_name(language)
    return get_decimal_symbol(locale), get_minus_sign_symbol(locale)


@lru_cache
def _percent_suffix(language: str) -> str:
    if language == "en":
        return "%"
    from babel import Locale

    return str(Locale.parse(locale_name(language)).percent_formats[None].suffix[0])
