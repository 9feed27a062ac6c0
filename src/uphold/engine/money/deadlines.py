"""By when a credit is claimed, and when it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.credits import Claim, Paid
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.hours import CalendarTerm
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.account import Account, until
from uphold.engine.case import Case
from uphold.engine.history import History
from uphold.engine.measure.figure import Window
from uphold.engine.money.holders import Register
from uphold.engine.money.misses import Miss, ending
from uphold.engine.money.periods import midnight, next_month
from uphold.engine.shown import shown
from uphold.engine.standing import out_of_range
from uphold.messages import Message, message
from uphold.worktime import CalendarError, CompiledCalendar
from uphold.worktime.durations import CalendarMonths, Duration, Working, WorkingDays


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant in microseconds, None where there is none or it is not known, and why."""

    at: int | None
    because: tuple[Message, ...] = ()


def claim_by(
    term: Term, claim: Claim, miss: Miss, window: Window, register: Register, now: int
) -> Deadline:
    """By when a miss is claimed; `miss` is the last one where several earned the credit."""
    if not claim.required:
        return Deadline(None)
    agreement = miss.agreement
    length = CalendarMonths(claim.cycles) if claim.cycles is not None else claim.duration
    if length is None:
        return Deadline(None, (message("reason.claim-no-limit", term=term.name),))
    start = _since(claim, miss, window, now)
    calendar = agreement.always
    if isinstance(length, Working | WorkingDays):
        desk = _desk(miss, register)
        if desk is None:
            told = message("reason.claim-no-calendar", term=term.name, length=length)
            return Deadline(None, (told,))
        calendar = desk
    try:
        at = add_plain(calendar, start, length)
    except CalendarError as error:
        return Deadline(None, (out_of_range(term, error),))
    return Deadline(at, (_reason(term, claim, length, calendar, (start, at)),))


def paid_on(paid: Paid, account: Account, calendar: CompiledCalendar, since: int) -> Deadline:
    """When a credit is paid that is settled at an instant: the next invoice, renewal, or a date.

    The next invoice is the first day of the month after.
    """
    if paid.on is not None:
        at = midnight(calendar, paid.on)
        return Deadline(at, (message("reason.paid-on", at=shown(calendar, at)),))
    if paid.when == "next renewal":
        renewal = next_renewal(account, since)
        if renewal is None:
            return Deadline(None, (message("reason.paid-renewal-unknown"),))
        told = message("reason.paid-next-renewal", at=shown(calendar, renewal))
        return Deadline(renewal, (told,))
    at = next_month(calendar, since)
    return Deadline(at, (message("reason.paid-next-invoice", at=shown(calendar, at)),))


def next_renewal(account: Account, since: int) -> int | None:
    """The first renewal after an instant: where what was agreed or renewed last ends.

    A renewal of what has no known end happens when it is recorded.
    """
    renewals: list[int] = []
    end: int | None = None
    for fact in account.facts:
        if fact.type == "customer.agreed":
            end = until(fact)
        elif fact.type == "customer.renewed":
            renewals.append(fact.at_us if end is None else end)
            end = until(fact)
    if end is not None:
        renewals.append(end)
    return min((time for time in renewals if time > since), default=None)


def _since(claim: Claim, miss: Miss, window: Window, now: int) -> int:
    """What the time to claim counts from.

    The statement that shows a window comes on the first day after it.
    """
    if claim.since == "the miss":
        return miss.at
    return window.whole[1] if claim.since == "the statement" else ending(window, now)


def _desk(miss: Miss, register: Register) -> CompiledCalendar | None:
    """The hours in which business hours count: the promise's own, else the only desk's."""
    agreement = miss.agreement
    name = _own_calendar(miss, register)
    if name is not None and name != ALWAYS:
        return agreement.calendars.get(name)
    desks = agreement.of(CalendarTerm)
    return agreement.calendars[desks[0].name] if len(desks) == 1 else None


def _own_calendar(miss: Miss, register: Register) -> str | None:
    """The name of the calendar that a missed clock or notice ran in."""
    if miss.verdict is None:
        return None
    facts = register.facts(miss.verdict.subject)
    history = History(miss.verdict.subject, facts, tuple(fact.at_us for fact in facts))
    case = Case(miss.agreement, history, miss.holder.account)
    for name in sorted(miss.names):
        term = _term_of(miss.agreement, name)
        if isinstance(term, ClockTerm):
            return case.calendar_of(term, miss.at)
        if isinstance(term, NoticeTerm):
            return case.calendar_named(term.calendar, miss.at)
    return None


def _term_of(agreement: Agreement, name: str) -> Term | None:
    return agreement.term(name) or agreement.term(name.rpartition(".")[0])


def _reason(
    term: Term, claim: Claim, length: Duration, calendar: CompiledCalendar, times: tuple[int, int]
) -> Message:
    start, at = times
    since = {
        "the window's end": message("claim.since-window"),
        "the miss": message("claim.since-miss"),
        "the statement": message("claim.since-statement"),
    }
    return message(
        "reason.claim-by",
        term=term.name,
        clause=term.clause,
        length=length,
        since=since.get(claim.since or "", str(claim.since)),
        start=shown(calendar, start),
        at=shown(calendar, at),
    )
