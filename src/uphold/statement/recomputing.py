"""Working a statement out again from the agreements, facts and runs in it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from uphold.agreement.agreement import Agreement
from uphold.agreement.lock import LockFormError, unlock
from uphold.facts.checking import read_fact
from uphold.facts.evidence.run import Run
from uphold.facts.fact import Fact
from uphold.facts.factset import FactSet
from uphold.messages import Message, Reader, message
from uphold.statement.building import pages_of, parts_of, providers_of
from uphold.statement.calendars import calendar_unlike_page
from uphold.statement.choosing import Chosen, parties_of
from uphold.statement.errors import StatementError
from uphold.statement.form import Statement
from uphold.statement.indexing import agreement_name
from uphold.statement.run_json import RunFormError, run_of
from uphold.statement.stated import Stated

if TYPE_CHECKING:
    from uphold.engine.settle import Settlement


class NotComputableError(StatementError):
    """Something in a statement cannot be read, so that nothing follows from it.

    `part` is the part of the file, `name` the thing in it.
    """

    def __init__(self, said: Message, part: str, name: str) -> None:
        super().__init__(said)
        self.part = part
        self.name = name


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What follows from a statement's agreements, facts and runs.

    `parts` are the parts as they would be written now; `stated` and `settlement` the verdicts.
    """

    parts: dict[str, Any]
    stated: Stated
    settlement: Settlement
    agreements: tuple[Agreement, ...]


def recompute(statement: Statement) -> Recomputed:
    """What follows from what the statement holds. Raises `NotComputableError`, `StatementError`.

    Reads no installed table of holidays or zones, no file and no clock.
    """
    told = statement.about
    agreements = tuple(map(_agreement, statement.parts["agreements"]))
    if not agreements:
        raise NotComputableError(message("statement.no-agreements"), "agreements", "")
    facts = tuple(_fact(each, place) for place, each in enumerate(statement.parts["facts"], 1))
    runs = tuple(_run(each, place) for place, each in enumerate(statement.parts["runs"], 1))
    accounts = parties_of(FactSet.of(facts).facts, told.customer).accounts
    about = replace(
        told,
        accounts=accounts,
        providers=providers_of(agreements),
        agreements=pages_of(agreements),
    )
    parts, stated, settlement = parts_of(Chosen(agreements, facts, runs, accounts), about)
    return Recomputed(parts, stated, settlement, agreements)


def _agreement(form: Any) -> Agreement:
    name = agreement_name(form)
    try:
        agreement = unlock(form)
    except LockFormError as error:
        said = message("statement.agreement-unreadable", name=name, why=str(error))
        raise NotComputableError(said, "agreements", name) from error
    unlike = calendar_unlike_page(agreement)
    if unlike is not None:
        said = message("statement.calendar-unlike", name=name, calendar=unlike)
        raise NotComputableError(said, "agreements", name)
    return agreement


def _fact(written: Any, place: int) -> Fact:
    if not isinstance(written, dict):
        said = message("statement.fact-unreadable", place=place, why=str(written)[:60])
        raise NotComputableError(said, "facts", str(place))
    fact, problems = read_fact(written)
    if fact is None:
        why = Reader("en").text(problems[0].message)
        said = message("statement.fact-unreadable", place=place, why=why)
        raise NotComputableError(said, "facts", str(place))
    return fact


def _run(form: Any, place: int) -> Run:
    try:
        return run_of(form)
    except RunFormError as error:
        said = message("statement.run-unreadable", place=place, why=str(error))
        raise NotComputableError(said, "runs", str(place)) from error
