"""Two revisions side by side: what changed, in plain words, term by term.

A change is data: a message with its values, shown by a `Reader` in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from uphold.agreement.agreement import Agreement
from uphold.agreement.compare_favour import Favour, favour_of, favour_of_term
from uphold.agreement.compare_parts import Part, parts_of, same, shown, shown_pair
from uphold.agreement.compare_prose import clause_name, heading_changes, prose_changes
from uphold.agreement.problem import SpeaksMessages
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import TextOnlyTerm
from uphold.agreement.terms.example import ExampleTerm
from uphold.messages import Message, Value, message

Sort = Literal[
    "header", "term-added", "term-removed", "term-renamed", "term-moved",
    "part-added", "part-removed", "part-changed",
    "clause-added", "clause-removed", "clause-title", "clause-moved", "prose",
]  # fmt: skip

HEADER = (
    "title", "revision", "posted", "in force from", "language", "provider", "zone", "currency",
    "prevails", "depends on", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two revisions.

    `of` is the term, clause or header key it is about; `part` the part of a term; `clause` the
    anchor of the clause in the revision that has it. `favours` says whom the change helps, None
    where that is not certain.
    """

    sort: Sort
    of: str
    message: Message
    clause: str = ""
    part: str = ""
    favours: Favour | None = None

    def text(self, reader: SpeaksMessages) -> str:
        """The change in the reader's words, and whom it helps where that is certain."""
        said = reader.text(self.message)
        if self.favours is None:
            return said
        helped = (
            message("compare.for-customer")
            if self.favours == "customer"
            else message("compare.for-provider")
        )
        return f"{said} ({reader.text(helped)})"

    def to_json(self, reader: SpeaksMessages) -> dict[str, Any]:
        """The change as JSON values, with its words in the reader's language."""
        return {
            "change": self.sort,
            "of": self.of,
            "part": self.part or None,
            "clause": self.clause or None,
            "favours": self.favours,
            "text": reader.text(self.message),
            "message": self.message.to_json(),
        }


