"""What has become of a credit: its state as the facts of its claims tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uphold.agreement.terms.money import CreditTerm
from uphold.engine.money.claims import ClaimCase, Stage
from uphold.engine.money.credit import CreditState
from uphold.engine.money.sharing import Shares
from uphold.engine.shown import shown
from uphold.messages import Message, Money, message
from uphold.worktime import CompiledCalendar
from uphold.worktime.zone import DAY

_RANK = (
    CreditState.LAPSED,
    CreditState.REFUSED,
    CreditState.CLAIMED,
    CreditState.ACCEPTED,
    CreditState.APPLIED,
)
"""Of several claims for one credit the one that came furthest tells its state."""

GIVEN = frozenset({CreditState.ACCEPTED, CreditState.APPLIED})
LOST = frozenset({CreditState.LAPSED, CreditState.REFUSED, CreditState.NOT_OWED})


@dataclass(frozen=True, slots=True)
class Due:
    """What is known of a credit before its claims: its size, its deadline, and the present.

    `size` is what it comes to in `unit` (a currency, or `days`), None where that is unknown;
    `empty` says that nothing is owed. Instants are in microseconds.
    """

    term: CreditTerm
    size: Decimal | None
    unit: str | None
    empty: bool
    claim_by: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A credit's state; what was granted, in `unit`, and when, where a fact says so.

    `granted_at` and `applied_at` are in microseconds.
    """

    state: CreditState
    granted: Decimal | None = None
    unit: str | None = None
    granted_at: int | None = None
    applied_at: int | None = None
    because: tuple[Message, ...] = ()


def outcome_of(
    due: Due, claims: Sequence[ClaimCase], calendar: CompiledCalendar, shares: Shares
) -> Outcome:
    """The state of a credit by its claims, whatever order their facts came in.

    `shares` deals out what a claim was granted for several credits, which come in order.
    """
    ordered = sorted(claims, key=lambda claim: (claim.facts[0].at_us, claim.subject))
    because = tuple(reason for claim in ordered for reason in _told(due, claim, calendar, shares))
    states = [(claim, state) for claim in ordered if (state := _state(due, claim)) is not None]
    if not states:
        return Outcome(_unclaimed(due), because=(*because, *_left(due, calendar)))
    claim, state = max(states, key=lambda each: _RANK.index(each[1]))
    if state not in GIVEN:
        return Outcome(state, because=because)
    granted, unit = _granted(due, claim, shares)
    applied = claim.decided(Stage.APPLIED)
    decided = claim.decided(Stage.ACCEPTED) or applied
    if granted is None and claim.granted is not None:
        because = (
            *because,
            message("reason.claim-other-currency", granted=claim.granted, currency=due.unit or "-"),
        )
    elif granted is not None and claim.granted is not None and shares.count(claim) > 1:
        because = (*because, _shared(claim, claim.granted, granted))
    return Outcome(
        state,
        granted,
        unit,
        decided.at_us if decided else None,
        applied.at_us if applied else None,
        because,
    )


def _state(due: Due, claim: ClaimCase) -> CreditState | None:
    """What one claim makes of the credit; None where it changes nothing."""
    match claim.stage:
        case Stage.APPLIED:
            return CreditState.APPLIED
        case Stage.ACCEPTED:
            return CreditState.ACCEPTED
        case Stage.REJECTED:
            return CreditState.REFUSED
        case Stage.FILED if due.term.claim.required and not due.empty:
            late = claim.is_late(due.claim_by)
            return CreditState.LAPSED if late else CreditState.CLAIMED
    return None


def _unclaimed(due: Due) -> CreditState:
    if due.empty:
        return CreditState.NOT_OWED
    if not due.term.claim.required:
        return CreditState.OWED
    if due.claim_by is not None and due.now > due.claim_by:
        return CreditState.LAPSED
    return CreditState.CLAIMABLE


def _left(due: Due, calendar: CompiledCalendar) -> Iterator[Message]:
    """How long it can still be claimed, or that it no longer can."""
    if due.claim_by is None or due.empty:
        return
    if due.now > due.claim_by:
        yield message("reason.claim-lapsed", at=shown(calendar, due.claim_by))
    else:
        yield message("reason.claim-days-left", count=(due.claim_by - due.now) // DAY)


def _told(
    due: Due, claim: ClaimCase, calendar: CompiledCalendar, shares: Shares
) -> Iterator[Message]:
    """What happened to a claim, and what is wrong with it.

    An amount demanded for several credits together is not held against one of them.
    """
    yield from claim.reasons(calendar)
    lacks = claim.lacks(due.term.with_)
    if claim.stage is Stage.FILED and lacks:
        yield message("reason.claim-lacks", claim=claim.subject, lacks=lacks)
    if claim.is_late(due.claim_by) and due.claim_by is not None:
        yield message("reason.claim-late", claim=claim.subject, at=shown(calendar, due.claim_by))
    amount = claim.amount
    if shares.count(claim) > 1:
        return
    if amount is not None and due.size is not None and due.unit is not None:
        ours = Money(due.size, due.unit)
        if (amount.amount, amount.currency) != (ours.amount, ours.currency):
            yield message("reason.claim-amount", claimed=amount, amount=ours)


def _shared(claim: ClaimCase, whole: Money, part: Decimal) -> Message:
    return message(
        "reason.claim-shared",
        claim=claim.subject,
        granted=whole,
        part=Money(part, whole.currency),
    )


def _granted(due: Due, claim: ClaimCase, shares: Shares) -> tuple[Decimal | None, str | None]:
    """What was granted: the amount that the acceptance names, or its share, else all of it."""
    given = claim.granted
    if given is None:
        return due.size, due.unit
    if due.unit in (None, given.currency):
        return shares.take(claim, given.amount, due.size), given.currency
    return None, due.unit
