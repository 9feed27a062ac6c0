"""What is wrong with one cell or row of evidence, before its line is known."""

from __future__ import annotations

from uphold.facts.problems import Place, Problem
from uphold.messages import Message


class CellError(ValueError):
    """A row of evidence cannot be read; the message names the column and what stands there."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.id)
        self.message = message
        self.hint = hint

    def at(self, place: Place) -> Problem:
        """The problem that it is, at a place."""
        return problem_at(place, self.message, self.hint)


def problem_at(place: Place, message: Message, hint: Message | None = None) -> Problem:
    """The problem of a message named `problem.<code>`, at a place."""
    return Problem(message.id.removeprefix("problem."), message, hint, place)
