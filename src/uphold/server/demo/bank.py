"""What people in the demo write: talks by house and language, phrases by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from uphold.server.demo.event import Words
from uphold.server.demo.party import House, Somebody

_WORDS: Final = Path(__file__).with_name("words")
_TABLES: Final = ("complaint", "notice", "order")


@dataclass(frozen=True, slots=True)
class Talk:
    """What a request is about: its sort, headline, and what is written first, next and last."""

    sort: str
    title: str
    opening: str
    answer: str
    solved: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """All that can be written in one language: talks of the house, and everybody's phrases."""

    language: str
    talks: tuple[Talk, ...]
    phrases: Mapping[str, tuple[str, ...]]
    complaints: tuple[Mapping[str, str], ...]
    notices: tuple[Mapping[str, str], ...]
    orders: Mapping[str, str]

    def one(self, phrase: str, draw: Random) -> str:
        """One of the ways to say it."""
        return draw.choice(self.phrases[phrase])


@cache
def tongue_of(house: House, language: str) -> Tongue:
    """What is written to and by people of a language; the house's own where it knows no other."""
    spoken = language if (_WORDS / f"{house.key}.{language}.toml").exists() else house.language
    talks = _read(f"{house.key}.{spoken}.toml")["talk"]
    common = _read(f"{spoken}.toml")
    phrases = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in common.items()
        if name not in _TABLES
    }
    return Tongue(
        spoken,
        tuple(Talk(**talk) for talk in talks),
        phrases,
        tuple(common["complaint"]),
        tuple(common["notice"]),
        common.get("order", {}),
    )


class Voice:
    """Fills in one conversation: the same room and device in each of its messages."""

    def __init__(self, tongue: Tongue, draw: Random, sign: str) -> None:
        self.tongue = tongue
        self._draw = draw
        self._sign = sign
        self._filled = {
            "room": tongue.one("room", draw),
            "device": tongue.one("device", draw),
            "n": str(draw.randrange(3, 40)),
        }

    def phrase(self, name: str, /, **more: str) -> str:
        """One of the phrases of that name, filled in."""
        return self.fill(self.tongue.one(name, self._draw), **more)

    def fill(self, text: str, /, **more: str) -> str:
        """The text with the conversation's room, device and number."""
        filled = text.format(**self._filled, **more)
        return filled[0].upper() + filled[1:]

    def letter(self, body: str, writer: Somebody, *, title: str = "") -> Words:
        """A customer's message: greeting, what it is about, name; perhaps under a headline."""
        text = f"{self.phrase('hello')}\n\n{body}\n\n{self.phrase('bye')}\n{writer.name}"
        parts = (("title", title), ("words", text)) if title else (("written", text),)
        return Words(parts, writer.key, self.tongue.language)

    def reply(self, body: str, writer: Somebody, to: Somebody) -> Words:
        """A message of the desk, signed with the house's name."""
        first = to.name.split()[0]
        text = f"{self.phrase('greeting', name=first)}\n\n{body}\n\n{writer.name}\n{self._sign}"
        return self.line(text, writer)

    def line(self, text: str, writer: Somebody, field: str = "written") -> Words:
        """A few words without greeting, for a field of the fact."""
        return Words(((field, text),), writer.key, self.tongue.language)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / name).read_text(encoding="utf-8"))
