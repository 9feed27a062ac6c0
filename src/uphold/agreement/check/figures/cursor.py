"""A place among the tokens of a text, and what stands there."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from uphold.agreement.check.figures.figure import DayKind
from uphold.agreement.check.figures.lexicon import Lexicon, Unit
from uphold.agreement.check.figures.tokens import Token, tokens_of

HYPHENS: Final = frozenset("-–—‐‑−")
_MOST_FILLERS: Final = 3


@dataclass(frozen=True, slots=True)
class Length:
    """A unit found in a text: which, what kind of time, and the token behind it."""

    unit: Unit
    day: DayKind | None
    behind: int


class Cursor:
    """Looks at the tokens of a text; positions count tokens from 0."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.text = text
        self.words = words
        self.tokens = tokens_of(text)

    def token(self, position: int) -> Token | None:
        """The token there, if there is one."""
        return self.tokens[position] if 0 <= position < len(self.tokens) else None

    def has(self, position: int, form: str, among: Container[str] | None = None) -> bool:
        """Whether a token of the form is there, one of the words if they are given."""
        token = self.token(position)
        if token is None or token.form != form:
            return False
        return among is None or token.text in among

    def first_behind(self, position: int, end: int) -> int:
        """The first token that does not begin before the end."""
        while (token := self.token(position)) is not None and token.start < end:
            position += 1
        return position

    def length(self, position: int) -> Length | None:
        """The unit of time that begins here, with the words about it."""
        words = self.words
        at, day = position, None
        at += 1 if self.has(at, "sign", HYPHENS) else 0
        for _ in range(_MOST_FILLERS):
            token = self.token(at)
            if token is None or token.form != "word":
                return None
            if token.text in words.before:
                day = words.before[token.text]
            elif token.text not in words.fillers:
                break
            at += 1
            at += 1 if self.has(at, "sign", HYPHENS) else 0
        token = self.token(at)
        if token is None or token.form != "word":
            return None
        unit = words.units.get(token.text) or words.units.get(token.text.split("'")[0])
        if unit is None:
            return None
        day = unit.day or day
        return self._with_kind_behind(unit, day, at + 1)

    def _with_kind_behind(self, unit: Unit, day: DayKind | None, at: int) -> Length:
        """`días hábiles`, `dni roboczych`, `horas de oficina`."""
        scan = at
        while scan < at + 2 and self.has(scan, "word", self.words.fillers):
            scan += 1
        if self.has(scan, "word", self.words.after):
            return Length(unit, day or self.words.after[self.tokens[scan].text], scan + 1)
        return Length(unit, day, at)
