"""What missing a figure costs: by the least possible miss, and in the worst case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.credits import Share
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.availability import EXCLUDED, share_of
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.tally import Amounts
from uphold.engine.money.caps import DAYS, Given, Owner, settle_amount
from uphold.engine.money.fees import Fee, fee_of, fee_unknown
from uphold.engine.money.holders import Holder
from uphold.engine.money.limits import limits_of
from uphold.engine.money.misses import Misses, last_instant
from uphold.engine.money.worth import Depth, Earned, depth_of, earned_by_one, worth_of
from uphold.engine.verdict import State
from uphold.messages import Message, Money, message

_MOST_UNKNOWN = 12
"""For how many accounts the reasons say that their fee is not known."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a miss of one figure costs all accounts that it concerns.

    `least` is the cost of the least possible miss, by one microsecond, or of the miss there is;
    `worst` of a window that is down from end to end, caps applied as if nothing else were owed.
    One amount for each currency. `stated` is False where some amount is not stated or some fee is
    not known: then the amounts leave that out, and `because` says so.
    """

    least: tuple[Money, ...]
    worst: tuple[Money, ...]
    least_days: Decimal
    worst_days: Decimal
    stated: bool
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One credit term for one account: both sizes in a unit, or why they are not known."""

    unit: str | None
    least: Decimal | None
    worst: Decimal | None
    because: tuple[Message, ...] = ()


def cost_of_miss(evaluation: Evaluation, figure: Figure) -> Cost:
    """What a miss of the figure would cost, or costs where it is missed already."""
    (cost,) = costs_of_misses(evaluation, (figure,))
    return cost


def costs_of_misses(evaluation: Evaluation, figures: Iterable[Figure]) -> tuple[Cost, ...]:
    """The same for many figures: the accounts are looked up once."""
    misses = Misses(evaluation, ())
    return tuple(_cost(misses, figure) for figure in figures)


def _cost(misses: Misses, figure: Figure) -> Cost:
    agreement = misses.agreements.get((figure.agreement, figure.revision))
    if agreement is None or figure.target is None:
        return _summed(())
    term = agreement.term(figure.term)
    unknown = term.unknown if isinstance(term, AvailabilityTerm) else EXCLUDED
    depths = depths_of(figure, _rest(misses, agreement, figure), unknown)
    if depths is None:
        return _summed(())
    holders = misses.holders(agreement, figure)
    return _summed(
        tuple(
            part
            for term in agreement.of(CreditTerm)
            if any(missed.term == figure.term for missed in term.for_)
            for holder in holders
            for part in _parts(agreement, term, holder, figure, depths)
        )
    )


def _rest(misses: Misses, agreement: Agreement, figure: Figure) -> int:
    """How much of the window is still to come, in microseconds.

    For an account it ends where its life does, for a service with the window.
    """
    end = figure.window.whole[1]
    if figure.account is not None or figure.customer is not None:
        holder = misses.register.of_account(figure.account, figure.customer, agreement)
        life = holder.within(figure.window.whole)
        end = figure.window.end if life is None else life[1]
    return max(end - figure.window.end, 0)


def depths_of(figure: Figure, rest: int, unknown: str) -> tuple[Depth, Depth] | None:
    """How deep the least and the worst possible miss are; None where no miss is possible.

    The least is one microsecond more than the target allows, or deeper where the figure is missed
    already; at worst all time is down of which it is not unknown what it was. `rest` is what is
    still to come of the window: it counts as owed. `unknown` is what the term says of time without
    evidence, which is neither up nor down.
    """
    if figure.target is None:
        return None
    length = figure.owed + rest
    most = length - figure.unknown
    unbroken = share_of(Amounts(length, 0, figure.unknown, (), 0, 0, 0), unknown)
    counted, lost = unbroken.counted, unbroken.lost
    allowed = counted * (1 - figure.target)
    down = max(allowed.numerator // allowed.denominator + 1 - lost, 0)
    if down > most:
        return None

    def depth(down: int) -> Depth:
        return Depth(Fraction(counted - lost - down, counted), target, down)

    target = figure.target
    actual = depth_of(figure) if figure.state is State.MISSED else None
    least = depth(down)
    if actual is not None and actual.availability < least.availability:
        least = actual
    return least, depth(most)


def _parts(
    agreement: Agreement,
    term: CreditTerm,
    holder: Holder,
    figure: Figure,
    depths: tuple[Depth, Depth],
) -> Iterator[_Part]:
    """What the least and the worst miss earn one account by one term."""
    day = last_instant(figure.window)
    account = holder.account
    if any(True for _ in limits_of(agreement, term, account, day)):
        return
    fee = fee_of(account, agreement.name, figure.service, day)
    least = _earned(term, depths[0], least=True)
    worst = _earned(term, depths[1], least=False)
    if least is None or worst is None:
        return
    if worst.share is None:
        told = {"term": term.name, "clause": term.clause}
        yield _Part(None, None, None, (Message("reason.credit-not-stated", told),))
        return
    small, unit = _size(term, least, fee, agreement)
    large, other = _size(term, worst, fee, agreement)
    if small is None or large is None:
        yield _Part(None, None, None, (fee_unknown(account, agreement.always, day),))
        return
    yield _Part(other or unit, small, large)


def _earned(term: CreditTerm, depth: Depth, *, least: bool) -> Earned | None:
    """What a miss earns; by the number of misses, one for the least and many for the worst."""
    if term.by_misses is None:
        return earned_by_one(term, depth)
    if least:
        rows = [(row.least, share) for row, share in term.by_misses if row.least <= 1]
    else:
        rows = [(row.least, share) for row, share in term.by_misses]
    if not rows:
        return Earned(term.by_misses[0][1], Fraction(0))
    share: Share = max(rows, key=lambda row: row[0])[1]
    return Earned(share, Fraction(1))


def _size(
    term: CreditTerm, earned: Earned, fee: Fee | None, agreement: Agreement
) -> tuple[Decimal | None, str | None]:
    worth = worth_of(earned, fee, agreement.currency)
    owner = Owner(agreement.name, term.name, "")
    settled = settle_amount(term, worth, fee, owner, Given(), {"month": "", "year": ""})
    return settled.size, worth.unit


def _summed(parts: tuple[_Part, ...]) -> Cost:
    """All parts together, one amount a currency."""
    least: dict[str, Decimal] = {}
    worst: dict[str, Decimal] = {}
    for part in parts:
        if part.unit is not None and part.least is not None and part.worst is not None:
            least[part.unit] = least.get(part.unit, Decimal(0)) + part.least
            worst[part.unit] = worst.get(part.unit, Decimal(0)) + part.worst
    unknown = tuple(dict.fromkeys(told for part in parts for told in part.because))
    days = least.pop(DAYS, Decimal(0)), worst.pop(DAYS, Decimal(0))
    return Cost(
        tuple(Money(least[unit], unit) for unit in sorted(least)),
        tuple(Money(worst[unit], unit) for unit in sorted(worst)),
        *days,
        stated=not unknown,
        because=(*unknown[:_MOST_UNKNOWN], *_told(least, worst)),
    )


def _told(least: dict[str, Decimal], worst: dict[str, Decimal]) -> Iterator[Message]:
    for unit in sorted(worst):
        yield message("reason.cost", least=Money(least[unit], unit), worst=Money(worst[unit], unit))
