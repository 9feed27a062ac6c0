"""Runs: looks of one source at one check that saw the same, one behind the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from uphold.facts.table import CHECK_STATES, EVIDENCE_KINDS

SEEN = CHECK_STATES
"""What a look can see, as a fact or in a file."""

KINDS = EVIDENCE_KINDS
"""Kinds of evidence that are kept as runs: looks from outside, and a component's own log."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What each look of a run measured; None where it did not.

    `attempts` and `failed` count tries (total and bad), `milliseconds` is how long the answer took,
    `loss` the packets lost in percent.
    """

    attempts: int | None = None
    failed: int | None = None
    milliseconds: int | None = None
    loss: Decimal | None = None


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Looks of one source at one check that saw one state (docs/language/measuring.md).

    `first` and `last` are instants in microseconds since 1970-01-01T00:00Z, both of a look.
    `interval` is how often the source looks, in microseconds; None where the source does not say.
    `count` is the number of looks, at least one.
    """

    kind: str
    source: str
    check: str
    first: int
    last: int
    state: str
    interval: int | None = None
    count: int = 1
    measure: Measure | None = None


def punctual(interval: int | None) -> int:
    """How far apart two looks may lie that are no further apart than usual, in microseconds.

    No checker is quite on time, so half an interval more is no silence; 0 where the interval is
    unknown.
    """
    return 0 if interval is None else interval + interval // 2
