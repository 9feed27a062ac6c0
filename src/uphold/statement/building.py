"""Building a statement: choosing what it rests on, settling that alone, and writing it down."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.lock import lock
from uphold.engine.measure.figure import Window
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.facts.times import from_datetime, to_datetime
from uphold.messages import message
from uphold.statement.about import About
from uphold.statement.choosing import Chosen, choose
from uphold.statement.errors import PeriodClosedError
from uphold.statement.form import Statement
from uphold.statement.indexing import index_of
from uphold.statement.local_spans import LocalSpans
from uphold.statement.periods import previous_json, statement_of_period
from uphold.statement.run_json import runs_json
from uphold.statement.stated import Stated, stated, stated_json

if TYPE_CHECKING:
    from uphold.engine.settle import Settlement

_SALT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, for which window and as of when a statement is built.

    `at`, `known` and `made` are aware; `known` None leaves nothing out that was learned later,
    `made` is when it is drawn up (`at` without it). `salt` is that of `salt_for`, the same for all
    statements of one customer; without it a new one is drawn.
    """

    customer: str
    window: Window
    at: datetime
    known: datetime | None = None
    as_if_in_force: bool = False
    made: datetime | None = None
    salt: bytes | None = None


def build(
    agreements: Sequence[Agreement],
    facts: FactSet | Iterable[Fact],
    runs: Iterable[Run],
    asked: Asked,
    *,
    previous: Statement | None = None,
) -> Statement:
    """The statement for one customer and one window, not sealed.

    `agreements`, `facts` and `runs` may be everybody's; only what the customer's figures rest on
    is taken, without others' names. `previous` is the customer's last statement. Raises
    `PeriodClosedError` where `previous` or one before it stated the window or a part of it,
    `StatementError` for a customer or an agreement that the facts do not name.
    """
    closed = statement_of_period(previous, asked.window.start, asked.window.end)
    if closed is not None:
        raise PeriodClosedError(
            message("statement.closed", label=asked.window.label, closed=closed.label)
        )
    parts = parts_built(agreements, facts, runs, asked, previous=previous)
    return Statement.of({**parts, "restates": None})


def parts_built(
    agreements: Sequence[Agreement],
    facts: FactSet | Iterable[Fact],
    runs: Iterable[Run],
    asked: Asked,
    *,
    previous: Statement | None,
) -> dict[str, Any]:
    """All parts but what it restates, whether or not the period was stated before."""
    chosen = choose(
        agreements,
        facts if isinstance(facts, FactSet) else FactSet.of(facts),
        runs,
        asked.customer,
        asked.salt or secrets.token_bytes(_SALT_LENGTH),
        at=from_datetime(asked.at),
        known=None if asked.known is None else from_datetime(asked.known),
    )
    about = _about(chosen, asked)
    return {**parts_of(chosen, about)[0], "previous": previous_json(previous)}


def parts_of(chosen: Chosen, about: About) -> tuple[dict[str, Any], Stated, Settlement]:
    """All parts that follow from agreements, facts and runs, and what they were made from."""
    kept = FactSet.of(chosen.facts).facts
    settlement = settle_alone(chosen.agreements, kept, chosen.runs, about)
    found = stated(settlement, about)
    parts: dict[str, Any] = {
        "about": about.to_json(),
        "agreements": [_locked(agreement) for agreement in chosen.agreements],
        "facts": [dict(fact.written) for fact in kept],
        "runs": runs_json(chosen.runs),
        "verdicts": stated_json(found, chosen.agreements),
    }
    return {**parts, "index": index_of(parts, kept)}, found, settlement


def settle_alone(
    agreements: Sequence[Agreement], facts: Iterable[Fact], runs: Iterable[Run], about: About
) -> Settlement:
    """The settlement of what the statement holds and nothing else.

    The window is counted by the clocks of each agreement and term.
    """
    from uphold.engine.evaluate import Evaluation
    from uphold.engine.settle import settled_by_zone

    evaluation = Evaluation.of(
        agreements,
        facts,
        to_datetime(about.at),
        None if about.known is None else to_datetime(about.known),
        as_if_in_force=about.as_if_in_force,
    )
    return settled_by_zone(evaluation, runs, LocalSpans(about, agreements).of)


def pages_of(agreements: Iterable[Agreement]) -> tuple[tuple[str, int, str], ...]:
    """The agreements by name and revision, with the digests of their pages."""
    return tuple((each.name, each.revision, each.document.digest) for each in agreements)


def providers_of(agreements: Iterable[Agreement]) -> tuple[str, ...]:
    """Who promises."""
    return tuple(sorted({each.provider for each in agreements}))


def _about(chosen: Chosen, asked: Asked) -> About:
    made = asked.made or asked.at
    return About(
        customer=asked.customer,
        accounts=chosen.accounts,
        providers=providers_of(chosen.agreements),
        agreements=pages_of(chosen.agreements),
        label=asked.window.label,
        start=asked.window.start,
        end=asked.window.end,
        zone=asked.window.zone,
        at=from_datetime(asked.at),
        known=None if asked.known is None else from_datetime(asked.known),
        as_if_in_force=asked.as_if_in_force,
        made=from_datetime(made),
    )


def _locked(agreement: Agreement) -> Mapping[str, Any]:
    """The compiled agreement; of the file that its page was read from, only the name."""
    form = lock(agreement)
    name = agreement.document.file.replace("\\", "/").rpartition("/")[2]
    return {**form, "document": {**form["document"], "file": name}}