def compare(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """What the new revision says otherwise: its header, its terms, its clauses and their prose.

    Terms are the same when kind and name are; one that only bears another name is renamed.
    Quotes are not compared: the prose they repeat is. Examples are left out.
    """
    return (
        *_header(old, new),
        *_terms(old, new),
        *_clauses(old, new),
    )


def _header(old: Agreement, new: Agreement) -> Iterator[Change]:
    for key in HEADER:
        was, now = old.document.header_text(key), new.document.header_text(key)
        if was == now:
            continue
        told = message("compare.header", key=key, old=was or "–", new=now or "–")
        yield Change("header", key, told)


Key = tuple[str, str]


def _compared(agreement: Agreement) -> dict[Key, Term]:
    return {
        (term.kind, term.name): term
        for term in agreement.terms
        if not isinstance(term, ExampleTerm | TextOnlyTerm)
    }


def _terms(old: Agreement, new: Agreement) -> Iterator[Change]:
    before, after = _compared(old), _compared(new)
    removed = [key for key in before if key not in after]
    added = [key for key in after if key not in before]
    renamed = _renamed(before, after, removed, added)
    for key, term in after.items():
        if key in before:
            yield from _changed(before[key], term, new)
        elif key in renamed:
            was = before[renamed[key]]
            told = message("compare.term-renamed", kind=term.kind, old=was.name, new=term.name)
            yield Change("term-renamed", term.name, told, term.clause)
        else:
            told = message("compare.term-added", kind=term.kind, name=term.name)
            favours = favour_of_term(term, is_added=True)
            yield Change("term-added", term.name, told, term.clause, favours=favours)
    for key in removed:
        if key not in renamed.values():
            term = before[key]
            told = message("compare.term-removed", kind=term.kind, name=term.name)
            favours = favour_of_term(term, is_added=False)
            yield Change("term-removed", term.name, told, term.clause, favours=favours)


def _renamed(
    before: dict[Key, Term], after: dict[Key, Term], removed: list[Key], added: list[Key]
) -> dict[Key, Key]:
    """Each added term that is a removed one under another name, with that one's key."""
    found: dict[Key, Key] = {}
    for key in added:
        for other in removed:
            is_free = other not in found.values() and other[0] == key[0]
            if is_free and parts_of(before[other]) == parts_of(after[key]):
                found[key] = other
                break
    return found


def _changed(was: Term, now: Term, new: Agreement) -> Iterator[Change]:
    if was.clause != now.clause:
        clause = new.document.clause(now.clause)
        told = message(
            "compare.term-moved",
            kind=now.kind,
            name=now.name,
            clause=clause_name(clause) if clause else now.clause,
        )
        yield Change("term-moved", now.name, told, now.clause)
    before, after = parts_of(was), parts_of(now)
    for path in dict.fromkeys((*before, *after)):
        if path in before and path in after:
            if not same(before[path], after[path]):
                yield _part_changed(now, path, before[path], after[path])
        else:
            yield _part_only(now, path, before.get(path), after.get(path))


def _part_changed(term: Term, path: Part, was: object, now: object) -> Change:
    part = _part_text(path)
    old, new = shown_pair(was, now)
    told = message("compare.part-changed", name=term.name, part=part, old=old, new=new)
    return Change(
        "part-changed", term.name, told, term.clause, part, favour_of(term, path, was, now)
    )


def _part_only(term: Term, path: Part, was: object | None, now: object | None) -> Change:
    part, is_added = _part_text(path), was is None
    value: Value = shown(now if is_added else was)
    data: dict[str, Value] = {"name": term.name, "part": part, "value": value}
    favours = favour_of(term, path, was, now)
    if is_added:
        return Change(
            "part-added", term.name, Message("compare.part-added", data), term.clause, part, favours
        )
    return Change(
        "part-removed", term.name, Message("compare.part-removed", data), term.clause, part, favours
    )


def _part_text(path: Part) -> str:
    """`high` for the row of a table of targets, `hours mon-fri` for the rows of other tables."""
    if path[0] == "target" and len(path) > 1:
        return " ".join(path[1:])
    return path[0] if path[-1].startswith("=") else " ".join(path)


def _clauses(old: Agreement, new: Agreement) -> Iterator[Change]:
    before = {clause.anchor: clause for clause in old.document.clauses}
    after = {clause.anchor: clause for clause in new.document.clauses}
    for anchor, clause in after.items():
        if anchor not in before:
            told = message("compare.clause-added", clause=clause_name(clause))
            yield Change("clause-added", anchor, told, anchor)
            continue
        for told in heading_changes(before[anchor], clause):
            yield Change("clause-title", anchor, told, anchor)
        for told in prose_changes(before[anchor], clause):
            yield Change("prose", anchor, told, anchor)
    for anchor, clause in before.items():
        if anchor not in after:
            told = message("compare.clause-removed", clause=clause_name(clause))
            yield Change("clause-removed", anchor, told, anchor)
    yield from _moved(tuple(before), tuple(after), new)


def _moved(before: tuple[str, ...], after: tuple[str, ...], new: Agreement) -> Iterator[Change]:
    """Clauses that stand in another order, the fewest that explain the new one."""
    from difflib import SequenceMatcher

    common = [anchor for anchor in before if anchor in after]
    order = [anchor for anchor in after if anchor in before]
    stays: set[str] = set()
    for block in SequenceMatcher(None, common, order, autojunk=False).get_matching_blocks():
        stays.update(order[block.b : block.b + block.size])
    for position, anchor in enumerate(order):
        clause = new.document.clause(anchor)
        if anchor in stays or clause is None:
            continue
        ahead = new.document.clause(order[position - 1]) if position else None
        if ahead is None:
            told = message("compare.clause-first", clause=clause_name(clause))
        else:
            told = message(
                "compare.clause-moved", clause=clause_name(clause), after=clause_name(ahead)
            )
        yield Change("clause-moved", anchor, told, anchor)
