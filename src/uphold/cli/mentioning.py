"""Telling what was wrong with lines that could not count, behind the result."""

from __future__ import annotations

from collections.abc import Sequence

from uphold.agreement.problem import Problem as PageProblem
from uphold.cli.loading import told, untold
from uphold.cli.screen import Screen
from uphold.facts.problems import Problem as FactProblem
from uphold.messages import message


def mention(screen: Screen, problems: Sequence[FactProblem | PageProblem]) -> None:
    """Says the first problems on stderr, and how many more there are."""
    for problem in told(problems):
        screen.problem(problem.text(screen.reader))
    if untold(problems):
        screen.problem(screen.say(message("cli.more-problems", count=untold(problems))))
