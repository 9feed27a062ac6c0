"""What a customer's facts say: plan, office, training, additions, and the account's life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uphold.engine.measure.spans import Spans, merged
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
            and begins(fact) <= time < _ends(fact)
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
            if begins(fact) <= time < self._life_end(fact)
        )

    def life(self, agreement: str, *, named: bool = False) -> Spans:
        """When the account is bound to an agreement: stretches in microseconds, in order.

        A fact that names no agreement binds it to each, unless another fact does name one, or it
        must be `named`.
        """
        agreed = [fact for fact in self.facts if fact.type == "customer.agreed"]
        if named or any(fact.written.get("agreement") for fact in agreed):
            agreed = [fact for fact in agreed if fact.written.get("agreement") == agreement]
        return merged((begins(fact), self._life_end(fact)) for fact in agreed)

    def region(self, time: int) -> str | None:
        """The region it is served in at an instant; before any fact, the first that one gives."""
        regions = self.field("region")
        return regions.at(time) or next(iter(regions.values), None)

    def _life_end(self, agreed: Fact) -> int:
        """When the account's life ends: by the agreement, or by the latest renewal of it."""
        end = _ends(agreed)
        for fact in self.facts:
            if fact.type == "customer.renewed" and fact.at_us >= agreed.at_us:
                end = max(end, _ends(fact))
        return end


FOREVER = 1 << 62
"""Stands for the end of what has none, in microseconds."""


def begins(fact: Fact) -> int:
    """When what was agreed or added begins: at its `from`, else at the fact's own time."""
    value = fact.value("from")
    return value if isinstance(value, int) else fact.at_us


def until(fact: Fact) -> int | None:
    """When what was agreed, renewed or added ends; None where the fact does not say."""
    value = fact.value("until")
    return value if isinstance(value, int) else None


def _ends(fact: Fact) -> int:
    end = until(fact)
    return FOREVER if end is None else end


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

    def every(self) -> Iterator[Account]:
        """Each account that ever agreed to anything, by customer and name.

        A customer that never names an account is one without a name.
        """
        for customer, facts in sorted(self.by_customer.items()):
            agreed = (fact for fact in facts if fact.type == "customer.agreed")
            names = sorted({fact.account for fact in agreed if fact.account})
            for name in names or (None,):
                kept = tuple(fact for fact in facts if name is None or fact.account in (None, name))
                yield Account(customer, name, kept)


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
