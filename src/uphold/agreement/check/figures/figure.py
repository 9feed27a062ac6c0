"""A figure: a number with its unit, wherever it stands and however it is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["percent", "seconds", "days", "months", "time", "date", "money", "always", "count"]
DayKind = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure can mean: hours and minutes as seconds, weeks as days, years as months.

    `day` says whether working or calendar time is meant, None where the words leave it open.
    `sign` is the currency of money; `amount` of a time is minutes since midnight, of a date
    month * 100 + day, with the year, if it is said, in `year`.
    """

    kind: Kind
    amount: Fraction
    day: DayKind | None = None
    sign: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text, from `start` to `end` of it (its unit included).

    `readings` are all that the words can mean. A `firm` figure is a number that must be tied to
    a term; the others ("a day", "weekly") only answer a term that says one of the unit.
    `number_end` is where the number ends and its unit begins; without a number, the end.
    """

    text: str
    start: int
    end: int
    number_end: int
    readings: tuple[Reading, ...]
    firm: bool = True


Answer = Literal["said", "open", "no"]


def holds(told: Reading, needed: Reading) -> Answer:
    """Whether words that tell one reading bear out another.

    "open": they do but for one thing, they do not say whether working or calendar time is meant.
    """
    if (told.kind, told.amount) != (needed.kind, needed.amount):
        return "no"
    if told.kind == "money":
        return "said" if needed.sign in told.sign.split() else "no"
    if told.kind == "date":
        years = {told.year, needed.year} - {None}
        return "said" if len(years) < 2 else "no"
    if told.kind not in ("seconds", "days") or told.day == needed.day:
        return "said"
    if told.day is None:
        return "open"
    return "said" if needed.day is None and told.day == "calendar" else "no"


def bears_out(figures: tuple[Figure, ...], needed: Reading) -> Answer:
    """The best answer that any of the figures gives to a reading."""
    answers = {holds(told, needed) for figure in figures for told in figure.readings}
    return "said" if "said" in answers else "open" if "open" in answers else "no"
