"""Numbers, percentages, money, dates and instants, read exactly from text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from uphold.agreement.phrases.error import PhraseError

NUMBER = r"\d{1,15}(?:\.\d{1,12})?"
NAME = r"[a-z0-9][a-z0-9.-]*"


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, exact; `value` is 99.9 for 99.9 %."""

    value: Decimal

    def __str__(self) -> str:
        return f"{self.value} %"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency (ISO 4217 letters)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def parse_percent(text: str) -> Percent:
    """`99.9 %` or `99.9%`; from 0 to 100."""
    match = re.fullmatch(rf"({NUMBER}) ?%", text.strip())
    if not match:
        raise PhraseError("percentage-unreadable", found=text)
    value = Decimal(match[1])
    if value > 100:
        raise PhraseError("percentage-out-of-range", found=text)
    return Percent(value)


def parse_money(text: str) -> Money:
    """`12.50 EUR`: the amount, a space, the currency's three letters."""
    match = re.fullmatch(rf"({NUMBER}) ([A-Z]{{3}})", text.strip())
    if not match:
        raise PhraseError("money-unreadable", found=text)
    return Money(Decimal(match[1]), match[2])


def parse_name(text: str) -> str:
    """A name of ours: small letters, digits, hyphens and dots (`oslo-office`)."""
    if not re.fullmatch(NAME, text):
        raise PhraseError("name-unreadable", found=text)
    return text


def parse_date(text: str) -> date:
    """`2027-12-24`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PhraseError("date-unreadable", found=text) from None


def parse_instant(text: str) -> datetime:
    """RFC 3339 with an offset: `2027-02-01T09:00:00+01:00`."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise PhraseError("instant-unreadable", found=text) from None
    if instant.tzinfo is None:
        raise PhraseError("instant-without-offset", found=text)
    return instant
