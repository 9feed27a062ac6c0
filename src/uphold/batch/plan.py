"""What an agreement asks of the kernel: the rules for looks, the windows, what is excluded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.batch.expressible import (
    availability_term,
    refused,
    require_fixed_windows,
    require_no_standing_windows,
    require_whole,
)
from uphold.batch.faults import BatchError, require_arrow
from uphold.batch.groups import Group, groups_of
from uphold.batch.known_facts import KnownFacts
from uphold.batch.rule import Rule
from uphold.batch.spans import Windows
from uphold.batch.watching import Watching
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.times import from_datetime
from uphold.messages import message

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Plan:
    """One availability term of an agreement, for a stretch of time, as the kernel needs it.

    Checks become runs by `reading`. Which rule measures a check, and what is excluded from it,
    depends on the names that the evidence bears: `groups` tells. `measured` does all of it.
    """

    agreement: Agreement
    term: AvailabilityTerm
    until: int
    _windows: Windows = field(repr=False)
    _watching: Watching = field(repr=False)
    _facts: KnownFacts = field(repr=False)

    @property
    def reading(self) -> Rule:
        """The rule by which checks become runs (`runs_of`, `read_runs_of_checks`)."""
        return self._watching.reading

    @cached_property
    def windows(self) -> pa.Table:
        """The windows: label, start and end, as far as they have come by `until`."""
        return self._windows.table()

    @property
    def target(self) -> Fraction:
        """The least share of time that is promised."""
        return Fraction(self.term.target.share.value) / 100

    @property
    def decimals(self) -> int:
        """After how many decimals a percentage is cut off."""
        return self.term.figure.decimals

    def groups(self, checks: Collection[str]) -> tuple[Group, ...]:
        """What is measured alike, if these are all the names that the evidence bears.

        Names of which the agreement knows none stand in for the term's first service; beside
        known ones they are left out (`unused`). Raises `TermRefused` where facts tell of outages
        of one of them.
        """
        return groups_of(self.agreement, self.term, self._watching, self._facts, checks)

    def unused(self, checks: Collection[str]) -> tuple[str, ...]:
        """The names that nothing is measured for, as the agreement does not know them."""
        return self._watching.unused(checks)

    def measured(self, runs: pa.Table, checks: Collection[str] | None = None) -> pa.Table:
        """The figures of joined runs, one row for each check and window.

        `checks` are all the names that the evidence bears, where these runs are only some of it.
        The columns are those of `uphold.batch.kernel.figures`, with `service`, `measured_as`
        (service, stand-in or part), `lost` and `counted` (microseconds; the exact availability is
        (counted - lost) / counted), `availability`, `lowest` and `highest` (percentages, cut off
        after the term's decimals; null where no time counts), `target` and `state`. A part is
        held against nothing: its target and state are null. Raises `BatchError`.
        """
        from uphold.batch.judging import measured

        return measured(self, self._windows, runs, checks)


def under(
    agreement: Agreement,
    facts: FactSet | Iterable[Fact],
    since: datetime,
    until: datetime,
    *,
    term: str | None = None,
    per: Literal["service"] | None = None,
    known: datetime | None = None,
    as_if_in_force: bool = False,
) -> Plan:
    """What one availability term asks of the kernel (docs/guide/bulk.md).

    Windows are those that share time with `since` to `until`, both aware; nothing after `until`
    is looked at. `term` names the term where there are several; `per="service"` measures the
    service for all where the term counts by account or part; `known` and `as_if_in_force` are
    those of `uphold.engine.settle.settle`, whose figures these are. Raises `TermRefused`, which
    names the term and why, for what needs the engine.
    """
    require_arrow()
    first, last = from_datetime(since), from_datetime(until)
    if first >= last:
        raise BatchError(message("batch.span-empty", start=since, end=until))
    promised = availability_term(agreement, term)
    if per is None:
        require_whole(agreement, promised)
    require_fixed_windows(agreement, promised)
    watching = Watching.of(agreement, promised)
    require_no_standing_windows(
        agreement, promised, (name for own in watching.own.values() for name in own)
    )
    told = KnownFacts.of(agreement, promised, facts, last, known)
    if per is None and promised.per == "account" and told.has_accounts:
        raise refused(agreement, promised, message("batch.refused-accounts"))
    windows = Windows.of(agreement, promised, (first, last), told.begins, as_if_in_force)
    return Plan(agreement, promised, last, windows, watching, told)
