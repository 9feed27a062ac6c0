"""The inside of a term's block: texts, lists and mappings, each with its place in the file.

Nothing is parsed here: `NO`, `1.0` and `08:00` stay the text that was written, and what a text
means is for the grammar of phrases to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from uphold.agreement.problem import Place

DEEPEST = 12
"""Lists and mappings may hold each other this deep; the terms need five."""

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Style = str  # "" for plain text, or the sign it was written with: ' " | >


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `place` is where it begins, at its quotation mark if it has one.

    `length` counts the characters it takes on its first line, quotation marks and all; `exact`
    says that those characters are the text itself, without escapes, folding or later lines.
    """

    text: str
    place: Place
    style: Style = ""
    length: int = 1
    exact: bool = True
    last_line: int = 0

    @property
    def quoted(self) -> bool:
        """Whether it stands in quotation marks."""
        return self.style in ("'", '"') and self.style != ""

    def place_of(self, offset: int) -> Place:
        """The place of the character at an offset of the text, or where the text begins.

        Exact for a text on one line without escapes; else the nearest honest answer.
        """
        if not self.exact:
            return self.place
        return self.place.moved(offset + (1 if self.quoted else 0))


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, at its first item or opening bracket."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and what they hold, in the order written, at its first key or opening brace."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """What the key holds, or None without it."""
        for written, node in self.entries:
            if written.text == key:
                return node
        return None

    def key(self, key: str) -> Scalar | None:
        """The key as written, with its place."""
        for written, _node in self.entries:
            if written.text == key:
                return written
        return None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys as texts, in the order written."""
        return tuple(written.text for written, _node in self.entries)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __len__(self) -> int:
        return len(self.entries)


Node: TypeAlias = "Scalar | Sequence | Mapping"


def plain(node: Node) -> Plain:
    """The node as bare texts, lists and dicts, without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def scalars(node: Node) -> Iterator[Scalar]:
    """Every text in the node, keys too, in the order written."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from scalars(value)
