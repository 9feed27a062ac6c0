"""Summing up: how many clocks were met, missed and all else, with their shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.cli.columns import lined_up
from uphold.cli.judging import Asked, Judged, beyond, judged
from uphold.cli.loading import Span, agreements
from uphold.cli.screen import Screen
from uphold.cli.sources import STDIN, Sources
from uphold.engine.verdict import State
from uphold.engine.words import state_words
from uphold.facts.problems import Problem
from uphold.messages import message
from uphold.worktime import CalendarError

_ALWAYS = (State.MET, State.MISSED, State.RUNNING, State.NOT_OWED, State.UNKNOWN)
_SHOWN = (
    State.MET, State.MISSED, State.RUNNING, State.HELD, State.NOT_STARTED, State.NOT_OWED,
    State.UNKNOWN, State.CANCELLED,
)  # fmt: skip
_EARLY = datetime(1900, 1, 1, tzinfo=UTC)
_STYLES = {State.MET: "green", State.MISSED: "red"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many verdicts of each clock are in each state."""

    states: dict[str, Counter[State]]
    agreements: Sequence[Agreement]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, found: Judged) -> Tally:
        """The counts of verdicts that were judged one by one."""
        states: dict[str, Counter[State]] = {}
        for verdict in found.verdicts:
            states.setdefault(verdict.clock, Counter())[verdict.state] += 1
        return cls(states, found.agreements, found.problems)

    def total(self) -> Counter[State]:
        """All clocks together."""
        return sum(self.states.values(), Counter())

    @property
    def zone(self) -> str:
        """The zone of the first agreement."""
        return self.agreements[0].zone


def counted(sources: Sources, question: Asked) -> Tally:
    """The counts alone, which need no reasons: files go through the engine's bulk way."""
    if STDIN in sources.facts:
        return Tally.of(judged(sources, question))
    import os

    from uphold.engine.bulk.stream import summarise

    loaded = agreements(sources.agreements, Span(_EARLY, question.at))
    try:
        summary = summarise(
            loaded,
            [Path(name) for name in sources.facts],
            question.at,
            question.known,
            as_if_in_force=question.as_if_in_force,
            processes=os.cpu_count() or 1,
        )
    except CalendarError as error:
        raise beyond(error) from error
    return Tally(summary.states, loaded, tuple(summary.problems))


def share(part: int, whole: int) -> Decimal:
    """A share in hundredths to one decimal, cut off: 99.96 % is not yet 100 %."""
    exact = Decimal(1000 * part // whole) if whole else Decimal(0)
    return (exact / 10).quantize(Decimal("0.1"), ROUND_DOWN)


def summary_lines(screen: Screen, tally: Tally) -> list[str]:
    """A line for each state that counts, then the clocks one by one where there are several."""
    total = tally.total()
    whole = sum(total.values())
    shown = [state for state in _SHOWN if total[state] or state in _ALWAYS]
    rows = [
        (
            screen.say(state_words(state)),
            screen.reader.number(total[state]),
            screen.reader.percent(share(total[state], whole)),
        )
        for state in shown
    ]

    def style(number: int, column: int, cell: str) -> str:
        colour = _STYLES.get(shown[number]) if column == 0 and total[shown[number]] else None
        return screen.styled(cell, colour) if colour else cell

    lines = [screen.styled(screen.say(message("summary.verdicts", count=whole)), "bold")]
    lines += [f"  {line}" for line in lined_up(rows, right=(1, 2), style=style)]
    lines += _kept(screen, total)
    if len(tally.states) > 1:
        lines += ["", *_by_clock(screen, tally)]
    return lines


def _kept(screen: Screen, total: Counter[State]) -> list[str]:
    """Of those that are decided, how many were met."""
    decided = total[State.MET] + total[State.MISSED]
    if not decided:
        return []
    kept = screen.reader.percent(share(total[State.MET], decided))
    return ["", screen.say(message("summary.kept", share=kept, count=decided))]


def _by_clock(screen: Screen, tally: Tally) -> list[str]:
    total = tally.total()
    shown = [state for state in _SHOWN if total[state]]
    heads = [screen.say(message("column.clock")), *(screen.say(state_words(s)) for s in shown)]
    rows: list[Sequence[str]] = [[*heads, screen.say(message("column.kept"))]]
    for clock, states in sorted(tally.states.items()):
        decided = states[State.MET] + states[State.MISSED]
        kept = screen.reader.percent(share(states[State.MET], decided)) if decided else "–"
        numbers = (screen.reader.number(states[s]) if states[s] else "·" for s in shown)
        rows.append([clock, *numbers, kept])

    def style(number: int, _: int, cell: str) -> str:
        return screen.styled(cell, "bold") if number == 0 else cell

    return lined_up(rows, right=range(1, len(shown) + 2), style=style)


def summary_json(tally: Tally) -> dict[str, Any]:
    """The counts as JSON: all together and by clock, every state named."""
    return {
        "total": _counts(tally.total()),
        "clocks": {clock: _counts(states) for clock, states in sorted(tally.states.items())},
    }


def _counts(states: Counter[State]) -> dict[str, int]:
    return {str(state): states[state] for state in State}
