"""Misses: figures, clocks, notices and keepings missed, each as it concerns one account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.credits import Missed
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure, Window, cut_off
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.money.currency import plain
from uphold.engine.money.holders import UNKNOWN_HOLDER, Holder, Register
from uphold.engine.money.periods import period_of
from uphold.engine.money.suppliers import Supply, supply_of
from uphold.engine.shown import shown
from uphold.engine.verdict import State, Verdict
from uphold.messages import Message, Percent, message
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import CalendarMonths

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
Revision = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Miss:
    """One promise missed, as it concerns one holder under one revision.

    `at` is when it was missed, in microseconds: when the window ended, or when the thing was due.
    `names` are what a credit's `for` may call it. Of `figure` and `verdict` one is given. `supply`
    is set where the agreement is a supplier's.
    """

    agreement: Agreement
    holder: Holder
    at: int
    names: frozenset[str]
    figure: Figure | None = None
    verdict: Verdict | None = None
    supply: Supply | None = None

    @property
    def key(self) -> str:
        """The key of the figure or verdict."""
        if self.figure is not None:
            return self.figure.key
        return self.verdict.key if self.verdict is not None else ""

    @property
    def customer(self) -> str | None:
        """Whom it was missed towards: who leans on the supplier, where it is a supplier's."""
        own = self.holder.account.customer
        return self.supply.provider if self.supply is not None and own is None else own

    @property
    def service(self) -> str | None:
        """The service whose figure was missed."""
        return self.figure.service if self.figure is not None else None

    @property
    def term(self) -> str:
        """The promise that was missed."""
        if self.figure is not None:
            return self.figure.term
        return self.verdict.clock if self.verdict is not None else ""

    def is_of(self, missed: Iterable[Missed]) -> bool:
        """Whether it is one of the misses that a term names."""
        return any(each.term in self.names for each in missed)

    def calendar(self) -> CompiledCalendar:
        """The calendar in whose zone its months are counted."""
        if self.figure is not None:
            return calendar_in(self.agreement, self.figure.window.zone)
        return self.agreement.always

    def window(self, now: int) -> Window:
        """The figure's own window, or the month in which the thing was due."""
        return self.figure.window if self.figure is not None else self.period("month", now)

    def period(self, kind: str, now: int) -> Window:
        """The month, quarter or year that the miss belongs to, clipped to the present."""
        calendar = self.calendar()
        last = self.at - 1 if self.figure is not None else self.at
        found = period_of(calendar, kind, last)
        end = max(min(found.end, now), found.start)
        return Window(found.label, found.start, end, (found.start, found.end), calendar.zone.name)

    def reason(self) -> Message:
        """That it was missed, and by how much or since when."""
        if self.figure is not None:
            return _figure_reason(self.figure)
        assert self.verdict is not None
        return message(
            "reason.credit-missed",
            term=self.verdict.clock,
            clause=self.verdict.clause,
            key=self.verdict.key,
            at=shown(self.agreement.always, self.at),
        )


def ending(window: Window, now: int) -> int:
    """When a window ends: where an account's life cut it, else where the whole window does."""
    return window.end if window.end < now else window.whole[1]


def last_instant(window: Window) -> int:
    """The last instant of a window as clipped: it lies on the window's last day."""
    return max(window.start, window.end - 1)


