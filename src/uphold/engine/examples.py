"""Running the examples of an agreement: its own test suite."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.example import ExampleTerm, Seen
from uphold.engine.expectations import Difference, differences
from uphold.engine.settle import Settlement, settle
from uphold.engine.verdict import Verdicts
from uphold.facts.checking import read_fact
from uphold.facts.evidence import Measure, Run
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.times import from_datetime
from uphold.messages import Message, message


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example run: what was wrong with its facts, and what came out otherwise."""

    example: ExampleTerm
    problems: tuple[Message, ...]
    differences: tuple[Difference, ...]
    settlement: Settlement | None

    @property
    def verdicts(self) -> Verdicts | None:
        """The verdicts that came out, where it could be run."""
        return self.settlement.verdicts if self.settlement else None

    @property
    def passed(self) -> bool:
        """Whether all that was expected came true."""
        return not self.problems and not self.differences


def run_examples(agreement: Agreement) -> tuple[ExampleRun, ...]:
    """Every example of the agreement, run against it."""
    return tuple(run_example(agreement, example) for example in agreement.of(ExampleTerm))


def run_example(agreement: Agreement, example: ExampleTerm) -> ExampleRun:
    """One example, run against the agreement that it stands in."""
    facts: list[Fact] = []
    problems: list[Message] = []
    for number, written in enumerate(example.facts, start=1):
        fact, wrong = read_fact(written, texts=True)
        problems += [
            message("example.fact", number=number, problem=problem.message) for problem in wrong
        ]
        facts += [fact] if fact is not None else []
    if problems:
        return ExampleRun(example, tuple(problems), (), None)
    settlement = settle(
        (agreement,),
        FactSet.of(facts),
        map(run_of_row, example.evidence),
        example.at,
        example.known,
        as_if_in_force=example.as_if_in_force,
    )
    missed = tuple(differences(agreement, settlement, example.expect))
    return ExampleRun(example, (), missed, settlement)


def run_of_row(row: Seen) -> Run:
    """The run that a row of an example's evidence is.

    Its looks are those that fit between the first and the last; where the row does not say how
    often it looks, it is one look or two.
    """
    first = from_datetime(row.first)
    last = first if row.last is None else from_datetime(row.last)
    every = None if row.every is None else row.every.us
    count = (last - first) // every + 1 if every else 1 + (first != last)
    measured = (row.attempts, row.failed, row.milliseconds, row.loss)
    measure = None
    if any(each is not None for each in measured):
        measure = Measure(
            row.attempts, row.failed, row.milliseconds, row.loss.value if row.loss else None
        )
    return Run(row.by, row.from_, row.check, first, last, row.state, every, count, measure)
