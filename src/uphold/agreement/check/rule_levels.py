"""Levels of priority: those that tables and conditions name must be those that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from uphold.agreement.check.mentions import conditions_of, unknown
from uphold.agreement.check.subject import Entry, Subject
from uphold.agreement.phrases.conditions import Is, Path
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table
from uphold.agreement.terms.promise import ClockTerm, PriorityTerm
from uphold.messages import Value


def levels_exist(subject: Subject) -> Iterator[Problem]:
    """Rows and conditions by priority name levels that the priority term gives."""
    levels = {term.of: known_levels(term) for term, _ in subject.of(PriorityTerm)}
    for term, entry in subject.of(PriorityTerm):
        yield from _own_levels(subject, entry, term)
    for entry in subject.entries:
        for key, path, value in named_values(entry):
            known = levels.get(path.thing)
            if path.field == "priority" and known is not None and value not in known:
                yield unknown(subject, entry, key, value, "level", known)


def known_levels(term: PriorityTerm) -> tuple[str, ...]:
    """Every word that names a level: the levels, the default, and other words for them."""
    found = (*term.order(), *((term.default,) if term.default else ()), *term.same_as)
    return tuple(dict.fromkeys(found))


def _own_levels(subject: Subject, entry: Entry, term: PriorityTerm) -> Iterator[Problem]:
    levels = term.order()
    if not levels:
        yield subject.at_name("priority-without-levels", entry)
        return
    if term.default and term.default not in levels:
        yield unknown(subject, entry, "default", term.default, "level", levels)
    for key, named in (("same as", term.same_as.values()), ("means", term.means)):
        for level in named:
            if level not in (*levels, *term.same_as):
                yield unknown(subject, entry, key, level, "level", levels)
    given = {level for row in (term.table or {}).values() for level in row.values()}
    if term.levels:
        for level in given - set(term.levels):
            yield unknown(subject, entry, "table", level, "level", levels)
    if term.table is not None:
        yield from _level_unreachable(subject, entry, term, given)
    if term.table is not None and term.by is None:
        yield subject.at_key("table-without-by", entry, "table", {"found": ", ".join(term.table)})


def _level_unreachable(
    subject: Subject, entry: Entry, term: PriorityTerm, given: set[str]
) -> Iterator[Problem]:
    """A level that the table gives nowhere and that is no default."""
    for level in term.levels:
        if level not in given and level != term.default:
            told: dict[str, Value] = {"level": level}
            yield subject.at_key("level-unreachable", entry, "levels", told, severity="warning")


def named_values(entry: Entry) -> Iterator[tuple[str, Path, str]]:
    """Each value of a path that a term's conditions and tables name, with the key."""
    for key, condition in conditions_of(entry.term):
        for part in condition.parts:
            if isinstance(part, Is):
                yield from ((key, part.path, value) for value in part.values)
    if isinstance(entry.term, ClockTerm):
        for key, table in (("target", entry.term.target), ("calendar", entry.term.calendar)):
            if isinstance(table, Table):
                yield from ((key, path, value) for path, value in rows_of(table))


def rows_of(table: Table[Any]) -> Iterator[tuple[Path, str]]:
    """Every row's value with the path that it is a value of, in nested tables too."""
    for value, row in (*table.rows, ("", table.otherwise)):
        if value:
            yield table.by, value
        if isinstance(row, Table):
            yield from rows_of(row)
