"""The words for facts: types and fields that events, conditions, paths and examples name."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.check.mentions import conditions_of, unknown
from uphold.agreement.check.rule_levels import named_values
from uphold.agreement.check.rule_names import duties_of
from uphold.agreement.check.subject import Entry, Subject, like, texts
from uphold.agreement.check.vocabulary import ENVELOPE, Vocabulary
from uphold.agreement.phrases.conditions import Happened, Has, Path
from uphold.agreement.phrases.events import Event, Events
from uphold.agreement.phrases.notices import Lead
from uphold.agreement.phrases.targets import LeadTarget
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table, Term
from uphold.agreement.terms.duty import NoticeTerm
from uphold.agreement.terms.example import ExampleTerm
from uphold.agreement.terms.promise import ClockTerm, JudgementTerm, PriorityTerm
from uphold.agreement.tree import Mapping, Scalar, Sequence
from uphold.messages import Value

STATES = (
    "not started", "running", "held", "met", "missed", "unknown", "not owed", "cancelled", "none",
    "owed", "claimable", "lapsed", "claimed", "accepted", "refused", "applied",
    "open", "used", "barred",
)  # fmt: skip
VERDICT_FIELDS = (
    "state", "due", "promised_due", "starts", "stopped", "used", "left", "because",
    "provisional", "standing", "cycle", "clause", "revision",
    "availability", "lowest", "highest", "coverage", "owed", "downtime", "unknown", "excluded",
    "outages", "target", "amount", "days", "granted", "claim_by", "paid_on",
)  # fmt: skip


def facts_are_known(subject: Subject) -> Iterator[Problem]:
    """Types and fields of facts stand in the table of facts."""
    if not subject.facts:
        return
    vocabulary = Vocabulary(subject.facts)
    for entry in subject.entries:
        for key, event in _events(entry.term):
            yield from _event(subject, entry, key, event, vocabulary)
        for key, path in _paths(entry.term):
            yield from _path(subject, entry, key, path, vocabulary)
        for key, path, value in named_values(entry):
            words = vocabulary.words_of(path.thing, path.field)
            if words and value not in words:
                yield unknown(subject, entry, key, value, "value", words)
        if isinstance(entry.term, ExampleTerm):
            yield from _facts(subject, entry, vocabulary)


def _events(term: Term) -> Iterator[tuple[str, Event]]:
    groups: list[tuple[str, Events | None]] = []
    if isinstance(term, ClockTerm):
        groups = [("starts", term.starts.events if term.starts else None)]
        groups += [("stops", term.stops), ("until", term.until)]
        if term.repeats_on:
            yield "repeats on", term.repeats_on
    elif isinstance(term, JudgementTerm):
        groups = [("permits", term.permits)]
    elif isinstance(term, NoticeTerm):
        groups = [("from", term.from_)]
    for key, events in groups:
        for event in events.events if events else ():
            yield key, event
    for key, condition in conditions_of(term):
        for part in condition.parts:
            if isinstance(part, Happened):
                yield key, Event(part.type)


def _event(
    subject: Subject, entry: Entry, key: str, event: Event, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if event.type not in vocabulary.types:
        yield _unknown_type(subject, entry, key, event.type, vocabulary)
        return
    fields = vocabulary.fields_of(event.type) | ENVELOPE
    named = (*event.fields, *((event.where[0],) if event.where else ()))
    for field in named:
        if field not in fields:
            yield unknown(subject, entry, key, field, "field", sorted(fields - ENVELOPE))
    if event.by is None:
        return
    owners = vocabulary.fields_of_thing(event.type.partition(".")[0])
    if event.by.replace("-", "_") not in owners:
        yield unknown(subject, entry, key, event.by, "field", sorted(owners))


def _unknown_type(
    subject: Subject, entry: Entry, key: str, name: str, vocabulary: Vocabulary
) -> Problem:
    thing, _, word = name.partition(".")
    of_thing = [each for each in vocabulary.types if each.startswith(f"{thing}.")]
    is_condition = key in ("when", "only if", "unless", "calendar")
    written = word if is_condition else name
    return unknown(subject, entry, key, name, "fact", of_thing or list(vocabulary.types), written)


def _paths(term: Term) -> Iterator[tuple[str, Path]]:
    for key, condition in conditions_of(term):
        for part in condition.parts:
            if not isinstance(part, Happened | Has):
                yield key, part.path
    if isinstance(term, ClockTerm):
        for key, value in (("target", term.target), ("calendar", term.calendar)):
            if isinstance(value, Table):
                yield from ((key, path) for path in value.paths())
                yield from (
                    (key, leaf.before) for _, leaf in value.leaves() if isinstance(leaf, LeadTarget)
                )
        if isinstance(term.target, LeadTarget):
            yield "target", term.target.before
    elif isinstance(term, PriorityTerm):
        yield from (("by", path) for path in term.by or ())
    elif isinstance(term, NoticeTerm):
        for key, notice in term.duties():
            if isinstance(notice, Lead) and notice.before is not None:
                yield key, notice.before


def _path(
    subject: Subject, entry: Entry, key: str, path: Path, vocabulary: Vocabulary
) -> Iterator[Problem]:
    fields = vocabulary.fields_of_thing(path.thing) | {"customer", "account", "source"}
    if path.field in fields | vocabulary.events_of(path.thing):
        return
    written = next((form for form in _spellings(path) if _is_written(entry, key, form)), str(path))
    known = sorted(f"{path.thing}.{field}" for field in fields)
    yield unknown(subject, entry, key, written, "field", known)


def _spellings(path: Path) -> tuple[str, ...]:
    forms = (path.field, path.field.replace("_", " "), path.field.replace("_", "-"))
    return tuple(f"{path.thing}.{form}" for form in forms)


def _is_written(entry: Entry, key: str, form: str) -> bool:
    return any(form in scalar.text for scalar in texts(entry.block.root.get(key)))


# -- examples ----------------------------------------------------------------------------------


def _facts(subject: Subject, entry: Entry, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The facts of an example have types and fields that exist."""
    facts = entry.block.root.get("facts")
    for fact in facts.items if isinstance(facts, Sequence) else ():
        if not isinstance(fact, Mapping):
            continue
        written = fact.get("type")
        if not isinstance(written, Scalar):
            yield subject.at("fact-without-type", fact)
            continue
        if written.text not in vocabulary.types:
            told = like(written.text, tuple(vocabulary.types), "fact")
            hint = "nearest" if told["near"] else "name-unknown"
            yield subject.at("name-unknown", written, told, hint=hint)
            continue
        known = vocabulary.fields_of(written.text)
        for key, _ in fact.entries:
            if key.text not in known | ENVELOPE:
                told = like(key.text, tuple(sorted(known)), "field")
                hint = "nearest" if told["near"] else "name-unknown"
                yield subject.at("name-unknown", key, told, hint=hint)


