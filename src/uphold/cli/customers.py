"""Customers as they are named on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from uphold.agreement.problem import nearest
from uphold.cli.refusal import Refusal
from uphold.facts.fact import Fact
from uphold.messages import message

_MOST_NAMED = 8


def known_customer(name: str, facts: Iterable[Fact]) -> str:
    """The name, if facts know such a customer; raises `Refusal` with the nearest, or with some."""
    known = customers_of(facts)
    if name in known:
        return name
    near = nearest(name, known)
    if near:
        hint = message("cli.nearest", names=(near,))
    elif known:
        hint = message("cli.customers", names=known[:_MOST_NAMED])
    else:
        hint = message("cli.customers-none")
    raise Refusal(message("cli.customer-unknown", customer=name), hint)


def customers_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Every customer that a fact names."""
    found: set[str] = set()
    for fact in facts:
        if fact.thing == "customer":
            found.add(fact.subject.partition(":")[2])
        elif fact.customer is not None:
            found.add(fact.customer)
    return tuple(sorted(found))
