"""For whom figures are: the accounts that an agreement binds, each with its life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from uphold.engine.account import Account, Accounts
from uphold.engine.measure.outage import Outage
from uphold.engine.measure.spans import Span, Spans
from uphold.engine.series import Series

_ALWAYS: Spans = ((-(1 << 62), 1 << 62),)


@dataclass(frozen=True)
class Life:
    """An account and the stretches of time for which the agreement binds it.

    A customer that never names an account is one account without a name. Where no account is
    known at all, or the figure is for all of them, `name` and `customer` are None.
    """

    name: str | None = None
    customer: str | None = None
    account: Account | None = None
    spans: Spans = _ALWAYS

    @property
    def begins(self) -> int | None:
        """When it first began; None where the figure is for all accounts."""
        return self.spans[0][0] if self.account is not None else None

    @property
    def hit_as(self) -> str | None:
        """What facts that list accounts call it."""
        return self.name or self.customer

    @cached_property
    def regions(self) -> Series[str]:
        """The region it is served in, over time."""
        return self.account.field("region") if self.account is not None else Series()

    def region(self, time: int) -> str | None:
        """The region it is served in at an instant; before any fact, the first that one gives."""
        regions = self.regions
        return regions.at(time) or next(iter(regions.values), None)

    def part(self, whole: Span) -> Span | None:
        """The part of a window that lies in its life, from its first to its last instant there."""
        found = [span for span in self.spans if span[0] < whole[1] and span[1] > whole[0]]
        if not found:
            return None
        return max(whole[0], found[0][0]), min(whole[1], found[-1][1])

    def is_hit(self, outage: Outage) -> bool:
        """Whether an outage concerns it; one for some accounts is none of the whole service."""
        return outage.hits(self.hit_as, self.region(outage.span[0]))


EVERYBODY = Life()
"""Stands for all accounts together, or for one that nobody has named."""


def lives_of(accounts: Accounts, agreement: str) -> tuple[Life, ...]:
    """The accounts that ever agreed to an agreement, by customer and name."""
    return tuple(
        life
        for customer in sorted(accounts.by_customer)
        for life in _of(accounts, customer, agreement)
    )


def _of(accounts: Accounts, customer: str, agreement: str) -> Iterator[Life]:
    facts = accounts.by_customer[customer]
    names = sorted(
        {fact.account for fact in facts if fact.type == "customer.agreed" and fact.account}
    )
    for name in names or (None,):
        kept = tuple(fact for fact in facts if name is None or fact.account in (None, name))
        account = Account(customer, name, kept)
        spans = account.life(agreement)
        if spans:
            yield Life(name, customer, account, spans)
