"""The everyday part of YAML, read line by line: some ten times faster than by all its rules.

What terms are made of day by day (keys and plain or quoted texts, lists with hyphens, brackets,
texts over several lines) is read here. Anything else, every mistake too, gives None, and
`tree_yaml` reads it by the whole rules; where both give a tree, it is the same tree.
"""

from __future__ import annotations

import re

from uphold.agreement.document_page import Snippet
from uphold.agreement.problem import Place
from uphold.agreement.tree import DEEPEST, Mapping, Node, Scalar, Sequence

_KEY = re.compile(r"([^\W_](?:(?:[\w .%/()-]|:(?=\w))*[\w.%/()-])?):(?: +|$)")
_ITEM = re.compile(r"- +(?=[^ ])")
_QUOTED = re.compile(r"'((?:[^'\n]|'')*)'|\"([^\"\\\n]*)\"")
_PLAIN = re.compile(r"[^\s,\[\]{}#&*!|>'\"%@`?:-].*")
_NOT_PLAIN = re.compile(r": | #|:$")
_FLOW_PLAIN = re.compile(
    r"[^\s,\[\]{}#&*!|>'\"%@`?:-](?:[^\n,\[\]{}:#]|:(?=[^\s,\[\]{}'\"])|(?<=[^\s])#)*"
)
_LONGEST_KEY = 200


class _UnusualError(Exception):
    """This block is for the whole rules to read."""


def read_quickly(snippet: Snippet) -> Node | None:
    """The tree of a block, or None where it holds anything out of the ordinary."""
    try:
        return _Lines(snippet).root()
    except _UnusualError:
        return None


class _Lines:
    """The lines of a block that hold something, each with its indentation.

    Lines and columns count from 0. A line of a list is read again from behind its hyphen.
    """

    def __init__(self, snippet: Snippet) -> None:
        self.snippet = snippet
        self.texts = snippet.text.split("\n")
        self.numbers = [n for n, text in enumerate(self.texts) if text.strip(" ")]
        self.indents = [len(text) - len(text.lstrip(" ")) for text in self.texts]
        self.at = 0

    def root(self) -> Node:
        if not self.numbers:
            raise _UnusualError
        node = self.block(self.indents[self.numbers[0]], 1)
        if self.at < len(self.numbers):
            raise _UnusualError
        return node

    def indent(self) -> int:
        """The indentation of the line that comes next, -1 behind the last."""
        return self.indents[self.numbers[self.at]] if self.at < len(self.numbers) else -1

    def place(self, line: int, column: int) -> Place:
        return self.snippet.place(line, column)

    def block(self, indent: int, depth: int) -> Node:
        """The list or mapping whose lines have this indentation."""
        if depth > DEEPEST:
            raise _UnusualError
        line = self.numbers[self.at]
        if _ITEM.match(self.texts[line], indent):
            return self.sequence(indent, depth)
        return self.mapping(indent, depth)

    def sequence(self, indent: int, depth: int) -> Sequence:
        place = self.place(self.numbers[self.at], indent)
        items: list[Node] = []
        while self.indent() == indent:
            line = self.numbers[self.at]
            hyphen = _ITEM.match(self.texts[line], indent)
            if hyphen is None:
                # A key at the hyphens' own column goes on with the mapping around this list.
                break
            column = hyphen.end()
            if _ITEM.match(self.texts[line], column):
                raise _UnusualError
            if self.key(line, column):
                self.indents[line] = column
                items.append(self.block(column, depth + 1))
            else:
                items.append(self.value(line, column, indent, depth + 1))
        if self.indent() > indent:
            raise _UnusualError
        return Sequence(tuple(items), place)

    def key(self, line: int, column: int) -> re.Match[str] | None:
        return _KEY.match(self.texts[line], column)

    def mapping(self, indent: int, depth: int) -> Mapping:
        place = self.place(self.numbers[self.at], indent)
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        while self.indent() == indent:
            line = self.numbers[self.at]
            found = self.key(line, indent)
            if found is None or found[1] in seen or len(found[1]) > _LONGEST_KEY:
                raise _UnusualError
            seen.add(found[1])
            key = self.scalar(found[1], line, indent)
            entries.append((key, self.held(found, line, indent, depth)))
        if self.indent() > indent:
            raise _UnusualError
        return Mapping(tuple(entries), place)

    def held(self, key: re.Match[str], line: int, indent: int, depth: int) -> Node:
        """What stands behind a key, in its line or below it."""
        if key.end() < len(self.texts[line]):
            return self.value(line, key.end(), indent, depth + 1)
        self.at += 1
        below = self.indent()
        if below > indent:
            return self.block(below, depth + 1)
        if below == indent and _ITEM.match(self.texts[self.numbers[self.at]], indent):
            return self.block(indent, depth + 1)
        return self.scalar("", line, key.end(1) + 1)

    def value(self, line: int, column: int, indent: int, depth: int) -> Node:
        """A text or brackets that begin within a line; `indent` is that of the line's block."""
        text = self.texts[line]
        if depth > DEEPEST:
            raise _UnusualError
        if text[column] in "[{":
            return _Flow(self, line, column, indent).node(depth)
        quoted = _QUOTED.match(text, column)
        if quoted is not None:
            if text[quoted.end() :].strip(" "):
                raise _UnusualError
            self.at += 1
            return self.quoted(quoted, line, column)
        if _PLAIN.match(text, column) is None:
            raise _UnusualError
        return self.plain(line, column, indent)

    def plain(self, line: int, column: int, indent: int) -> Scalar:
        """A text without quotation marks, and its further lines, which are indented more."""
        parts = [self.texts[line][column:].rstrip(" ")]
        last = line
        self.at += 1
        while self.indent() > indent:
            last += 1
            if self.numbers[self.at] != last:
                raise _UnusualError
            parts.append(self.texts[last].strip(" "))
            self.at += 1
        if any(part.startswith("#") or _NOT_PLAIN.search(part) for part in parts):
            raise _UnusualError
        if len(parts) == 1:
            return self.scalar(parts[0], line, column)
        place = self.place(line, column)
        return Scalar(" ".join(parts), place, "", 1, False, self.snippet.first_line + last)

    def quoted(self, found: re.Match[str], line: int, column: int) -> Scalar:
        style = found[0][0]
        written = found[0][1:-1]
        text = written.replace("''", "'") if style == "'" else written
        exact = len(text) == len(written)
        place = self.place(line, column)
        return Scalar(text, place, style, len(found[0]), exact, self.snippet.first_line + line)

    def scalar(self, text: str, line: int, column: int) -> Scalar:
        number = self.snippet.first_line + line
        return Scalar(text, self.place(line, column), "", max(1, len(text)), True, number)


