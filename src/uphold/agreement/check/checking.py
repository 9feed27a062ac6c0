"""Everything that is wrong with an agreement, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from uphold.agreement.check.prose import quotes_of
from uphold.agreement.check.rule_contradictions import terms_agree
from uphold.agreement.check.rule_facts import expectations_are_known, facts_are_known
from uphold.agreement.check.rule_figures import (
    excuses_stand,
    figures_are_quoted,
    prose_has_terms,
)
from uphold.agreement.check.rule_levels import levels_exist
from uphold.agreement.check.rule_missing import rules_are_there
from uphold.agreement.check.rule_names import names_are_single, names_lead_somewhere
from uphold.agreement.check.rule_quotes import (
    clauses_have_terms,
    quotes_stand,
    sentences_are_whole,
    terms_have_words,
    text_only_is_alone,
)
from uphold.agreement.check.rule_reach import targets_can_be_reached
from uphold.agreement.check.rule_readings import readings_are_settled
from uphold.agreement.check.rule_rings import nothing_runs_in_a_ring
from uphold.agreement.check.rule_translation import translation_is_equal
from uphold.agreement.check.subject import Entry, FactKind, Subject
from uphold.agreement.document import Document, read_document
from uphold.agreement.document_source import Source
from uphold.agreement.problem import Problem, limited
from uphold.agreement.terms.load import load_term

Rule = Callable[[Subject], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    terms_have_words,
    sentences_are_whole,
    clauses_have_terms,
    text_only_is_alone,
    figures_are_quoted,
    excuses_stand,
    names_are_single,
    names_lead_somewhere,
    levels_exist,
    facts_are_known,
    expectations_are_known,
    terms_agree,
    targets_can_be_reached,
    rules_are_there,
    readings_are_settled,
    nothing_runs_in_a_ring,
)


def check(
    document: Document,
    translations: Sequence[Document] = (),
    folder: Path | None = None,
    facts: Sequence[FactKind] = (),
) -> tuple[Problem, ...]:
    """What is wrong with a page that could be read, in the order of the page, each once.

    `translations` are held against it; `folder` is where files that it names are looked for;
    `facts` are the kinds of fact there are (`uphold.facts.FACT_TYPES`), without which names of
    facts are not checked. Never raises, whatever the page holds.
    """
    if document.is_translation:
        return ()
    entries, unread = _entries(document)
    subject = Subject(document, entries, folder, facts)
    problems: list[Problem] = [*unread, *_compiled(document, entries)]
    quotes = quotes_of(subject)
    problems += quotes_stand(subject, quotes)
    problems += prose_has_terms(subject, quotes)
    for rule in RULES:
        problems += rule(subject)
    for translation in translations:
        problems += translation_is_equal(document, translation)
    return limited(_without_echoes(problems, document, entries))


def _without_echoes(
    problems: Iterable[Problem], document: Document, entries: Iterable[Entry]
) -> Iterator[Problem]:
    """Without the problem of a name that would lead to a term if that could be read."""
    read = {entry.term.name for entry in entries}
    unread = {block.name for block in document.blocks} - read
    for problem in problems:
        name = str(problem.message.data.get("found", ""))
        owner = name.rpartition(".")[0] or name
        if problem.code != "name-unknown" or not {name, owner} & unread:
            yield problem


def check_source(
    source: Source,
    translations: Sequence[Source] = (),
    facts: Sequence[FactKind] = (),
) -> tuple[Problem, ...]:
    """What is wrong with a page: what reading it finds, and what `check` finds in it.

    Files that it names are looked for beside it when `source` is a path.
    """
    reading = read_document(source)
    if reading.document is None:
        return reading.problems
    read = [read_document(each) for each in translations]
    documents = [each.document for each in read if each.document is not None]
    folder = None if isinstance(source, tuple) else Path(source).parent
    return limited(
        (
            *reading.problems,
            *(problem for each in read for problem in each.problems),
            *check(reading.document, documents, folder, facts),
        )
    )


def _entries(document: Document) -> tuple[tuple[Entry, ...], list[Problem]]:
    entries: list[Entry] = []
    unread: list[Problem] = []
    for clause in document.clauses:
        for block in clause.blocks:
            term, problems = load_term(block, document)
            unread += problems
            if term is not None:
                entries.append(Entry(term, block, clause))
    return tuple(entries), unread


def _compiled(document: Document, entries: Iterable[Entry]) -> tuple[Problem, ...]:
    """What keeps the agreement from running: its zone, its calendars, its dates.

    What the header lacks altogether was found when it was read.
    """
    from uphold.agreement.compile import compile_agreement

    problems = compile_agreement(document, [entry.term for entry in entries])[1]
    return tuple(
        problem
        for problem in problems
        if str(problem.message.data.get("key", "")) in ("", *document.header.keys)
    )
