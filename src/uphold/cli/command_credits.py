"""`uphold credits`: what misses cost, what became of it, and what suppliers owe in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from uphold.cli.as_of import as_of
from uphold.cli.command_uptime import tell_evidence
from uphold.cli.credit_lines import credit_table, sums
from uphold.cli.customers import known_customer
from uphold.cli.judging import asked
from uphold.cli.materials import gathered
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.right_lines import (
    gap_lines,
    right_lines,
    unmatched_json,
    unmatched_lines,
)
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled, settled
from uphold.cli.telling import Shown, ground_lines
from uphold.cli.watching import Several, Watching
from uphold.engine.backtest import PROVIDER
from uphold.engine.explain import words_of
from uphold.engine.money.credit import Credit
from uphold.engine.money.credit_json import credit_json
from uphold.engine.money.gap_json import gap_json
from uphold.engine.money.leaving import Right
from uphold.engine.money.right_json import right_json
from uphold.engine.money.suppliers import Gap
from uphold.engine.money.unmatched import UnmatchedClaim, unmatched_claims
from uphold.messages import Message, message


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a settlement bears on money, for one customer or for all."""

    ours: tuple[Credit, ...]
    suppliers: tuple[Credit, ...]
    rights: tuple[Right, ...]
    gaps: tuple[Gap, ...]
    unmatched: tuple[UnmatchedClaim, ...]


def credits(  # noqa: A001 - the command's name
    *files: str,
    facts: Several = (),
    evidence: Several = (),
    window: str | None = None,
    customer: str | None = None,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    why: bool = False,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Works out what is owed for misses, by when it must be claimed, and when it is paid."""
    materials = gathered(files, facts, evidence, command="credits", needs_evidence=True)
    question = asked(at, known, as_if_in_force, zone)
    found = settled(materials, question, watching, window)
    if customer is not None:
        known_customer(customer, found.facts.facts.as_of())
    shown = _chosen(found, customer)
    screen = Screen(shared, question.zone or found.zone)
    if shared.json:
        screen.json(list(_json(shown, found)))
    else:
        screen.result(as_of(screen, question.at, found.agreements))
        for line in _lines(screen, shown, found, why):
            screen.result(line)
    tell_evidence(screen, found)
    mention(screen, found.problems)
    return FOUND if found.problems else FINE


def _chosen(found: Settled, customer: str | None) -> _Shown:
    def is_theirs(one: Credit | Right | UnmatchedClaim) -> bool:
        return customer is None or one.customer == customer

    settlement = found.settlement
    ours = [each for each in settlement.credits if each.party == PROVIDER and is_theirs(each)]
    theirs = [each for each in settlement.credits if each.party != PROVIDER]
    claims = unmatched_claims(settlement.evaluation, settlement.history)
    return _Shown(
        tuple(ours),
        tuple(theirs) if customer is None else (),
        tuple(each for each in settlement.rights if is_theirs(each)),
        settlement.gaps if customer is None else (),
        tuple(each for each in claims if is_theirs(each)),
    )


def _lines(screen: Screen, shown: _Shown, found: Settled, why: bool) -> Iterator[str]:
    yield ""
    if shown.ours:
        yield from credit_table(screen, shown.ours, found)
        yield ""
        yield from sums(screen, shown.ours)
    else:
        yield screen.say(message("credits.none"))
    if shown.suppliers:
        yield from _head(screen, message("credits.suppliers"))
        yield from credit_table(screen, shown.suppliers, found)
        yield from sums(screen, shown.suppliers)
    if shown.rights:
        yield from _head(screen, message("credits.rights"))
        yield from right_lines(screen, shown.rights, found)
    if shown.unmatched:
        yield from _head(screen, message("credits.unmatched"))
        yield from unmatched_lines(screen, shown.unmatched)
    if shown.gaps:
        yield from _head(screen, message("credits.gaps"))
        yield from gap_lines(screen, shown.gaps)
    if why:
        told: Shown = set()
        for credit in (*shown.ours, *shown.suppliers):
            yield ""
            yield from _story(screen, credit, found, told)


def _head(screen: Screen, said: Message) -> Sequence[str]:
    return "", screen.styled(screen.say(said), "bold")


def _story(screen: Screen, credit: Credit, found: Settled, told: Shown) -> Iterator[str]:
    """One credit explained: the words, each step of the arithmetic, what the text leaves open."""
    agreement = found.agreement(credit.agreement, credit.revision)
    yield screen.styled(credit.key, "bold")
    words = words_of(agreement, credit.clause, (credit.term,), credit.because)
    yield from ground_lines(screen, agreement, words, credit.because, told)


def _json(shown: _Shown, found: Settled) -> Iterator[dict[str, Any]]:
    """Everything as objects that `is` tells apart; credits first."""
    for credit in (*shown.ours, *shown.suppliers):
        agreement = found.agreement(credit.agreement, credit.revision)
        yield {"is": "credit", **credit_json(credit, agreement)}
    for right in shown.rights:
        agreement = found.agreement(right.agreement, right.revision)
        yield {"is": "right", **right_json(right, agreement)}
    for gap in shown.gaps:
        yield {"is": "gap", **gap_json(gap)}
    for claim in shown.unmatched:
        yield {"is": "unmatched claim", **unmatched_json(claim)}
