"""Claims: what customers have demanded, which credit each is for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uphold.engine.evaluate import Evaluation
from uphold.engine.history import listed
from uphold.engine.reasons import fact_data
from uphold.engine.shown import shown
from uphold.facts.fact import Fact
from uphold.messages import Message, Money, Value, message
from uphold.worktime import CompiledCalendar

CLAIM = "claim"
_NAMED = ("credit", "period", "service", "amount")


class Stage(StrEnum):
    """How far a claim has come."""

    FILED = "filed"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    APPLIED = "applied"


_STEPS = {
    "claim.filed": Stage.FILED,
    "claim.accepted": Stage.ACCEPTED,
    "claim.rejected": Stage.REJECTED,
    "claim.applied": Stage.APPLIED,
}


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One claim: what its facts say, in the order of time.

    `filed` is when it was first filed, in microseconds; None where it was decided on without.
    """

    subject: str
    customer: str | None
    account: str | None
    facts: tuple[Fact, ...]

    @property
    def filed(self) -> int | None:
        """When it was first filed."""
        return next((fact.at_us for fact in self.facts if fact.type == "claim.filed"), None)

    def said(self, name: str) -> str | None:
        """What it is for by the last fact that says so: a decision may name what the filing left.

        A credit that is given without a claim has no filing at all.
        """
        return _first_said(reversed(self.facts), name)

    @property
    def stage(self) -> Stage | None:
        """How far it has come: the last step taken, but what was given stays given.

        A claim that is filed again after it was refused is filed; one that was accepted stays so.
        """
        stage: Stage | None = None
        for fact in self.facts:
            step = _STEPS.get(fact.type)
            if step is None or stage is Stage.APPLIED:
                continue
            if step is not Stage.FILED or stage in (None, Stage.REJECTED):
                stage = step
        return stage

    @property
    def amount(self) -> Money | None:
        """The amount that was claimed, as last filed."""
        return _money(self.facts, "claim.filed")

    @property
    def granted(self) -> Money | None:
        """The amount that was accepted, where the acceptance names one."""
        return _money(self.facts, "claim.accepted")

    def lacks(self, needed: Sequence[str]) -> tuple[str, ...]:
        """What it must hold and does not: neither among its `holds` nor as a field of its own.

        What a decision names was not in the claim.
        """
        filed = [fact for fact in self.facts if fact.type == "claim.filed"]
        held = {_folded(word) for fact in filed for word in listed(fact, "holds")}
        held |= {name for name in _NAMED if _first_said(filed, name) is not None}
        held |= {"account"} if self.account else set()
        held |= {"customer"} if self.customer else set()
        return tuple(word for word in needed if _folded(word) not in held)

    def is_late(self, claim_by: int | None) -> bool:
        """Whether it was first filed after its time, in microseconds."""
        return claim_by is not None and self.filed is not None and self.filed > claim_by

    def decided(self, stage: Stage) -> Fact | None:
        """The fact that last brought it to a stage."""
        found = (fact for fact in reversed(self.facts) if _STEPS.get(fact.type) is stage)
        return next(found, None)

    def reasons(self, calendar: CompiledCalendar) -> Iterator[Message]:
        """What happened to it, step by step."""
        for fact in self.facts:
            told: dict[str, Value] = {"at": shown(calendar, fact.at_us), **fact_data(fact)}
            if fact.type == "claim.filed":
                yield Message("reason.claim-filed", told | {"claim": self.subject})
            elif fact.type == "claim.accepted":
                granted = fact.value("amount")
                if isinstance(granted, Money):
                    yield Message("reason.claim-accepted-amount", told | {"amount": granted})
                else:
                    yield Message("reason.claim-accepted", told)
            elif fact.type == "claim.rejected":
                reason = fact.written.get("reason")
                why = str(reason) if reason else message("reason.claim-no-reason")
                yield Message("reason.claim-rejected", told | {"reason": why})
            elif fact.type == "claim.applied":
                invoice = fact.written.get("invoice")
                where = str(invoice) if invoice else message("reason.claim-no-invoice")
                yield Message("reason.claim-applied", told | {"invoice": where})


