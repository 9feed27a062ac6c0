"""What `clocks` and `explain` share: the question asked, and the evaluation that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.cli.loading import agreements, facts_of
from uphold.cli.refusal import Refusal
from uphold.cli.sources import Sources
from uphold.cli.times import instant, present, viewer_zone
from uphold.engine.evaluate import Evaluation
from uphold.engine.verdict import Verdicts
from uphold.facts.problems import Problem
from uphold.messages import Message, message
from uphold.worktime import CalendarError


@dataclass(frozen=True, slots=True)
class Asked:
    """As of when, with what known, and in which zone to show it (None: the agreement's)."""

    at: datetime
    known: datetime | None
    as_if_in_force: bool
    zone: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The evaluation, and what was wrong with lines that could not count."""

    evaluation: Evaluation
    problems: tuple[Problem, ...]

    @property
    def verdicts(self) -> Verdicts:
        """All verdicts, by subject."""
        return self.evaluation.verdicts

    @property
    def agreements(self) -> Sequence[Agreement]:
        """The agreements judged under."""
        return self.evaluation.agreements

    @property
    def zone(self) -> str:
        """The zone of the first agreement."""
        return self.agreements[0].zone


def asked(at: str | None, known: str | None, as_if_in_force: bool, zone: str | None) -> Asked:
    """The question that the options put; without `at`, about the present. Raises `Refusal`."""
    shown = viewer_zone(zone)
    return Asked(
        present() if at is None else instant(at, "--at", shown),
        None if known is None else instant(known, "--known", shown),
        as_if_in_force,
        shown,
    )


def judged(sources: Sources, question: Asked) -> Judged:
    """The facts of the sources judged under their agreements; raises `Refusal`."""
    facts = facts_of(sources)
    loaded = agreements(sources.agreements, facts.span(question.at))
    try:
        evaluation = Evaluation.of(
            loaded,
            facts.facts,
            question.at,
            question.known,
            as_if_in_force=question.as_if_in_force,
        )
    except CalendarError as error:
        raise beyond(error) from error
    return Judged(evaluation, facts.problems)


def beyond(error: CalendarError) -> Refusal:
    """That a fact lies so far off that no calendar is written out for it."""
    told = {name: str(error.data.get(name, "–")) for name in ("what", "calendar", "since", "until")}
    return Refusal(Message("cli.beyond-calendars", told), message("cli.look-at-dates"))
