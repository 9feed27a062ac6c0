"""`uphold clocks`: every verdict of every clock, what is due next first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from uphold.cli.as_of import as_of
from uphold.cli.columns import lined_up
from uphold.cli.judging import Asked, Judged, asked, judged
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.sources import told_apart
from uphold.cli.summary import Tally, counted, summary_json, summary_lines
from uphold.engine.verdict import OPEN_STATES, State, Verdict
from uphold.engine.words import state_words
from uphold.messages import message

_ORDER = (
    State.MISSED, State.MET, State.UNKNOWN, State.NOT_OWED, State.CANCELLED,
)  # fmt: skip
_STYLES: dict[State, tuple[str, ...]] = {
    State.MISSED: ("red",),
    State.HELD: ("yellow",),
    State.MET: ("green",),
    State.UNKNOWN: ("dim",),
    State.NOT_OWED: ("dim",),
    State.CANCELLED: ("dim",),
}
_MICROSECOND_PARTS = 1_000_000


def clocks(
    *files: str,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    summary: bool = False,
    zone: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Judges facts under agreements and lists every clock, what is due next first."""
    sources = told_apart(files)
    question = asked(at, known, as_if_in_force, zone)
    if summary:
        return _summary(counted(sources, question), question, shared)
    found = judged(sources, question)
    screen = Screen(shared, question.zone or found.zone, question.at)
    if shared.json:
        screen.json([verdict.to_json() for verdict in found.verdicts])
    else:
        _show(screen, found, question)
    mention(screen, found.problems)
    missed = any(verdict.state is State.MISSED for verdict in found.verdicts)
    return FOUND if missed or found.problems else FINE


def _summary(tally: Tally, question: Asked, shared: Shared) -> int:
    """Prints the counts alone, clock by clock."""
    screen = Screen(shared, question.zone or tally.zone, question.at)
    if shared.json:
        screen.json(summary_json(tally))
    else:
        screen.result(as_of(screen, question.at, tally.agreements))
        for line in summary_lines(screen, tally):
            screen.result(line)
    mention(screen, tally.problems)
    return FOUND if tally.total()[State.MISSED] or tally.problems else FINE


def _show(screen: Screen, found: Judged, question: Asked) -> None:
    verdicts = sorted(found.verdicts, key=_next_first)
    screen.result(as_of(screen, question.at, found.agreements))
    screen.result()
    heads = ("due", "state", "subject", "clock", "used", "left", "clause")
    rows = [
        tuple(screen.say(head) for head in _heads(heads)),
        *(_row(screen, verdict, question.at) for verdict in verdicts),
    ]

    def style(number: int, column: int, cell: str) -> str:
        if number == 0:
            return screen.styled(cell, "bold")
        if column == 1:
            return screen.styled(cell, *_STYLES.get(verdicts[number - 1].state, ()))
        return cell

    if verdicts:
        for line in lined_up(rows, right=(4, 5), style=style):
            screen.result(line)
        if any(verdict.provisional for verdict in verdicts):
            screen.result(screen.styled(screen.say(message("clocks.provisional")), "dim"))
        screen.result()
    for line in summary_lines(screen, Tally.of(found)):
        screen.result(line)


def _heads(names: Sequence[str]) -> tuple[Any, ...]:
    heads = {
        "due": message("column.due"),
        "state": message("column.state"),
        "subject": message("column.subject"),
        "clock": message("column.clock"),
        "used": message("column.used"),
        "left": message("column.left"),
        "clause": message("column.clause"),
    }
    return tuple(heads[name] for name in names)


def _row(screen: Screen, verdict: Verdict, at: datetime) -> tuple[str, ...]:
    reader = screen.reader
    clock = verdict.clock if verdict.cycle == 1 else f"{verdict.clock}/{verdict.cycle}"
    return (
        _due(screen, verdict, at),
        screen.say(state_words(verdict.state)),
        reader.value(verdict.subject),
        clock,
        "" if verdict.used_us is None else _short(reader.span, verdict.used_us),
        "" if verdict.left_us is None else _short(reader.span, verdict.left_us),
        verdict.clause,
    )


def _due(screen: Screen, verdict: Verdict, at: datetime) -> str:
    """How far off and when: "in 2 h 10 min (Mon 15:00)"; only when, once it is over."""
    if verdict.due is None:
        return "–"
    when = screen.reader.value(verdict.due)
    if verdict.state not in OPEN_STATES:
        return when
    off = verdict.due - at
    us = (off.days * 86_400 + off.seconds) * _MICROSECOND_PARTS + off.microseconds
    mark = " ~" if verdict.provisional else ""
    return f"{screen.reader.relative(us)} ({when}){mark}"


def _short(span: Any, us: int) -> str:
    """Time to the second: a table is read at a glance, `--json` and `explain` are exact."""
    seconds = abs(us) // _MICROSECOND_PARTS * _MICROSECOND_PARTS
    text: str = span(seconds if us >= 0 else -seconds)
    return text


def _next_first(verdict: Verdict) -> tuple[int, float, str, str, int]:
    """Open clocks by what is due next, those without a due time last; then missed, met, …"""
    due = verdict.due.timestamp() if verdict.due else float("inf")
    group = 0 if verdict.state in OPEN_STATES else 1 + _ORDER.index(verdict.state)
    return group, due, verdict.subject, verdict.clock, verdict.cycle
