"""The problems of one reading, in the order found; a file of nothing else must not fill memory."""

from __future__ import annotations

from uphold.facts.evidence.cell_error import problem_at
from uphold.facts.problems import Place, Problem
from uphold.messages import Message, message

MOST = 1_000
"""So many problems of a source are told one by one; of the rest only how many there are."""


class Findings:
    """Problems of one source."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._more = 0

    def add(self, line: int, said: Message, hint: Message | None = None, column: int = 0) -> None:
        """Notes a problem at a line, 0 for the whole source."""
        if len(self._problems) >= MOST:
            self._more += 1
            return
        self._problems.append(problem_at(Place(self._file, line, column), said, hint))

    def all(self) -> tuple[Problem, ...]:
        """The problems, and as a last one how many more there were."""
        if not self._more:
            return tuple(self._problems)
        more = message("problem.evidence-more", count=self._more)
        return *self._problems, problem_at(Place(self._file), more)
