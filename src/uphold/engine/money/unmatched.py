"""Claims that are for nothing: no credit and no right to leave is what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.money.crediting import matched_claims
from uphold.engine.money.leaving import claimable_rights
from uphold.engine.money.misses import Misses
from uphold.messages import Message


@dataclass(frozen=True, slots=True)
class UnmatchedClaim:
    """A claim for which no credit or right is found, with what it names and why.

    `filed` is in microseconds; None where no fact says that it was filed.
    """

    subject: str
    customer: str | None
    account: str | None
    credit: str | None
    service: str | None
    period: str | None
    filed: int | None
    because: tuple[Message, ...]


def unmatched_claims(
    evaluation: Evaluation, figures: Iterable[Figure]
) -> tuple[UnmatchedClaim, ...]:
    """The claims that are for nothing that was earned, or for one of several that they leave open.

    `figures` are all that were worked out, as for the credits.
    """
    misses = Misses(evaluation, figures)
    matched = matched_claims(evaluation, misses, claimable_rights(misses))
    return tuple(
        UnmatchedClaim(
            claim.subject,
            claim.customer,
            claim.account,
            claim.said("credit"),
            claim.said("service"),
            claim.said("period"),
            claim.filed,
            (why,),
        )
        for claim, why in matched.unmatched
    )
