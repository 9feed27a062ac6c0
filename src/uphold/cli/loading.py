"""Agreements and facts, read and ready to be judged; what cannot be used is a refusal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from uphold.agreement.agreement import Agreement
from uphold.agreement.compile import compile_agreement
from uphold.agreement.document import Document, read_document
from uphold.agreement.problem import Problem as PageProblem
from uphold.cli.refusal import Refusal
from uphold.cli.sources import STDIN, Sources
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.problems import Problem as FactProblem
from uphold.messages import message

_YEAR = timedelta(days=366)
_FURTHEST = 60 * _YEAR
"""Hours are written out at most so far from a revision's posting; beyond it they are unknown."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time from the first fact to the instant asked about."""

    first: datetime
    last: datetime


def documents(names: Iterable[str]) -> tuple[Document, ...]:
    """The pages at the paths; raises `Refusal` with all problems where one cannot be read."""
    read = [read_document(name) for name in names]
    unread = [problem for each in read if each.document is None for problem in each.problems]
    if unread:
        raise Refusal(None, problems=unread)
    return tuple(each.document for each in read if each.document is not None)


def agreements(names: Sequence[str], span: Span | None = None) -> tuple[Agreement, ...]:
    """The agreements at the paths; translations among them are passed over, they hold no terms.

    With a `span` their calendars are written out for it too, however long before the revision's
    posting it begins. Raises `Refusal`.
    """
    originals = [page for page in documents(names) if not page.is_translation]
    if not originals:
        raise Refusal(
            message("cli.only-translations", files=tuple(names)), message("cli.original-first")
        )
    compiled: list[Agreement] = []
    problems: list[PageProblem] = []
    for page in originals:
        since, until = _life(page, span)
        agreement, wrong = compile_agreement(page, since=since, until=until)
        problems += wrong
        compiled += [agreement] if agreement is not None else []
    if problems:
        raise Refusal(None, problems=problems)
    return _each_once(compiled)


def _life(page: Document, span: Span | None) -> tuple[datetime | None, datetime | None]:
    """From when and until when calendars are written out; None where the usual will do."""
    if span is None:
        return None, None
    try:
        posted = datetime.fromisoformat(page.header_text("posted"))
        earliest, latest = posted - _FURTHEST, posted + _FURTHEST
        since = max(span.first, earliest + _YEAR) - _YEAR
        until = min(span.last, latest - _YEAR) + _YEAR
        return since, (until if until > posted + 14 * _YEAR else None)
    except (ValueError, TypeError, OverflowError):
        return None, None  # compiling says what is wrong with the date


def _each_once(compiled: Iterable[Agreement]) -> tuple[Agreement, ...]:
    kept: dict[tuple[str, int], Agreement] = {}
    for agreement in compiled:
        key = (agreement.name, agreement.revision)
        other = kept.setdefault(key, agreement)
        if other is not agreement and other.document.digest != agreement.document.digest:
            raise Refusal(
                message(
                    "cli.revision-twice",
                    agreement=agreement.name,
                    revision=str(agreement.revision),
                    files=(other.document.file, agreement.document.file),
                )
            )
    return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Facts:
    """The sound facts of some files, and what is wrong with the other lines."""

    facts: FactSet
    problems: tuple[FactProblem, ...]

    def span(self, at: datetime) -> Span:
        """From the first fact to the instant asked about."""
        times = [fact.at_us for name in self.facts.subjects for fact in self.facts.every(name)]
        first = min(times, default=None)
        begins = at if first is None else _EPOCH + timedelta(microseconds=first)
        return Span(min(begins, at), at)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def facts_of(sources: Sources) -> Facts:
    """The facts of all files together; raises `Refusal` where no line holds one."""
    from uphold.cli.progress import watched
    from uphold.facts.reading import read_facts

    every: list[Fact] = []
    problems: list[FactProblem] = []
    for name in sources.facts:
        if name == STDIN:
            reading = read_facts(sys.stdin.buffer)
        else:
            with watched(name) as stream:
                reading = read_facts(stream)
        every += reading.facts
        problems += reading.problems
    gathered = FactSet.of(every)
    problems += gathered.problems
    if problems and not every:
        raise Refusal(
            message("cli.no-sound-facts", files=sources.facts), problems=problems[:_SHOWN]
        )
    return Facts(gathered, tuple(problems))


_SHOWN = 20


def told(problems: Sequence[FactProblem | PageProblem]) -> Iterable[FactProblem | PageProblem]:
    """The first problems; a file of the wrong kind has one in every line."""
    return problems[:_SHOWN]


def untold(problems: Sequence[object]) -> int:
    """How many problems `told` leaves out."""
    return max(0, len(problems) - _SHOWN)
