"""Whom a miss concerns: the accounts under an agreement, and their lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.engine.account import FOREVER, Account
from uphold.engine.evaluate import Evaluation
from uphold.engine.history import listed
from uphold.engine.measure.spans import Span, Spans
from uphold.facts.fact import Fact

SHARED = frozenset({"agreement", "backup", "maintenance", "outage", "register", "release"})
"""Kinds of thing that concern every account, unless their facts name some."""

NOBODY = Account(None, None, ())


@dataclass(frozen=True, slots=True)
class Holder:
    """An account, or a customer without one, and when its life under an agreement was.

    `lives` are half-open, in microseconds; without end on both sides where nobody is known.
    """

    account: Account
    lives: Spans = ((-FOREVER, FOREVER),)

    @property
    def key(self) -> str:
        """`account:acme-1`, `customer:acme`, or nothing where nobody is known."""
        if self.account.name is not None:
            return f"account:{self.account.name}"
        return f"customer:{self.account.customer}" if self.account.customer else ""

    def within(self, span: Span) -> Span | None:
        """Its life as far as it lies in the span, from first to last; None if it does not."""
        found = [life for life in self.lives if life[0] < span[1] and span[0] < life[1]]
        if not found:
            return None
        return max(span[0], found[0][0]), min(span[1], found[-1][1])


UNKNOWN_HOLDER = Holder(NOBODY)


class Register:
    """The holders of each agreement, worked out once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._of: dict[tuple[str, bool], tuple[Holder, ...]] = {}
        self._theirs: dict[str, dict[str, tuple[Holder, ...]]] = {}

    def under(self, agreement: Agreement, named: bool = False) -> tuple[Holder, ...]:
        """Every account that agreed to the agreement, at any time.

        An account that names no agreement at all agreed to any, unless it must be `named`.
        """
        key = (agreement.name, named)
        if key not in self._of:
            self._of[key] = tuple(
                Holder(account, lives)
                for account in self._evaluation.accounts.every()
                if (lives := account.life(agreement.name, named=named))
            )
        return self._of[key]

    def of_thing(self, subject: str, agreement: Agreement, time: int) -> tuple[Holder, ...]:
        """Whom a thing concerns at an instant; one nobody where no account is known."""
        facts = self.facts(subject)
        if subject.partition(":")[0] not in SHARED or any(_names_one(fact) for fact in facts):
            return (self._own(facts, agreement),)
        alive = tuple(holder for holder in self.under(agreement) if holder.within((time, time + 1)))
        hit = tuple(holder for holder in alive if _hits(facts, holder, time))
        return hit or ((UNKNOWN_HOLDER,) if not alive else ())

    def of_account(self, name: str | None, customer: str | None, agreement: Agreement) -> Holder:
        """The holder of an account by its name; of a customer that has but one without."""
        customer = customer or self._evaluation.accounts.customer_of.get(name or "")
        for holder in self._of_customer(customer, agreement):
            if holder.account.name == name:
                return holder
        return Holder(Account(customer, name, ()))

    def facts(self, subject: str) -> tuple[Fact, ...]:
        """The facts of a thing that count."""
        evaluation = self._evaluation
        return evaluation.facts.of_subject(subject, evaluation.now, evaluation.known)

    def _own(self, facts: Sequence[Fact], agreement: Agreement) -> Holder:
        """The account that the facts name; a customer's only one where they name none."""
        account = self._evaluation.accounts.of(facts)
        theirs = self._of_customer(account.customer, agreement)
        if account.name is None and len(theirs) == 1:
            return theirs[0]
        if account.name is None:
            general = tuple(fact for fact in account.facts if fact.account is None)
            return Holder(Account(account.customer, None, general))
        named = [holder for holder in theirs if holder.account.name == account.name]
        return named[0] if named else Holder(account)

    def _of_customer(self, customer: str | None, agreement: Agreement) -> tuple[Holder, ...]:
        """The holders under an agreement that are one customer's."""
        if agreement.name not in self._theirs:
            grouped: dict[str, list[Holder]] = {}
            for holder in self.under(agreement):
                grouped.setdefault(holder.account.customer or "", []).append(holder)
            self._theirs[agreement.name] = {name: tuple(held) for name, held in grouped.items()}
        return self._theirs[agreement.name].get(customer or "", ())


def _names_one(fact: Fact) -> bool:
    return fact.account is not None or fact.customer is not None


def _hits(facts: Sequence[Fact], holder: Holder, time: int) -> bool:
    """Whether the accounts or regions that the facts name are, or hold, this one."""
    accounts = {name for fact in facts for name in listed(fact, "accounts")}
    regions = {name for fact in facts for name in listed(fact, "regions")}
    if not accounts and not regions:
        return True
    account = holder.account
    return (account.name or account.customer) in accounts or account.region(time) in regions
