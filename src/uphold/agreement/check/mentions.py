"""Where a term mentions something: the value under a key that holds a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uphold.agreement.check.subject import Entry, Subject, like
from uphold.agreement.phrases.calendars import Choice
from uphold.agreement.phrases.conditions import Condition
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table, Term
from uphold.agreement.terms.promise import ClockTerm
from uphold.agreement.tree import Mapping, Node, Scalar, Sequence
from uphold.messages import Value


def mention(entry: Entry, key: str, name: str) -> tuple[Node, tuple[int, int] | None]:
    """The value under a key that holds the name, and where in its text; else the term's name."""
    node = entry.block.root.get(key)
    if node is not None:
        for scalar in _all(node):
            match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", scalar.text)
            if match:
                return scalar, match.span()
        return node, None
    return entry.block.root.entries[0][1], None


def _all(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _all(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _all(value)


def unknown(
    subject: Subject,
    entry: Entry,
    key: str,
    name: str,
    what: str,
    known: tuple[str, ...] | list[str],
    written: str | None = None,
) -> Problem:
    """The problem of a name that leads nowhere.

    `what` is what it should name, as a word; `written` how it is spelled in the term, if not so.
    """
    node, part = mention(entry, key, written or name)
    told: dict[str, Value] = like(name, tuple(known), what)
    hint = "nearest" if told["near"] else "name-unknown"
    return subject.at("name-unknown", node, told, part=part, hint=hint)


def conditions_of(term: Term) -> Iterator[tuple[str, Condition]]:
    """Every condition of a term with the key it stands under."""
    for key, field in (("when", "when"), ("only if", "only_if"), ("unless", "unless")):
        for condition in getattr(term, field, ()):
            yield key, condition
    if isinstance(term, ClockTerm) and isinstance(term.calendar, tuple):
        for choice in term.calendar:
            if choice.when is not None:
                yield "calendar", choice.when


def calendar_refs(term: Term) -> tuple[str, ...]:
    """The calendars that a term names: names, `CLOCK.calendar`, `always`."""
    calendar: str | Table[str] | tuple[Choice, ...] | None = getattr(term, "calendar", None)
    if isinstance(calendar, str):
        return (calendar,)
    if isinstance(calendar, Table):
        return tuple(ref for _, ref in calendar.leaves())
    if isinstance(calendar, tuple):
        return tuple(choice.calendar for choice in calendar)
    return ()
