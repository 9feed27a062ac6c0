"""A text cut into numbers, words and signs, each where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

Form = Literal["skip", "always", "date", "time", "number", "word", "sign"]

_TOKEN: Final = re.compile(
    r"(?P<skip>(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+)"
    r"|(?P<always>(?<![\w.,])24\s?[x×/*]\s?7(?![\d,.]\d|\w))"
    r"|(?P<date>(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d))"
    r"|(?P<time>(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<number>\d(?:[\d.,:]*\d)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>[^\w\s]|_)"
)
_DIGIT_OR_WORD: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: its form, the text in small letters, from `start` to `end`."""

    form: Form
    text: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """The pieces of a text in order; white space is left out."""
    found = []
    for match in _TOKEN.finditer(text):
        form = cast("Form", match.lastgroup)  # the groups of the pattern bear the forms' names
        found.append(Token(form, match[0].lower(), match.start(), match.end()))
    return tuple(found)


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether digits belong to a name (`P1`, `H.264`, `UTF-8`) and are no figure."""
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return True
    if start > 1 and text[start - 1] in "-." and text[start - 2].isupper():
        return not text[start - 3 : start - 2].islower()
    return end < len(text) and text[end] == "_"
