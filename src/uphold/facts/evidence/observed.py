"""Looks that were told as facts (`check.observed`), as runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from uphold.facts.evidence.evidence import Evidence
from uphold.facts.evidence.run import KINDS, Measure, Run
from uphold.facts.fact import Fact

OBSERVED = "check.observed"


def runs_of_facts(facts: Iterable[Fact]) -> tuple[Run, ...]:
    """The runs of the `check.observed` facts among these, sorted as `Evidence.runs`.

    Who looked is the fact's `place`, else its `source`, else its kind of evidence. Facts do not
    say how often a check looks, so each look is a run of its own.
    """
    return Evidence.of(_looks(facts)).runs


def _looks(facts: Iterable[Fact]) -> Iterator[Run]:
    for fact in facts:
        if fact.type != OBSERVED:
            continue
        kind = _text(fact, "kind") or KINDS[0]
        source = _text(fact, "place") or fact.source or kind
        check, state = _text(fact, "check"), _text(fact, "state")
        assert check is not None
        assert state is not None
        measure = Measure(
            _whole(fact, "attempts"),
            _whole(fact, "failed"),
            _whole(fact, "milliseconds"),
            _share(fact, "loss"),
        )
        at = fact.at_us
        yield Run(kind, source, check, at, at, state, measure=measure)


def _text(fact: Fact, name: str) -> str | None:
    found = fact.value(name)
    return found if isinstance(found, str) else None


def _whole(fact: Fact, name: str) -> int | None:
    found = fact.value(name)
    return found if isinstance(found, int) else None


def _share(fact: Fact, name: str) -> Decimal | None:
    found = fact.value(name)
    return found if isinstance(found, Decimal) else None