class _Flow:
    """Brackets, over one line or several, and the texts in them, each within one line."""

    def __init__(self, lines: _Lines, line: int, column: int, indent: int) -> None:
        self.lines = lines
        self.indent = indent
        self.line = line
        self.column = column

    def node(self, depth: int) -> Node:
        """The outermost brackets, with nothing behind them in their last line."""
        found = self.value(depth)
        if self.lines.texts[self.line][self.column :].strip(" "):
            raise _UnusualError
        numbers = self.lines.numbers
        while self.lines.at < len(numbers) and numbers[self.lines.at] <= self.line:
            self.lines.at += 1
        if self.lines.indent() > self.indent:
            raise _UnusualError
        return found

    def gap(self) -> str:
        """Skips spaces and line ends; the sign that follows."""
        while True:
            text = self.lines.texts[self.line]
            while self.column < len(text) and text[self.column] == " ":
                self.column += 1
            if self.column < len(text):
                return text[self.column]
            self.line += 1
            self.column = 0
            if self.line >= len(self.lines.texts):
                raise _UnusualError
            blank = not self.lines.texts[self.line].strip(" ")
            if blank or self.lines.indents[self.line] <= self.indent:
                raise _UnusualError

    def value(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise _UnusualError
        sign = self.gap()
        if sign == "[":
            return self.sequence(depth)
        if sign == "{":
            return self.mapping(depth)
        return self.scalar()

    def scalar(self) -> Scalar:
        text = self.lines.texts[self.line]
        quoted = _QUOTED.match(text, self.column)
        if quoted is not None:
            column, self.column = self.column, quoted.end()
            return self.lines.quoted(quoted, self.line, column)
        found = _FLOW_PLAIN.match(text, self.column)
        if found is None:
            raise _UnusualError
        column, self.column = self.column, found.end()
        return self.lines.scalar(found[0].rstrip(" "), self.line, column)

    def sequence(self, depth: int) -> Sequence:
        place = self.lines.place(self.line, self.column)
        items: list[Node] = []
        self.column += 1
        if self.gap() != "]":
            items.append(self.value(depth + 1))
            while self.next("]"):
                items.append(self.value(depth + 1))
        self.column += 1
        return Sequence(tuple(items), place, flow=True)

    def next(self, end: str) -> bool:
        """Whether another part follows, behind a comma."""
        line = self.line
        sign = self.gap()
        if sign == end:
            return False
        if sign != "," or self.line != line:
            raise _UnusualError
        self.column += 1
        if self.gap() == end:
            raise _UnusualError
        return True

    def mapping(self, depth: int) -> Mapping:
        place = self.lines.place(self.line, self.column)
        entries: list[tuple[Scalar, Node]] = []
        self.column += 1
        if self.gap() != "}":
            entries.append(self.entry(depth))
            while self.next("}"):
                entries.append(self.entry(depth))
        self.column += 1
        if len({key.text for key, _ in entries}) < len(entries):
            raise _UnusualError
        return Mapping(tuple(entries), place, flow=True)

    def entry(self, depth: int) -> tuple[Scalar, Node]:
        self.gap()
        key = self.scalar()
        text = self.lines.texts[self.line]
        if key.quoted or text[self.column : self.column + 2] != ": ":
            raise _UnusualError
        if len(key.text) > _LONGEST_KEY:
            raise _UnusualError
        self.column += 1
        return key, self.value(depth + 1)
