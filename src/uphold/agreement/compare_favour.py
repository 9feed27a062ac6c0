"""Whom a change helps, the customer or the provider, where that is certain."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from uphold.agreement.check.lengths import is_longer
from uphold.agreement.compare_parts import Part
from uphold.agreement.phrases.credits import Amount, Cap, Claim, Repeated, Share
from uphold.agreement.phrases.lengths import Duration
from uphold.agreement.phrases.measures import AtLeast, Attempts, Counts, DownWhen, Quota
from uphold.agreement.phrases.notices import Every, InForce, Kept, Lead, Promptly
from uphold.agreement.phrases.targets import NoTarget, TimeTarget
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import NoticeTerm, RetentionTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm

Favour = Literal["customer", "provider"]

_PROMISES = (ClockTerm, NoticeTerm, RetentionTerm, AvailabilityTerm, CreditTerm, TerminationTerm)
_BINDS_NOBODY_HERE = ("internal", "supplier")
# What the customer loses with each item of these lists.
_LIMITS = {
    "clock": ("held while", "when"),
    "applies": ("to", "only if", "unless"),
    "availability": ("excludes",),
    "credit": ("with", "at most"),
}
# What the customer gains with each item of these lists.
_GAINS = {"notice": ("to",), "judgement": ("records",), "credit": ("for",)}


def favour_of_term(term: Term, *, is_added: bool) -> Favour | None:
    """Whom a term helps that was not there before, or is there no longer."""
    if isinstance(term, AppliesTerm):
        return "provider" if is_added else "customer"
    if isinstance(term, _PROMISES) and _is_promised_to_the_customer(term):
        return "customer" if is_added else "provider"
    return None


def favour_of(term: Term, path: Part, was: object | None, now: object | None) -> Favour | None:
    """Whom a change of one part of a term helps."""
    if not _is_promised_to_the_customer(term):
        return None
    if path[-1].startswith("=") and (was is None or now is None):
        return _of_item(term, path[0], is_added=was is None)
    if was is None or now is None:
        return None
    return _for(_better(was, now))


def _is_promised_to_the_customer(term: Term) -> bool:
    if getattr(term, "standing", None) in _BINDS_NOBODY_HERE:
        return False
    return not (isinstance(term, NoticeTerm) and term.by not in (None, "provider"))


def _of_item(term: Term, key: str, *, is_added: bool) -> Favour | None:
    if key in _LIMITS.get(term.kind, ()):
        return "provider" if is_added else "customer"
    if key in _GAINS.get(term.kind, ()):
        return "customer" if is_added else "provider"
    return None


def _for(better: bool | None) -> Favour | None:
    return None if better is None else "customer" if better else "provider"


def _better(was: object, now: object) -> bool | None:
    """Whether the customer is better off; None where that depends."""
    match was, now:
        case TimeTarget(), TimeTarget():
            return _shorter_target(was, now)
        case NoTarget(), TimeTarget():
            return True
        case TimeTarget(), NoTarget():
            return False
        case AtLeast(), AtLeast():
            return now.share.value > was.share.value
        case Kept(), Kept():
            return _longer(now.duration, was.duration)
        case Every(), Every():
            return _longer(was.gap, now.gap)
        case Lead(), Lead() if was.before == now.before:
            return _longer(now.duration, was.duration)
        case Promptly(within=first), Promptly(within=second) if first and second:
            return _longer(first, second)
        case Counts(), Counts():
            return _fewer(was.least.us if was.least else 0, now.least.us if now.least else 0)
        case Quota(), Quota() if was.period == now.period:
            return _longer(was.duration, now.duration)
        case Share(), Share():
            return _more_money(was, now)
        case Cap(), Cap() if was.period == now.period:
            return _more_money(was.share, now.share)
        case Amount(), Amount() if was.per == now.per and was.share and now.share:
            return _more_money(was.share, now.share)
        case Claim(), Claim():
            return _easier_claim(was, now)
        case Repeated(), Repeated() if was.within == now.within:
            return _fewer(was.count, now.count)
        case InForce(), InForce() if was.after and now.after:
            return _longer(now.after, was.after)
        case Attempts(), Attempts():
            return _fewer(was.count, now.count)
        case DownWhen(), DownWhen():
            return _sooner_down(was, now)
    return None


def _shorter_target(was: TimeTarget, now: TimeTarget) -> bool | None:
    if was.duration == now.duration:
        return now.under if was.under != now.under else None
    return _longer(was.duration, now.duration)


def _longer(one: Duration, other: Duration) -> bool | None:
    """Whether one is certainly longer than the other; None where neither is."""
    if is_longer(one, other):
        return True
    return False if is_longer(other, one) else None


def _fewer(was: int, now: int) -> bool | None:
    return None if was == now else now < was


def _more_money(was: Share, now: Share) -> bool | None:
    amounts: list[tuple[Decimal | None, Decimal | None]] = [(was.days, now.days)]
    if was.percent and now.percent:
        amounts.append((was.percent.value, now.percent.value))
    if was.money and now.money and was.money.currency == now.money.currency:
        amounts.append((was.money.amount, now.money.amount))
    for first, second in amounts:
        if first is not None and second is not None and first != second:
            return second > first
    return None


def _easier_claim(was: Claim, now: Claim) -> bool | None:
    if was.required != now.required:
        return was.required
    if was.since == now.since and was.duration and now.duration:
        return _longer(now.duration, was.duration)
    if was.since == now.since and was.cycles and now.cycles and was.cycles != now.cycles:
        return now.cycles > was.cycles
    return None


def _sooner_down(was: DownWhen, now: DownWhen) -> bool | None:
    """Whether less is needed to be down, where one thing alone differs."""
    if was.kind != now.kind or was.slice != now.slice:
        return None
    if was.kind == "checks":
        return _fewer(was.count, now.count)
    if was.threshold == now.threshold and was.share and now.share:
        return None if was.share == now.share else now.share.value < was.share.value
    if was.share == now.share and was.threshold and now.threshold:
        return _fewer(was.threshold.us, now.threshold.us)
    return None
