"""Tied to the text: quotes stand in their clause, clauses have terms, terms have words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from uphold.agreement.check.prose import Quoted, clauses_with_prose
from uphold.agreement.check.quoting import alike, common_beginning, occurrences
from uphold.agreement.check.subject import Entry, Subject, texts
from uphold.agreement.problem import Problem
from uphold.agreement.terms.duty import TextOnlyTerm
from uphold.agreement.tree import Sequence as ListNode
from uphold.messages import Value

_SHOWN = 300
_ENDS = frozenset(".!?:;…")


def quotes_stand(subject: Subject, quotes: dict[str, tuple[Quoted, ...]]) -> Iterator[Problem]:
    """A quote repeats words of the clause that its term stands in."""
    for of_clause in quotes.values():
        for quote in of_clause:
            if not quote.stretches:
                yield _missing(subject, quote)


def _missing(subject: Subject, quote: Quoted) -> Problem:
    clause, words = quote.clause, quote.node.text
    told: dict[str, Value] = {
        "quote": words[:_SHOWN],
        "clause": _shown(clause.label, clause.title),
        "term": quote.block.name,
    }
    elsewhere = [
        each
        for each in subject.document.clauses
        if each.anchor != clause.anchor and any(occurrences(each.text, words))
    ]
    if elsewhere:
        told["other"] = _shown(elsewhere[0].label, elsewhere[0].title)
        return subject.at("quote-in-another-clause", quote.node, told)
    part = _first_strange_word(clause.text, words)
    if quote.near is None:
        hint = "quote-not-in-clause" if clause.text else "quote-without-prose"
        return subject.at("quote-not-in-clause", quote.node, told, part=part, hint=hint)
    told["near"] = clause.text[quote.near[0] : quote.near[1]][:_SHOWN]
    return subject.at("quote-not-in-clause", quote.node, told, part=part, hint="quote-near")


def _first_strange_word(text: str, quote: str) -> tuple[int, int] | None:
    """Where the quote leaves the text: the first word that no longer follows."""
    start = common_beginning(text, quote)
    if not 0 < start < len(quote) or alike(quote) != quote:
        return None
    return start, len(quote)


def terms_have_words(subject: Subject) -> Iterator[Problem]:
    """A term rests on words of the clause, or says that it is our interpretation."""
    for entry in subject.entries:
        term = entry.term
        if not term.needs_quote or any(map(str.strip, (*term.quotes, *term.interpretation))):
            continue
        yield subject.at_name("term-without-quote", entry)


def clauses_have_terms(subject: Subject) -> Iterator[Problem]:
    """Prose without a term must say that it states no duty."""
    for clause in clauses_with_prose(subject):
        if clause.unread or any(block.kind != "example" for block in clause.blocks):
            continue
        told: dict[str, Value] = {"clause": _shown(clause.label, clause.title)}
        length = max(
            len(subject.lines[clause.place.line - 1].rstrip()) - clause.place.column + 1, 1
        )
        yield subject.found("clause-without-term", clause.place, told, length=length)


def text_only_is_alone(subject: Subject) -> Iterator[Problem]:
    """`text only` says that a clause has no duty; beside a term one of the two is wrong."""
    by_clause: dict[str, list[Entry]] = {}
    for entry in subject.entries:
        if entry.block.kind != "example":
            by_clause.setdefault(entry.clause.anchor, []).append(entry)
    for entries in by_clause.values():
        others = [entry for entry in entries if not isinstance(entry.term, TextOnlyTerm)]
        if others and len(others) < len(entries):
            text_only = next(entry for entry in entries if entry not in others)
            if not list(texts(text_only.block.root.get("figures"))):
                told: dict[str, Value] = {"term": others[0].term.name}
                yield subject.at_name("text-only-beside-term", text_only, told, severity="warning")


def _shown(label: str, title: str) -> str:
    return f"{label} {title}".strip() or "–"


def sentences_are_whole(subject: Subject) -> Iterator[Problem]:
    """An interpretation is a sentence; `[One, and more.]` is two items, split at the comma."""
    for entry in subject.entries:
        node = entry.block.root.get("interpretation")
        if not isinstance(node, ListNode) or not node.flow:
            continue
        for before, item in pairwise(texts(node)):
            if not item.quoted and item.text[:1].islower() and before.text[-1:] not in _ENDS:
                yield subject.at(
                    "sentence-split", item, {"begin": before.text, "rest": item.text},
                    severity="warning",
                )  # fmt: skip
