"""Targets that nothing can reach, and rows that nothing selects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from uphold.agreement.check.lengths import is_longer
from uphold.agreement.check.mentions import mention
from uphold.agreement.check.subject import Entry, Subject
from uphold.agreement.phrases.calendars import DAYS
from uphold.agreement.phrases.credits import Share
from uphold.agreement.phrases.events import Event
from uphold.agreement.phrases.notices import Lead
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import NoticeTerm, RetentionTerm
from uphold.agreement.terms.hours import WindowTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm
from uphold.messages import Value
from uphold.worktime.durations import Elapsed

_HOUR = 3_600_000_000
_MOST_OF_A_WEEKDAY = {"week": 1, "month": 5, "year": 53}


def targets_can_be_reached(subject: Subject) -> Iterator[Problem]:
    """Each promise can be kept and can be missed."""
    for entry in subject.entries:
        term = entry.term
        if isinstance(term, ClockTerm):
            yield from _starts_and_stops(subject, entry, term)
        elif isinstance(term, NoticeTerm):
            yield from _told_after_planned(subject, entry, term)
        elif isinstance(term, AppliesTerm):
            yield from _never_applies(subject, entry, term)
        elif isinstance(term, WindowTerm):
            yield from _quota(subject, entry, term)
        elif isinstance(term, RetentionTerm):
            yield from _gap(subject, entry, term)
        elif isinstance(term, CreditTerm):
            yield from _tiers(subject, entry, term)
            yield from _basis(subject, entry, term)


def _starts_and_stops(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    """A clock that stops at the fact it starts with takes no time."""
    starts = term.starts.events.events if term.starts and term.starts.events else ()
    for key, ends in (("stops", term.stops), ("until", term.until)):
        if ends is None or (ends.every and len(ends.events) > 1):
            continue
        both = next((event for event in ends.events if event in starts), None)
        if both is not None:
            yield _unreachable(subject, entry, key, str(both), "starts-and-stops")
    if term.repeats_on and term.until and term.repeats_on in term.until.events:
        yield _unreachable(subject, entry, "until", str(term.repeats_on), "repeats-and-ends")
    if term.starts and term.starts.after == term.name:
        return
    if term.stops and _is_always_before(starts, term.stops.events):
        yield _unreachable(subject, entry, "stops", str(term.stops), "stops-before")


def _is_always_before(starts: tuple[Event, ...], stops: tuple[Event, ...]) -> bool:
    """Whether a clock stops only at what opens its thing, and starts at something later."""
    opening = {"request.opened", "complaint.received", "order.placed", "maintenance.planned"}
    stop_types = {event.type for event in stops}
    start_types = {event.type for event in starts}
    return bool(start_types) and stop_types <= opening and not start_types & opening


def _unreachable(subject: Subject, entry: Entry, key: str, said: str, why: str) -> Problem:
    node, part = mention(entry, key, said)
    told: dict[str, Value] = {"term": entry.term.name, "key": key, "found": said}
    return subject.at(f"unreachable-{why}", node, told, part=part)


def _told_after_planned(subject: Subject, entry: Entry, term: NoticeTerm) -> Iterator[Problem]:
    """What need not be planned before a time cannot be announced before it."""
    planned, told_at = term.scheduled, term.announced
    if not (isinstance(planned, Lead) and isinstance(told_at, Lead)):
        return
    if planned.before == told_at.before and is_longer(told_at.duration, planned.duration):
        told: dict[str, Value] = {
            "announced": str(told_at.duration),
            "scheduled": str(planned.duration),
        }
        yield subject.at_key("unreachable-notice", entry, "announced", told)


def _never_applies(subject: Subject, entry: Entry, term: AppliesTerm) -> Iterator[Problem]:
    """A condition that must hold and must not: the promise is never owed."""
    needed = {str(condition) for condition in term.only_if}
    for condition in term.unless:
        if str(condition) in needed:
            yield _unreachable(subject, entry, "unless", str(condition), "condition")


def _quota(subject: Subject, entry: Entry, term: WindowTerm) -> Iterator[Problem]:
    """A quota that is longer than all the window's hours limits nothing."""
    if term.hours is None or term.at_most is None:
        return
    quota = term.at_most.duration
    if not isinstance(quota, Elapsed):
        return
    weekly = sum(_days(days) * _minutes(spans) for days, spans in term.hours.items())
    most = weekly * _MOST_OF_A_WEEKDAY[term.at_most.period] * 60_000_000
    if quota.us > most:
        hours = Decimal(most) / _HOUR
        told: dict[str, Value] = {
            "quota": str(term.at_most),
            "hours": f"{hours.normalize():f}",
            "period": term.at_most.period,
        }
        yield subject.at_key("unreachable-quota", entry, "at most", told)


