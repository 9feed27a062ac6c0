"""What a customer's facts say: plan, office, training, additions, and the account's life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uphold.engine.series import Series, series_of
from uphold.facts.fact import Fact

_OWN_FIELD = {("customer.fee", "amount"): "fee"}


@dataclass(frozen=True, slots=True)
class Account:
    """The facts of a customer that concern one account, in order.

    A fact of the customer that names no account concerns all of its accounts.
    """

    customer: str | None
    name: str | None
    facts: tuple[Fact, ...]

    def field(self, name: str) -> Series[str]:
        """The values that the facts gave a field."""
        return series_of(
            (fact.at_us, str(value))
            for fact in self.facts
            for key, value in fact.written.items()
            if _OWN_FIELD.get((fact.type, key), key) == name and value is not None
        )

    def trained(self, person: str, time: int) -> bool:
        """Whether the person was trained by then."""
        return any(
            fact.type == "customer.trained"
            and fact.written["person"] == person
            and fact.at_us <= time
            for fact in self.facts
        )

    def has(self, addition: str, service: str | None, time: int) -> bool:
        """Whether the addition is connected then, to the service if it is for one only."""
        return any(
            fact.type == "customer.added"
            and fact.written["addition"] == addition
            and fact.written.get("service") in (None, service)
            and _begins(fact) <= time < _ends(fact)
            for fact in self.facts
        )

    def changes(self) -> tuple[int, ...]:
        """Every instant at which something about the account may change."""
        found: list[int] = []
        for fact in self.facts:
            found.append(fact.at_us)
            for name in ("from", "until"):
                if isinstance(fact.written.get(name), str):
                    value = fact.value(name)
                    found += [value] if isinstance(value, int) else []
        return tuple(found)

    def agreed(self, time: int) -> frozenset[str] | None:
        """The agreements that bind the account then; None where no fact ever names one."""
        named = [
            fact
            for fact in self.facts
            if fact.type == "customer.agreed" and fact.written.get("agreement")
        ]
        if not named:
            return None
        return frozenset(
            str(fact.written["agreement"])
            for fact in named
            if _begins(fact) <= time < self._life_end(fact)
        )

    def life(self, agreement: str) -> tuple[tuple[int, int], ...]:
        """When the account is bound to an agreement: stretches in microseconds, in order.

        A fact that names no agreement binds it to each, unless another fact does name one.
        """
        agreed = [fact for fact in self.facts if fact.type == "customer.agreed"]
        named = [fact for fact in agreed if fact.written.get("agreement")]
        spans = sorted(
            (_begins(fact), self._life_end(fact))
            for fact in named or agreed
            if not named or fact.written["agreement"] == agreement
        )
        found: list[tuple[int, int]] = []
        for start, end in spans:
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            elif start < end:
                found.append((start, end))
        return tuple(found)

    def _life_end(self, agreed: Fact) -> int:
        """When the account's life ends: by the agreement, or by the latest renewal of it."""
        end = _ends(agreed)
        for fact in self.facts:
            if fact.type == "customer.renewed" and fact.at_us >= agreed.at_us:
                end = max(end, _ends(fact))
        return end


_FOREVER = 1 << 62


def _begins(fact: Fact) -> int:
    value = fact.value("from")
    return value if isinstance(value, int) else fact.at_us


def _ends(fact: Fact) -> int:
    value = fact.value("until")
    return value if isinstance(value, int) else _FOREVER


@dataclass(frozen=True, slots=True)
class Accounts:
    """Every customer's facts, found by account or customer."""

    by_customer: dict[str, tuple[Fact, ...]]
    customer_of: dict[str, str]

    def of(self, facts: Iterable[Fact]) -> Account:
        """The account that a thing's facts name; one without facts if they name none."""
        account = customer = None
        for fact in facts:
            account = account or fact.account
            customer = customer or fact.customer
        customer = customer or self.customer_of.get(account or "")
        about = self.by_customer.get(customer or "", ())
        kept = tuple(fact for fact in about if fact.account in (None, account) or account is None)
        return Account(customer, account, kept)


def accounts_of(facts: Iterable[Fact]) -> Accounts:
    """The register of customers in a set of facts in order; others are passed over."""
    by_customer: dict[str, list[Fact]] = {}
    customer_of: dict[str, str] = {}
    for fact in facts:
        if fact.thing == "customer":
            name = fact.subject.partition(":")[2]
            by_customer.setdefault(name, []).append(fact)
            if fact.account:
                customer_of.setdefault(fact.account, name)
    return Accounts({name: tuple(found) for name, found in by_customer.items()}, customer_of)
