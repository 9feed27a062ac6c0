"""Input that cannot be used: what a command says instead of running."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from uphold.messages import Message, Reader


class Told(Protocol):
    """A problem that knows its own words, such as one of an agreement or of facts."""

    def text(self, reader: Reader, /) -> str:
        """The problem as a person reads it."""
        ...


class Refusal(Exception):
    """A command cannot run with what it was given.

    `said` is what was found; `hint` what would be right; `problems` those found in files.
    """

    def __init__(
        self, said: Message | None, hint: Message | None = None, problems: Sequence[Told] = ()
    ) -> None:
        super().__init__(said.id if said else "problems")
        self.said = said
        self.hint = hint
        self.problems = tuple(problems)

    def lines(self, reader: Reader) -> list[str]:
        """What to tell the user, a line or more each."""
        lines = [problem.text(reader) for problem in self.problems]
        if self.said is not None:
            lines.append(f"uphold: {reader.text(self.said)}")
        if self.hint is not None:
            lines.append(f"hint: {reader.text(self.hint)}")
        return lines
