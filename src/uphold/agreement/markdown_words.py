"""The plain words of Markdown as a reader sees them, and where on the page each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uphold.agreement.document_page import Page
from uphold.agreement.markdown import is_term_fence
from uphold.agreement.problem import Place

if TYPE_CHECKING:
    from markdown_it.token import Token

_WORD = re.compile(r"\S+")
_DESTINATION = re.compile(r"\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]]*\]")
# A piece is looked for so many characters behind the last one at most.
_AHEAD = 4_000


@dataclass(frozen=True, slots=True)
class Words:
    """Text with white space folded to single spaces, and the places its stretches come from.

    Stretch n begins at `offsets[n]` of the text, on line `lines[n]` at column `columns[n]` (from
    1), and goes on to the next. `starts` are the offsets where paragraphs, list items and table
    cells begin; `marks` the footnote marks `[^1]`, which a reader sees as numbers, each with its
    offset, label, line and column; `code` the spans set as code, from offset to offset.
    """

    file: str
    text: str
    offsets: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    marks: tuple[tuple[int, str, int, int], ...] = ()
    code: tuple[tuple[int, int], ...] = ()

    def place_of(self, offset: int) -> Place:
        """The place of the character at the offset of the text."""
        if not self.offsets:
            return Place(self.file, 1, 1)
        stretch = max(0, bisect_right(self.offsets, offset) - 1)
        column = self.columns[stretch] + max(0, offset - self.offsets[stretch])
        return Place(self.file, self.lines[stretch], column)

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Each paragraph, list item or table cell with its offset in the text."""
        ends = (*self.starts[1:], len(self.text))
        for start, end in zip(self.starts, ends, strict=False):
            yield start, self.text[start:end].rstrip()


class _Collector:
    """Gathers words and their places from tokens, in the order of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parts: list[str] = []
        self.size = 0
        self.offsets: list[int] = []
        self.lines: list[int] = []
        self.columns: list[int] = []
        self.starts: list[int] = []
        self.marks: list[tuple[int, str, int, int]] = []
        self.code: list[tuple[int, int]] = []
        self.space = False
        self.row_ends: dict[int, int] = {}

    def words(self) -> Words:
        return Words(
            self.page.file,
            "".join(self.parts),
            tuple(self.offsets),
            tuple(self.lines),
            tuple(self.columns),
            tuple(self.starts),
            tuple(self.marks),
            tuple(self.code),
        )

    def begin(self) -> None:
        """A new paragraph, item or cell begins with the next word."""
        self.space = True
        start = self.size + (1 if self.size else 0)
        if self.starts and self.starts[-1] >= start:
            self.starts.pop()
        self.starts.append(start)

    def add(self, text: str, source: _Source, offset: int) -> None:
        """Words that stand at the offset of the source."""
        last = 0
        for word in _WORD.finditer(text):
            if self.size and (self.space or word.start() > last):
                self.parts.append(" ")
                self.size += 1
            line, column = source.place(offset + word.start())
            self._stretch(line, column)
            self.parts.append(word[0])
            self.size += len(word[0])
            self.space = False
            last = word.end()
        if last < len(text):
            self.space = True

    def _stretch(self, line: int, column: int) -> None:
        if self.offsets and self.lines[-1] == line:
            expected = self.columns[-1] + self.size - self.offsets[-1]
            if expected == column:
                return
        self.offsets.append(self.size)
        self.lines.append(line)
        self.columns.append(column)


class _Source:
    """The Markdown source of one paragraph, heading or cell, and how it lies on the page."""

    def __init__(self, page: Page, content: str, line: int, column: int) -> None:
        self.content = content
        self.starts: list[int] = []
        self.columns: list[int] = []
        self.line = line
        self.escaped: list[int] | None = None
        position = 0
        for number, text in enumerate(content.split("\n")):
            shown = page.line(line + number)
            bare = text.strip()
            start = shown.find(bare, column)
            if start < 0:
                self.escaped = _escaped_columns(shown, column, bare)
                start = self.escaped[0] if self.escaped else column
            self.starts.append(position)
            self.columns.append(start - (len(text) - len(text.lstrip())))
            self.end = start + len(bare) + (1 if self.escaped else 0)
            position += len(text) + 1
            column = 0

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column on the page, from 1, of an offset of the content."""
        if self.escaped and offset < len(self.escaped):
            return self.line, self.escaped[offset] + 1
        number = bisect_right(self.starts, offset) - 1
        return self.line + number, self.columns[number] + offset - self.starts[number] + 1


