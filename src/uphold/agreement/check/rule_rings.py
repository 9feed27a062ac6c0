"""Clocks that start each other in a ring, and calendars and services that lean on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uphold.agreement.check.mentions import calendar_refs, mention
from uphold.agreement.check.subject import Subject
from uphold.agreement.problem import Problem
from uphold.agreement.terms.measure import ServiceTerm
from uphold.agreement.terms.promise import ClockTerm
from uphold.messages import Value


def nothing_runs_in_a_ring(subject: Subject) -> Iterator[Problem]:
    """A clock cannot wait for itself, nor a calendar be taken from itself."""
    after = {
        term.name: ((term.starts.after,) if term.starts and term.starts.after else ())
        for term, _ in subject.of(ClockTerm)
    }
    yield from _rings(subject, after, "starts", "clock-ring")
    calendars = {
        term.name: tuple(
            ref.removesuffix(".calendar")
            for ref in calendar_refs(term)
            if ref.endswith(".calendar")
        )
        for term, _ in subject.of(ClockTerm)
    }
    yield from _rings(subject, calendars, "calendar", "calendar-ring")
    parts = {term.name: term.parts for term, _ in subject.of(ServiceTerm)}
    yield from _rings(subject, parts, "parts", "service-ring")


def _rings(
    subject: Subject, leads_to: Mapping[str, tuple[str, ...]], key: str, code: str
) -> Iterator[Problem]:
    """One problem for each ring, at the member of it that stands first on the page."""
    told: set[frozenset[str]] = set()
    for name in leads_to:
        ring = _ring(name, leads_to)
        if ring is None or frozenset(ring) in told:
            continue
        told.add(frozenset(ring))
        entry = subject.by_name[name]
        node, part = mention(entry, key, ring[1])
        data: dict[str, Value] = {"ring": " → ".join(ring)}
        yield subject.at(code, node, data, part=part)


def _ring(start: str, leads_to: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """A way from a name back to itself, if there is one."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in leads_to.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None
