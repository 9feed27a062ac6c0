"""When two facts are one: by the id they bear, or by the digest of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from uphold.facts.corrections import place_of
from uphold.facts.fact import Fact
from uphold.facts.problems import Problem
from uphold.messages import Message

_DIGEST = re.compile("[0-9a-f]{64}")


def names_a_digest(fact: Fact) -> bool:
    """Whether the fact bears or names an id that may be the digest of a fact without an id."""
    named = (fact.given_id, fact.corrects, fact.retracts)
    return any(each is not None and _DIGEST.fullmatch(each) for each in named)


def same_content(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same; their id and when they were learned apart."""
    return _said(one) == _said(other)


def settled(claimants: Iterable[Fact]) -> tuple[Fact, tuple[Fact, ...]]:
    """Of facts with one id the one that was known first, and one of each other content."""
    kept, *others = sorted(claimants, key=_first_known)
    distinct: dict[str, Fact] = {}
    for each in others:
        if not same_content(kept, each):
            distinct.setdefault(_content(each), each)
    return kept, tuple(distinct.values())


def id_twice(kept: Fact, other: Fact) -> Problem:
    """The problem that another fact bears the id of one that is kept."""
    told = {"named": kept.id, "first": kept.place or kept.subject}
    message = Message("problem.fact-id-twice", told)
    return Problem("fact-id-twice", message, Message("hint.fact-id-twice"), place_of(other))


def _said(fact: Fact) -> dict[str, object]:
    return {name: raw for name, raw in fact.written.items() if name not in ("id", "recorded")}


def _content(fact: Fact) -> str:
    return repr(sorted(_said(fact).items()))


def _first_known(fact: Fact) -> tuple[int, bool, str, bool, str]:
    unrecorded, unnamed = fact.recorded_us is None, fact.given_id is None
    return fact.known_us, unrecorded, _content(fact), unnamed, fact.place or ""