def _escaped_columns(shown: str, column: int, text: str) -> list[int]:
    """Where each character of a table cell stands, when the page has `\\|` for its `|`."""
    wanted = text.replace("|", "\\|")
    start = shown.find(wanted, column)
    if start < 0:
        return []
    columns = []
    for character in text:
        start += 1 if character == "|" else 0
        columns.append(start)
        start += 1
    return columns


def words_of(page: Page, tokens: Sequence[Token]) -> Words:
    """The words a reader sees in the tokens; terms are left out, other fences are read."""
    collector = _Collector(page)
    for token in tokens:
        lines = token.map
        if token.type == "inline" and lines:
            _inline(collector, token, lines[0])
        elif token.type in ("fence", "code_block") and lines and not is_term_fence(token):
            first = lines[0] + (1 if token.type == "fence" else 0)
            collector.begin()
            begin = collector.size
            collector.add(token.content, _Source(page, token.content, first + 1, 0), 0)
            collector.code.append((begin, collector.size))
    return collector.words()


def _inline(collector: _Collector, token: Token, line: int) -> None:
    collector.begin()
    # The cells of a table's row share their line: each is looked for behind the one before.
    column = collector.row_ends.get(line, 0)
    source = _Source(collector.page, token.content, line + 1, column)
    if "\n" not in token.content:
        collector.row_ends[line] = source.end
    _Walk(collector, source).through(token.children or [])


class _Walk:
    """Goes along a paragraph's source and its parsed parts side by side."""

    def __init__(self, collector: _Collector, source: _Source) -> None:
        self.collector = collector
        self.source = source
        self.cursor = 0

    def through(self, children: Sequence[Token]) -> None:
        for child in children:
            self._one(child)

    def _one(self, child: Token) -> None:
        kind = child.type
        if kind == "text":
            self._take(child.content, self._skip_to(child.content))
        elif kind == "text_special":
            self._take(child.content, self._skip_to(child.markup))
        elif kind in ("softbreak", "hardbreak"):
            self._skip_to("\n")
            self.collector.space = True
        elif kind == "code_inline":
            self._code(child)
        elif kind == "footnote_ref":
            self._mark(child)
        elif kind == "image":
            self._skip_to("![")
            self.through(child.children or [])
            self._skip_link_end("]")
        elif kind == "link_open":
            self._skip_to("<" if child.markup == "autolink" else "[")
        elif kind == "link_close":
            self._skip_link_end(">" if child.markup == "autolink" else "]")
        elif child.markup:
            self._skip_to(child.markup)

    def _skip_to(self, piece: str) -> int:
        """Moves behind the next such piece of the source; gives where it begins."""
        content, cursor = self.source.content, self.cursor
        start = content.find(piece, cursor, cursor + len(piece) + _AHEAD) if piece else cursor
        if start < 0:
            return cursor
        self.cursor = start + len(piece)
        return start

    def _take(self, text: str, offset: int) -> None:
        self.collector.add(text, self.source, offset)

    def _code(self, child: Token) -> None:
        self._skip_to(child.markup)
        start = self.cursor
        behind = self.source.content[start : start + len(child.content) + 1].replace("\n", " ")
        begin = self.collector.size
        self._take(child.content, start if behind.startswith(child.content) else start + 1)
        self.collector.code.append((begin, self.collector.size))
        self.cursor = start + len(child.content)
        self._skip_to(child.markup)

    def _mark(self, child: Token) -> None:
        label = child.meta["label"]
        line, column = self.source.place(self._skip_to(f"[^{label}]"))
        self.collector.marks.append((self.collector.size, label, line, column))

    def _skip_link_end(self, closing: str) -> None:
        self._skip_to(closing)
        behind = _DESTINATION.match(self.source.content, self.cursor)
        if behind is not None and closing == "]":
            self.cursor = behind.end()
