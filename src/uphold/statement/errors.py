"""What can be wrong with what a user asks of statements and keys: exceptions that speak."""

from __future__ import annotations

from uphold.messages import Message, Reader


class StatementError(ValueError):
    """A statement cannot be made, read or sealed; `message` says why and what would be right."""

    def __init__(self, said: Message) -> None:
        super().__init__(Reader("en").text(said))
        self.message = said


class KeyFileError(StatementError):
    """A key cannot be made, or a file holds no key that seals statements."""


class PeriodClosedError(StatementError):
    """The period was stated already; it can only be stated anew, with a reason."""
