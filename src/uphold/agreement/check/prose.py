"""The prose of a clause beside the quotes of its terms: what each quote covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uphold.agreement.check.quoting import nearest_words, occurrences
from uphold.agreement.check.subject import Entry, Subject, texts
from uphold.agreement.document import Clause
from uphold.agreement.tree import Scalar

_MOST_SEARCHES = 60


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote: its term, where it stands in the term, and which stretches of the clause it is.

    Without a stretch the clause does not hold it; `near` are then the words most like it.
    """

    entry: Entry
    node: Scalar
    stretches: tuple[tuple[int, int], ...]
    near: tuple[int, int] | None = None


def quotes_of(subject: Subject) -> dict[str, tuple[Quoted, ...]]:
    """Every quote of every term, by the clause's anchor."""
    searches = iter(range(_MOST_SEARCHES))
    by_clause: dict[str, list[Quoted]] = {}
    for entry in subject.entries:
        for node in texts(entry.block.root.get("quotes")):
            stretches = tuple(occurrences(entry.clause.text, node.text))
            is_searched = not stretches and next(searches, None) is not None
            near = nearest_words(entry.clause.text, node.text) if is_searched else None
            by_clause.setdefault(entry.clause.anchor, []).append(
                Quoted(entry, node, stretches, near)
            )
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
