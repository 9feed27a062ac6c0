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


def settled(claimants: Iterable[Fact]) -> tuple[Fact, tuple[Problem, ...]]:
    """Of facts with one id, the one that was known first; other contents are problems."""
    ordered = sorted(claimants, key=_first_known)
    kept = ordered[0]
    told: dict[str, str] = {"id": kept.id, "first": kept.place or kept.subject}
    problems: list[Problem] = []
    seen = [kept]
    for each in ordered[1:]:
        if not any(same_content(each, other) for other in seen):
            seen.append(each)
            message = Message(
                "problem.fact-id-twice", {"named": told["id"], "first": told["first"]}
            )
            hint = Message("hint.fact-id-twice")
            problems.append(Problem("fact-id-twice", message, hint, place_of(each)))
    return kept, tuple(problems)


def _said(fact: Fact) -> dict[str, object]:
    return {name: raw for name, raw in fact.written.items() if name not in ("id", "recorded")}


def _first_known(fact: Fact) -> tuple[int, bool, str, bool, str]:
    said = repr(sorted(_said(fact).items()))
    return fact.known_us, fact.recorded_us is None, said, fact.given_id is None, fact.place or ""
