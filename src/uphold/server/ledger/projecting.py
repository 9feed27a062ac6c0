"""Who writes rows from facts: apps register a projector, the ledger calls it with each append.

A row is worked out from the facts up to a position and for one instant, and says both. So it can
be made again at any time, and must come out the same (`uphold rebuild`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final, Protocol

from uphold.facts import Fact
from uphold.server.worker.services import queue

CONTEXT: Final = frozenset({"agreement", "customer", "release"})
"""Kinds of subject whose facts bear on the verdicts on others."""

AT_ONCE: Final = 50
"""Up to so many subjects are judged anew in the transaction of the fact that bears on them.

That keeps what one customer's desk sees in step at the cost of some tens of milliseconds. More of
them wait for the worker, in chunks, so that a posting does not hold up every other writer.
"""
CHUNK: Final = 200
REPROJECT: Final = "rejudge"


class Projector(Protocol):
    """Writes the rows of one app's lists. Registered in the app's `AppConfig.ready`."""

    name: str
    things: frozenset[str]
    """The kinds of subject that it writes rows for ("request", "complaint", …)."""

    def project(self, provider: int, subjects: Iterable[str], as_of_us: int, position: int) -> None:
        """Writes the rows of these subjects anew, in the open transaction.

        They are made of the facts up to `position` alone (`facts_of(…, until=position)`, and
        `context_of` likewise), judged as of `as_of_us`, and bear both.
        """

    def stated(self, provider: int) -> Iterable[tuple[str, int, int]]:
        """Subject, `as_of_us` and position of every row there is."""

    def snapshot(self, provider: int, subject: str) -> object:
        """The rows of a subject as JSON values without their database ids, for comparison."""

    def clear(self, provider: int) -> None:
        """Takes away every row of the provider's."""

    def bearing(self, provider: int, facts: Collection[Fact]) -> Iterable[str]:
        """The subjects to be judged anew because of facts about agreements, customers, releases.

        There may be many of them, an import's: asked for together, not one by one.
        """


_projectors: dict[str, Projector] = {}


def register(projector: Projector) -> None:
    """The projector is called from now on; one of the same name takes the other's place."""
    _projectors[projector.name] = projector


def projectors() -> tuple[Projector, ...]:
    """Every projector, in the order they were registered in."""
    return tuple(_projectors.values())


def thing_of(subject: str) -> str:
    """The kind of a subject: "request" of "request:4711"."""
    return subject.partition(":")[0]


def project(
    provider: int,
    subjects: Iterable[str],
    as_of_us: int,
    position: int,
    only: Iterable[Projector] | None = None,
) -> None:
    """Lets each projector write its rows of these subjects."""
    by_thing: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(set(subjects)):
        by_thing[thing_of(subject)].append(subject)
    for projector in projectors() if only is None else only:
        own = [each for thing in sorted(projector.things) for each in by_thing.get(thing, ())]
        if own:
            projector.project(provider, own, as_of_us, position)


def project_bearing(
    provider: int, facts: Iterable[Fact], done: frozenset[str], as_of_us: int, position: int
) -> None:
    """Judges anew what these facts bear on besides the subjects already `done`.

    Few subjects at once, many by the worker (`AT_ONCE`).
    """
    context = [fact for fact in facts if fact.thing in CONTEXT]
    if not context:
        return
    for projector in projectors():
        found = set(projector.bearing(provider, context)) - done
        if len(found) <= AT_ONCE:
            project(provider, found, as_of_us, position, (projector,))
        else:
            queue_projecting(provider, projector, found, as_of_us, position)


def queue_projecting(
    provider: int,
    projector: Projector,
    subjects: Iterable[str],
    due_us: int,
    position: int,
    *,
    of_import: int | None = None,
) -> int:
    """Leaves the rows of these subjects to the worker, because of what came at `position`.

    Gives the number of pieces of work that this makes.
    """
    chunks = list(_chunks(sorted(subjects)))
    for number, chunk in enumerate(chunks):
        queue(
            f"{REPROJECT}:{provider}:{projector.name}:{position}:{of_import or 0}:{number}",
            REPROJECT,
            due_us,
            provider=provider,
            payload={"projector": projector.name, "subjects": chunk, "import": of_import},
        )
    return len(chunks)


def projector_named(name: str) -> Projector | None:
    """The projector of that name, if it is registered in this process."""
    return _projectors.get(name)


def _chunks(subjects: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(subjects), CHUNK):
        yield subjects[start : start + CHUNK]
