"""What the tests from facts to money share: looks, facts and what comes of them, by wall times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.engine.measure.figures.watch import MINUTE, watched

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import Credit
from uphold.engine.settle import Settlement, settle
from uphold.facts import Fact, make_fact
from uphold.facts.evidence import Run
from uphold.facts.times import from_datetime
from uphold.messages import Message, Reader

FOLDER = Path(__file__).resolve().parents[2] / "agreements"
Stretch = tuple[str, str]


@dataclass(frozen=True)
class Desk:
    """A shipped agreement, and times as the wall clock of its zone shows them."""

    agreement: Agreement
    zone: str

    @classmethod
    def of(cls, name: str, zone: str | None = None) -> Desk:
        """The agreement of a file; its own zone without another."""
        agreement = load_agreement(FOLDER / f"{name}.md")
        return cls(agreement, zone or agreement.zone)

    def at(self, text: str) -> datetime:
        """`2021-03-01 10:00`, or with seconds."""
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone))

    def us(self, text: str) -> int:
        """The same in microseconds."""
        return from_datetime(self.at(text))

    def fact(self, what: str, time: str, subject: str, /, **rest: Any) -> Fact:
        """A fact; its `start`, `end`, `from_` and `until` are wall times too."""
        said = {name.rstrip("_"): value for name, value in rest.items()}
        for name in {"start", "end", "from", "until"} & said.keys():
            said[name] = self.at(said[name]).isoformat()
        return make_fact(what, self.at(time), subject, **said)

    def looks(
        self,
        check: str,
        within: Stretch,
        *down: Stretch,
        every: int = MINUTE,
        source: str = "monitor",
        kind: str = "checks",
    ) -> list[Run]:
        """What a source saw: down in some stretches, else up."""
        since, until = map(self.at, within)
        failing = [(self.at(start), self.at(end)) for start, end in down]
        return watched(since, until, *failing, check=check, every=every, source=source, kind=kind)

    def settle(
        self, time: str, runs: Iterable[Run], *facts: Fact, others: Iterable[Agreement] = ()
    ) -> Settlement:
        """All that follows as of a time."""
        return settle([self.agreement, *others], list(facts), runs, self.at(time))


def figure(found: Settlement, key: str) -> Figure:
    """The figure of a key."""
    (one,) = (each for each in found.history if each.key == key)
    return one


def credit(found: Settlement, key: str) -> Credit:
    """The credit of a key."""
    (one,) = (each for each in found.all_credits if each.key == key)
    return one


def said(because: Iterable[Message], language: str = "en") -> list[str]:
    """Reasons in words."""
    return [Reader(language).text(reason) for reason in because]
