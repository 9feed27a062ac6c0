"""Drafts: each credit as its term alone makes it, before caps, claims and payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.credits import Share
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Window
from uphold.engine.money.currency import money
from uphold.engine.money.fees import Fee, fee_of, fee_unknown
from uphold.engine.money.holders import Holder
from uphold.engine.money.limits import limits_of
from uphold.engine.money.misses import Miss, Misses, ending, last_instant, younger_than
from uphold.engine.money.worth import (
    Earned,
    Worth,
    depth_of,
    earned_by_count,
    earned_by_one,
    reasons_of,
    rows_of,
    worth_of,
)
from uphold.engine.shown import shown
from uphold.messages import Message, message
from uphold.worktime import CompiledCalendar

MOST_MISSES = 12
"""How many misses a credit's reasons name; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One credit as its term alone makes it.

    `earned` is None where it cannot be told how deep the miss was. `last` is the last instant
    that the credit is for, in microseconds; caps go by its month and year. `barred` says why the
    account is owed nothing whatever the amount. `is_counted` marks a credit by number of misses.
    """

    key: str
    term: CreditTerm
    agreement: Agreement
    holder: Holder
    service: str | None
    window: Window
    misses: tuple[Miss, ...]
    last: int
    earned: Earned | None
    fee: Fee | None
    worth: Worth
    barred: tuple[Message, ...]
    is_counted: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is owed, before any cap."""
        return bool(self.barred) or (self.earned is not None and self.earned.is_nothing)

    @property
    def latest(self) -> Miss:
        """The last of the misses."""
        return self.misses[-1]

    @property
    def single(self) -> tuple[Miss, ...]:
        """The missed thing that alone earned it; none where a figure or a count did."""
        return () if self.is_counted or self.latest.verdict is None else (self.latest,)

    @property
    def customer(self) -> str | None:
        """Whom it is owed to."""
        return self.latest.customer

    @property
    def party(self) -> str:
        """Who owes it."""
        return self.latest.supply.supplier if self.latest.supply is not None else "provider"

    @property
    def calendar(self) -> CompiledCalendar:
        """The calendar in whose zone its times are shown."""
        return self.latest.calendar()

    def reasons(self) -> Iterator[Message]:
        """The misses, and the arithmetic up to the exact amount."""
        for miss in self.misses[:MOST_MISSES]:
            yield miss.reason()
        if len(self.misses) > MOST_MISSES:
            yield message("reason.credit-more-misses", count=len(self.misses) - MOST_MISSES)
        if self.earned is None:
            yield message("reason.credit-no-figure", term=self.term.name, clause=self.term.clause)
            return
        yield from self.earned.because
        if self._needs_fee and not self.is_empty:
            yield self._fee_reason()
        yield from reasons_of(self.earned, self.worth, self.fee)
        yield from self._other_currency()

    @property
    def _needs_fee(self) -> bool:
        shares: list[Share | None] = [cap.share for cap in self.term.at_most]
        shares += [self.term.at_least, self.earned.share if self.earned else None]
        return any(share is not None and share.percent is not None for share in shares)

    def _fee_reason(self) -> Message:
        if self.fee is not None:
            return self.fee.reason(self.calendar)
        return fee_unknown(self.holder.account, self.calendar, self.last)

    def _other_currency(self) -> Iterator[Message]:
        currency = self.agreement.currency
        if self.fee is not None and self._needs_fee and currency not in (None, self.fee.currency):
            fee = money(self.fee.amount, self.fee.currency)
            yield message("reason.credit-other-currency", fee=fee, currency=str(currency))


def drafts_of(misses: Misses) -> tuple[Draft, ...]:
    """Every credit that some miss earns, in the order of time, then by key."""
    found = [*_each(misses), *_counted(misses)]
    return tuple(sorted(found, key=lambda draft: (draft.last, draft.key)))


def _each(misses: Misses) -> Iterator[Draft]:
    """Credits that each miss earns by itself."""
    for miss in misses.all:
        for term in miss.agreement.of(CreditTerm):
            if term.by_misses is None and miss.is_of(term.for_):
                depth = depth_of(miss.figure) if miss.figure is not None else None
                window = miss.window(misses.evaluation.now)
                earned = earned_by_one(term, depth)
                yield _draft(misses, miss.agreement, term, (miss,), window, earned)


