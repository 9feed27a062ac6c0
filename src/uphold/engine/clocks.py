"""The verdicts of all clocks of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.alerts import alerts_of
from uphold.engine.case import Case
from uphold.engine.outcome import Outcome, Setting, judge
from uphold.engine.plan import plan_clock
from uphold.engine.reasons import calendar_of, moment, reasons_for
from uphold.engine.releases import Releases
from uphold.engine.verdict import State, Verdict
from uphold.messages import Message


def clock_verdicts(
    case: Case, now: int, releases: Releases, preface: tuple[Message, ...] = ()
) -> Iterator[Verdict]:
    """A verdict for each cycle of each clock that is about the thing.

    `preface` are reasons that all of them share.
    """
    outcomes: dict[str, tuple[Outcome, ...]] = {}
    setting = Setting(case, now, releases, outcomes)
    for clock in in_order(case.agreement, case.history.thing):
        plan = plan_clock(case, clock)
        if plan is None:
            continue
        outcomes[clock.name] = judge(plan, setting)
        for outcome in outcomes[clock.name]:
            yield _verdict(case, clock, outcome, now, preface)


def in_order(agreement: Agreement, thing: str) -> tuple[ClockTerm, ...]:
    """The clocks of a kind of thing, each behind the one that starts it."""
    clocks = {clock.name: clock for clock in agreement.of(ClockTerm) if clock.of == thing}
    placed: dict[str, ClockTerm] = {}

    def place(clock: ClockTerm, above: frozenset[str]) -> None:
        before = clock.starts.after if clock.starts else None
        if before in clocks and before not in placed and before not in above:
            place(clocks[before], above | {clock.name})
        placed.setdefault(clock.name, clock)

    for clock in clocks.values():
        place(clock, frozenset())
    return tuple(placed.values())


def _verdict(
    case: Case, clock: ClockTerm, outcome: Outcome, now: int, preface: tuple[Message, ...]
) -> Verdict:
    calendar = calendar_of(case, outcome)
    owed = outcome.state is not State.NOT_OWED
    return Verdict(
        subject=case.history.subject,
        clock=clock.name,
        cycle=outcome.cycle.number,
        state=outcome.state,
        agreement=case.agreement.name,
        revision=case.agreement.revision,
        clause=clock.clause,
        starts=moment(calendar, outcome.start),
        due=moment(calendar, outcome.due) if owed else None,
        promised_due=moment(calendar, outcome.promised) if owed else None,
        stopped=moment(calendar, outcome.stop),
        used_us=outcome.used,
        left_us=outcome.left if owed else None,
        provisional=outcome.provisional,
        standing=clock.standing,
        because=(*preface, *reasons_for(case, clock, outcome)),
        alerts=alerts_of(case.agreement, clock, case.history.subject, outcome, now, calendar),
    )
