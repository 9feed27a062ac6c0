"""What of an agreement the kernel can express; the rest is refused, with term and reason."""

from __future__ import annotations

from collections.abc import Iterable

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm, IndicatorTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.batch.faults import TermRefused
from uphold.engine.measure.exclusions import STANDING
from uphold.engine.measure.reconciling import CHECKS, JUDGED_FRAME, Reconciling
from uphold.engine.measure.standing_windows import standing_windows
from uphold.facts.types import nearest
from uphold.messages import Message, message
from uphold.worktime.durations import CalendarMonths

_LOG_FRAME = "component log"


def availability_term(agreement: Agreement, name: str | None) -> AvailabilityTerm:
    """The availability term of that name, or the only one. Raises `TermRefused`."""
    terms = {term.name: term for term in agreement.of(AvailabilityTerm)}
    if not terms:
        raise TermRefused(message("batch.term-none", agreement=agreement.name))
    if name is None and len(terms) > 1:
        several = tuple(terms)
        raise TermRefused(message("batch.term-several", agreement=agreement.name, terms=several))
    if name is None:
        return next(iter(terms.values()))
    if name not in terms:
        near = nearest(name, terms) or tuple(terms)
        raise TermRefused(
            message("batch.term-unknown", agreement=agreement.name, found=name, terms=near)
        )
    return terms[name]


def require_whole(agreement: Agreement, term: AvailabilityTerm) -> None:
    """Refuses a mean of parts: a figure is made of one check."""
    if term.per == "mean of parts":
        raise refused(agreement, term, message("batch.refused-mean"))


def require_fixed_windows(agreement: Agreement, term: AvailabilityTerm) -> None:
    """Refuses windows of which the next depends on what a missed one earned."""
    length = term.window.length
    if not isinstance(length, CalendarMonths) or length.n == 1 or term.after_credit == "overlaps":
        return
    for credit in agreement.of(CreditTerm):
        if any(missed.term == term.name for missed in credit.for_):
            raise refused(agreement, term, message("batch.refused-credited", credit=credit.name))


def require_no_standing_windows(
    agreement: Agreement, term: AvailabilityTerm, names: Iterable[str]
) -> None:
    """Refuses standing windows: what is used of them depends on every single outage."""
    if STANDING in term.excludes:
        for window, _ in standing_windows(agreement, frozenset(names)):
            raise refused(agreement, term, message("batch.refused-windows", window=window.name))


def require_checks_settle(agreement: Agreement, term: AvailabilityTerm, rule: Reconciling) -> None:
    """Refuses evidence that checks alone do not settle, for the time that they show."""
    if rule.term is None:
        return
    evidence = rule.term.name
    if ((CHECKS, 1),) not in rule.settles:
        raise refused(agreement, term, message("batch.refused-evidence", evidence=evidence))
    # Of checks alone no frame asks for more than they show, but that of a person.
    frames = (each for each in rule.frames if each != _LOG_FRAME)
    if next(frames, None) == JUDGED_FRAME:
        raise refused(agreement, term, message("batch.refused-frame", evidence=evidence))


def require_looks(
    agreement: Agreement, term: AvailabilityTerm, indicator: IndicatorTerm | None
) -> None:
    """Refuses indicators that count attempts in slices of time."""
    if indicator is not None and indicator.down_when.kind != CHECKS:
        raise refused(agreement, term, message("batch.refused-slices", indicator=indicator.name))


def refused(agreement: Agreement, term: AvailabilityTerm, reason: Message) -> TermRefused:
    """The error that names the term, says why, and what measures it instead."""
    return TermRefused(
        message("batch.term-refused", term=term.name, agreement=agreement.name, reason=reason)
    )
