"""What in a part was altered after sealing, told by the digests of the statement's index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from uphold.facts.canonical import digest
from uphold.messages import Message, message
from uphold.statement.form import Statement
from uphold.statement.indexing import Item, agreement_items, run_items, verdict_items
from uphold.statement.parts_named import part_words, thing_words
from uphold.statement.verification import Difference, Kind


def tampered(statement: Statement, part: str) -> Difference:
    """The difference of a part whose digest is not the sealed one.

    The thing in it that was altered, if that can be told, else the part.
    """
    index = statement.parts["index"]
    found: Difference | None = None
    if part == "facts":
        found = _fact(statement.parts["facts"], _entries(index, "fact"))
    elif part == "agreements":
        items = agreement_items(statement.parts["agreements"])
        found = _thing(items, _entries(index, "agreement"), Kind.AGREEMENT, part)
    elif part == "runs":
        items = run_items(statement.parts["runs"])
        found = _thing(items, _entries(index, "run"), Kind.EVIDENCE, part)
    elif part == "verdicts":
        items = verdict_items(statement.parts["verdicts"])
        found = _thing(items, _entries(index, "verdict"), Kind.VERDICT, part)
    said = message("statement.part-differs", part=part_words(part))
    return found or Difference(Kind.PART, said, part)


def _entries(index: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The entries of one list of the index; what is no entry tells nothing."""
    found = index.get(name)
    every = found if isinstance(found, list) else []
    return [each for each in every if isinstance(each, Mapping)]


def _fact(facts: Iterable[Any], index: list[Mapping[str, Any]]) -> Difference | None:
    """A fact that is missing, that was changed, or that was not there when it was sealed."""
    written = [each if isinstance(each, Mapping) else {} for each in facts]
    digests = {digest(each): each for each in written}
    sealed = {str(each.get("digest")) for each in index}
    strange = [each for key, each in digests.items() if key not in sealed]
    for entry in index:
        if entry.get("digest") in digests:
            continue
        told = {name: str(entry.get(name, "")) for name in ("id", "type", "subject", "at")}
        if len(written) < len(index):
            said = Message("statement.fact-missing", _named(told))
            return Difference(Kind.FACT_MISSING, said, "facts", told["id"])
        said = Message("statement.fact-changed", _named(told))
        return Difference(Kind.FACT_CHANGED, said, "facts", told["id"])
    if not strange:
        return None
    told = {name: str(strange[0].get(name, "")) for name in ("id", "type", "subject", "at")}
    said = Message("statement.fact-added", _named(told))
    return Difference(Kind.FACT_ADDED, said, "facts", told["id"])


def _named(told: Mapping[str, str]) -> dict[str, str]:
    """A message has an id of its own, so the fact's goes under another name."""
    return {"fact": told["id"], "type": told["type"], "subject": told["subject"], "at": told["at"]}


def _thing(
    items: list[Item], index: list[Mapping[str, Any]], kind: Kind, part: str
) -> Difference | None:
    """The first thing that the index knows otherwise, or not at all, or that is missing."""
    sealed = Counter((str(each.get("name")), str(each.get("digest"))) for each in index)
    made = Counter(items)
    strange = [name for name, _ in made - sealed]
    left = [name for name, _ in sealed - made]
    if not strange and not left:
        return None
    name = (strange or left)[0]
    known = {each for each, _ in sealed}
    if not strange:
        said = message("statement.thing-missing", thing=thing_words(part, name))
    elif name in known:
        said = message("statement.thing-changed", thing=thing_words(part, name))
    else:
        said = message("statement.thing-added", thing=thing_words(part, name))
    return Difference(kind, said, part, name)
