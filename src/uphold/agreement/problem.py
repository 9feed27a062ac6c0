"""What is wrong with an agreement, and where: values, never exceptions."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from uphold.agreement.problem_codes import HINTS, message_ids
from uphold.messages import Message, Value, message

MESSAGE_IDS = tuple(message_ids(HINTS))

Severity = Literal["error", "warning"]

MOST_ALIKE = 50
"""Problems of one code that are shown; a person mends these first."""

# A source line is shown whole up to this many characters, else a stretch of it around the place.
_SHOWN = 160
_BEFORE = 60


class SpeaksMessages(Protocol):
    """What showing a problem needs of a reader (`uphold.messages.Reader`)."""

    def text(self, said: Message, /) -> str:
        """The message in words."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file. Line and column count from 1; columns count characters, not bytes."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def moved(self, columns: int) -> Place:
        """The place so many characters further on the same line."""
        return Place(self.file, self.line, self.column + columns)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, its place, what to say and what would be right.

    `line` is the source line the place is on; `length` how many characters of it the carets
    mark. The message is `problem.<code>`; the hint is `hint.<code>` or a variant of it.
    """

    code: str
    place: Place
    message: Message
    hint: Message | None
    line: str
    length: int = 1
    severity: Severity = "error"

    def text(self, reader: SpeaksMessages) -> str:
        """The problem as a person reads it: place and message, the line, carets, the hint."""
        mark = f"{self.severity} [{self.code}]"
        shown = [f"{printable(str(self.place))}: {mark} {printable(reader.text(self.message))}"]
        if self.line.strip():
            shown += _pointed(self.line, self.place.column, self.length)
        if self.hint is not None:
            shown.append(f"hint: {printable(reader.text(self.hint))}")
        return "\n".join(shown)

    def to_json(self, reader: SpeaksMessages) -> dict[str, object]:
        """The problem as data, with its words in the reader's language beside the ids."""
        hint = self.hint
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "length": self.length,
            "source": self.line,
            "message": reader.text(self.message),
            "hint": None if hint is None else reader.text(hint),
        }


def found(
    code: str,
    place: Place,
    line: str,
    data: Mapping[str, Value] | None = None,
    *,
    length: int = 1,
    hint: str | None = "",
    severity: Severity = "error",
) -> Problem:
    """A problem whose message is `problem.<code>`, with the hint of that name.

    `line` is the source line. `hint` names another hint than the code's own, None means none; it
    is told the same data. Codes that `HINTS` does not list have the hint `hint.<code>`.
    """
    told = data or {}
    if hint == "":
        hint = HINTS.get(code, (code,))[0]
    advice = None if hint is None else Message(f"hint.{hint}", told)
    return Problem(code, place, Message(f"problem.{code}", told), advice, line, length, severity)


def limited(problems: Iterable[Problem], most: int = MOST_ALIKE) -> tuple[Problem, ...]:
    """Problems in the order of the page, each once.

    Of one code at most so many are kept; the last of them is followed by how many there are more.
    """
    shown: list[Problem] = []
    counts: Counter[str] = Counter()
    last: dict[str, Problem] = {}
    for problem in sorted(dict.fromkeys(problems), key=_page_order):
        counts[problem.code] += 1
        if counts[problem.code] <= most:
            shown.append(problem)
            last[problem.code] = problem
    for code, count in counts.items():
        if count > most:
            shown.append(_more(last[code], count - most))
    return tuple(sorted(shown, key=_page_order))


def _page_order(problem: Problem) -> tuple[Place, bool, str]:
    return problem.place, problem.code == "more", problem.code


def _more(last: Problem, count: int) -> Problem:
    said = message("problem.more", count=count, code=last.code)
    return Problem("more", last.place, said, None, "", severity=last.severity)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the given one, or none that is like it at all."""
    import difflib

    by_folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(name.casefold()[:80], by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def printable(text: str) -> str:
    """The text without characters that would act on a terminal instead of being shown."""
    return text if text.isprintable() else "".join(map(_shown_as, text))


def _shown_as(character: str) -> str:
    harmless = character.isprintable() or character in "\n\t"
    if harmless or unicodedata.category(character) == "Zs":
        return character
    return "\N{REPLACEMENT CHARACTER}"


def _pointed(line: str, column: int, length: int) -> list[str]:
    """The source line, and carets under the place, whatever widths its characters have."""
    start = min(max(column - 1, 0), len(line))
    cut = max(0, start - _BEFORE) if len(line) > _SHOWN else 0
    shown = printable(line[cut : cut + _SHOWN].replace("\n", " "))
    lead = "…" if cut else ""
    tail = "…" if cut + _SHOWN < len(line) else ""
    before, marked = shown[: start - cut], shown[start - cut : start - cut + max(length, 1)]
    padding = " " * len(lead) + "".join(map(_blank, before))
    carets = "^" * max(1, sum(map(_width, marked)))
    return [f"    {lead}{shown}{tail}", f"    {padding}{carets}"]


def _blank(character: str) -> str:
    """White space as wide as the character is on a terminal; a tab stays a tab."""
    return "\t" if character == "\t" else " " * _width(character)


def _width(character: str) -> int:
    """Columns a character takes on a terminal (Unicode annex 11; marks that combine take none)."""
    if character < "\x7f":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
