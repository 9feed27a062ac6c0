"""Checks that are measured alike: of one service, by one rule, with their exclusions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.batch.expressible import refused, require_no_standing_windows
from uphold.batch.known_facts import KnownFacts
from uphold.batch.rule import Rule
from uphold.batch.watching import How, Watched, Watching
from uphold.engine.measure.maintenance import Work
from uphold.messages import message

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Group:
    """Checks of one service that one call of the kernel measures.

    `exclusions` is the kernel's table: start, end, and check, null where all are concerned.
    """

    service: str
    measured_as: How
    rule: Rule
    checks: tuple[str, ...]
    exclusions: pa.Table


def groups_of(
    agreement: Agreement,
    term: AvailabilityTerm,
    watching: Watching,
    facts: KnownFacts,
    checks: Collection[str],
) -> tuple[Group, ...]:
    """The groups, if these are all names that evidence bears. Raises `TermRefused`."""
    alike: dict[tuple[str, How, Rule], list[Watched]] = {}
    for each in watching.watched(frozenset(checks)):
        alike.setdefault((each.service, each.how, each.rule), []).append(each)
    names = frozenset(name for found in alike.values() for each in found for name in each.names)
    require_no_standing_windows(agreement, term, names)
    foreign = watching.are_foreign(checks)
    told = facts.outages_of(checks if foreign else frozenset().union(*watching.own.values()))
    if told:
        raise refused(
            agreement, term, message("batch.refused-outages", outages=told[:3], count=len(told))
        )
    return tuple(
        Group(*key, tuple(each.check for each in found), _exclusions(facts.works, found))
        for key, found in alike.items()
    )


def _exclusions(works: Iterable[Work], watched: Collection[Watched]) -> pa.Table:
    """What maintenance excludes, by the check that it concerns."""
    import pyarrow as pa

    rows = [
        (start, end, check)
        for work, check in _concerned(works, watched)
        for start, end in work.excludable
    ]
    time = pa.timestamp("us", "UTC")
    return pa.table(
        {
            "start": pa.array([start for start, _, _ in rows], pa.int64()).cast(time),
            "end": pa.array([end for _, end, _ in rows], pa.int64()).cast(time),
            "check": pa.array([check for _, _, check in rows], pa.string()),
        }
    )


def _concerned(
    works: Iterable[Work], watched: Collection[Watched]
) -> Iterator[tuple[Work, str | None]]:
    """Each work with each check that it concerns; with None where it concerns all of them."""
    by_name: dict[str, set[str]] = {}
    for each in watched:
        for name in each.names:
            by_name.setdefault(name, set()).add(each.check)
    for work in works:
        found = {check for name in work.services for check in by_name.get(name, ())}
        if not work.services or len(found) == len(watched):
            yield work, None
        else:
            for check in sorted(found):
                yield work, check
