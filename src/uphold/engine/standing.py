"""Why nothing is owed, or what is not known, as reasons of a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.phrases.conditions import Path
from uphold.agreement.phrases.targets import NoTarget
from uphold.agreement.terms.base import Table, Term
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm
from uphold.engine.case import Case
from uphold.engine.outcome import Outcome
from uphold.engine.plan import WHEN
from uphold.messages import Message, message
from uphold.worktime import CalendarError


def standing(case: Case, clock: ClockTerm, outcome: Outcome) -> Iterator[Message]:
    """Why nothing is owed, or what is not known; nothing where a time is owed and known."""
    regime = outcome.regime
    match outcome.why:
        case "unowed":
            assert regime is not None
            yield from _unowed(case, clock, regime.unowed_by or WHEN, regime.at)
        case "none":
            best = regime is not None and regime.target == NoTarget(best_effort=True)
            name = "reason.best-effort" if best else "reason.no-promise"
            yield message(name, term=clock.name, clause=clock.clause)
        case "not begun":
            awaited = str(clock.starts) if clock.starts else ""
            yield message("reason.not-begun", term=clock.name, event=awaited)
        case "unrecorded":
            what = outcome.cycle.unrecorded or ""
            yield message("reason.unrecorded", term=clock.name, type=what)
        case "no target":
            yield _without_row(case, clock, outcome) or message("reason.no-target", term=clock.name)
        case "no calendar":
            yield _without_row(case, clock, outcome) or message(
                "reason.no-calendar", term=clock.name
            )
        case "no release":
            yield message("reason.no-release", term=clock.name)
        case "no plan":
            yield message("reason.no-plan", term=clock.name)
        case "out of range":
            assert outcome.trouble is not None
            yield out_of_range(clock, outcome.trouble)


def out_of_range(term: Term, error: CalendarError) -> Message:
    """That a time lies outside what its calendar is known for, and what that is."""
    told = {name: str(error.data.get(name, "")) for name in ("calendar", "since", "until")}
    return Message("reason.out-of-range", {"term": term.name, **told})


def _unowed(case: Case, clock: ClockTerm, by: str, time: int) -> Iterator[Message]:
    """That a promise does not hold, by which term, and which of its conditions decided it."""
    if by == WHEN:
        conditions = ", ".join(map(str, clock.when))
        yield message("reason.no-longer", term=clock.name, conditions=conditions)
        return
    term = case.agreement.term(by)
    assert isinstance(term, AppliesTerm)
    best = term.otherwise == "best effort"
    name = "reason.best-effort" if best else "reason.not-owed"
    yield message(name, term=term.name, clause=term.clause)
    yield message("reason.condition", term=term.name, condition=deciding(case, term, time))


def deciding(case: Case, term: AppliesTerm, time: int) -> Message:
    """The condition that takes the promise away: one that fails, or one that must not hold."""
    for condition in term.only_if:
        if not case.holds(condition, time):
            return message("condition.only-if", condition=str(condition))
    held = (condition for condition in term.unless if case.holds(condition, time))
    return message("condition.unless", condition=", ".join(map(str, held)))


def _without_row(case: Case, clock: ClockTerm, outcome: Outcome) -> Message | None:
    """The table that has no row for what the facts say; None where no table is at fault."""
    time = outcome.regime.at if outcome.regime else 0
    for table in (clock.target, clock.calendar):
        entry: object = table
        while isinstance(entry, Table):
            value = case.value(entry.by, time)
            row = entry.row(value)
            if row is None:
                return _row_lacks(clock, entry.by, value, tuple(key for key, _ in entry.rows))
            entry = row
    return None


def _row_lacks(clock: ClockTerm, path: Path, value: str | None, rows: tuple[str, ...]) -> Message:
    if value is None:
        return message("reason.value-unknown", term=clock.name, path=str(path))
    return message("reason.row-lacks", term=clock.name, path=str(path), value=value, known=rows)
