"""Credits: what is owed for misses, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uphold.engine.measure.figure import Window
from uphold.messages import Message


class CreditState(StrEnum):
    """What has become of a credit."""

    OWED = "owed"
    CLAIMABLE = "claimable"
    LAPSED = "lapsed"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    APPLIED = "applied"
    NOT_OWED = "not owed"


@dataclass(frozen=True, slots=True)
class Credit:
    """What one credit term gives one account for one window (docs/language/measuring.md).

    `amount` is in `currency`, rounded to its minor unit; None where the agreement does not state
    it or no fact gives the fee. `days` are days of service, where the term gives those instead.
    `granted` is what was accepted, where a fact says so. `earned_by` holds the keys of the
    figures and verdicts that were missed. `claim_by` and `paid_on` are instants in microseconds;
    the first is None where no claim or no time is needed. `party` is who owes: "provider", or the
    supplier's name. `key` names it: `account:acme-1/uptime-credit/2027-02`, with `service:…` in
    front where the term is earned service by service.
    """

    key: str
    term: str
    agreement: str
    revision: int
    clause: str
    party: str
    customer: str | None
    account: str | None
    service: str | None
    window: Window
    state: CreditState
    amount: Decimal | None
    currency: str | None
    days: Decimal | None
    granted: Decimal | None
    earned_by: tuple[str, ...]
    claim: str | None
    claim_by: int | None
    paid: str
    paid_on: int | None
    because: tuple[Message, ...]
