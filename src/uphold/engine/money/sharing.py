"""One amount for several credits: how what a claim was granted is dealt out among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from uphold.engine.money.claims import ClaimCase


class Shares:
    """What is left of the amounts that claims were granted, while credits are gone through.

    A claim may be for several credits (for each service of one period, say); the amount that its
    acceptance names is theirs together. In the order of time each takes what it comes to, and the
    last one the rest, so that what was granted adds up. Changes as `take` is called.
    """

    def __init__(self, by_key: Mapping[str, Sequence[ClaimCase]]) -> None:
        self._credits = Counter(claim.subject for held in by_key.values() for claim in held)
        self._to_come = Counter(self._credits)
        self._left: dict[str, Decimal] = {}

    def count(self, claim: ClaimCase) -> int:
        """How many credits a claim is for."""
        return self._credits[claim.subject]

    def take(self, claim: ClaimCase, granted: Decimal, size: Decimal | None) -> Decimal:
        """The part of what was granted that is for a credit of this size.

        All that is left for the last one, and for one whose size is unknown.
        """
        left = self._left.get(claim.subject, granted)
        is_last = self._to_come[claim.subject] <= 1
        taken = left if is_last or size is None else min(size, left)
        self._left[claim.subject] = left - taken
        return taken

    def passed(self, claims: Iterable[ClaimCase]) -> None:
        """That a credit of these claims is settled."""
        self._to_come.subtract(claim.subject for claim in claims)