class Misses:
    """Every miss that some credit or termination term may name, gathered once."""

    def __init__(self, evaluation: Evaluation, figures: Iterable[Figure]) -> None:
        self.evaluation = evaluation
        self.register = Register(evaluation)
        self.agreements: Mapping[Revision, Agreement] = {
            (each.name, each.revision): each for each in evaluation.agreements
        }
        self._supplies = {
            each.name: supply_of(each, evaluation.agreements) for each in evaluation.agreements
        }
        self._named = {key: _named(each) for key, each in self.agreements.items()}
        self._given = tuple(figures)

    @cached_property
    def all(self) -> tuple[Miss, ...]:
        """The misses of figures, then those of verdicts, by subject."""
        return (*self._figures(self._given), *self._verdicts())

    def supply(self, agreement: Agreement) -> Supply | None:
        """Who leans on the agreement, where it is a supplier's."""
        return self._supplies[agreement.name]

    def _figures(self, figures: Iterable[Figure]) -> Iterator[Miss]:
        told: set[tuple[str, ...]] = set()
        for figure in figures:
            revision = (figure.agreement, figure.revision)
            if figure.state is not State.MISSED or revision not in self.agreements:
                continue
            if figure.term not in self._named[revision]:
                continue
            agreement = self.agreements[revision]
            supply = self.supply(agreement)
            at = ending(figure.window, self.evaluation.now)
            for holder in self.holders(agreement, figure):
                once = (figure.agreement, figure.term, figure.service, figure.window.label)
                if supply is not None and not holder.key:
                    if once in told:
                        continue
                    told.add(once)
                names = frozenset({figure.term})
                yield Miss(agreement, holder, at, names, figure=figure, supply=supply)

    def holders(self, agreement: Agreement, figure: Figure) -> tuple[Holder, ...]:
        """The accounts that a figure concerns; one nobody where none is known.

        A supplier's figures concern who leans on it: its own accounts, not those of our customers.
        """
        is_supplier = self.supply(agreement) is not None
        known = self.register.under(agreement, named=is_supplier)
        if figure.account is not None or figure.customer is not None:
            holder = self.register.of_account(figure.account, figure.customer, agreement)
            return (holder,) if not is_supplier or holder in known else (UNKNOWN_HOLDER,)
        if not known:
            return (UNKNOWN_HOLDER,)
        window = (figure.window.start, figure.window.end)
        return tuple(holder for holder in known if holder.within(window) is not None)

    def _verdicts(self) -> Iterator[Miss]:
        for subject, verdicts in sorted(self.evaluation.judged.items()):
            for verdict in verdicts:
                if verdict.state is not State.MISSED:
                    continue
                revision = (verdict.agreement, verdict.revision)
                names = _names(verdict) & self._named.get(revision, frozenset())
                if names:
                    yield from self._of_verdict(subject, verdict, names)

    def _of_verdict(self, subject: str, verdict: Verdict, names: frozenset[str]) -> Iterator[Miss]:
        agreement = self.agreements[verdict.agreement, verdict.revision]
        at = due_of(verdict)
        if at is None:
            return
        supply = self.supply(agreement)
        holders: Collection[Holder]
        if supply is None:
            holders = self.register.of_thing(subject, agreement, at)
        else:
            known = self.register.under(agreement, named=True)
            holders = [each for each in known if each.within((at, at + 1))] or [UNKNOWN_HOLDER]
        for holder in holders:
            yield Miss(agreement, holder, at, names, verdict=verdict, supply=supply)


def due_of(verdict: Verdict) -> int | None:
    """When a missed thing was due; when it was decided, for what has no due time."""
    time = verdict.due or verdict.stopped or verdict.starts
    return None if time is None else (time - _EPOCH) // _MICROSECOND


def younger_than(miss: Miss) -> bool:
    """Whether the account began after a window of several months had begun.

    Such a window is not owed to the account, as none of its own would have begun before it did.
    """
    if miss.figure is None:
        return False
    term = miss.agreement.term(miss.figure.term)
    if not isinstance(term, AvailabilityTerm):
        return False
    if not isinstance(term.window.length, CalendarMonths) or miss.figure.account is not None:
        return False
    return miss.holder.lives[0][0] > miss.figure.window.whole[0]


def _names(verdict: Verdict) -> frozenset[str]:
    """The names of a verdict's promise: a notice's duty is known by the notice, too."""
    owner, dot, _ = verdict.clock.rpartition(".")
    return frozenset({verdict.clock, owner} if dot else {verdict.clock})


def _named(agreement: Agreement) -> frozenset[str]:
    """The promises whose misses some term of the agreement names."""
    found = [missed for term in agreement.of(CreditTerm) for missed in term.for_]
    found += [missed for term in agreement.of(TerminationTerm) for missed in term.for_]
    return frozenset(missed.term for missed in found)


def _figure_reason(figure: Figure) -> Message:
    share = None if figure.availability is None else cut_off(figure.availability, figure.decimals)
    return message(
        "reason.credit-figure-missed",
        term=figure.term,
        clause=figure.clause,
        key=figure.key,
        figure="-" if share is None else Percent(Decimal(share)),
        target="-" if figure.target is None else Percent(plain(figure.target * 100)),
    )