def expectations_are_known(subject: Subject) -> Iterator[Problem]:
    """What an example expects names a term, a field of a verdict and a state of one."""
    names = [
        entry.term.name for entry in subject.entries if not isinstance(entry.term, ExampleTerm)
    ]
    for entry in subject.entries:
        names += [f"{entry.term.name}.{duty}" for duty in duties_of(entry.term)]
    for _, entry in subject.of(ExampleTerm):
        expect = entry.block.root.get("expect")
        for key, row in expect.entries if isinstance(expect, Mapping) else ():
            name = expected_name(key.text)
            if name not in names:
                told = like(name, tuple(names), "promise")
                hint = "nearest" if told["near"] else "name-unknown"
                start = max(key.text.find(name), 0)
                yield subject.at(
                    "name-unknown", key, told, part=(start, start + len(name)), hint=hint
                )
            if isinstance(row, Mapping):
                yield from _expected(subject, row)


def expected_name(key: str) -> str:
    """The name of the promise in `TERM`, `SUBJECT/TERM`, `SUBJECT/TERM/CYCLE`, `…/WINDOW`."""
    parts = key.split("/")
    if len(parts) > 1 and parts[-1][:1].isdigit():
        parts.pop()
    while len(parts) > 1 and ":" in parts[0]:
        parts.pop(0)
    return "/".join(parts)


def _expected(subject: Subject, row: Mapping) -> Iterator[Problem]:
    for key, value in row.entries:
        wrong: tuple[Scalar, tuple[str, ...], str] | None = None
        if key.text not in VERDICT_FIELDS:
            wrong = (key, VERDICT_FIELDS, "verdict")
        elif key.text == "state" and isinstance(value, Scalar) and value.text not in STATES:
            wrong = (value, STATES, "state")
        if wrong is not None:
            node, known, what = wrong
            told: dict[str, Value] = like(node.text, known, what)
            hint = "nearest" if told["near"] else "name-unknown"
            yield subject.at("name-unknown", node, told, hint=hint)
