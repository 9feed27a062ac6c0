"""What a miss is worth by the words of a credit term: steps, tiers, counts and shares, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from uphold.agreement.phrases.credits import MissCount, Share, Step
from uphold.agreement.terms.money import CreditTerm
from uphold.engine.measure.figure import Figure
from uphold.engine.money.currency import money, plain
from uphold.engine.money.fees import Fee
from uphold.messages import Message, Percent, Value, message
from uphold.worktime.durations import Elapsed

HOUR = 3_600_000_000
PERCENT = 100
NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Depth:
    """How far a figure fell: the exact share, what was promised, and the downtime counted.

    Shares are of one; `down` is in microseconds.
    """

    availability: Fraction
    target: Fraction
    down: int

    @property
    def shortfall(self) -> Fraction:
        """How far below the target, in percentage points; never negative."""
        return max(self.target - self.availability, NONE) * PERCENT


@dataclass(frozen=True, slots=True)
class Earned:
    """A share and how many times it is earned; no share where the agreement does not state it."""

    share: Share | None
    times: Fraction
    because: tuple[Message, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether it comes to nothing, whatever the fee."""
        return self.share is not None and (self.times == 0 or not _holds(self.share))


@dataclass(frozen=True, slots=True)
class Worth:
    """What is earned, exactly: money in a currency, or days of service; None where unknown."""

    amount: Fraction | None = None
    currency: str | None = None
    days: Fraction | None = None

    @property
    def unit(self) -> str | None:
        """What it is counted in: the currency, `days`, or None where it is unknown."""
        return "days" if self.days is not None else self.currency

    @property
    def size(self) -> Fraction | None:
        """How much of its unit."""
        return self.days if self.days is not None else self.amount


def depth_of(figure: Figure) -> Depth | None:
    """How far a figure fell; None where nothing was measured or promised."""
    if figure.availability is None or figure.target is None:
        return None
    return Depth(figure.availability, figure.target, figure.down)


def earned_by_one(term: CreditTerm, depth: Depth | None) -> Earned | None:
    """What a single miss earns; None where it cannot be told how deep the miss was.

    Not for terms that go by the number of misses.
    """
    if term.tiers is not None:
        return None if depth is None else _tier(term, depth)
    amount = term.amount
    if amount is None or amount.share is None:
        return Earned(None, Fraction(1))
    if amount.per is None or amount.per.kind == "missed clock":
        return Earned(amount.share, Fraction(1))
    if depth is None:
        return None
    if amount.per.kind == "below target":
        return _steps(amount.share, amount.per, depth)
    return _hours(amount.share, amount.per, depth)


def earned_by_count(term: CreditTerm, period: str, count: int, label: str) -> Earned:
    """What so many misses in one period earn: the highest row reached, once."""
    rows = rows_of(term, period)
    reached = [row for row in rows if row[0].least <= count]
    if not reached:
        least = min(row[0].least for row in rows)
        told = message("reason.credit-too-few", count=count, period=label, least=least)
        return Earned(rows[0][1], NONE, (told,))
    row, share = max(reached, key=lambda row: row[0].least)
    told = message("reason.credit-misses", count=count, period=label, least=row.least)
    return Earned(share, Fraction(1), (told,))


def rows_of(term: CreditTerm, period: str) -> tuple[tuple[MissCount, Share], ...]:
    """The rows by the number of misses in such a period."""
    return tuple(row for row in term.by_misses or () if row[0].period == period)


def worth_of(earned: Earned, fee: Fee | None, currency: str | None = None) -> Worth:
    """What is earned, with the fee; nothing of its parts is known where it is not stated.

    `currency` is the agreement's, for nothing at all where no fee is known.
    """
    share = earned.share
    if share is None:
        return Worth()
    if share.days is not None:
        return Worth(days=Fraction(share.days) * earned.times)
    if share.money is not None:
        return Worth(Fraction(share.money.amount) * earned.times, share.money.currency)
    if earned.is_nothing:
        return Worth(NONE, fee.currency if fee else currency)
    if fee is None or share.percent is None:
        return Worth()
    return Worth(fee.amount * Fraction(share.percent.value) / PERCENT * earned.times, fee.currency)


def reasons_of(earned: Earned, worth: Worth, fee: Fee | None) -> Iterator[Message]:
    """The multiplication that led to the amount, step by step."""
    share = earned.share
    if share is None or worth.size is None or earned.times == 0:
        return
    once = worth.size / earned.times
    if share.percent is not None and fee is not None:
        yield message(
            "reason.credit-share",
            percent=Percent(share.percent.value),
            fee=money(fee.amount, fee.currency),
            amount=money(once, fee.currency),
        )
    if earned.times == 1:
        if share.percent is None:
            yield message("reason.credit-flat", amount=_shown(worth, once))
        return
    times = plain(earned.times)
    if worth.days is not None:
        yield message(
            "reason.credit-times-days", days=plain(once), times=times, total=plain(worth.days)
        )
    elif worth.currency is not None:
        total = money(worth.size, worth.currency)
        amount = money(once, worth.currency)
        yield message("reason.credit-times", amount=amount, times=times, total=total)


def _shown(worth: Worth, size: Fraction) -> Value:
    """A size in the unit of what is earned."""
    if worth.currency is None:
        return message("money.days", count=plain(size))
    return money(size, worth.currency)


def _holds(share: Share) -> bool:
    """Whether the share is more than nothing."""
    if share.percent is not None:
        return share.percent.value > 0
    return (share.money.amount if share.money else share.days or 0) > 0


def _tier(term: CreditTerm, depth: Depth) -> Earned:
    """The lowest tier that the exact figure is below."""
    rows = term.tiers or ()
    below = [row for row in rows if depth.availability * PERCENT < Fraction(row[0].value)]
    if not below:
        highest = max(row[0].value for row in rows)
        told = message("reason.credit-no-tier", tier=Percent(highest))
        return Earned(rows[0][1], NONE, (told,))
    tier, share = min(below, key=lambda row: row[0].value)
    return Earned(share, Fraction(1), (message("reason.credit-tier", tier=Percent(tier.value)),))


def _steps(share: Share, step: Step, depth: Depth) -> Earned:
    """How many steps the figure fell below the target: whole ones, or in proportion."""
    size = Fraction(step.percent.value) if step.percent else NONE
    if size == 0:
        return Earned(share, NONE)
    exact = depth.shortfall / size
    told = message("reason.credit-shortfall", shortfall=plain(depth.shortfall))
    percent = Percent(plain(size))
    if step.rounding == "full":
        count = exact.numerator // exact.denominator
        counted = message("reason.credit-steps-full", count=count, step=percent)
        return Earned(share, Fraction(count), (told, counted))
    counted = message("reason.credit-steps", steps=plain(exact), step=percent)
    return Earned(share, exact, (told, counted))


def _hours(share: Share, step: Step, depth: Depth) -> Earned:
    """How many hours of downtime there were: full ones, started ones, or exactly."""
    exact = Fraction(depth.down, HOUR)
    length = Elapsed(depth.down)
    if step.rounding == "full":
        count = depth.down // HOUR
        told = message("reason.credit-hours-full", count=count, length=length)
        return Earned(share, Fraction(count), (told,))
    if step.rounding == "started":
        count = -(-depth.down // HOUR)
        told = message("reason.credit-hours-started", count=count, length=length)
        return Earned(share, Fraction(count), (told,))
    told = message("reason.credit-hours", hours=plain(exact), length=length)
    return Earned(share, exact, (told,))
