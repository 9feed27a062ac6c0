"""Changing one figure of an agreement at a time, to see that somebody objects.

The figures are found by rules of this file, not by those of the checker that is being tested:
every run of digits, and every number in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from uphold.agreement.check import check_source
from uphold.agreement.check.figures import lexicon
from uphold.agreement.check.needed import SETTINGS
from uphold.agreement.document import Document, read_document
from uphold.agreement.problem import Place
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence
from uphold.facts.table import FACT_TYPES

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_LEFT_OUT = re.compile(
    r"https?://\S+|\S+@\S+|[A-Z][\w-]*\.?\d[\w.]*"
    r"|(?i:section|clauses?|punkt|pkt|punkcie|artikel(?:en)?|avsnitt)\.? [\d.]+(?: \w+ [\d.]+)?"
)
"""Links, addresses, names with a number in them, and references to clauses: no figures."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One figure changed: where it stands, what it was, what it is now, and the whole page."""

    place: Place
    was: str
    now: str
    page: str

    def __str__(self) -> str:
        return f"{self.place}: {self.was!r} to {self.now!r}"


def prose_mutations(path: Path) -> Iterator[Mutation]:
    """Every figure of the prose changed, in digits and in words."""
    document = _document(path)
    numbers = lexicon(document.header_text("language")).numbers
    for clause in document.clauses:
        left_out = [match.span() for match in _LEFT_OUT.finditer(clause.text)]
        for match in _DIGITS.finditer(clause.text):
            if not any(start <= match.start() < end for start, end in left_out):
                yield _changed(path, clause.place_of(match.start()), match[0], _other(match[0]))
        for match in _WORD.finditer(clause.text):
            value = numbers.get(match[0].lower())
            if value is not None and value >= 2:
                other = next(word for word, each in numbers.items() if each == value + 1)
                yield _changed(path, clause.place_of(match.start()), match[0], other)


def term_mutations(path: Path) -> Iterator[Mutation]:
    """Every figure of the terms changed, but for settings, names, texts and examples."""
    for block in _document(path).blocks:
        if block.kind == "example":
            continue
        for key, value in block.root.entries[1:]:
            if key.text in SETTINGS:
                continue
            for scalar in _values(value, key.text):
                for match in _DIGITS.finditer(scalar.text):
                    place = scalar.place_of(match.start())
                    yield _changed(path, place, match[0], _other(match[0]))


def _values(node: Node, key: str) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, key)
    elif isinstance(node, Mapping):
        for name, value in node.entries:
            if key in ("tiers", "by misses"):
                yield name
            yield from _values(value, key)


def _document(path: Path) -> Document:
    document = read_document(path).document
    assert document is not None
    return document


def _other(digits: str) -> str:
    """Another number of as many digits, and never 0."""
    last = {"9": "8", "4": "3"}.get(digits[-1], str((int(digits[-1]) + 1) % 10))
    return digits[:-1] + last


def _changed(path: Path, place: Place, was: str, now: str) -> Mutation:
    lines = path.read_text(encoding="utf-8").split("\n")
    line, column = lines[place.line - 1], place.column - 1
    assert line[column : column + len(was)] == was, (str(place), was, line)
    lines[place.line - 1] = line[:column] + now + line[column + len(was) :]
    return Mutation(place, was, now, "\n".join(lines))


def is_caught(path: Path, mutation: Mutation, *, run_examples: bool) -> bool:
    """Whether the checker objects or, if examples may speak too, one of them fails."""
    source = (str(path), mutation.page)
    if check_source(source, facts=FACT_TYPES):
        return True
    return run_examples and _an_example_fails(source)


def _an_example_fails(source: tuple[str, str]) -> bool:
    from uphold.agreement.compile import load_agreement
    from uphold.engine.examples import run_examples as run

    return any(not each.passed for each in run(load_agreement(source)))
