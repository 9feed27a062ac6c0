"""To whom a credit is owed: the `applies` terms that name it, decided for one account."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.conditions import Condition, Has, Is, Known
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.promise import AppliesTerm
from uphold.engine.account import Account
from uphold.engine.case import Case
from uphold.engine.history import History
from uphold.engine.reasons import interpretations
from uphold.messages import Message, message

_ACCOUNT = "account"


def limits_of(agreement: Agreement, term: Term, account: Account, time: int) -> Iterator[Message]:
    """Why a term holds nothing for the account at an instant, by each `applies` term that says so.

    Best effort outside its conditions is no promise either, so nothing is owed. Conditions on a
    thing that credits are not about (a request's cause, say) decide nothing, and none does where
    no account is known.
    """
    if account.name is None and account.customer is None:
        return
    for limit in agreement.of(AppliesTerm):
        if term.name not in limit.to:
            continue
        deciding = _deciding(agreement, limit, account, time)
        if deciding is not None:
            yield message("reason.not-owed", term=limit.name, clause=limit.clause)
            yield message("reason.condition", term=limit.name, condition=deciding)
            yield from interpretations(limit)


def _deciding(
    agreement: Agreement, limit: AppliesTerm, account: Account, time: int
) -> Message | None:
    """The condition that takes the credit away; None where it is owed."""
    case = Case(agreement, History(f"account:{account.name or ''}", (), ()), account)

    def holds(condition: Condition) -> bool:
        return case.holds(condition, time)

    for condition in filter(_is_about_account, limit.only_if):
        if not holds(condition):
            return message("condition.only-if", condition=str(condition))
    for condition in filter(_is_about_account, limit.unless):
        if holds(condition):
            return message("condition.unless", condition=str(condition))
    return None


def _is_about_account(condition: Condition) -> bool:
    """Whether every part of a condition is about the account, not about a thing."""
    return all(
        isinstance(part, Has) or (isinstance(part, Is | Known) and part.path.thing == _ACCOUNT)
        for part in condition.parts
    )