@dataclass(frozen=True, slots=True)
class Claimable:
    """What a claim may be for: a credit or a right, with the names that claims know it by.

    `periods` are the window's label and, for a single miss, its key and its thing. `empty` is one
    that comes to nothing; `by_name` one that a claim must name, as a right to leave.
    """

    key: str
    term: str
    customer: str | None
    account: str | None
    service: str | None
    periods: tuple[str, ...]
    empty: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """Claims by the key of what they are for, and those that are for nothing, each with why."""

    by_key: Mapping[str, tuple[ClaimCase, ...]]
    unmatched: tuple[tuple[ClaimCase, Message], ...]


def claims_of(evaluation: Evaluation) -> tuple[ClaimCase, ...]:
    """Every claim among the facts that count."""
    found = []
    for subject in evaluation.facts.subjects:
        if subject.partition(":")[0] != CLAIM:
            continue
        facts = evaluation.facts.of_subject(subject, evaluation.now, evaluation.known)
        if facts:
            account = evaluation.accounts.of(facts)
            found.append(ClaimCase(subject, account.customer, account.name, facts))
    return tuple(found)


def match(claims: Iterable[ClaimCase], things: Sequence[Claimable]) -> Matched:
    """Finds what each claim is for (docs/language/measuring.md, "Credits and claims").

    By its customer or account, and by its `credit`, `service` and `period` where it names them.
    One that names no period and could be for several of them is for none: nobody may guess.
    """
    by_holder: dict[tuple[str | None, str | None], list[Claimable]] = {}
    for thing in things:
        by_holder.setdefault((thing.customer, thing.account), []).append(thing)
    by_key: dict[str, list[ClaimCase]] = {}
    unmatched: list[tuple[ClaimCase, Message]] = []
    for claim in claims:
        theirs = [
            thing
            for holder, held in by_holder.items()
            if _is_theirs(claim, *holder)
            for thing in held
        ]
        found = [thing for thing in theirs if _fits(claim, thing)]
        found = [thing for thing in found if not thing.empty] or found
        why = _trouble(claim, theirs, found)
        if why is not None:
            unmatched.append((claim, why))
            continue
        for thing in found:
            by_key.setdefault(thing.key, []).append(claim)
    return Matched({key: tuple(held) for key, held in by_key.items()}, tuple(unmatched))


def _is_theirs(claim: ClaimCase, customer: str | None, account: str | None) -> bool:
    if claim.account is not None:
        return claim.account == account
    if claim.customer is not None:
        return claim.customer == customer
    return account is None


def _fits(claim: ClaimCase, thing: Claimable) -> bool:
    credit, service, period = (claim.said(name) for name in ("credit", "service", "period"))
    return (
        (credit == thing.term or (credit is None and not thing.by_name))
        and (service is None or thing.service in (None, service))
        and (period is None or period in thing.periods)
    )


def _trouble(
    claim: ClaimCase, theirs: Sequence[Claimable], found: Sequence[Claimable]
) -> Message | None:
    """Why a claim is for nothing that can be told; None where it is for something."""
    if not found:
        known = tuple(dict.fromkeys(f"{thing.term} {thing.periods[0]}" for thing in theirs))
        asked = [claim.said(name) for name in ("credit", "service", "period")]
        named = tuple(value for value in asked if value is not None)
        return message(
            "reason.claim-for-nothing", claim=claim.subject, named=named, known=known[:_MOST]
        )
    if claim.said("period") is None and len({(t.term, t.periods[0]) for t in found}) > 1:
        several = tuple(dict.fromkeys(f"{thing.term} {thing.periods[0]}" for thing in found))
        return message("reason.claim-for-several", claim=claim.subject, several=several[:_MOST])
    return None


_MOST = 12
"""How many credits a reason lists."""


def _money(facts: Sequence[Fact], fact_type: str) -> Money | None:
    found = (fact.value("amount") for fact in reversed(facts) if fact.type == fact_type)
    return next((value for value in found if isinstance(value, Money)), None)


def _first_said(facts: Iterable[Fact], name: str) -> str | None:
    """The first value that one of the facts gives a field."""
    values = (fact.written.get(name) for fact in facts)
    return next((str(value) for value in values if value is not None), None)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())
