"""Credits: what each missed promise earns each account, and what became of it.

Pure, as all of the engine: facts, figures and verdicts in, credits with their reasons out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.duty import OpenTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.money.caps import Given, Owner, Settled, settle_amount
from uphold.engine.money.claims import CLAIM, Claimable, ClaimCase, Matched, claims_of, match
from uphold.engine.money.credit import Credit
from uphold.engine.money.deadlines import Deadline, claim_by, paid_on
from uphold.engine.money.drafts import Draft, drafts_of
from uphold.engine.money.misses import Misses
from uphold.engine.money.outcomes import GIVEN, LOST, Due, Outcome, outcome_of
from uphold.engine.money.periods import period_of
from uphold.engine.money.sharing import Shares
from uphold.engine.money.worth import depth_of, earned_by_one
from uphold.engine.reasons import interpretations
from uphold.engine.shown import shown
from uphold.messages import Message, message


def credits(evaluation: Evaluation, figures: Iterable[Figure]) -> tuple[Credit, ...]:  # noqa: A001
    """What is owed for every missed figure, clock, notice and keeping, account by account.

    `figures` are all that were worked out, in any order: caps, and counts of misses, look back.
    In the order of time, then by key.
    """
    misses = Misses(evaluation, figures)
    drafts = drafts_of(misses)
    matched = match(claims_of(evaluation), [_claimable(draft) for draft in drafts])
    return tuple(_settled(misses, drafts, matched.by_key))


def earns(agreement: Agreement, figure: Figure) -> bool:
    """Whether a miss of this figure earns something by some credit term, or may.

    A whole step that was not reached, or a tier that was not, earns nothing; an amount that is
    not stated may be something. A count of misses earns with the first miss only.
    """
    depth = depth_of(figure)
    for term in agreement.of(CreditTerm):
        if all(missed.term != figure.term for missed in term.for_):
            continue
        if term.by_misses is not None:
            if any(row.least <= 1 for row, _ in term.by_misses):
                return True
            continue
        earned = earned_by_one(term, depth)
        if earned is not None and not earned.is_nothing:
            return True
    return False


def matched_claims(
    evaluation: Evaluation, misses: Misses, rights: Sequence[Claimable] = ()
) -> Matched:
    """Every claim with the credit, or the right to leave, that it is for."""
    things = [_claimable(draft) for draft in drafts_of(misses)]
    return match(claims_of(evaluation), [*things, *rights])


def _claimable(draft: Draft) -> Claimable:
    """What claims know a credit by: its window, and the thing that alone earned it."""
    keys = [each for miss in draft.single for each in (miss.key, miss.key.partition("/")[0])]
    return Claimable(
        draft.key,
        draft.term.name,
        draft.customer,
        draft.holder.account.name,
        draft.service,
        (draft.window.label, *keys),
        draft.is_empty,
    )


def _settled(
    misses: Misses, drafts: Iterable[Draft], claims: Mapping[str, tuple[ClaimCase, ...]]
) -> Iterator[Credit]:
    """The drafts in the order of time, each with caps, claims and payment."""
    given, shares = Given(), Shares(claims)
    for draft in drafts:
        labels = {kind: period_of(draft.calendar, kind, draft.last).label for kind in _CAPPED}
        owner = Owner(draft.agreement.name, draft.term.name, draft.holder.key)
        if draft.barred or draft.earned is None:
            amount = Settled(Decimal(0) if draft.barred else None, ())
        else:
            amount = settle_amount(draft.term, draft.worth, draft.fee, owner, given, labels)
        theirs = claims.get(draft.key, ())
        credit = _credit(misses, draft, amount, theirs, shares)
        shares.passed(theirs)
        size = credit.granted if credit.state in GIVEN else credit.amount
        if draft.worth.days is not None:
            size = credit.days
        unit = draft.worth.unit or credit.currency
        if size is not None and unit is not None and credit.state not in LOST:
            service = draft.fee.service if draft.fee is not None else None
            given.add(owner, tuple(labels.values()), unit, service, size)
        yield credit


_CAPPED = ("month", "year")


def _credit(
    misses: Misses, draft: Draft, amount: Settled, claims: Sequence[ClaimCase], shares: Shares
) -> Credit:
    """One credit with its state; a size of nothing is owed to nobody."""
    term, now = draft.term, misses.evaluation.now
    empty = amount.size == 0
    deadline = Deadline(None)
    if not empty:
        deadline = claim_by(term, term.claim, draft.latest, draft.window, misses.register, now)
    due = Due(term, amount.size, draft.worth.unit, empty, deadline.at, now)
    outcome = outcome_of(due, claims, draft.calendar, shares)
    payment = _payment(draft, outcome)
    is_days = draft.worth.days is not None
    return Credit(
        key=draft.key,
        term=term.name,
        agreement=draft.agreement.name,
        revision=draft.agreement.revision,
        clause=term.clause,
        party=draft.party,
        customer=draft.customer,
        account=draft.holder.account.name,
        service=draft.service,
        window=draft.window,
        state=outcome.state,
        amount=None if is_days else amount.size,
        currency=None if is_days else draft.worth.currency or outcome.unit,
        days=amount.size if is_days else None,
        granted=outcome.granted,
        earned_by=tuple(miss.key for miss in draft.misses),
        claim=str(term.claim) if term.claim.required else None,
        claim_by=deadline.at,
        paid=term.paid.when,
        paid_on=payment.at,
        because=(
            *draft.reasons(),
            *_unstated(draft),
            *amount.because,
            *draft.barred,
            *_lasting(draft, now),
            *_owing(draft),
            *deadline.because,
            *_holding(draft, empty),
            *outcome.because,
            *payment.because,
            *_open(draft),
            *interpretations(term),
        ),
    )


def _payment(draft: Draft, outcome: Outcome) -> Deadline:
    """When it is paid, or was: where it must be claimed, once the claim was accepted."""
    since = draft.last
    if outcome.state in LOST:
        return Deadline(None)
    if outcome.applied_at is not None:
        return Deadline(outcome.applied_at)
    if outcome.granted_at is not None:
        since = max(since, outcome.granted_at)
    elif draft.term.claim.required:
        return Deadline(None, (message("reason.paid-after-claim"),))
    return paid_on(draft.term.paid, draft.holder.account, draft.calendar, since)


def _unstated(draft: Draft) -> Iterator[Message]:
    if draft.earned is not None and draft.earned.share is None:
        told = {"term": draft.term.name, "clause": draft.term.clause}
        yield Message("reason.credit-not-stated", told)


def _lasting(draft: Draft, now: int) -> Iterator[Message]:
    """That the window is not over, so that the amount may change."""
    end = draft.window.whole[1]
    if draft.window.end >= now and now < end and not draft.single:
        yield message("reason.credit-provisional", at=shown(draft.calendar, end))


def _owing(draft: Draft) -> Iterator[Message]:
    supply = draft.latest.supply
    if supply is not None:
        yield message(
            "reason.supplier-owes",
            supplier=supply.supplier,
            provider=supply.provider,
            agreement=draft.agreement.name,
            term=draft.term.name,
        )


def _holding(draft: Draft, empty: bool) -> Iterator[Message]:
    """What a claim must hold."""
    if draft.term.with_ and draft.term.claim.required and not empty:
        yield message("reason.claim-holds", term=draft.term.name, holds=draft.term.with_)


def _open(draft: Draft) -> Iterator[Message]:
    """What the text leaves open about the credit, or about claims where one is needed."""
    about = {draft.term.name, *((CLAIM,) if draft.term.claim.required else ())}
    for term in draft.agreement.of(OpenTerm):
        if term.of in about:
            yield message(
                "reason.credit-open",
                term=term.name,
                clause=term.clause,
                states=term.states,
                leaves_out=term.leaves_out,
            )
            yield from interpretations(term)
