"""What a fact type is: its name, what it is about, and its fields.

The types themselves stand in `table`; checking, the reference page, the JSON Schema and the
spelling hints are all made from that one table.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Kind(enum.Enum):
    """How a field's value is written in JSON, and what it is read as."""

    TEXT = "text"
    WORD = "word"
    PERSON = "person"
    SUBJECT = "subject"
    TIME = "time"
    YES_NO = "yes or no"
    WHOLE = "whole number"
    DECIMAL = "decimal"
    MONEY = "money"
    DURATION = "duration"
    WORDS = "list of words"
    TYPES = "list of fact types"


_LONGEST_NAME = 80
_AS_GOOD = 0.08


@dataclass(frozen=True, slots=True)
class Field:
    """One value that facts of a type may bear; `words` lists the only words allowed, if any."""

    name: str
    kind: Kind
    doc: str
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactType:
    """A kind of fact: `things` are the kinds of subject it may be about.

    `periods` names pairs of time fields of which the first comes before the second.
    """

    name: str
    things: tuple[str, ...]
    doc: str
    fields: tuple[Field, ...]
    periods: tuple[tuple[str, str], ...] = ()

    @property
    def thing(self) -> str:
        """The kind of subject that the type's name begins with, or the first it may be about."""
        return self.things[0]

    def field(self, name: str) -> Field | None:
        """The field of that name, if the type has one."""
        return next((field for field in self.fields if field.name == name), None)

    def required(self) -> tuple[str, ...]:
        """The names of the fields that a fact of this type cannot do without."""
        return tuple(field.name for field in self.fields if field.required)


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that `name` most likely meant, best first; at most three, often none."""
    from difflib import SequenceMatcher, get_close_matches

    close = get_close_matches(name[:_LONGEST_NAME], sorted(known), n=3, cutoff=0.6)
    shares = [SequenceMatcher(None, each, name).ratio() for each in close]
    return tuple(
        each for each, share in zip(close, shares, strict=True) if share > shares[0] - _AS_GOOD
    )
