"""The words of a language that make figures: its numbers, units, months and currencies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import Final

from uphold.agreement.check.figures.figure import DayKind, Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """A word for a length of time: so many seconds, days or months; `day` if the word says which.

    `single` if the form is the singular one, so that the bare word can stand for one of it.
    """

    kind: Kind
    size: Fraction
    day: DayKind | None = None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words, all in small letters. Each is found by looking up one whole word.

    `numbers` from words to values; `ones` are words for one that are no articles; `articles` can
    be either, and `each` means one of what follows. `before` and `after` say what kind of time
    their unit is. `fillers` may stand between a number and its unit. `joins` stand between two
    numbers that share a unit. `hour_signs` make the number before them a time of the day, and
    `time_leads` the one behind them.
    """

    language: str
    decimal_comma: bool
    numbers: dict[str, Fraction]
    ones: frozenset[str]
    articles: frozenset[str]
    each: frozenset[str]
    within: frozenset[str]
    units: dict[str, Unit]
    adverbs: dict[str, Unit]
    before: dict[str, DayKind]
    after: dict[str, DayKind]
    fillers: frozenset[str]
    percent: frozenset[str]
    months: dict[str, int]
    currencies: dict[str, str]
    joins: frozenset[str]
    hour_signs: frozenset[str]
    time_leads: frozenset[str]
    sections: frozenset[str]
    revisions: frozenset[str]
    working_stems: tuple[str, ...]
    calendar_stems: tuple[str, ...]
    under: tuple[str, ...]


LANGUAGES: Final = {
    "en": "english",
    "nb": "norwegian",
    "pl": "polish",
    "nl": "dutch",
    "es": "spanish",
}
SIGNS: Final = {
    "€": "EUR",
    "eur": "EUR",
    "$": "USD",
    "usd": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "nok": "NOK",
    "sek": "SEK",
    "dkk": "DKK",
    "kr": "NOK SEK DKK ISK",
    "zł": "PLN",
    "pln": "PLN",
    "chf": "CHF",
}


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon for a language tag (`nb-NO`); the English one for a language without one."""
    primary = language.replace("_", "-").split("-")[0].lower()
    primary = {"no": "nb", "nn": "nb"}.get(primary, primary)
    module = import_module(f"uphold.agreement.check.figures.{LANGUAGES.get(primary, 'english')}")
    found = module.LEXICON
    assert isinstance(found, Lexicon)
    return found


def words(text: str) -> frozenset[str]:
    """The words of a list as it is written in the modules of the languages."""
    return frozenset(text.split())


def valued(table: dict[int, str]) -> dict[str, Fraction]:
    """From `{2: "two", …}`, with all forms of a number in one text, to word -> value."""
    return {word: Fraction(value) for value, forms in table.items() for word in forms.split()}


_SIZES: Final[dict[str, tuple[Kind, int | Fraction]]] = {
    "millisecond": ("seconds", Fraction(1, 1000)),
    "second": ("seconds", 1),
    "minute": ("seconds", 60),
    "hour": ("seconds", 3600),
    "day": ("days", 1),
    "week": ("days", 7),
    "fortnight": ("days", 14),
    "month": ("months", 1),
    "quarter": ("months", 3),
    "year": ("months", 12),
}


def units(rows: list[tuple[str, DayKind | None, str, str]]) -> dict[str, Unit]:
    """From (unit, kind of time, singular forms, other forms) to word -> unit.

    A week is seven calendar days wherever it stands (docs/language/grammar.md).
    """
    found = {}
    for name, day, single, plural in rows:
        kind, size = _SIZES[name]
        day = "calendar" if name in ("week", "fortnight") else day
        for forms, is_single in ((plural, False), (single, True)):
            for word in forms.split():
                found[word] = Unit(kind, Fraction(size), day, is_single)
    return found


def kinds(working: str, calendar: str) -> dict[str, DayKind]:
    """The words that say working time, and those that say calendar time."""
    found: dict[str, DayKind] = dict.fromkeys(working.split(), "working")
    found.update(dict.fromkeys(calendar.split(), "calendar"))
    return found


def month_names(*forms: str) -> dict[str, int]:
    """The twelve months, each with all its forms, in order."""
    return {word: number for number, row in enumerate(forms, 1) for word in row.split()}
