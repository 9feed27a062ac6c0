"""An agreement as it is on the page: its header, its clauses, their prose and their blocks."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.markdown_words import Words
from uphold.agreement.problem import Place, Problem
from uphold.agreement.tree import Mapping, Scalar

PREAMBLE = "preamble"
"""The anchor of what stands before the first heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """One term: a fenced `yaml sla` block. `kind` is its first key, `name` that key's text.

    `place` is the first key's; `clause` the anchor of the clause it stands in. `first_line` and
    `last_line` are the lines of the fence, opening and closing.
    """

    place: Place
    root: Mapping
    kind: str
    name: str
    clause: str
    first_line: int = 0
    last_line: int = 0

    @property
    def name_place(self) -> Place:
        """Where the name stands, or the kind when the name is no text."""
        value = self.root.entries[0][1]
        return value.place if isinstance(value, Scalar) and value.text else self.place


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's mark in the text, or the note that a mark leads to (`defines`)."""

    mark: str
    place: Place
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A heading and what stands below it, down to the next heading of any level.

    `anchor` is the heading's `{#anchor}`, else made from its title by `markdown_anchor.slug`.
    `label` is the number the heading begins with ("1.4"), `title` the rest of it. `prose` is the
    Markdown below the heading without its terms, `words` the same as a reader sees it. `unread`
    counts terms that stand here but could not be read.
    """

    anchor: str
    label: str
    title: str
    level: int
    place: Place
    prose: str
    words: Words
    heading: Words
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: int = 0
    first_line: int = 1
    last_line: int = 1

    @property
    def text(self) -> str:
        """The prose as plain words, white space folded to single spaces."""
        return self.words.text

    def place_of(self, offset: int) -> Place:
        """The place in the file of the character at an offset of `text`."""
        return self.words.place_of(offset)

    @property
    def structure(self) -> bool:
        """Whether this is only a heading over others: no prose and no terms of its own."""
        return not self.words.text and not self.blocks and not self.unread


@dataclass(frozen=True, slots=True)
class Document:
    """An agreement, or its translation, as it was read.

    `digest` is the SHA-256 of the page in UTF-8, without byte order mark and with line feeds
    alone at line ends, in hexadecimal: the same for every way of storing the same page.
    """

    file: str
    source: str
    header: Mapping
    clauses: tuple[Clause, ...]
    digest: str

    def clause(self, anchor: str) -> Clause | None:
        """The clause of that anchor."""
        return next((each for each in self.clauses if each.anchor == anchor), None)

    def header_text(self, key: str) -> str:
        """A header's value as text; empty without it or when it is no text."""
        value = self.header.get(key)
        return value.text if isinstance(value, Scalar) else ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every term of the agreement in the order of the page."""
        return tuple(block for clause in self.clauses for block in clause.blocks)

    @property
    def is_translation(self) -> bool:
        """Whether the page says in another language what another page says."""
        return "translation of" in self.header

    def line(self, number: int) -> str:
        """A line of the page, counted from 1, for showing beside a problem."""
        lines = self.source.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a page. Without a document there is exactly one problem."""

    document: Document | None
    problems: tuple[Problem, ...]
