"""What the rules are about: the document with its terms typed, each beside its block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from uphold.agreement.document import Block, Clause, Document
from uphold.agreement.problem import Place, Problem, Severity, found, nearest
from uphold.agreement.terms.base import Term
from uphold.agreement.tree import Mapping, Node, Scalar
from uphold.agreement.tree import Sequence as ListNode
from uphold.messages import Message, Value

T = TypeVar("T", bound=Term)


class NamedField(Protocol):
    """A field of a kind of fact; `words` are the only values it may have, if any are listed."""

    @property
    def name(self) -> str:
        """What facts call it."""

    @property
    def words(self) -> tuple[str, ...]:
        """The values it may have; empty where any will do."""


class FactKind(Protocol):
    """A kind of fact as the checker needs to know it (`uphold.facts.FactType`).

    `things` are the kinds of subject that such a fact may be about.
    """

    @property
    def name(self) -> str:
        """The type: `request.opened`."""

    @property
    def things(self) -> tuple[str, ...]:
        """The kinds of subject."""

    @property
    def fields(self) -> Sequence[NamedField]:
        """The fields besides those that all facts may bear."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, the block it was read from, and the clause it stands in."""

    term: Term
    block: Block
    clause: Clause


@dataclass(frozen=True)
class Subject:
    """All that a rule may look at; `facts` is empty where the kinds of fact are not known."""

    document: Document
    entries: tuple[Entry, ...]
    folder: Path | None = None
    facts: Sequence[FactKind] = field(default=())
    translations: tuple[Document, ...] = ()

    @property
    def language(self) -> str:
        """The language of the prose."""
        return self.document.header_text("language")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The page's lines."""
        return tuple(self.document.source.split("\n"))

    @cached_property
    def by_name(self) -> dict[str, Entry]:
        """The first term of each name."""
        named: dict[str, Entry] = {}
        for entry in self.entries:
            named.setdefault(entry.term.name, entry)
        return named

    def of(self, kind: type[T]) -> Iterator[tuple[T, Entry]]:
        """The terms of a kind in the order of the page, each with its entry."""
        for entry in self.entries:
            if isinstance(entry.term, kind):
                yield entry.term, entry

    def names_of(self, *kinds: type[Term]) -> tuple[str, ...]:
        """The names of all terms of these kinds."""
        return tuple(e.term.name for e in self.entries if isinstance(e.term, kinds))

    def found(
        self,
        code: str,
        place: Place,
        data: dict[str, Value] | None = None,
        *,
        length: int = 1,
        hint: str | None = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a place of the page."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return found(code, place, line, data, length=length, hint=hint, severity=severity)

    def at(
        self,
        code: str,
        node: Node,
        data: dict[str, Value] | None = None,
        *,
        part: tuple[int, int] | None = None,
        hint: str | None = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a value of a block, or at the part of its text between two offsets."""
        place, length = node.place, 1
        if isinstance(node, Scalar):
            length = node.length
            if part is not None and node.exact:
                place, length = node.place_of(part[0]), part[1] - part[0]
        return self.found(code, place, data, length=length, hint=hint, severity=severity)

    def at_name(
        self,
        code: str,
        entry: Entry,
        data: dict[str, Value] | None = None,
        *,
        hint: str | None = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at the name of a term, told of its kind and name."""
        told: dict[str, Value] = {"kind": entry.block.kind, "name": entry.block.name}
        node = entry.block.root.entries[0][1]
        return self.at(code, node, told | (data or {}), hint=hint, severity=severity)

    def at_key(
        self,
        code: str,
        entry: Entry,
        key: str,
        data: dict[str, Value] | None = None,
        *,
        hint: str | None = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at the value of a term's key, or at the name where the key is not written."""
        node = entry.block.root.get(key)
        if node is None:
            return self.at_name(code, entry, data, hint=hint, severity=severity)
        told: dict[str, Value] = {"kind": entry.block.kind, "name": entry.block.name, "key": key}
        return self.at(code, node, told | (data or {}), hint=hint, severity=severity)


def texts(node: Node | None) -> Iterator[Scalar]:
    """Every value in a node that is a text; keys are left out."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from texts(item)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from texts(value)


WHAT = (
    "calendar", "clock", "promise", "service", "supplier", "part", "level", "fact", "field",
    "value", "thing", "state", "verdict",
)  # fmt: skip
"""What a name can be meant to name."""
MESSAGE_IDS = tuple(f"name.{what}" for what in WHAT)


def like(name: str, known: Sequence[str], what: str) -> dict[str, Value]:
    """What to tell of a name that leads nowhere: the nearest one, all there are, and of what."""
    shown = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
    return {
        "found": name,
        "near": nearest(name, known) or "",
        "known": shown or "–",
        "what": named(what),
    }


def named(what: str) -> Message:
    """The words for what a name can be meant to name."""
    return Message(f"name.{what}")
