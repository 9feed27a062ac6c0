"""The monthly fee: which fact gives it, for an account, a service and a day."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from uphold.engine.account import Account, begins
from uphold.engine.money.currency import money
from uphold.engine.reasons import fact_data
from uphold.engine.shown import shown
from uphold.facts.fact import Fact
from uphold.messages import Message, Money, message
from uphold.worktime import CompiledCalendar


@dataclass(frozen=True, slots=True)
class Fee:
    """A monthly fee, and the fact that gave it; `service` where it is for one only."""

    amount: Fraction
    currency: str
    fact: Fact
    service: str | None = None

    def reason(self, calendar: CompiledCalendar) -> Message:
        """What the fee is and by which fact."""
        told = {
            "fee": money(self.amount, self.currency),
            "at": shown(calendar, self.fact.at_us),
            **fact_data(self.fact),
        }
        if self.service is None:
            return Message("reason.credit-fee", told)
        return Message("reason.credit-fee-of-service", told | {"service": self.service})


def fee_of(account: Account, agreement: str, service: str | None, time: int) -> Fee | None:
    """The fee in force at an instant; one of the service goes before one for all.

    None where no fact gives any. A fee agreed with another agreement is not this one's.
    """
    best: tuple[bool, int, int] | None = None
    found: Fee | None = None
    for place, fact in enumerate(account.facts):
        fee = _fee(fact, agreement)
        if fee is None or fee.service not in (None, service) or _since(fact) > time:
            continue
        rank = (fee.service is not None, _since(fact), place)
        if best is None or rank > best:
            best, found = rank, fee
    return found


def fee_unknown(account: Account, calendar: CompiledCalendar, time: int) -> Message:
    """Why no fee is known, and which fact would tell."""
    name = account.name or account.customer
    if name is None:
        return message("reason.credit-account-unknown")
    return message("reason.credit-fee-unknown", account=name, at=shown(calendar, time))


def _since(fact: Fact) -> int:
    return begins(fact) if fact.type == "customer.agreed" else fact.at_us


def _fee(fact: Fact, agreement: str) -> Fee | None:
    """The fee that a fact gives, if it is one of the agreement's."""
    if fact.type == "customer.agreed":
        if fact.written.get("agreement") not in (None, agreement):
            return None
        given, service = fact.value("fee"), None
    elif fact.type == "customer.fee":
        given, named = fact.value("amount"), fact.written.get("service")
        service = str(named) if named else None
    else:
        return None
    if not isinstance(given, Money):
        return None
    return Fee(Fraction(given.amount), given.currency, fact, service)