def _counted(misses: Misses) -> Iterator[Draft]:
    """Credits by the number of misses of one account in a month, a quarter or a year."""
    now = misses.evaluation.now
    groups: dict[tuple[str, ...], list[tuple[Window, Miss]]] = {}
    for miss in misses.all:
        for term in miss.agreement.of(CreditTerm):
            if term.by_misses is None or not miss.is_of(term.for_):
                continue
            for kind in dict.fromkeys(row.period for row, _ in term.by_misses):
                window = miss.period(kind, now)
                group = (miss.agreement.name, term.name, miss.holder.key, miss.service or "")
                groups.setdefault((*group, kind, window.label), []).append((window, miss))
    for (_, name, _, _, kind, label), held in groups.items():
        window = held[0][0]
        found = tuple(sorted((miss for _, miss in held), key=lambda miss: (miss.at, miss.key)))
        agreement, term = _rule(misses.evaluation, name, kind, window, found)
        earned = earned_by_count(term, kind, len(found), label)
        yield _draft(misses, agreement, term, found, window, earned, counted=True)


def _rule(
    evaluation: Evaluation, name: str, kind: str, window: Window, found: tuple[Miss, ...]
) -> tuple[Agreement, CreditTerm]:
    """The term that counts a period's misses: of the revision in force at the period's start.

    Where that has no such rows, the one under which the first of them was missed.
    """
    first = found[0].agreement
    for revisions in evaluation.revisions:
        if revisions.name == first.name:
            agreement = revisions.at(window.whole[0]) or first
            term = agreement.term(name)
            if isinstance(term, CreditTerm) and rows_of(term, kind):
                return agreement, term
    term = first.term(name)
    assert isinstance(term, CreditTerm)
    return first, term


def _draft(
    misses: Misses,
    agreement: Agreement,
    term: CreditTerm,
    found: tuple[Miss, ...],
    window: Window,
    earned: Earned | None,
    *,
    counted: bool = False,
) -> Draft:
    latest = found[-1]
    holder, service = latest.holder, latest.service
    day = _fee_day(holder, window)
    fee = fee_of(holder.account, agreement.name, service, day)
    worth = Worth() if earned is None else worth_of(earned, fee, agreement.currency)
    single = not counted and latest.verdict is not None
    ends = ending(window, misses.evaluation.now) - 1
    return Draft(
        key=_key(agreement, term, latest, window, counted),
        term=term,
        agreement=agreement,
        holder=holder,
        service=service,
        window=window,
        misses=found,
        last=latest.at if single else ends,
        earned=earned,
        fee=fee,
        worth=worth,
        barred=tuple(_barred(agreement, term, latest, day)),
        is_counted=counted,
    )


def _fee_day(holder: Holder, window: Window) -> int:
    """The instant whose fee counts: the window's last, or the account's in it."""
    life = holder.within((window.start, max(window.end, window.start + 1)))
    last = last_instant(window)
    return last if life is None else max(window.start, min(last, life[1] - 1))


def _barred(agreement: Agreement, term: CreditTerm, miss: Miss, day: int) -> Iterator[Message]:
    """Why the account is owed nothing: it is too young, or the credit is not for it."""
    if younger_than(miss):
        began = miss.holder.lives[0][0]
        yield message("reason.credit-younger", at=shown(miss.calendar(), began))
    yield from limits_of(agreement, term, miss.holder.account, day)


def _key(agreement: Agreement, term: CreditTerm, miss: Miss, window: Window, counted: bool) -> str:
    """`account:acme-1/uptime-credit/2027-02`, with what else is needed to tell it from others."""
    promises = [
        promise
        for missed in term.for_
        if isinstance(promise := agreement.term(missed.term), AvailabilityTerm)
    ]
    services = {service for promise in promises for service in promise.of}
    parts: list[str] = []
    if miss.service is not None and (services != {miss.service} or not miss.holder.key):
        parts.append(f"service:{miss.service}")
    parts += [miss.holder.key] if miss.holder.key else []
    if not counted and miss.verdict is not None:
        parts.append(miss.verdict.key)
    elif not counted and len(promises) > 1:
        parts.append(miss.term)
    return "/".join((*parts, term.name, window.label))
