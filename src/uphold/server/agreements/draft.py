"""A page that somebody wants to post: read, checked, compared and tried before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from uphold.agreement.agreement import Agreement
from uphold.agreement.check import check
from uphold.agreement.compare import Change, compare
from uphold.agreement.compile import compile_agreement
from uphold.agreement.document import Document, read_document
from uphold.agreement.problem import Problem, limited
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.hours import CalendarTerm
from uphold.agreement.terms.load import load_terms
from uphold.engine.examples import ExampleRun, run_example, run_examples
from uphold.facts.table import FACT_TYPES
from uphold.server.agreements import rules
from uphold.server.agreements.shapes import Translated

MAIN_PAGE = "agreement.md"


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as it would be posted at an instant, or what keeps it from being posted.

    `agreement` is there when the page could be compiled. `at_us` is when it would count as posted
    and `in_force_us` when it would take effect, in microseconds since 1970-01-01T00:00Z.
    `before` is the last revision of the same name, `first` the first one.
    """

    document: Document | None
    agreement: Agreement | None
    translations: tuple[Translated, ...]
    problems: tuple[Problem, ...]
    before: Agreement | None
    first: Agreement | None
    at_us: int
    in_force_us: int | None
    is_supplier: bool

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it from being posted; the others are worth a look."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def draft(
    source: str | bytes,
    translations: Sequence[str | bytes],
    posted: Sequence[rules.Known],
    now_us: int,
    *,
    is_supplier: bool = False,
    elsewhere: bool = False,
) -> Draft:
    """The page and its translations, judged beside what the provider has posted already.

    `elsewhere` says that the page was published at the date it bears, before it came here. Never
    raises for what the pages hold.
    """
    document, problems = _read(source)
    if document is None:
        return Draft(None, None, (), problems, None, None, now_us, None, is_supplier)
    found = list(problems)
    agreement = None
    read = tuple(_translations(translations, found))
    if document.is_translation:
        found.append(rules.is_a_translation(document))
    elif reading_files := tuple(_files(document)):
        found += reading_files
    else:
        pages = tuple(each.document for each in read)
        found += check(document, pages, None, FACT_TYPES)
        agreement = compile_agreement(document)[0]
    before = rules.last_of(posted, document.header_text("agreement"))
    at_us = now_us
    in_force_us = None
    if agreement is not None:
        at_us = agreement.posted_us if elsewhere or before is None else now_us
        in_force_us = takes_effect(agreement, at_us)
        case = rules.Case(agreement, posted, now_us, in_force_us, is_supplier, elsewhere)
        found += rules.problems(case)
    return Draft(
        document,
        agreement,
        read,
        limited(found),
        before.agreement if before else None,
        rules.first_of(posted, document.header_text("agreement")),
        at_us,
        in_force_us,
        is_supplier,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """What a draft would change in the last revision, and how its own examples come out."""

    changes: tuple[Change, ...]
    examples: tuple[ExampleRun, ...]

    @property
    def failed(self) -> tuple[ExampleRun, ...]:
        """The examples that come out otherwise than they say."""
        return tuple(each for each in self.examples if not each.passed)


def tried(found: Draft) -> Tried:
    """The draft compared with the last revision, and its examples run."""
    if found.agreement is None:
        return Tried((), ())
    changes = compare(found.before, found.agreement) if found.before else ()
    as_posted = run_examples(found.agreement)
    if all(each.passed for each in as_posted):
        return Tried(changes, as_posted)
    return Tried(changes, tuple(_in_first_days(found, as_posted)))


def _in_first_days(found: Draft, as_posted: Sequence[ExampleRun]) -> Iterator[ExampleRun]:
    """The examples again, by the page as if it had been the first revision of its name.

    Those of a later revision mostly tell of days before the one on which it is posted.
    """
    assert found.document is not None
    first = found.first
    longer = compile_agreement(found.document, since=_beginning(as_posted))[0] if first else None
    for run in as_posted:
        again = None
        if first is not None and longer is not None and not run.passed:
            dated = replace(longer, posted_us=first.posted_us, in_force_us=first.in_force_us)
            again = run_example(dated, run.example)
        yield again if again is not None and again.passed else run


def _beginning(runs: Sequence[ExampleRun]) -> datetime:
    return min(each.example.at for each in runs) - timedelta(days=366 * 2)


def takes_effect(agreement: Agreement, posted_us: int) -> int:
    """When a revision posted then is in force, by its own amendment term; in microseconds."""
    after = agreement.in_force.after
    return posted_us if after is None else add_plain(agreement.always, posted_us, after)


def _read(source: str | bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """The page under the name that it gives itself, by which others may refer to it."""
    first = read_document((MAIN_PAGE, source))
    if first.document is None:
        return None, first.problems
    name = PurePath(first.document.header_text("agreement")).name
    if not rules.NAME.fullmatch(name):
        return first.document, first.problems
    again = read_document((f"{name}.md", source))
    return again.document, again.problems


def _translations(sources: Sequence[str | bytes], found: list[Problem]) -> Iterator[Translated]:
    languages: set[str] = set()
    for number, source in enumerate(sources, start=1):
        reading = read_document((f"translation-{number}.md", source))
        found += reading.problems
        if reading.document is None:
            continue
        language = reading.document.header_text("language")
        if language in languages:
            found.append(rules.language_twice(reading.document, language))
            continue
        languages.add(language)
        title = reading.document.header_text("title")
        yield Translated(language, title, reading.document)


def _files(document: Document) -> Iterator[Problem]:
    """A calendar that would read a file: the server reads none that a page names."""
    for term in load_terms(document)[0]:
        if isinstance(term, CalendarTerm):
            named = next((each for each in term.holidays if each.endswith(".ics")), None)
            if named is not None:
                yield rules.reads_a_file(document, term.name, named)
