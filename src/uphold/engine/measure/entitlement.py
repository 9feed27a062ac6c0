"""Whether a window's promise is owed at all: the revision, the account's life, who is entitled."""

from __future__ import annotations

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.conditions import Condition, Has, Is, Known
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.promise import AppliesTerm
from uphold.engine.case import Case
from uphold.engine.history import History
from uphold.engine.measure.lives import Life
from uphold.engine.reasons import interpretations
from uphold.engine.standing import deciding
from uphold.messages import Message, message

_ACCOUNT = "account"


def limits_of(agreement: Agreement, term: AvailabilityTerm) -> tuple[AppliesTerm, ...]:
    """The terms that say to whom the promise holds, by their conditions on the account alone.

    Conditions on a thing that a figure is not about (a request's cause, say) decide nothing.
    """
    return tuple(
        limit.model_copy(
            update={
                "only_if": tuple(filter(_is_about_account, limit.only_if)),
                "unless": tuple(filter(_is_about_account, limit.unless)),
            }
        )
        for limit in agreement.of(AppliesTerm)
        if term.name in limit.to
    )


def not_entitled(
    agreement: Agreement, limits: tuple[AppliesTerm, ...], life: Life, time: int
) -> tuple[Message, ...]:
    """Why the account is promised nothing at an instant, by `limits_of`; nothing where it is."""
    if life.account is None:
        return ()
    case = Case(agreement, History(f"account:{life.hit_as}", (), ()), life.account)
    for limit in limits:
        if all(case.holds(each, time) for each in limit.only_if) and not any(
            case.holds(each, time) for each in limit.unless
        ):
            continue
        best = limit.otherwise == "best effort"
        name = "reason.best-effort" if best else "reason.not-owed"
        condition = deciding(case, limit, time)
        return (
            message(name, term=limit.name, clause=limit.clause),
            message("reason.condition", term=limit.name, condition=condition),
            *interpretations(limit),
        )
    return ()


def unknown_entitlement(limits: tuple[AppliesTerm, ...], life: Life) -> tuple[Message, ...]:
    """That nobody can say who is entitled, where no account is known and it would matter."""
    if life.account is not None:
        return ()
    return tuple(
        message("reason.entitlement-unknown", term=limit.name, clause=limit.clause)
        for limit in limits
        if limit.only_if or limit.unless
    )


def _is_about_account(condition: Condition) -> bool:
    """Whether every part of a condition is about the account, not about a thing."""
    return all(
        isinstance(part, Has) or (isinstance(part, Is | Known) and part.path.thing == _ACCOUNT)
        for part in condition.parts
    )
