"""Stating a closed period anew: with its reason, what changed, and what the change costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.figure import Window
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.messages import message
from uphold.statement.building import Asked, parts_built
from uphold.statement.changes import changes_between
from uphold.statement.errors import StatementError
from uphold.statement.form import Statement
from uphold.statement.periods import periods_of


def restate(
    restated: Statement,
    agreements: Sequence[Agreement],
    facts: FactSet | Iterable[Fact],
    runs: Iterable[Run],
    reason: str,
    at: datetime,
    *,
    known: datetime | None = None,
    made: datetime | None = None,
    salt: bytes | None = None,
    previous: Statement | None = None,
) -> Statement:
    """The statement of the same customer and window, worked out anew, not sealed.

    It names what changed since `restated` and the price (`changes_between`). `previous` is the
    customer's last statement, where that is not the one restated. Raises `StatementError` without
    a reason, and where `restated` is not the one that holds for its window.
    """
    if not reason.strip():
        raise StatementError(message("statement.no-reason"))
    about = restated.about
    last = previous or restated
    holding = {(each.start, each.end): each.digest for each in periods_of(last)}
    if last.about.customer != about.customer or (
        holding.get((about.start, about.end)) != restated.digest
    ):
        raise StatementError(message("statement.restates-old", label=about.label))
    span = (about.start, about.end)
    asked = Asked(
        about.customer,
        Window(about.label, about.start, about.end, span, about.zone),
        at,
        known,
        about.as_if_in_force,
        made,
        salt,
    )
    parts = parts_built(agreements, facts, runs, asked, previous=last)
    told = {
        "digest": restated.digest,
        "reason": reason.strip(),
        "changes": changes_between(restated, parts),
    }
    return Statement.of({**parts, "restates": told})
