"""What every adapter of evidence gives, and how it says that a source cannot be read at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from uphold.facts.evidence.run import Run
from uphold.facts.problems import Problem, SpeaksMessages, printable
from uphold.messages import Message, Reader

_MICROSECOND = timedelta(microseconds=1)


class SourceError(ValueError):
    """A source cannot be read at all; `problem` says what was found, where, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text(Reader("en")))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class AdapterRead:
    """What an adapter made of a source.

    `runs` are looks, or runs where the source was a log of changes with a stated hold; their order
    means nothing. `problems` are rows that were left out. `notes` are what a reader of the figures
    should know: what the source does not tell, and what became unknown. `rows` counts what was
    read, left out or not.
    """

    runs: tuple[Run, ...]
    rows: int
    notes: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()

    def text(self, reader: SpeaksMessages) -> str:
        """The report as a person reads it: how much, then a line for each note and problem."""
        told = {"rows": self.rows, "runs": len(self.runs)}
        shown = [reader.text(Message("evidence-source.summary", told))]
        shown.extend(f"- {reader.text(note)}" for note in self.notes)
        return "\n".join([*map(printable, shown), *(each.text(reader) for each in self.problems)])


def joined(reads: Sequence[AdapterRead]) -> AdapterRead:
    """Several sources' reads as one; notes that two of them share are said once."""
    notes = {repr(note): note for read in reads for note in read.notes}
    return AdapterRead(
        runs=tuple(run for read in reads for run in read.runs),
        rows=sum(read.rows for read in reads),
        notes=tuple(notes.values()),
        problems=tuple(problem for read in reads for problem in read.problems),
    )


def microseconds(length: timedelta) -> int:
    """A length in whole microseconds, as the engine counts time."""
    return length // _MICROSECOND
