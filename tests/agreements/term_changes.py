"""Changes to the terms of an agreement that measure and price: one figure or one word at a time.

A change is made to the term as it was read, not to the page, and compiled without the checker: the
prose would give it away. So only the examples can object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pydantic import ValidationError
from tests.agreements.term_values import Values, leaves
from tests.agreements.word_changes import words_changed

from uphold.agreement import Agreement
from uphold.agreement.compile import compile_agreement
from uphold.agreement.document import Block
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.hours import WindowTerm
from uphold.agreement.terms.table import TERMS
from uphold.agreement.tree import plain
from uphold.engine.examples import run_example

KINDS = ("service", "indicator", "evidence", "availability", "window", "credit", "termination")
_NUMBER = re.compile(r"(?<![\w.:-])\d+(?:\.\d+)?(?![\d:])")
_WALL_TIME = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True)
class Change:
    """One value of one term changed: `key` is its path, as in `tiers/below 99.9 %`."""

    term: str
    key: str
    was: str
    now: str
    values: Values

    def __str__(self) -> str:
        return f"{self.term} · {self.key}: {self.was} -> {self.now}"


def changes_of(agreement: Agreement) -> Iterator[Change]:
    """Every change to every figure and every word, term by term, each only once."""
    for block in agreement.document.blocks:
        if block.kind not in KINDS:
            continue
        values = _values(block)
        seen = {_read(block, values)}
        for change in (*_figures_changed(block.name, values), *_worded(agreement, block, values)):
            read = _read(block, change.values)
            if read is not None and read not in seen:
                seen.add(read)
                yield change


def figures_of(agreement: Agreement) -> set[tuple[str, str]]:
    """Where the figures are: the terms, and the paths in them."""
    return {
        (block.name, "/".join(path))
        for block in agreement.document.blocks
        if block.kind in KINDS
        for path, text, _ in leaves(_values(block))
        if re.search(r"\d", text)
    }


def is_noticed(agreement: Agreement, change: Change) -> bool:
    """Whether an example fails under the changed term."""
    changed = _changed(agreement, change)
    examples = sorted(changed.of(ExampleTerm), key=lambda each: _unlikely(each, change.term))
    return any(not run_example(changed, each).passed for each in examples)


# -- figures -----------------------------------------------------------------------------------


def _figures_changed(name: str, values: Values) -> Iterator[Change]:
    """Every figure a little less and a little more, by its last place and finer, and far off."""
    for path, text, put in leaves(values):
        for pattern, others in ((_NUMBER, _other_numbers), (_WALL_TIME, _other_times)):
            for match in pattern.finditer(text):
                for other in others(match[0]):
                    now = f"{text[: match.start()]}{other}{text[match.end() :]}"
                    yield Change(name, "/".join(path), text, now, put(now))


def _other_numbers(number: str) -> Iterator[str]:
    value = Decimal(number)
    place = Decimal(1).scaleb(int(value.as_tuple().exponent))
    for step in (-place, place, -place / 100, place / 100, -value / 2, value):
        if value + step > 0:
            yield f"{value + step:f}"


def _other_times(written: str) -> Iterator[str]:
    minutes = int(written[:2]) * 60 + int(written[3:])
    for other in (minutes - 1, minutes + 1, minutes - 60, minutes + 60):
        if 0 <= other <= 24 * 60:
            yield f"{other // 60:02d}:{other % 60:02d}"


# -- the values of a term ----------------------------------------------------------------------


def _values(block: Block) -> Values:
    found = plain(block.root)
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key != block.kind}


def _worded(agreement: Agreement, block: Block, values: Values) -> Iterator[Change]:
    for key, was, now, changed in words_changed(agreement, block.kind, values):
        yield Change(block.name, key, was, now, changed)


def _read(block: Block, values: Values) -> str | None:
    """What the term says in full, defaults too; None where no such term can be read."""
    try:
        term = TERMS[block.kind](name=block.name, **values)
    except ValidationError:
        return None
    return repr(term.model_dump(by_alias=True, mode="json"))


# -- the agreement with a change ---------------------------------------------------------------


def _changed(agreement: Agreement, change: Change) -> Agreement:
    """The agreement with the changed term; its calendars anew where hours or a zone changed."""
    terms = tuple(
        _term(each, change.values) if each.name == change.term and each.kind in KINDS else each
        for each in agreement.terms
    )
    own = next(each for each in terms if each.name == change.term)
    if isinstance(own, WindowTerm) or change.key == "zone":
        compiled, _ = compile_agreement(agreement.document, terms)
        assert compiled is not None
        return compiled
    return replace(agreement, terms=terms)


def _term(term: Term, values: Values) -> Term:
    return type(term)(name=term.name, clause=term.clause, **values)


def _unlikely(example: ExampleTerm, term: str) -> tuple[bool, bool]:
    """Examples that name the term go first, then those with evidence."""
    named = any(term in key.split("/") for key in example.expect)
    return not named, not example.evidence
