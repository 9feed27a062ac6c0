"""Which agreements, facts and runs one customer's figures rest on, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.engine.account import Accounts, accounts_of
from uphold.engine.measure.timelines import names_of
from uphold.engine.money.suppliers import supply_of
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.types import nearest
from uphold.messages import message
from uphold.statement.errors import StatementError
from uphold.statement.redacting import Redaction, with_changed_ids
from uphold.statement.run_json import run_order

SHARED = frozenset({"outage", "maintenance", "release", "agreement", "service", "check"})
"""Things that concern all customers, whoever is named on their facts."""

_SHARED_UNLESS_OWNED = frozenset({"backup"})


@dataclass(frozen=True, slots=True)
class Parties:
    """The customer of a statement with its accounts, and everybody else that facts name."""

    customer: str
    accounts: tuple[str, ...]
    others: frozenset[str]
    register: Accounts

    @property
    def alone(self) -> bool:
        """Whether facts name no other customer."""
        return not self.others


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a statement is made of. `accounts` are the customer's own."""

    agreements: tuple[Agreement, ...]
    facts: tuple[Fact, ...]
    runs: tuple[Run, ...]
    accounts: tuple[str, ...]


def choose(
    agreements: Sequence[Agreement],
    facts: FactSet,
    runs: Iterable[Run],
    customer: str,
    salt: bytes,
    *,
    at: int,
    known: int | None,
) -> Chosen:
    """What one customer's figures rest on, with the names of others taken out.

    `at` and `known` are microseconds. Raises `StatementError` for a customer that no fact names,
    and where no agreement is the customer's.
    """
    counting = tuple(_until(facts, at, known))
    parties = parties_of(counting, customer)
    bound = bound_agreements(agreements, counting, customer)
    names = frozenset(agreement.name for agreement in bound)
    own = (customer, *parties.accounts)
    redaction = Redaction.of(_not_on_a_page(parties.others, bound), own, salt)
    kept = [
        fact
        for fact in _owned(FactSet.of(counting), parties)
        if _bears_on(fact, names) and not _is_check_of_others(fact, redaction)
    ]
    redaction = with_changed_ids(kept, redaction, salt)
    seen = (redaction.run(run) for run in _watched(runs, agreements, bound))
    return Chosen(
        bound,
        tuple(map(redaction.fact, kept)),
        tuple(sorted({run for run in seen if not redaction.names(run.check)}, key=run_order)),
        parties.accounts,
    )


def parties_of(facts: Sequence[Fact], customer: str) -> Parties:
    """The customer and everybody else. Raises `StatementError` for one that no fact names."""
    register = accounts_of(facts)
    customers: set[str] = set(register.by_customer)
    accounts: dict[str, str | None] = dict(register.customer_of)
    for fact in facts:
        if fact.customer:
            customers.add(fact.customer)
        if fact.account:
            owner = fact.customer or accounts.get(fact.account)
            accounts[fact.account] = accounts.get(fact.account) or owner
        listed = fact.written.get("accounts")
        for name in listed if isinstance(listed, list | tuple) else ():
            accounts.setdefault(str(name), None)
    if customer not in customers:
        near = nearest(customer, customers)
        if near:
            raise StatementError(
                message("statement.customer-nearest", customer=customer, names=near)
            )
        raise StatementError(message("statement.customer-unknown", customer=customer))
    own = tuple(sorted(name for name, owner in accounts.items() if owner == customer))
    others = (customers | accounts.keys()) - {customer, *own}
    return Parties(customer, own, frozenset(others), register)


def bound_agreements(
    agreements: Sequence[Agreement], facts: Iterable[Fact], customer: str
) -> tuple[Agreement, ...]:
    """The agreements that are the customer's, all their revisions, by name and revision.

    Those that its facts name; all but suppliers' where none is named.
    """
    named = {
        str(fact.written["agreement"])
        for fact in facts
        if fact.type == "customer.agreed"
        and fact.subject == f"customer:{customer}"
        and fact.written.get("agreement")
    }
    found = [
        each
        for each in agreements
        if (each.name in named if named else supply_of(each, agreements) is None)
    ]
    if not found:
        told = tuple(sorted(named)) or tuple(sorted({each.name for each in agreements}))
        raise StatementError(message("statement.no-agreement", customer=customer, names=told))
    return tuple(sorted(found, key=lambda each: (each.name, each.revision)))


def _until(facts: FactSet, at: int, known: int | None) -> Iterable[Fact]:
    """The facts that count as of then, and what was corrected or takes back among them.

    A correction may bear a later time than what it corrects, and still replaces it.
    """
    learned = [fact for fact in facts.facts if known is None or fact.known_us <= known]
    named = {fact.corrects or fact.retracts for fact in learned} - {None}
    for fact in learned:
        if fact.at_us <= at or fact.corrects or fact.retracts or (named and fact.id in named):
            yield fact


def _owned(facts: FactSet, parties: Parties) -> Iterable[Fact]:
    """The facts of things that are the customer's or everybody's."""
    for subject in facts.subjects:
        found = facts.every(subject)
        if _is_for(subject, found, parties):
            yield from found


def _is_for(subject: str, facts: tuple[Fact, ...], parties: Parties) -> bool:
    thing, _, name = subject.partition(":")
    if thing == "customer":
        return name == parties.customer
    if thing in SHARED:
        return True
    owner = parties.register.of(facts)
    if owner.customer is not None:
        return owner.customer == parties.customer
    if owner.name is not None:
        return owner.name in parties.accounts
    return parties.alone or thing in _SHARED_UNLESS_OWNED


def _bears_on(fact: Fact, agreements: frozenset[str]) -> bool:
    """Not so a fact that another agreement was posted."""
    return fact.type != "agreement.posted" or str(fact.written["agreement"]) in agreements


def _is_check_of_others(fact: Fact, redaction: Redaction) -> bool:
    """Whether it is a look at something that bears another customer's name."""
    if fact.type != "check.observed":
        return False
    return redaction.names(f"{fact.subject} {fact.written['check']}")


def _watched(
    runs: Iterable[Run], agreements: Iterable[Agreement], bound: Sequence[Agreement]
) -> tuple[Run, ...]:
    """The runs of checks that the customer's agreements name.

    Where they name none of them, evidence names its services otherwise than the agreements do, and
    all of it counts but what an agreement of others names.
    """
    given = tuple(runs)
    named = frozenset[str]().union(*map(names_of, bound))
    known = tuple(run for run in given if run.check in named)
    if known:
        return known
    strange = (each for each in agreements if each not in bound)
    elsewhere = frozenset[str]().union(*map(names_of, strange))
    return tuple(run for run in given if run.check not in elsewhere)


def _not_on_a_page(names: Iterable[str], agreements: Iterable[Agreement]) -> frozenset[str]:
    """The names that the agreements' pages do not hold anyway: "calling" is a service there."""
    pages = "\n".join(agreement.document.source for agreement in agreements)
    return frozenset(
        name
        for name in names
        if name not in pages or not Redaction.of((name,), (), b"").names(pages)
    )
