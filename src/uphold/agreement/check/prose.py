"""The prose of a clause beside the quotes of its terms: what each quote covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uphold.agreement.check.quoting import nearest_words, occurrences
from uphold.agreement.check.subject import Subject, texts
from uphold.agreement.document import Block, Clause
from uphold.agreement.tree import Scalar

_MOST_SEARCHES = 60


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote: its block, where it stands in the term, and which stretches of the clause it is.

    Without a stretch the clause does not hold it; `near` are then the words most like it.
    """

    block: Block
    clause: Clause
    node: Scalar
    stretches: tuple[tuple[int, int], ...]
    near: tuple[int, int] | None = None


def quotes_of(subject: Subject) -> dict[str, tuple[Quoted, ...]]:
    """Every quote by the clause's anchor; of terms that could not be read too."""
    searches = iter(range(_MOST_SEARCHES))
    by_clause: dict[str, list[Quoted]] = {}
    for clause in subject.document.clauses:
        for block in clause.blocks:
            for node in texts(block.root.get("quotes")):
                stretches = tuple(occurrences(clause.text, node.text))
                is_searched = not stretches and next(searches, None) is not None
                near = nearest_words(clause.text, node.text) if is_searched else None
                quote = Quoted(block, clause, node, stretches, near)
                by_clause.setdefault(clause.anchor, []).append(quote)
    return {anchor: tuple(quotes) for anchor, quotes in by_clause.items()}


def covered(quotes: tuple[Quoted, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches of a clause's text that its terms quote.

    Words that a quote nearly holds count too: what is wrong there is said of the quote.
    """
    found: list[tuple[int, int]] = []
    for quote in quotes:
        found += quote.stretches
        if quote.near is not None:
            found.append(quote.near)
    return tuple(found)


def clauses_with_prose(subject: Subject) -> Iterator[Clause]:
    """The clauses that say something in words."""
    return (clause for clause in subject.document.clauses if clause.text)
