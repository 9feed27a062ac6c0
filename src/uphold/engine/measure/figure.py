"""Availability figures: one term, one service, one account, one window, with all they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from uphold.engine.alert import AlertState
from uphold.engine.measure.spans import Span
from uphold.engine.verdict import State
from uphold.messages import Message


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time one figure is for, half-open, in microseconds.

    `label` is its name: `2027-02`, `2027-Q1`, `2027`, `2026-03..2027-02` (whole months, both
    included), `2027-02-01..2027-03-02` (days, both included). `start` and `end` are as clipped;
    `whole` is the window before that, so a window is partial when the two differ.
    """

    label: str
    start: int
    end: int
    whole: Span
    zone: str

    @property
    def partial(self) -> bool:
        """Whether the account's life or the instant asked about clips it."""
        return (self.start, self.end) != self.whole

    def ends_in(self, asked: Span) -> bool:
        """Whether the whole window ends inside what is asked about, its end included."""
        return asked[0] < self.whole[1] <= asked[1]


@dataclass(frozen=True, slots=True)
class Counted:
    """An outage as one figure sees it: its whole span, the downtime of it in the window, and why.

    `counted` says whether it made downtime; `why` gives the reason either way: it counts, it is
    too short, an excluded cause, inside maintenance, judged to be none.
    """

    span: Span
    down: int
    counted: bool
    why: Message
    cause: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetAlert:
    """A warning of how much of what may be lost in a window is lost.

    `key` is its own among all warnings: the figure's key and the threshold as the agreement writes
    it. `share` is a share of what may be lost, `before` how much (microseconds) may still be;
    one of them is None. `at` is the instant at which downtime reached it, where it did;
    `state` is then fired, else pending while the window lasts and none behind it.
    """

    key: tuple[str, str]
    share: Fraction | None
    before: int | None
    state: AlertState
    at: int | None

    @property
    def threshold(self) -> str:
        """The threshold as the agreement writes it: `75 %`, `10 minutes before`."""
        return self.key[1]


@dataclass(frozen=True, slots=True)
class Figure:
    """One availability figure (docs/language/measuring.md, "Figures").

    Lengths are microseconds: `owed` is the window without what is excluded, `down` and `unknown`
    lie in it; `excluded` is by kind, in the order taken out, each instant under one kind only.
    Shares are exact fractions of one (None where there is nothing to divide by); `target` is None
    where nothing is promised. `key` names the figure:
    `service:calling/yearly-uptime/2026-03..2027-02`, `account:acme-1/account-uptime/2027-02`,
    with `service:…` in front of the account's where a term is for several services. `questions`
    are those about its window that wait for a person's answer, `alerts` the warnings that its
    term asks for.
    """

    key: str
    term: str
    agreement: str
    revision: int
    clause: str
    service: str
    account: str | None
    customer: str | None
    window: Window
    target: Fraction | None
    state: State
    standing: str
    decimals: int
    owed: int
    down: int
    unknown: int
    excluded: tuple[tuple[str, int], ...]
    availability: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    outages: tuple[Counted, ...]
    budget_left: int | None
    questions: int
    because: tuple[Message, ...]
    alerts: tuple[BudgetAlert, ...] = ()

    @property
    def coverage(self) -> Fraction | None:
        """The share of owed time for which there is evidence."""
        return Fraction(self.owed - self.unknown, self.owed) if self.owed else None

    @property
    def counting(self) -> tuple[Counted, ...]:
        """The outages that made downtime."""
        return tuple(outage for outage in self.outages if outage.counted)

    @property
    def longest(self) -> int | None:
        """The longest counted downtime of one outage in the window."""
        return max((outage.down for outage in self.counting), default=None)

    @property
    def time_to_restore(self) -> Fraction | None:
        """Mean time to restore: downtime by counted outages, in microseconds."""
        return Fraction(self.down, len(self.counting)) if self.counting else None

    @property
    def time_between_failures(self) -> Fraction | None:
        """Mean time between failures: time up by counted outages, in microseconds."""
        if not self.counting:
            return None
        return Fraction(self.owed - self.unknown - self.down, len(self.counting))


def cut_off(share: Fraction, decimals: int) -> str:
    """A share of one as a percentage, cut off after so many decimals: never rounded up.

    `cut_off(Fraction(998999, 1000000), 1)` is "99.8" (design, "Availability").
    """
    scaled = share * 100 * 10**decimals
    units = scaled.numerator // scaled.denominator
    whole, part = divmod(units, 10**decimals)
    return f"{whole}.{part:0{decimals}d}" if decimals else str(whole)
