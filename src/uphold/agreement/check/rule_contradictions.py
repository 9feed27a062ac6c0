"""Terms that contradict each other: of two promises about one thing only one can be kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

from uphold.agreement.check.subject import Entry, Subject
from uphold.agreement.phrases.conditions import Condition
from uphold.agreement.phrases.notices import Lead, Notice
from uphold.agreement.phrases.targets import LeadTarget, NoTarget, Target, TimeTarget
from uphold.agreement.problem import Problem
from uphold.agreement.terms.base import Table, Term
from uphold.agreement.terms.duty import AmendmentTerm, NoticeTerm, RetentionTerm
from uphold.agreement.terms.measure import AvailabilityTerm, EvidenceTerm
from uphold.agreement.terms.promise import ClockTerm, PriorityTerm
from uphold.messages import Value

T = TypeVar("T", bound=Term)


def terms_agree(subject: Subject) -> Iterator[Problem]:
    """No two terms say different things of the same matter."""
    yield from _pairs(subject, ClockTerm, _clock_matter, _clocks_differ)
    yield from _pairs(subject, AvailabilityTerm, _availability_matter, _availabilities_differ)
    yield from _pairs(subject, NoticeTerm, _notice_matter, _notices_differ)
    yield from _pairs(subject, RetentionTerm, lambda term: (term.of,), _retentions_differ)
    yield from _pairs(
        subject, PriorityTerm, lambda term: (term.of,), lambda _, __: ("levels", "", "")
    )
    yield from _pairs(subject, AmendmentTerm, lambda _: (), lambda _, __: ("in force", "", ""))
    yield from _pairs(subject, EvidenceTerm, lambda term: (term.of,), lambda _, __: ("of", "", ""))


Difference = tuple[str, str, str]
"""The key at which two terms differ, and what each says."""


def _pairs(
    subject: Subject,
    kind: type[T],
    matter: Callable[[T], Hashable],
    difference: Callable[[T, T], Difference | None],
) -> Iterator[Problem]:
    """A problem at each later term that differs from the first one about the same matter."""
    first: dict[Hashable, tuple[T, Entry]] = {}
    for term, entry in subject.of(kind):
        earlier, _ = first.setdefault(matter(term), (term, entry))
        if earlier is term:
            continue
        found = difference(earlier, term)
        if found is None:
            continue
        key, said_first, said_now = found
        told: dict[str, Value] = {
            "other": earlier.name,
            "line": str(first[matter(term)][1].block.place.line),
            "first": said_first,
            "second": said_now,
        }
        hint = "" if said_first else "contradiction-one"
        code = "contradiction" if said_first else "contradiction-two"
        yield subject.at_key(code, entry, key, told, hint=hint)


def _when(conditions: tuple[Condition, ...]) -> frozenset[str]:
    return frozenset(str(part) for condition in conditions for part in condition.parts)


def _clock_matter(term: ClockTerm) -> Hashable:
    events = tuple(map(str, (term.starts, term.stops, term.repeats_on, term.until)))
    return (term.of, _when(term.when), events, term.standing, term.team, term.supplier)


def _clocks_differ(one: ClockTerm, other: ClockTerm) -> Difference | None:
    first, second = _by_level(one.target), _by_level(other.target)
    for level in dict.fromkeys((*first, *second)):
        said, now = first.get(level, first.get("")), second.get(level, second.get(""))
        if said is not None and now is not None and _meaning(said) != _meaning(now):
            return "target", str(said), str(now)
    if str(one.calendar) != str(other.calendar):
        return "calendar", _calendar_text(one), _calendar_text(other)
    return None


def _calendar_text(term: ClockTerm) -> str:
    if isinstance(term.calendar, str):
        return term.calendar
    if isinstance(term.calendar, Table):
        return ", ".join(name for _, name in term.calendar.leaves())
    return ", ".join(map(str, term.calendar))


def _by_level(target: Target | Table[Target]) -> dict[str, Target]:
    if not isinstance(target, Table):
        return {"": target}
    return {f"{target.by} {' '.join(keys)}": leaf for keys, leaf in target.leaves()}


def _meaning(target: Target) -> Hashable:
    """What a target asks for, however it is spelled."""
    match target:
        case TimeTarget(duration, under):
            return duration, under
        case LeadTarget(duration, before):
            return duration, before
        case NoTarget():
            return str(target)
        case _:
            return target.count


def _availability_matter(term: AvailabilityTerm) -> Hashable:
    window = (term.window.period, term.window.length)
    return (frozenset(term.of), term.per, window, term.zone, term.standing)


def _availabilities_differ(one: AvailabilityTerm, other: AvailabilityTerm) -> Difference | None:
    if one.target.share != other.target.share:
        return "target", str(one.target), str(other.target)
    return None


def _notice_matter(term: NoticeTerm) -> Hashable:
    return (term.of, _when(term.when), str(term.from_), term.by, frozenset(term.to))


def _notices_differ(one: NoticeTerm, other: NoticeTerm) -> Difference | None:
    said = dict(one.duties())
    for name, notice in other.duties():
        earlier = said.get(name)
        if earlier is not None and _notice_meaning(earlier) != _notice_meaning(notice):
            return name, str(earlier), str(notice)
    return None


def _notice_meaning(notice: Notice) -> Hashable:
    if isinstance(notice, Lead):
        return notice.duration, notice.before
    return notice.within, notice.same_day, notice.next_day_out_of_hours


def _retentions_differ(one: RetentionTerm, other: RetentionTerm) -> Difference | None:
    if one.kept and other.kept and one.kept.duration != other.kept.duration:
        return "kept", str(one.kept), str(other.kept)
    if one.taken and other.taken and one.taken.gap != other.taken.gap:
        return "taken", str(one.taken), str(other.taken)
    return None
