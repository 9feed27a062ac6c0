"""What a miss costs: `credit` and `termination`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from uphold.agreement.phrases.credits import (
    Amount,
    Cap,
    Claim,
    MissCount,
    Missed,
    Paid,
    Repeated,
    Share,
    parse_amount,
    parse_below,
    parse_cap,
    parse_claim,
    parse_miss_count,
    parse_missed,
    parse_paid,
    parse_repeated,
    parse_share,
)
from uphold.agreement.phrases.numbers import Percent
from uphold.agreement.terms.base import ListOf, Phrase, RowsOf, Term, Words

_SHARE = Phrase(parse_share, "A share.", ("5 % of account.fee",))


_BELOW = Phrase(parse_below, "A tier.", ("below 99.9 %",))
_MISSES = Phrase(parse_miss_count, "A number of misses.", ("from 3 misses a month",))


def _below(share: Percent) -> str:
    return f"below {share}"


MissedField = Annotated[
    tuple[Missed, ...], ListOf(Phrase(parse_missed, "A miss.", ("account-uptime missed",)))
]


class CreditTerm(Term):
    """What is owed for a miss, whether it must be claimed, and when it is paid."""

    kind: ClassVar[str] = "credit"
    example: ClassVar[str] = """\
credit: uptime-credit
for: account-uptime missed
tiers: {below 99.9 %: 5 % of account.fee, below 99.0 %: 10 % of account.fee}
at most: [50 % of account.fee a month]
claim: within 30 calendar days of the window's end
paid: next invoice
quotes:
  - '5% of the fee below 99.9%'
  - '10% below 99.0%, at most 50% a month'
  - claimed within 30 calendar days
"""

    for_: MissedField = Field(alias="for", description="The misses that earn it.")
    amount: Annotated[
        Amount | None, Phrase(parse_amount, "An amount.", ("5 % of account.fee",))
    ] = Field(None, description="What is credited, and what for each of.")
    tiers: Annotated[tuple[tuple[Percent, Share], ...] | None, RowsOf(_BELOW, _SHARE, _below)] = (
        Field(None, description="Shares by how low the figure fell; the lowest tier that applies.")
    )
    by_misses: Annotated[tuple[tuple[MissCount, Share], ...] | None, RowsOf(_MISSES, _SHARE)] = (
        Field(None, alias="by misses", description="Shares by the number of misses.")
    )
    at_most: Annotated[
        tuple[Cap, ...], ListOf(Phrase(parse_cap, "A cap.", ("50 % of account.fee a month",)))
    ] = Field((), alias="at most", description="Caps a month or a year.")
    at_least: Annotated[Share | None, _SHARE] = Field(
        None, alias="at least", description="A smaller credit is not paid."
    )
    claim: Annotated[Claim, Phrase(parse_claim, "A claim.", ("not required", "required"))] = Field(
        Claim(False, text="not required"), description="Whether it must be claimed, and when."
    )
    with_: Words = Field((), alias="with", description="What the claim must hold.")
    paid: Annotated[Paid, Phrase(parse_paid, "When.", ("next invoice", "next renewal"))] = Field(
        Paid("next invoice"), description="When it is paid."
    )


class TerminationTerm(Term):
    """A right to leave after repeated misses."""

    kind: ClassVar[str] = "termination"
    example: ClassVar[str] = """\
termination: repeated-misses
for: account-uptime missed
after: 3 misses in 6 calendar months
claim: within 30 calendar days of the miss
quotes: [three times in 6 months, within 30 days]
interpretation: [Days are calendar days.]
"""

    for_: MissedField = Field(alias="for", description="The misses that count.")
    after: Annotated[
        Repeated, Phrase(parse_repeated, "How many.", ("3 misses in 6 calendar months",))
    ] = Field(description="How many misses, and within which time.")
    claim: Annotated[Claim, Phrase(parse_claim, "By when.", ("required",))] = Field(
        Claim(True, text="required"), description="By when the right must be used."
    )
