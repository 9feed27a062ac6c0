"""Names that lead nowhere: clocks, calendars, services, terms, suppliers and their files."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.check.mentions import (
    calendar_refs,
    conditions_of,
    mention,
    unknown,
)
from uphold.agreement.check.subject import Entry, Subject, named
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.phrases.conditions import Within
from uphold.agreement.phrases.events import THINGS
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Term
from uphold.agreement.terms.duty import (
    NoticeTerm,
    OpenTerm,
    RetentionTerm,
    SupplierTerm,
    TextOnlyTerm,
)
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.hours import CalendarTerm
from uphold.agreement.terms.measure import (
    AvailabilityTerm,
    EvidenceTerm,
    IndicatorTerm,
    ServiceTerm,
)
from uphold.agreement.terms.money import CreditTerm, TerminationTerm
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm, JudgementTerm
from uphold.messages import Value

PROMISES: tuple[type[Term], ...] = (
    ClockTerm,
    NoticeTerm,
    RetentionTerm,
    AvailabilityTerm,
    JudgementTerm,
    CreditTerm,
    TerminationTerm,
)
MISSABLE: tuple[type[Term], ...] = (ClockTerm, NoticeTerm, RetentionTerm, AvailabilityTerm)


def names_are_single(subject: Subject) -> Iterator[Problem]:
    """One name, one term; examples have names of their own."""
    first: dict[tuple[bool, str], Entry] = {}
    for entry in subject.entries:
        if isinstance(entry.term, TextOnlyTerm):
            continue
        name = entry.term.name
        earlier = first.setdefault((isinstance(entry.term, ExampleTerm), name), entry)
        if earlier is not entry:
            told: dict[str, Value] = {
                "earlier": earlier.block.kind,
                "line": str(earlier.block.place.line),
            }
            yield subject.at_name("duplicate-name", entry, told)
        elif name == ALWAYS and not isinstance(entry.term, ExampleTerm):
            yield subject.at_name("name-reserved", entry)


def names_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """Every name of a term that another term uses is the name of one of the right kind."""
    for entry in subject.entries:
        yield from _calendars(subject, entry)
        yield from _of_kinds(subject, entry)


def _calendars(subject: Subject, entry: Entry) -> Iterator[Problem]:
    calendars, clocks = subject.names_of(CalendarTerm), subject.names_of(ClockTerm)
    known = (ALWAYS, *calendars, *(f"{clock}.calendar" for clock in clocks))
    refs = [("calendar", ref) for ref in calendar_refs(entry.term)]
    for key, condition in conditions_of(entry.term):
        refs += [(key, part.calendar) for part in condition.parts if isinstance(part, Within)]
    for key, ref in dict.fromkeys(refs):
        if ref not in known:
            yield unknown(subject, entry, key, ref, "calendar", known)


def _of_kinds(subject: Subject, entry: Entry) -> Iterator[Problem]:
    term = entry.term
    if isinstance(term, ClockTerm):
        if term.starts and term.starts.after:
            yield from _among(subject, entry, "starts", (term.starts.after,), "clock", ClockTerm)
        if term.supplier:
            yield from _among(
                subject, entry, "supplier", (term.supplier,), "supplier", SupplierTerm
            )
    elif isinstance(term, AppliesTerm):
        yield from _among(subject, entry, "to", term.to, "promise", *PROMISES)
    elif isinstance(term, AvailabilityTerm | EvidenceTerm):
        yield from _among(subject, entry, "of", term.of, "service", ServiceTerm)
    elif isinstance(term, IndicatorTerm):
        yield from _indicator(subject, entry, term)
    elif isinstance(term, CreditTerm | TerminationTerm):
        missed = tuple(each.term for each in term.for_)
        yield from _among(subject, entry, "for", missed, "promise", *MISSABLE)
    elif isinstance(term, SupplierTerm):
        yield from _among(subject, entry, "for", term.for_, "service", ServiceTerm)
        yield from _file(subject, entry, term)
    elif isinstance(term, OpenTerm) and term.of:
        known = (*THINGS, *subject.by_name)
        if term.of not in known:
            yield unknown(subject, entry, "of", term.of, "thing", known)


def _among(
    subject: Subject,
    entry: Entry,
    key: str,
    names: tuple[str, ...],
    what: str,
    *kinds: type[Term],
) -> Iterator[Problem]:
    """The names under a key that are not names of terms of these kinds."""
    known = subject.names_of(*kinds)
    for name in names:
        if name in known or is_duty(subject, name, kinds):
            continue
        other = subject.by_name.get(name)
        if other is None or isinstance(other.term, ExampleTerm | TextOnlyTerm):
            yield unknown(subject, entry, key, name, what, known)
            continue
        node, part = mention(entry, key, name)
        told: dict[str, Value] = {
            "found": name,
            "is": other.block.kind,
            "what": named(what),
            "known": ", ".join(known) or "–",
        }
        yield subject.at("name-of-another-kind", node, told, part=part)


def is_duty(subject: Subject, name: str, kinds: tuple[type[Term], ...]) -> bool:
    """Whether a name is one duty of a term: `planned-maintenance.announced`, `backup.kept`."""
    owner, dot, duty = name.rpartition(".")
    entry = subject.by_name.get(owner) if dot else None
    if entry is None or not isinstance(entry.term, kinds):
        return False
    return duty in duties_of(entry.term)


def duties_of(term: Term) -> tuple[str, ...]:
    """The duties of a notice or a retention, each of which has verdicts of its own."""
    if isinstance(term, NoticeTerm):
        return tuple(name for name, _ in term.duties())
    if isinstance(term, RetentionTerm):
        return tuple(name for name in ("taken", "kept") if getattr(term, name) is not None)
    return ()


def _indicator(subject: Subject, entry: Entry, term: IndicatorTerm) -> Iterator[Problem]:
    """An indicator is one of the parts of its service, if the service names parts."""
    yield from _among(subject, entry, "of", (term.of,), "service", ServiceTerm)
    service = subject.by_name.get(term.of)
    if service is not None and isinstance(service.term, ServiceTerm):
        parts = service.term.parts
        if parts and term.name not in parts:
            yield unknown(subject, entry, entry.block.kind, term.name, "part", parts)


def _file(subject: Subject, entry: Entry, term: SupplierTerm) -> Iterator[Problem]:
    """The agreement of a supplier is a file beside this one, or a link."""
    address = term.agreement
    if address is None or subject.folder is None or "://" in address:
        return
    try:
        exists = (subject.folder / address).is_file()
    except (OSError, ValueError):
        exists = False
    if not exists:
        told: dict[str, Value] = {"file": address}
        yield subject.at_key("supplier-file-missing", entry, "agreement", told, severity="warning")
