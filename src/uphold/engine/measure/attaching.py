"""What the facts of the outages that hang together say of one: cause, scope, name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uphold.engine.measure.reports import JUDGED, REPORTED, Scope, Told, scope_of, text_of
from uphold.facts.fact import Fact, fact_order

_NONE = Scope()


@dataclass(frozen=True, slots=True)
class Attached:
    """What facts add to an outage; empty where no fact is about it.

    `cause_by` is the fact that gives the cause, `judged_by` the latest judgement.
    """

    subject: str | None = None
    cause: str | None = None
    scope: Scope = _NONE
    facts: tuple[Fact, ...] = ()
    cause_by: Fact | None = None
    judged_by: Fact | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the facts."""
        return tuple(fact.id for fact in self.facts)


def attached(told: Told, subjects: Iterable[str]) -> Attached:
    """What is told of outages that hang together; what a person judged goes before reports.

    Of facts of one rank the latest holds. Reports hit whom any of them names; all, where one of
    them names nobody.
    """
    groups = {name: told.by_subject.get(name, ()) for name in dict.fromkeys(subjects)}
    facts = tuple(sorted((fact for group in groups.values() for fact in group), key=fact_order))
    said = [fact for fact in facts if fact.type in (REPORTED, JUDGED)]
    if not said:
        return Attached(facts=facts)
    ranked = sorted(said, key=lambda fact: (fact.type == JUDGED, fact_order(fact)))
    cause_by = next((fact for fact in reversed(ranked) if text_of(fact, "cause")), None)
    judged_by = ranked[-1] if ranked[-1].type == JUDGED else None
    first = judged_by or said[0]
    return Attached(
        first.subject,
        text_of(cause_by, "cause") if cause_by else None,
        _scope(list(groups.values())),
        facts,
        cause_by,
        judged_by,
    )


def _scope(groups: Sequence[tuple[Fact, ...]]) -> Scope:
    judged = [fact for group in groups for fact in group if fact.type == JUDGED and scope_of(fact)]
    if judged:
        return scope_of(max(judged, key=fact_order))
    reported = [[f for f in group if f.type == REPORTED] for group in groups]
    each = [_latest_scope(facts) for facts in reported if facts]
    if not all(each):
        return _NONE
    return Scope(
        tuple(sorted({account for scope in each for account in scope.accounts})),
        tuple(sorted({region for scope in each for region in scope.regions})),
    )


def _latest_scope(facts: Sequence[Fact]) -> Scope:
    """Whom the reports of one outage name at last."""
    return next((scope_of(fact) for fact in reversed(facts) if scope_of(fact)), _NONE)
