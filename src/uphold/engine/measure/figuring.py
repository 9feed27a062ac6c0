"""One figure: one term, one service, one account, one window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.availability import (
    Promise,
    budget_left,
    highest_of,
    lowest_of,
    mean,
    share_of,
    state_of,
)
from uphold.engine.measure.figure import Counted, Figure, Window
from uphold.engine.measure.lives import Life
from uphold.engine.measure.spans import Span
from uphold.engine.measure.tally import Amounts, Tally, Weighed, amounts
from uphold.engine.verdict import State
from uphold.messages import Message, message
from uphold.worktime.durations import Elapsed

UNPROMISED = "uptime"
"""What stands for a term where an agreement promises nothing about availability."""

_DECIMALS = 3


@dataclass(frozen=True)
class Measuring:
    """What a row of figures shares: the term under one revision, the service, the account.

    `tallies` are one for the whole service, or one for each part of a mean. `term` is None where
    the agreement promises nothing.
    """

    agreement: Agreement
    term: AvailabilityTerm | None
    service: str
    life: Life
    tallies: tuple[Tally, ...]

    @property
    def name(self) -> str:
        """The term's name."""
        return self.term.name if self.term is not None else UNPROMISED

    @property
    def clause(self) -> str:
        """The clause that the term stands in."""
        return self.term.clause if self.term is not None else ""

    @cached_property
    def promise(self) -> Promise:
        """What the figures are held against."""
        return Promise.of(self.term) if self.term is not None else Promise(None)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The arithmetic of one window: its lengths by part, and how much of it is still to come."""

    window: Window
    parts: tuple[Amounts, ...]
    rest: int


def reckon(measuring: Measuring, window: Window, rest: int) -> Reckoned:
    """The lengths that the window holds, from each tally."""
    parts = tuple(amounts(tally, window.start, window.end) for tally in measuring.tallies)
    return Reckoned(window, parts, rest)


def figure_of(measuring: Measuring, reckoned: Reckoned, *, owed: bool, several: bool) -> Figure:
    """The figure, without its reasons.

    With `owed` False nothing is promised for the window, whatever it says. Lengths of a mean of
    parts are the means of the parts' lengths, cut off to the microsecond. `several` says that the
    term is for more than one service, so that an account's key needs it.
    """
    promise, parts, window = measuring.promise, reckoned.parts, reckoned.window
    state = state_of(promise, parts, reckoned.rest) if owed else State.NOT_OWED
    left = budget_left(promise, parts, reckoned.rest) if state is not State.NOT_OWED else None
    count = len(parts)
    return Figure(
        key=_key(measuring, window, several),
        term=measuring.name,
        agreement=measuring.agreement.name,
        revision=measuring.agreement.revision,
        clause=measuring.clause,
        service=measuring.service,
        account=measuring.life.name,
        customer=measuring.life.customer,
        window=window,
        target=promise.target,
        state=state,
        standing=measuring.term.standing if measuring.term is not None else "promise",
        decimals=measuring.term.figure.decimals if measuring.term is not None else _DECIMALS,
        owed=sum(each.owed for each in parts) // count,
        down=sum(each.down for each in parts) // count,
        unknown=sum(each.unknown for each in parts) // count,
        excluded=_excluded(parts),
        availability=mean([share_of(each, promise.unknown).exact for each in parts]),
        lowest=_lowest(parts, promise),
        highest=_highest(parts, promise),
        outages=tuple(_counted_in(measuring, window)),
        budget_left=left,
        questions=_asked_in(measuring, window),
        because=(),
    )


def told_in(measuring: Measuring, window: Window) -> Iterator[tuple[Tally, Weighed]]:
    """The outages that share time with a window, part by part."""
    for tally in measuring.tallies:
        for told in tally.told.meeting(window.start, window.end):
            yield tally, told


def _counted_in(measuring: Measuring, window: Window) -> Iterator[Counted]:
    """The outages of a window as its figure sees them."""
    for tally, told in told_in(measuring, window):
        outage = told.outage
        down = sum(_within(window, span) for span in told.downs)
        why = _why_of(tally, told, window, down)
        yield Counted(outage.span, down, down > 0, why, outage.cause, outage.subject)


def _within(window: Window, span: Span) -> int:
    """How much of a span lies in the window."""
    return max(0, min(span[1], window.end) - max(span[0], window.start))


def _asked_in(measuring: Measuring, window: Window) -> int:
    """How many questions about a window wait for a person's answer; some ask nobody."""
    return sum(
        each.asked
        for tally in measuring.tallies
        for each in tally.questions.meeting(window.start, window.end)
    )


def _why_of(tally: Tally, told: Weighed, window: Window, down: int) -> Message:
    """Why an outage made downtime in a window, or none, or less than it lasted there."""
    if told.why == "short":
        return message("outage.too-short", length=Elapsed(told.length), least=Elapsed(tally.least))
    if told.why == "cause":
        return message("outage.cause", cause=told.outage.cause or "")
    if told.why == "none":
        return message("outage.judged-none")
    if told.why == "others":
        return message("outage.others")
    whole, own = _within(window, told.outage.span), _within(window, told.own)
    if not whole:
        return message("outage.no-length")
    if own and not down:
        return message("outage.excluded")
    if down < own:
        return message("outage.counts-in-part", length=Elapsed(own - down))
    if own < whole:
        return message("outage.shares", length=Elapsed(whole - own))
    return message("outage.counts")


def _key(measuring: Measuring, window: Window, several: bool) -> str:
    life, service = measuring.life, f"service:{measuring.service}"
    if life.account is None:
        return f"{service}/{measuring.name}/{window.label}"
    holder = f"account:{life.name}" if life.name else f"customer:{life.customer}"
    about = f"{service}/{holder}" if several else holder
    return f"{about}/{measuring.name}/{window.label}"


def _excluded(parts: tuple[Amounts, ...]) -> tuple[tuple[str, int], ...]:
    kinds = dict.fromkeys(kind for each in parts for kind, _ in each.excluded)
    totals = {kind: sum(dict(each.excluded).get(kind, 0) for each in parts) for kind in kinds}
    return tuple((kind, total // len(parts)) for kind, total in totals.items())


def _lowest(parts: tuple[Amounts, ...], promise: Promise) -> Fraction | None:
    return mean([lowest_of(each, promise.unknown).exact for each in _with_owed(parts, promise)])


def _highest(parts: tuple[Amounts, ...], promise: Promise) -> Fraction | None:
    return mean([highest_of(each).exact for each in _with_owed(parts, promise)])


def _with_owed(parts: tuple[Amounts, ...], promise: Promise) -> tuple[Amounts, ...]:
    """The parts that the figure is the mean of; all of them where it is the mean of none."""
    counted = tuple(each for each in parts if share_of(each, promise.unknown).counted)
    return counted or parts
