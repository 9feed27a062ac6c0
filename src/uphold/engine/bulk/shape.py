"""Histories of one shape: the same facts in the same order, at times of their own.

A shape is planned once (`uphold.engine.plan` does no arithmetic, it only compares times); its
plan then serves every thing whose history has that shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.promise import ClockTerm
from uphold.engine.account import Account
from uphold.engine.arithmetic import acting, clipped, unowed_holds
from uphold.engine.case import Case
from uphold.engine.clocks import in_order
from uphold.engine.history import History
from uphold.engine.holds import Hold, join
from uphold.engine.judgements import state_of
from uphold.engine.plan import Cycle, Plan, Regime, plan_clock
from uphold.engine.revisions import first_start
from uphold.engine.verdict import State
from uphold.facts.fact import Fact

END = 1 << 40
"""A rank behind every other."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What cycles that can be judged together share; times left out."""

    clock: str
    after: str | None
    begun: bool
    has_stop: bool
    has_cancel: bool
    unrecorded: bool
    regimes: tuple[Regime, ...]
    holds: int
    open_hold: bool


@dataclass(frozen=True, slots=True)
class PlannedCycle:
    """A cycle of a shape: its structure, and at which ranks its times are found.

    `ranks` are those of: start (unless it follows another clock), stop, cancel, each regime but
    the first, begin and end of each hold, begin of the open hold; in this order.
    """

    number: int
    structure: Structure
    ranks: tuple[int, ...]


@dataclass(slots=True)
class Shape:
    """One shape: its plan, and the times of the things that have it.

    `times` holds `width` times for each of `subjects`, one after another. `decided` are the
    states of decisions, which rest on no time. `start_rank` finds when the first clock starts.
    """

    width: int
    cycles: tuple[PlannedCycle, ...]
    decided: tuple[tuple[str, int, State], ...]
    start_rank: int
    times: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)


def plan_shape(agreement: Agreement, facts: Sequence[Fact], ranks: Sequence[int]) -> Shape:
    """The shape of a history, given the rank of each fact's time among its times."""
    subject = facts[0].subject
    history = History(subject, tuple(facts), tuple(ranks))
    case = Case(agreement, history, Account(None, None, ()))
    found: list[PlannedCycle] = []
    for clock in in_order(agreement, history.thing):
        plan = plan_clock(case, clock)
        if plan is not None:
            found.extend(_planned(plan, cycle) for cycle in plan.cycles)
    return Shape(
        width=ranks[-1] + 1,
        cycles=tuple(found),
        decided=tuple(_decided(case)),
        start_rank=first_start(agreement, history),
    )


def _decided(case: Case) -> Iterator[tuple[str, int, State]]:
    numbers: dict[str, int] = {}
    for decision in case.decisions:
        name = decision.term.name
        numbers[name] = numbers.get(name, 0) + 1
        yield name, numbers[name], state_of(decision)


def _planned(plan: Plan, cycle: Cycle) -> PlannedCycle:
    """The cycle with its regimes and holds as far as they can act.

    Where the start is known its rank decides which regime is in force then; a cycle that
    follows another clock keeps them all until its start is worked out.
    """
    until = min((each for each in (cycle.stop, cycle.cancel) if each is not None), default=END)
    if cycle.start is None:
        regimes = acting(plan.regimes, until)
    else:
        regimes = clipped(plan.regimes, cycle.start, until)
    holds = join((*plan.holds, *unowed_holds(regimes)))
    closed, open_hold = _holds(holds, cycle.start, until)
    ranks: list[int] = [] if cycle.start is None else [cycle.start]
    ranks += [each for each in (cycle.stop, cycle.cancel) if each is not None]
    ranks += [regime.at for regime in (regimes[1:] if cycle.start is not None else regimes)]
    ranks += [rank for begin, end in closed for rank in (begin, end)]
    ranks += [] if open_hold is None else [open_hold]
    structure = Structure(
        clock=plan.clock.name,
        after=cycle.after,
        begun=cycle.start is not None,
        has_stop=cycle.stop is not None,
        has_cancel=cycle.cancel is not None,
        unrecorded=cycle.unrecorded is not None,
        regimes=tuple(replace(regime, at=0) for regime in regimes),
        holds=len(closed),
        open_hold=open_hold is not None,
    )
    return PlannedCycle(cycle.number, structure, tuple(ranks))


def _holds(
    holds: Sequence[Hold], start: int | None, until: int
) -> tuple[list[tuple[int, int]], int | None]:
    """The holds that reach into the cycle, and the begin of one that ends with it."""
    closed: list[tuple[int, int]] = []
    open_hold = None
    for hold in holds:
        begin = hold.start if start is None else max(hold.start, start)
        if begin >= until:
            continue
        if hold.end is None and until == END:
            open_hold = begin
            continue
        end = until if hold.end is None else min(hold.end, until)
        if begin < end:
            closed.append((begin, end))
    return closed, open_hold


def clocks_by_name(agreement: Agreement) -> dict[str, ClockTerm]:
    """The clocks of an agreement by their names."""
    return {clock.name: clock for clock in agreement.of(ClockTerm)}
