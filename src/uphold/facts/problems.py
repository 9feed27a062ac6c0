"""What is wrong with facts, and where: values, never exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from uphold.messages import Message


class SpeaksMessages(Protocol):
    """What showing a problem needs of a reader (`uphold.messages.Reader`)."""

    def text(self, message: Message, /) -> str:
        """The message in words."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: line and column count from 1, columns in characters; 0 is unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, its place, what to say and what would be right.

    The message is `problem.<code>`, the hint `hint.<code>`, with the values they name as data.
    """

    code: str
    message: Message
    hint: Message | None = None
    place: Place | None = None

    def moved(self, lines: int) -> Problem:
        """The problem of a stretch of a file that begins behind so many lines of it."""
        if self.place is None or not self.place.line:
            return self
        return replace(self, place=replace(self.place, line=self.place.line + lines))

    def text(self, reader: SpeaksMessages) -> str:
        """The problem as a person reads it: place, code, message, and the hint below."""
        where = f"{self.place}: " if self.place else ""
        shown = [f"{where}error [{self.code}] {reader.text(self.message)}"]
        if self.hint is not None:
            shown.append(f"hint: {reader.text(self.hint)}")
        return "\n".join(map(printable, shown))

    def to_json(self, reader: SpeaksMessages) -> dict[str, object]:
        """The problem as data, with its words in the reader's language."""
        place = self.place or Place("")
        return {
            "code": self.code,
            "file": place.file or None,
            "line": place.line or None,
            "column": place.column or None,
            "message": reader.text(self.message),
            "hint": None if self.hint is None else reader.text(self.hint),
        }


def problem_order(problem: Problem) -> tuple[Place, str, str]:
    """Where a problem stands in a report: by file, line, column, then code."""
    return problem.place or Place(""), problem.code, repr(sorted_data(problem.message.data))


def sorted_data(data: Mapping[str, object]) -> list[tuple[str, object]]:
    """A message's data in one order, whatever order it was given in."""
    return sorted(data.items())


def printable(text: str) -> str:
    """The text without characters that would act on a terminal instead of being shown."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
