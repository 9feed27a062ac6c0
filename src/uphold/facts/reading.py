"""Reading facts from JSON Lines: every fact that can be read, and every problem found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from uphold.facts.fact import Fact
from uphold.facts.lines import Source, source_name, sources_in
from uphold.facts.problems import Problem
from uphold.facts.scanning import fact_of, scan


class Reading(NamedTuple):
    """What was read: the sound facts in the order of the lines, and all problems."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]


def read_facts(sources: Iterable[Source] | Source, *, now: datetime | None = None) -> Reading:
    """The facts of one or more paths or streams of JSON Lines.

    A line that is no sound fact is left out and reported with its file, line and column. With
    `now` (aware) an `at` more than five minutes ahead of it is refused. What can be seen only
    among several facts (one id for two contents, a correction of nothing) `FactSet` reports.
    """
    facts: list[Fact] = []
    problems: list[Problem] = []
    for source in sources_in(sources):
        file = source_name(source)
        facts.extend(fact_of(row, file) for row in scan(source, problems, now=now))
    return Reading(tuple(facts), tuple(problems))
