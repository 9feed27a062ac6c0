"""The figures of a term that its words must bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from uphold.agreement.check.figures import Figure, Reading, read_figures
from uphold.agreement.document import Block
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence

STATED: Final = frozenset({
    "hours", "closed", "opened", "holidays", "target", "at most", "at least", "scheduled",
    "announced", "placed", "posted", "taken", "kept", "sources", "agreed when", "silent after",
    "log holds", "down when", "counts", "window", "least coverage", "amount", "tiers",
    "by misses", "claim", "paid", "after", "in force",
})  # fmt: skip
"""The keys whose figures the agreement states: each must stand in the term's quotes."""

SETTINGS: Final = frozenset({
    "alerts", "figure", "days",
    "quotes", "interpretation",
    "title", "agreement", "service", "for", "to", "of", "by", "per", "team", "supplier", "with",
    "when", "while", "only if", "unless", "otherwise", "starts", "stops", "repeats on", "until",
    "from", "calendar", "held while", "on change of priority", "on reopening", "standing",
    "table", "levels", "default", "means", "same as", "queue", "parts", "chargeable", "frame",
    "degraded", "zone", "excludes", "late notice", "unknown", "after credit", "permits",
    "records", "acceptance", "states", "leaves out", "figures", "facts", "evidence", "at", "known",
    "as if in force", "expect",
})  # fmt: skip
"""The keys whose figures need no quote: settings of ours, names, conditions, texts, examples."""

_KEYS_THAT_STATE: Final = frozenset({"tiers", "by misses"})
_COUNTED: Final = re.compile(
    r"\s(?:attempt|place|miss|part|check|billing cycle)(?:s|es)?\b", re.IGNORECASE
)
_SAID_TO_BE_ONE: Final = re.compile(r"\b(?:an?|every|per)(?: (?:calendar|business|working))?\s$")
_ALL_DAY: Final = (0, 24 * 60)


@dataclass(frozen=True, slots=True)
class Needed:
    """A figure of a term: what it means and where it stands."""

    reading: Reading
    figure: Figure
    node: Scalar


def needed_figures(block: Block) -> Iterator[Needed]:
    """Every figure that the block's term states, in the order written."""
    if block.kind == "example":
        return
    for key, value in block.root.entries[1:]:
        if key.text in STATED:
            for node in _phrases(value, key.text in _KEYS_THAT_STATE):
                yield from _figures_of(node, key.text)


def _phrases(node: Node, with_keys: bool) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _phrases(item, with_keys)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if with_keys:
                yield key
            yield from _phrases(value, with_keys)


def _figures_of(node: Scalar, key: str) -> Iterator[Needed]:
    figures = read_figures(node.text, "en")
    if key == "holidays":
        figures = tuple(f for f in figures if f.readings and f.readings[0].kind == "date")
    if key == "hours" and _is_all_day(figures):
        return
    for figure in figures:
        if figure.readings and _is_stated(node.text, figure):
            yield Needed(figure.readings[0], figure, node)


def _is_all_day(figures: tuple[Figure, ...]) -> bool:
    """`00:00-24:00` says no more than `always` does."""
    return len(figures) == 2 and tuple(
        reading.amount for figure in figures for reading in figure.readings
    ) == tuple(map(Fraction, _ALL_DAY))


def _is_stated(text: str, figure: Figure) -> bool:
    reading = figure.readings[0]
    if reading.kind == "count":
        return _COUNTED.match(text, figure.end) is not None
    if reading.kind == "always":
        return False
    return figure.firm or _SAID_TO_BE_ONE.search(text, 0, figure.start) is not None
