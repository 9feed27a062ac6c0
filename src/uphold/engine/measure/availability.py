"""From lengths of time to shares, and from shares to what has become of the promise.

Shares are exact fractions of one. Where the term says nothing else, unknown time leaves the
denominator; as up or as down it stays there (docs/language/measuring.md, "Figures").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.tally import Amounts
from uphold.engine.verdict import State

EXCLUDED, AS_UP, AS_DOWN = "excluded", "counts as up", "counts as down"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a figure is held against: nothing is promised where `target` is None."""

    target: Fraction | None
    unknown: str = EXCLUDED
    least_coverage: Fraction | None = None

    @classmethod
    def of(cls, term: AvailabilityTerm) -> Promise:
        """The promise of a term."""
        least = term.least_coverage
        return cls(
            Fraction(term.target.share.value) / 100,
            term.unknown,
            None if least is None else Fraction(least.value) / 100,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """Time that was up out of the time that counts, in microseconds."""

    lost: int
    counted: int

    @property
    def exact(self) -> Fraction | None:
        """The share of time that was up; None where no time counts."""
        return Fraction(self.counted - self.lost, self.counted) if self.counted else None

    def with_unbroken(self, rest: int) -> Fraction | None:
        """The share once so much time more has passed without any interruption."""
        return Share(self.lost, self.counted + rest).exact


def share_of(amounts: Amounts, unknown: str) -> Share:
    """The share for the figure."""
    if unknown == AS_UP:
        return Share(amounts.down, amounts.owed)
    if unknown == AS_DOWN:
        return Share(amounts.down + amounts.unknown, amounts.owed)
    return Share(amounts.down, amounts.owed - amounts.unknown)


def lowest_of(amounts: Amounts, unknown: str) -> Share:
    """The share if everything that edges and silence hide was down."""
    if unknown == AS_UP:
        return Share(amounts.lowest_down, amounts.owed)
    if unknown == AS_DOWN:
        return Share(amounts.lowest_down + amounts.short_unknown, amounts.owed)
    return Share(amounts.lowest_down, amounts.owed - amounts.short_unknown)


def highest_of(amounts: Amounts) -> Share:
    """The share if everything that edges and silence hide was up."""
    return Share(amounts.highest_down, amounts.owed)


def mean(shares: Sequence[Fraction | None]) -> Fraction | None:
    """The mean of exact shares; those of parts without any time that counts are left out."""
    known = [share for share in shares if share is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def state_of(promise: Promise, amounts: Sequence[Amounts], rest: int) -> State:
    """What has become of the promise; `rest` is how much of the window is still to come.

    `amounts` are those of each part of a mean, else one. A window that lasts is `missed` only once
    even unbroken service to its end could not reach the target.
    """
    owed = sum(each.owed for each in amounts)
    known = owed - sum(each.unknown for each in amounts)
    if promise.target is None or owed + rest == 0:
        return State.NOT_OWED
    shares = [share_of(each, promise.unknown).with_unbroken(rest) for each in amounts]
    best = mean(shares)
    covered = _covers(promise, known + rest * len(amounts), owed + rest * len(amounts))
    if rest:
        beyond = known and covered and best is not None and best < promise.target
        return State.MISSED if beyond else State.RUNNING
    if not known or not covered or best is None:
        return State.UNKNOWN
    return State.MET if best >= promise.target else State.MISSED


def lost_share(promise: Promise, amounts: Sequence[Amounts], rest: int) -> Fraction:
    """The share of the whole window that is lost for good, were all that is to come unbroken."""
    best = mean([share_of(each, promise.unknown).with_unbroken(rest) for each in amounts])
    return Fraction(0) if best is None else 1 - best


def budget_left(promise: Promise, amounts: Sequence[Amounts], rest: int) -> int | None:
    """How much may still be lost in the window until the target is missed, in microseconds.

    Cut off to the microsecond; negative exactly when the target is out of reach. Of a mean of
    parts it is time in which all parts are down at once.
    """
    best = mean([share_of(each, promise.unknown).with_unbroken(rest) for each in amounts])
    if promise.target is None or best is None:
        return None
    counted = [share_of(each, promise.unknown).counted + rest for each in amounts]
    weight = sum((Fraction(1, each) for each in counted if each), Fraction(0))
    parts = sum(1 for each in counted if each)
    left = (best - promise.target) * parts / weight
    return left.numerator // left.denominator


def _covers(promise: Promise, known: int, owed: int) -> bool:
    """Whether there is evidence for enough of the time, as far as the term says how much."""
    least = promise.least_coverage
    return least is None or (owed > 0 and Fraction(known, owed) >= least)
