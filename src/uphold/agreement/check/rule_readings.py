"""Readings that a term leaves open: words that can be read in two ways, and nobody says how."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uphold.agreement.check.figures import read_figures
from uphold.agreement.check.needed import needed_figures
from uphold.agreement.check.quoting import alike, folded
from uphold.agreement.check.subject import Entry, Subject
from uphold.agreement.check.wording import says, says_under
from uphold.agreement.phrases.notices import Promptly
from uphold.agreement.phrases.targets import Target, TimeTarget
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table
from uphold.agreement.terms.duty import NoticeTerm, RetentionTerm
from uphold.agreement.terms.hours import CalendarTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.agreement.terms.money import CreditTerm
from uphold.agreement.terms.promise import ClockTerm
from uphold.messages import Value
from uphold.worktime.durations import CalendarMonths

_ALWAYS_OPEN = {"mon-sun": "00:00-24:00"}


def readings_are_settled(subject: Subject) -> Iterator[Problem]:
    """Where words can be read in two ways an interpretation says which."""
    for entry in subject.entries:
        term = entry.term
        if isinstance(term, ClockTerm):
            yield from _under(subject, entry, term)
        elif isinstance(term, CreditTerm):
            yield from _lost(subject, entry, term)
        elif isinstance(term, AvailabilityTerm):
            yield from _window(subject, entry, term)
            yield from _average(subject, entry, term)
            yield from _unknown_as_up(subject, entry, term)
        elif isinstance(term, NoticeTerm):
            yield from _at_once(subject, entry, term)
        elif isinstance(term, RetentionTerm):
            yield from _every_week(subject, entry, term)
        elif isinstance(term, CalendarTerm):
            yield from _calendar(subject, entry, term)


def _open(
    subject: Subject, entry: Entry, key: str, which: str, data: dict[str, Value] | None = None
) -> Problem:
    told: dict[str, Value] = {"term": entry.term.name, **(data or {})}
    return subject.at_key(
        f"reading-open-{which}", entry, key, told, hint="reading-open", severity="warning"
    )


def _lost(subject: Subject, entry: Entry, term: CreditTerm) -> Iterator[Problem]:
    """“2.5 % for every 1 % lost”: each full one or pro rata, lost from the target or from 100."""
    step = term.amount.per if term.amount else None
    if step is not None and step.kind == "below target" and not term.interpretation:
        yield _open(subject, entry, "amount", "lost", {"step": str(step.percent)})


def _window(subject: Subject, entry: Entry, term: AvailabilityTerm) -> Iterator[Problem]:
    """“12 months”: any twelve, or those of the calendar or the contract."""
    if not isinstance(term.window.length, CalendarMonths) or term.interpretation:
        return
    if not any(says(quote, "rolling") for quote in term.quotes):
        yield _open(subject, entry, "window", "window", {"window": str(term.window)})


def _average(subject: Subject, entry: Entry, term: AvailabilityTerm) -> Iterator[Problem]:
    """“average uptime”: over the parts of the service, or over the month of one."""
    if not term.interpretation and any(says(quote, "average") for quote in term.quotes):
        yield _open(subject, entry, "per", "average")


def _unknown_as_up(subject: Subject, entry: Entry, term: AvailabilityTerm) -> Iterator[Problem]:
    """Time of which nobody knows anything, counted in the provider's favour."""
    if term.unknown == "counts as up":
        yield subject.at_key("unknown-counts-as-up", entry, "unknown", severity="warning")


def _at_once(subject: Subject, entry: Entry, term: NoticeTerm) -> Iterator[Problem]:
    """“immediately” gives no time that could be missed; the limit is then ours."""
    if term.interpretation:
        return
    for name, notice in term.duties():
        if isinstance(notice, Promptly) and any(says(q, "at once") for q in term.quotes):
            yield _open(subject, entry, name, "at-once", {"limit": str(notice)})


def _every_week(subject: Subject, entry: Entry, term: RetentionTerm) -> Iterator[Problem]:
    """“every week”: once in each calendar week, or no gap of more than seven days."""
    if term.taken is None or term.interpretation:
        return
    if re.search(r"\b(?:day|week|month)s?$", term.taken.text):
        yield _open(subject, entry, "taken", "every", {"every": str(term.taken)})


def _calendar(subject: Subject, entry: Entry, term: CalendarTerm) -> Iterator[Problem]:
    if term.hours == _ALWAYS_OPEN:
        return
    said = " ".join((entry.clause.text, *term.interpretation))
    if not says(said, "holiday"):
        key = "holidays" if term.holidays else "hours"
        which = "holidays-ours" if term.holidays else "holidays"
        yield _open(subject, entry, key, which)
    if not says(said, "weekday"):
        yield _open(subject, entry, "hours", "weekdays", {"days": ", ".join(term.hours)})


def _under(subject: Subject, entry: Entry, term: ClockTerm) -> Iterator[Problem]:
    """“under 1 hour” is missed at exactly one hour, "within 1 hour" is not."""
    targets = _time_targets(term.target)
    for needed in needed_figures(entry.block):
        said = {
            says_under(alike(quote)[: figure.start], subject.language)
            for quote in term.quotes
            for figure in read_figures(folded(quote), subject.language)
            if any(
                (told.kind, told.amount) == (needed.reading.kind, needed.reading.amount)
                for told in figure.readings
            )
        }
        target = targets.get(needed.node.text.strip())
        if target is None or (term.interpretation and not said):
            continue
        part = (needed.figure.start, needed.figure.end)
        told: dict[str, Value] = {"figure": needed.figure.text, "term": term.name}
        if target.under and said == {False} and not term.interpretation:
            yield subject.at("under-unsaid", needed.node, told, part=part, severity="warning")
        elif not target.under and said == {True}:
            yield subject.at("under-said", needed.node, told, part=part, severity="warning")


def _time_targets(target: Target | Table[Target]) -> dict[str, TimeTarget]:
    leaves = [leaf for _, leaf in target.leaves()] if isinstance(target, Table) else [target]
    return {leaf.text: leaf for leaf in leaves if isinstance(leaf, TimeTarget)}