def _days(days: str) -> int:
    first, _, last = days.partition("-")
    return (DAYS.index(last) - DAYS.index(first)) % 7 + 1 if last else 1


def _minutes(spans: str) -> int:
    total = 0
    for span in spans.split(", "):
        start, end = (int(time[:2]) * 60 + int(time[3:]) for time in span.split("-"))
        total += end - start if end > start else end - start + 24 * 60
    return total


def _gap(subject: Subject, entry: Entry, term: RetentionTerm) -> Iterator[Problem]:
    """A copy that may be deleted before the next one is due leaves nothing to go back to."""
    if term.taken and term.kept and is_longer(term.taken.gap, term.kept.duration):
        told: dict[str, Value] = {"taken": str(term.taken), "kept": str(term.kept.duration)}
        yield subject.at_key("kept-shorter-than-gap", entry, "kept", told, severity="warning")


def _tiers(subject: Subject, entry: Entry, term: CreditTerm) -> Iterator[Problem]:
    """Tiers must lie at or below the target, and a worse figure must not earn less."""
    for missed in term.for_:
        promise = subject.by_name.get(missed.term)
        if term.tiers is None or promise is None:
            continue
        if isinstance(promise.term, AvailabilityTerm):
            target = promise.term.target.share
            for below, _ in term.tiers:
                if below.value > target.value:
                    told: dict[str, Value] = {
                        "tier": str(below), "target": str(target), "promise": missed.term,
                    }  # fmt: skip
                    yield _at_row(
                        subject, entry, "tiers", str(below.value), "unreachable-tier", told
                    )
    rows = sorted(term.tiers or (), key=lambda row: row[0].value, reverse=True)
    yield from _falling(subject, entry, "tiers", [(str(b), str(b.value), s) for b, s in rows])
    counted = sorted(term.by_misses or (), key=lambda row: row[0].least)
    named = [(str(count), str(count), share) for count, share in counted]
    yield from _falling(subject, entry, "by misses", named)
    yield from _caps(subject, entry, term)


def _falling(
    subject: Subject, entry: Entry, key: str, rows: list[tuple[str, str, Share]]
) -> Iterator[Problem]:
    for (better, _, more), (worse, mark, less) in pairwise(rows):
        if better == worse or _is_less(less, more):
            told: dict[str, Value] = {
                "worse": worse, "less": str(less), "better": better, "more": str(more),
            }  # fmt: skip
            yield _at_row(subject, entry, key, mark, "tier-falls", told)


def _is_less(one: Share, other: Share) -> bool:
    if one.percent and other.percent:
        return one.percent.value < other.percent.value
    if one.money and other.money and one.money.currency == other.money.currency:
        return one.money.amount < other.money.amount
    return one.days is not None and other.days is not None and one.days < other.days


def _caps(subject: Subject, entry: Entry, term: CreditTerm) -> Iterator[Problem]:
    """A cap below a single tier: the tier is never paid in full."""
    for cap in term.at_most:
        for _, share in term.tiers or ():
            if _is_less(cap.share, share):
                told: dict[str, Value] = {"cap": str(cap), "share": str(share)}
                yield _at_row(subject, entry, "at most", str(cap), "unreachable-cap", told)
                break


def _basis(subject: Subject, entry: Entry, term: CreditTerm) -> Iterator[Problem]:
    """Shares by a figure of availability need one; shares by missed clock need a clock."""
    step = term.amount.per.kind if term.amount and term.amount.per else None
    needs: tuple[type[Term], ...] = ()
    if term.tiers is not None or step in ("below target", "hour of downtime"):
        needs = (AvailabilityTerm,)
    elif step == "missed clock":
        needs = (ClockTerm,)
    for missed in term.for_:
        promise = subject.by_name.get(missed.term)
        if promise is None or not needs or isinstance(promise.term, needs):
            continue
        key = "tiers" if term.tiers is not None else "amount"
        told: dict[str, Value] = {
            "promise": missed.term, "is": promise.block.kind, "needs": needs[0].kind,
        }  # fmt: skip
        yield subject.at_key("credit-basis", entry, key, told)


def _at_row(
    subject: Subject, entry: Entry, key: str, mark: str, code: str, told: dict[str, Value]
) -> Problem:
    node, part = mention(entry, key, mark)
    return subject.at(code, node, told, part=part)
