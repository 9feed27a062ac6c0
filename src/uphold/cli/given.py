"""Evidence as it was given: what was read, how much of it, and what its readers had to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from uphold.facts.evidence import Evidence, Run
from uphold.facts.problems import Problem
from uphold.messages import Message


@dataclass(frozen=True, slots=True)
class Given:
    """Evidence that was read, its rows counted, with what its readers had to say.

    `rows` counts what was read, left out or not; `problems` are rows that could not count.
    """

    evidence: Evidence = field(default_factory=Evidence)
    rows: int = 0
    notes: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """The evidence's runs."""
        return self.evidence.runs

    def behind(self, instant: int) -> int:
        """How many runs begin after an instant, so that nothing as of then can use them."""
        return sum(run.first > instant for run in self.runs)
