"""One thing under one revision: what its paths say and which conditions hold, at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS, Choice
from uphold.agreement.phrases.conditions import (
    Condition,
    Happened,
    Has,
    Is,
    Known,
    Moved,
    Path,
    Simple,
    Trained,
    Within,
)
from uphold.agreement.phrases.targets import Target
from uphold.agreement.terms.base import Table
from uphold.agreement.terms.promise import ClockTerm, PriorityTerm
from uphold.engine.account import Account
from uphold.engine.history import History
from uphold.engine.permission import Decision, decisions
from uphold.engine.series import Series, sampled, series_of
from uphold.worktime import CalendarError

PRIORITY = "priority"
_ACCOUNT = "account"


@dataclass(frozen=True)
class Case:
    """A thing's history under a revision of an agreement, with its customer's facts."""

    agreement: Agreement
    history: History
    account: Account
    judged: bool = True

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision that the agreement says when to permit, whether it stands or not."""
        return decisions(self)

    @cached_property
    def refused(self) -> frozenset[int]:
        """The identities of the facts that record decisions which do not stand.

        None in a case that is not `judged`: there every decision acts.
        """
        if not self.judged:
            return frozenset()
        return frozenset(id(each.fact) for each in self.decisions if not each.permitted)

    @cached_property
    def priority(self) -> Series[str]:
        """The thing's priority over time, without changes that were refused."""
        return self.levels(self.refused)

    @cached_property
    def _paths(self) -> dict[Path, Series[str]]:
        return {}

    def series(self, path: Path) -> Series[str]:
        """The path's values over time."""
        if path not in self._paths:
            self._paths[path] = self._series(path)
        return self._paths[path]

    def _series(self, path: Path) -> Series[str]:
        if path.thing == _ACCOUNT:
            return self.account.field(path.field)
        if path.thing != self.history.thing:
            return Series()
        if path.field == PRIORITY:
            return self.priority
        return self.history.field(path.field)

    def value(self, path: Path, time: int) -> str | None:
        """The path's value at an instant."""
        return self.series(path).at(time)

    def levels(self, without: frozenset[int]) -> Series[str]:
        """The priority over time: as given, from the table, or the default.

        `without` holds the identities of facts that do not act.
        """
        term = self.agreement.priority_of(self.history.thing)
        kept = [(time, fact) for time, fact in self.history if id(fact) not in without]
        given = series_of(
            (time, str(fact.written[PRIORITY]))
            for time, fact in kept
            if fact.written.get(PRIORITY) is not None
        )
        if term is None:
            return given
        rated = [self.history.field(path.field) for path in term.by or ()]
        times = [time for time, _ in kept[:1]]
        for series in (given, *rated):
            times.extend(series.times)

        def level(time: int) -> str:
            return _level(term, given.at(time), [series.at(time) for series in rated]) or ""

        found = sampled(times, level)
        kept_steps = [
            (time, value) for time, value in zip(found.times, found.values, strict=True) if value
        ]
        return series_of(kept_steps)

    def holds(self, condition: Condition, time: int) -> bool:
        """Whether all parts of the condition hold at an instant."""
        return all(self.is_true(part, time) for part in condition.parts)

    def is_true(self, part: Simple, time: int) -> bool:
        """Whether one part of a condition holds at an instant."""
        match part:
            case Is(path, values, negated):
                return (self.value(path, time) in values) is not negated
            case Known(path, negated):
                return (self.value(path, time) is not None) is not negated
            case Happened(fact_type, negated):
                first = self.history.first(fact_type)
                return (first is not None and first <= time) is not negated
            case Trained(path, negated):
                person = self.value(path, time)
                trained = person is not None and self.account.trained(person, time)
                return trained is not negated
            case Has(addition, negated):
                service = self.value(Path(self.history.thing, "service"), time)
                return self.account.has(addition, service, time) is not negated
            case Within(path, calendar, outside):
                return self._within(path, calendar, time, outside)
            case Moved():
                return True  # a fact's move decides whether a clock starts, not whether it exists

    def _within(self, path: Path, calendar: str, time: int, outside: bool) -> bool:
        """Whether the path's time lies inside or outside the hours of the calendar of that time.

        Neither, before the time is known, or where it lies beyond what the calendar is known for.
        """
        instant = self.instant(path, time)
        if instant is None:
            return False
        name = self.calendar_named(calendar, min(instant, time))
        try:
            return name is not None and self._is_open(name, instant) is not outside
        except CalendarError:
            return False

    def _is_open(self, calendar: str, instant: int) -> bool:
        return self.agreement.calendars[calendar].is_open_us(instant)

    def instant(self, path: Path, time: int) -> int | None:
        """The time that a path names, as known at an instant.

        When a fact first happened (`request.opened`), or the latest value of a field.
        """
        latest = self.history.first(f"{path.thing}.{path.field}")
        if latest is not None:
            return latest if latest <= time else None
        for at, fact in self.history:
            if at <= time and isinstance(fact.written.get(path.field), str):
                value = fact.value(path.field)
                latest = value if isinstance(value, int) else latest
        return latest

    def points(self, conditions: Iterable[Condition]) -> set[int]:
        """Every instant at which one of the conditions may change."""
        found: set[int] = set()
        for condition in conditions:
            for part in condition.parts:
                found.update(self._points(part))
        return found

    def _points(self, part: Simple) -> Iterable[int]:
        match part:
            case Is(path, _, _) | Known(path, _):
                return self.series(path).times
            case Happened(fact_type, _):
                first = self.history.first(fact_type)
                return () if first is None else (first,)
            case Trained(path, _):
                return (*self.series(path).times, *self.account.changes())
            case Within():
                return self.history.times
            case _:
                return (*self.history.times[:1], *self.account.changes())

    def calendar_named(self, reference: str, time: int) -> str | None:
        """The calendar that a name stands for at an instant: itself, or a clock's."""
        if reference in self.agreement.calendars:
            return reference
        clock = self._clock(reference)
        return self.calendar_of(clock, time) if clock else None

    def calendar_of(self, clock: ClockTerm, time: int) -> str | None:
        """The name of the calendar that a clock runs in at an instant; None if unknown."""
        chosen = self.choose(clock.calendar, time)
        return self.calendar_named(chosen, time) if chosen else None

    def choose(self, written: str | Table[str] | tuple[Choice, ...], time: int) -> str | None:
        """The entry of a choice of calendars that is the one at an instant."""
        if isinstance(written, str):
            return written
        if isinstance(written, Table):
            row = written.row(self.value(written.by, time))
            return self.choose(row, time) if row is not None else None
        return next(
            (each.calendar for each in written if not each.when or self.holds(each.when, time)),
            None,
        )

    def calendar_points(self, reference: str) -> set[int]:
        """Every instant at which the calendar that a name stands for may change."""
        clock = self._clock(reference)
        return self.choice_points(clock.calendar) if clock else set()

    def choice_points(self, written: str | Table[str] | tuple[Choice, ...]) -> set[int]:
        """Every instant at which a choice of calendars may change."""
        if isinstance(written, str):
            return self.calendar_points(written) if written != ALWAYS else set()
        if isinstance(written, Table):
            return self.table_points(written)
        found = self.points(each.when for each in written if each.when)
        for each in written:
            found |= self.calendar_points(each.calendar)
        return found

    def table_points(self, table: Table[str] | Table[Target]) -> set[int]:
        """Every instant at which a table may choose another row."""
        return {time for path in table.paths() for time in self.series(path).times}

    def target_of(self, clock: ClockTerm, time: int) -> Target | None:
        """The clock's target at an instant; None where no row fits."""
        target: Target | Table[Target] | None = clock.target
        while isinstance(target, Table):
            target = target.row(self.value(target.by, time))
        return target

    def _clock(self, reference: str) -> ClockTerm | None:
        name, dot, end = reference.rpartition(".")
        term = self.agreement.term(name) if dot and end == "calendar" else None
        return term if isinstance(term, ClockTerm) else None


def _level(term: PriorityTerm, given: str | None, rated: list[str | None]) -> str | None:
    """The level: the given one, else by the table, else the default."""
    if given is not None:
        return term.same_as.get(given, given)
    if term.table is not None and len(rated) == 2 and None not in rated:
        first, second = rated
        found = term.table.get(str(first), {}).get(str(second))
        if found is not None:
            return found
    return term.default
