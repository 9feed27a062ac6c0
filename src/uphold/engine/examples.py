"""Running the examples of an agreement: its own test suite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.lengths import parse_duration
from uphold.agreement.terms.example import ExampleTerm
from uphold.engine.evaluate import evaluate
from uphold.engine.verdict import Verdict, Verdicts
from uphold.facts.checking import read_fact
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.messages import Message, message
from uphold.worktime.durations import Elapsed, Working


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that did not come true: of which verdict, which part, and both values."""

    expected_of: str
    part: str
    expected: str
    found: str

    def message(self) -> Message:
        """The difference in words."""
        return message(
            "example.difference",
            verdict=self.expected_of,
            part=self.part,
            expected=self.expected,
            found=self.found,
        )


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example run: what was wrong with its facts, and what came out otherwise."""

    example: ExampleTerm
    problems: tuple[Message, ...]
    differences: tuple[Difference, ...]
    verdicts: Verdicts | None

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
    verdicts = evaluate(
        (agreement,),
        FactSet.of(facts),
        example.at,
        example.known,
        as_if_in_force=example.as_if_in_force,
    )
    differences = [
        difference
        for key, expected in example.expect.items()
        for difference in _compared(verdicts, key, expected)
    ]
    return ExampleRun(example, (), tuple(differences), verdicts)


def _compared(verdicts: Verdicts, key: str, expected: Mapping[str, str]) -> Iterator[Difference]:
    verdict = _meant(verdicts, key, expected)
    if verdict is None:
        if expected.get("state") != "none":
            known = ", ".join(each.key for each in verdicts) or "-"
            yield Difference(key, "verdict", ", ".join(expected.values()), known)
        return
    for part, wanted in expected.items():
        found, equal = _part(verdict, part, wanted)
        if not equal:
            yield Difference(key, part, wanted, found)


def _meant(verdicts: Verdicts, key: str, expected: Mapping[str, str]) -> Verdict | None:
    """The verdict of `CLOCK`, `SUBJECT/CLOCK` or either with `/CYCLE`; the first cycle else."""
    head, slash, last = key.rpartition("/")
    cycle = expected.get("cycle", "1")
    if slash and last.isdigit():
        key, cycle = head, last
    subject, slash, clock = key.rpartition("/")
    found = (
        verdict
        for verdict in verdicts
        if verdict.clock == clock
        and (not slash or verdict.subject == subject)
        and str(verdict.cycle) == cycle
    )
    return next(found, None)


def _part(verdict: Verdict, part: str, wanted: str) -> tuple[str, bool]:
    """What the verdict holds there, and whether it is what was wanted."""
    if part in ("due", "promised_due", "starts", "stopped"):
        instant: datetime | None = getattr(verdict, part)
        if instant is None or wanted == "none":
            return ("none" if instant is None else instant.isoformat()), (
                instant is None and wanted == "none"
            )
        return instant.isoformat(), instant == _instant(wanted)
    if part in ("used", "left"):
        amount = verdict.used_us if part == "used" else verdict.left_us
        if amount is None:
            return "none", wanted == "none"
        return str(Elapsed(amount)), amount == _amount(wanted)
    if part == "because":
        terms = [str(reason.data.get("term", reason.id)) for reason in verdict.because]
        ids = [reason.id.removeprefix("reason.") for reason in verdict.because]
        return ", ".join(dict.fromkeys(terms)), verdict.leans_on(wanted) or wanted in ids
    if part == "provisional":
        return ("yes" if verdict.provisional else "no"), wanted == (
            "yes" if verdict.provisional else "no"
        )
    if part in ("state", "standing", "cycle", "clause", "revision"):
        found = str(getattr(verdict, part))
        return found, found == wanted
    return "-", False


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> int | None:
    try:
        duration = parse_duration(text)
    except PhraseError:
        return None
    return duration.us if isinstance(duration, Elapsed | Working) else None
