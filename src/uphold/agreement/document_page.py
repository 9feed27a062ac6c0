"""A file's text in lines, as problems and blocks refer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from uphold.agreement.problem import Place, Problem, Severity, found
from uphold.messages import Value


@dataclass(frozen=True)
class Page:
    """The text of one file: UTF-8 without byte order mark, lines ending in a line feed.

    `lines` are without their line feeds; the file's line n is `lines[n - 1]`.
    """

    file: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines. Only a line feed ends one, so that places agree with every editor."""
        return tuple(self.text.split("\n"))

    def line(self, number: int) -> str:
        """The line of that number, counted from 1; empty outside the page."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def place(self, line: int, column: int) -> Place:
        """A place on this page, both counted from 1."""
        return Place(self.file, line, column)

    def found(
        self,
        code: str,
        place: Place,
        data: Mapping[str, Value] | None = None,
        *,
        length: int = 1,
        hint: str | None = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem on this page, with its source line (see `uphold.agreement.problem.found`)."""
        source = self.line(place.line)
        return found(code, place, source, data, length=length, hint=hint, severity=severity)


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text of a block on a page. Its line 0 is the page's line `first_line`.

    `indents` says for each line how many characters of the page's line stand before it;
    empty, when none do.
    """

    page: Page
    text: str
    first_line: int
    indents: tuple[int, ...] = ()

    def place(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the text, both counted from 0."""
        indent = self.indents[line] if line < len(self.indents) else 0
        return self.page.place(self.first_line + line, column + indent + 1)
