"""What if: a draft over past facts, beside the agreement that was in force.

Pure: two settlements of the same facts go in, rows come out. Whoever asks settles the facts twice,
once under the agreements as they were and once with the draft in the place of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from uphold.agreement.agreement import Agreement
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.verdict import State, Verdict

PROVIDER = "provider"
_REQUEST = "request"


def _nothing() -> Mapping[str, Decimal]:
    return MappingProxyType({})


class Settled(Protocol):
    """What a comparison reads of a settlement."""

    @property
    def evaluation(self) -> Evaluation:
        """The verdicts on clocks, notices and the like."""
        ...

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The availability figures."""
        ...

    @property
    def credits(self) -> tuple[Credit, ...]:
        """What was earned for misses."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """What one term gave under one of the two agreements.

    `judged` counts verdicts, figures or credits; `excluded` is the time that left its figures, in
    microseconds; `credited` is by currency and `days` are days of service, whatever became of the
    claims; `unstated` counts credits whose amount nobody knows.
    """

    judged: int = 0
    missed: int = 0
    not_owed: int = 0
    excluded: int = 0
    credited: Mapping[str, Decimal] = field(default_factory=_nothing)
    days: Decimal = Decimal(0)
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One term under the agreement in force and under the draft; `kind` is what it gives."""

    kind: str
    term: str
    before: Side
    draft: Side

    @property
    def differs(self) -> bool:
        """Whether the draft gives anything else."""
        return self.before != self.draft


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows, and by how much more (less than nothing: fewer) there is under the draft.

    `requests` and `others` count things with at least one missed clock, `windows` missed figures,
    `unstated` credits without an amount; `excluded` is in microseconds, `credited` by currency,
    `days` in days of service.
    """

    rows: tuple[Row, ...]
    requests: int
    others: int
    windows: int
    excluded: int
    credited: Mapping[str, Decimal]
    days: Decimal
    unstated: int

    @property
    def differs(self) -> bool:
        """Whether any term gives anything else."""
        return any(row.differs for row in self.rows)


def in_the_place_of(
    draft: Agreement, agreements: Sequence[Agreement], name: str, begins: int
) -> tuple[Agreement, ...]:
    """The agreements with the draft instead of every revision of one of them, from an instant.

    The draft takes that agreement's name, so that the customers who agreed to it are bound, and
    takes effect when its first revision did (`begins`, in microseconds), so that the same facts
    are judged.
    """
    standing = replace(draft, name=name, posted_us=begins, in_force_us=begins)
    return (standing, *(each for each in agreements if each.name != name))


def compared(before: Settled, draft: Settled, name: str) -> Comparison:
    """What one agreement gave and what the draft in its place gives, term by term."""
    rows = tuple(_rows(_sides(before, name), _sides(draft, name)))
    missed = _missed(draft, name), _missed(before, name)
    requests, others = (
        len(_things(missed[0], request)) - len(_things(missed[1], request))
        for request in (True, False)
    )
    return Comparison(
        rows,
        requests,
        others,
        sum(row.draft.missed - row.before.missed for row in rows if row.kind == "availability"),
        sum(row.draft.excluded - row.before.excluded for row in rows),
        _difference(rows),
        sum((row.draft.days - row.before.days for row in rows), Decimal(0)),
        sum(row.draft.unstated - row.before.unstated for row in rows),
    )


def _missed(settled: Settled, name: str) -> frozenset[str]:
    """The things with a missed clock, notice or the like."""
    return frozenset(
        verdict.subject
        for verdict in settled.evaluation.verdicts
        if verdict.agreement == name and verdict.state is State.MISSED
    )


def _things(subjects: Iterable[str], request: bool) -> tuple[str, ...]:
    return tuple(each for each in subjects if (each.partition(":")[0] == _REQUEST) is request)


def _sides(settled: Settled, name: str) -> dict[tuple[str, str], Side]:
    """What each term gave, by what it gives and its name."""
    verdicts: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in settled.evaluation.verdicts:
        if verdict.agreement == name:
            verdicts.setdefault(("clock", verdict.clock), []).append(verdict)
    figures: dict[tuple[str, str], list[Figure]] = {}
    for figure in settled.figures:
        if figure.agreement == name:
            figures.setdefault(("availability", figure.term), []).append(figure)
    earned: dict[tuple[str, str], list[Credit]] = {}
    for credit in settled.credits:
        if credit.agreement == name and credit.party == PROVIDER:
            earned.setdefault(("credit", credit.term), []).append(credit)
    return {
        **{key: _of_verdicts(found) for key, found in verdicts.items()},
        **{key: _of_figures(found) for key, found in figures.items()},
        **{key: _of_credits(found) for key, found in earned.items()},
    }


def _of_verdicts(verdicts: Sequence[Verdict]) -> Side:
    states = [verdict.state for verdict in verdicts]
    return Side(len(states), states.count(State.MISSED), states.count(State.NOT_OWED))


def _of_figures(figures: Sequence[Figure]) -> Side:
    states = [figure.state for figure in figures]
    excluded = sum(length for figure in figures for _, length in figure.excluded)
    return Side(len(states), states.count(State.MISSED), states.count(State.NOT_OWED), excluded)


def _of_credits(every: Sequence[Credit]) -> Side:
    earned = [credit for credit in every if credit.state is not CreditState.NOT_OWED]
    credited: dict[str, Decimal] = {}
    for credit in earned:
        if credit.amount is not None and credit.currency is not None:
            credited[credit.currency] = credited.get(credit.currency, Decimal(0)) + credit.amount
    unstated = sum(credit.amount is None and credit.days is None for credit in earned)
    return Side(
        len(every),
        not_owed=len(every) - len(earned),
        credited=MappingProxyType(credited),
        days=sum((credit.days for credit in earned if credit.days is not None), Decimal(0)),
        unstated=unstated,
    )


def _rows(
    before: Mapping[tuple[str, str], Side], draft: Mapping[tuple[str, str], Side]
) -> Iterable[Row]:
    """The terms of both, those of the agreement in force first, in their order."""
    nothing = Side()
    for key in dict.fromkeys((*before, *draft)):
        yield Row(*key, before.get(key, nothing), draft.get(key, nothing))


def _difference(rows: Iterable[Row]) -> Mapping[str, Decimal]:
    """How much more is credited under the draft, by currency; those that are equal left out."""
    found: dict[str, Decimal] = {}
    for row in rows:
        for currency, amount in row.draft.credited.items():
            found[currency] = found.get(currency, Decimal(0)) + amount
        for currency, amount in row.before.credited.items():
            found[currency] = found.get(currency, Decimal(0)) - amount
    return MappingProxyType({currency: amount for currency, amount in found.items() if amount})
