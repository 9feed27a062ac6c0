"""Caps and least amounts: what is left of a credit once both are applied, and rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from uphold.agreement.phrases.credits import Cap, Share
from uphold.agreement.terms.money import CreditTerm
from uphold.engine.money.currency import cut, digits_of, half_up, money, plain
from uphold.engine.money.fees import Fee
from uphold.engine.money.worth import PERCENT, Worth
from uphold.messages import Message, Value, message

DAYS = "days"
DAY_DIGITS = 2
"""Days of service are rounded to hundredths."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose caps they are: one credit term of one agreement, for one account."""

    agreement: str
    term: str
    holder: str


@dataclass(slots=True)
class Given:
    """What has been given so far in each month and year, in the order of time.

    The one thing here that changes: `credits` fills it while it goes through the credits in order.
    """

    _sums: dict[tuple[Owner, str, str, str | None], Fraction] = field(default_factory=dict)

    def of(self, owner: Owner, label: str, unit: str, service: str | None) -> Fraction:
        """What was given in the period; for one service, or for all where it is None."""
        return self._sums.get((owner, label, unit, service), Fraction(0))

    def add(
        self, owner: Owner, labels: tuple[str, ...], unit: str, service: str | None, size: Decimal
    ) -> None:
        """Counts a credit in each of its periods."""
        for label in labels:
            for bucket in {service, None}:
                key = (owner, label, unit, bucket)
                self._sums[key] = self._sums.get(key, Fraction(0)) + Fraction(size)


@dataclass(frozen=True, slots=True)
class Settled:
    """A credit's amount or days after caps, least amount and rounding; None where unknown."""

    size: Decimal | None
    because: tuple[Message, ...]


def settle_amount(
    term: CreditTerm,
    worth: Worth,
    fee: Fee | None,
    owner: Owner,
    given: Given,
    labels: Mapping[str, str],
) -> Settled:
    """The credit as it is given: capped, dropped if it is too small, rounded.

    Half a minor unit is rounded up; what is left of a cap is cut off to whole minor units, so
    that a cap is never exceeded. `labels` names the month and the year that it falls in.
    """
    unit, exact = worth.unit, worth.size
    if exact == 0:
        return Settled(half_up(Fraction(0), digits_in(unit) if unit else 0), ())
    if unit is None or exact is None:
        return Settled(None, ())
    because: list[Message] = []
    limit: Fraction | None = None
    for cap in term.at_most:
        room = _room(cap, fee, owner, given, labels, unit)
        if room is None:
            told = message("reason.credit-cap-uncounted", cap=_size_of(cap.share, fee))
            return Settled(None, (*because, told))
        if room < exact and (limit is None or room < limit):
            limit = room
            because.append(_capped(cap, fee, labels[cap.period], room, unit))
    return _rounded(term, fee, (exact, limit, unit), tuple(because))


def digits_in(unit: str) -> int:
    """How many decimals a credit in this unit has."""
    return DAY_DIGITS if unit == DAYS else digits_of(unit)


def size_in(share: Share, fee: Fee | None, unit: str) -> Fraction | None:
    """What a share comes to in a unit; None where it cannot be compared with it."""
    if share.days is not None:
        return Fraction(share.days) if unit == DAYS else None
    if share.money is not None:
        return Fraction(share.money.amount) if share.money.currency == unit else None
    if share.percent is None or fee is None or fee.currency != unit:
        return None
    return fee.amount * Fraction(share.percent.value) / PERCENT


def shown_in(unit: str, exact: Fraction) -> Value:
    """An exact size as a reason shows it."""
    if unit == DAYS:
        return message("money.days", count=plain(exact))
    return money(exact, unit)


def _rounded(
    term: CreditTerm,
    fee: Fee | None,
    left: tuple[Fraction, Fraction | None, str],
    because: tuple[Message, ...],
) -> Settled:
    exact, limit, unit = left
    capped = exact if limit is None else min(exact, limit)
    digits = digits_in(unit)
    if term.at_least is not None and capped > 0:
        least = size_in(term.at_least, fee, unit)
        if least is None:
            told = message("reason.credit-least-uncounted", least=_size_of(term.at_least, fee))
            return Settled(None, (*because, told))
        if capped < least:
            told = message(
                "reason.credit-below-least",
                amount=shown_in(unit, capped),
                least=shown_in(unit, least),
            )
            return Settled(half_up(Fraction(0), digits), (*because, told))
    rounded = half_up(capped, digits)
    if limit is not None and Fraction(rounded) > limit:
        rounded = cut(limit, digits)
    if Fraction(rounded) == capped:
        return Settled(rounded, because)
    sizes = {"exact": shown_in(unit, capped), "amount": shown_in(unit, Fraction(rounded))}
    is_cut = half_up(capped, digits) != rounded
    how = "reason.credit-cut" if is_cut else "reason.credit-rounded"
    return Settled(rounded, (*because, Message(how, sizes)))


def _room(
    cap: Cap, fee: Fee | None, owner: Owner, given: Given, labels: Mapping[str, str], unit: str
) -> Fraction | None:
    """What is left of a cap; a share of a service's own fee caps that service alone."""
    whole = size_in(cap.share, fee, unit)
    if whole is None:
        return None
    service = fee.service if fee is not None and cap.share.percent is not None else None
    return max(whole - given.of(owner, labels[cap.period], unit, service), Fraction(0))


def _capped(cap: Cap, fee: Fee | None, label: str, room: Fraction, unit: str) -> Message:
    return message(
        "reason.credit-cap", cap=_size_of(cap.share, fee), period=label, left=shown_in(unit, room)
    )


def _size_of(share: Share, fee: Fee | None) -> Value:
    """A share as a reason shows it: as an amount where it is one, else in its own words."""
    unit = DAYS if share.days is not None else None
    if share.money is not None:
        unit = share.money.currency
    elif share.percent is not None and fee is not None:
        unit = fee.currency
    exact = size_in(share, fee, unit) if unit else None
    return str(share) if unit is None or exact is None else shown_in(unit, exact)
