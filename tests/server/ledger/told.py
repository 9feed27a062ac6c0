"""Facts as these tests tell them, and a projector that notes what it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from uphold.facts import Fact, make_fact

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """So many minutes after a Monday morning."""
    return START + timedelta(minutes=minutes)


def opened(subject: str, *, at: datetime = START, **rest: object) -> Fact:
    """A request was made."""
    return make_fact("request.opened", at, subject, **rest)


def replied(subject: str, minutes: int = 1, **rest: object) -> Fact:
    """The customer wrote again."""
    return make_fact("request.replied", at(minutes), subject, **rest)


class RecordingProjector:
    """Notes each call; rows of requests, borne on by whatever `bears` says."""

    name = "recording"
    things = frozenset({"request"})

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[str, ...], int, int]] = []
        self.bears: tuple[str, ...] = ()
        self.fails = False

    def project(self, provider: int, subjects: Iterable[str], as_of_us: int, position: int) -> None:
        self.calls.append((tuple(subjects), as_of_us, position))
        if self.fails:
            raise ZeroDivisionError

    def stated(self, provider: int) -> Iterable[tuple[str, int, int]]:
        return ()

    def snapshot(self, provider: int, subject: str) -> object:
        return None

    def clear(self, provider: int) -> None:
        return None

    def bearing(self, provider: int, facts: Collection[Fact]) -> Iterable[str]:
        return self.bears
