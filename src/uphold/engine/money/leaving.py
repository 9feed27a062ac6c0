"""Rights to leave: so many misses within a stretch of time, since when and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.money import TerminationTerm
from uphold.engine.evaluate import Evaluation
from uphold.engine.measure.figure import Figure, Window
from uphold.engine.money.claims import Claimable, ClaimCase, Stage, claims_of, match
from uphold.engine.money.deadlines import Deadline, claim_by
from uphold.engine.money.limits import limits_of
from uphold.engine.money.misses import Miss, Misses
from uphold.engine.reasons import interpretations
from uphold.engine.shown import shown
from uphold.messages import Message, message
from uphold.worktime import CalendarError
from uphold.worktime.zone import DAY


class RightState(StrEnum):
    """What has become of a right to leave."""

    OPEN = "open"
    USED = "used"
    REFUSED = "refused"
    LAPSED = "lapsed"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Right:
    """A right to leave that one account has by one termination term.

    `since` is when the last of the misses happened and `until` by when the right is used, in
    microseconds; None where the agreement gives no time for it. `earned_by` holds the keys of the
    misses. `window` is that of the last miss. `key` is `account:acme-1/repeated-shortfall/2026-06`.
    """

    key: str
    term: str
    agreement: str
    revision: int
    clause: str
    customer: str | None
    account: str | None
    window: Window
    earned_by: tuple[str, ...]
    since: int
    until: int | None
    state: RightState
    claim: str | None
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A right before its claims: the misses that made it, the last one last."""

    term: TerminationTerm
    misses: tuple[Miss, ...]
    window: Window

    @property
    def latest(self) -> Miss:
        return self.misses[-1]

    @property
    def key(self) -> str:
        miss = self.latest
        parts = [miss.holder.key] if miss.holder.key else []
        parts += [miss.key] if miss.verdict is not None else []
        return "/".join((*parts, self.term.name, self.window.label))


def rights(evaluation: Evaluation, figures: Iterable[Figure]) -> tuple[Right, ...]:
    """Every right to leave, in the order of time; each miss that completes a set gives one anew."""
    misses = Misses(evaluation, figures)
    drafts = _drafts(misses)
    matched = match(claims_of(evaluation), [_claimable(draft) for draft in drafts])
    return tuple(_right(misses, draft, matched.by_key.get(draft.key, ())) for draft in drafts)


def claimable_rights(misses: Misses) -> tuple[Claimable, ...]:
    """What claims know the rights by."""
    return tuple(_claimable(draft) for draft in _drafts(misses))


def _claimable(draft: _Draft) -> Claimable:
    account = draft.latest.holder.account
    keys = [draft.latest.key] if draft.latest.verdict is not None else []
    periods = (draft.window.label, *keys)
    return Claimable(
        draft.key,
        draft.term.name,
        draft.latest.customer,
        account.name,
        None,
        periods,
        by_name=True,
    )


def _drafts(misses: Misses) -> tuple[_Draft, ...]:
    groups: dict[tuple[str, str, str], list[tuple[TerminationTerm, Miss]]] = {}
    for miss in misses.all:
        for term in miss.agreement.of(TerminationTerm):
            if miss.is_of(term.for_):
                key = (miss.agreement.name, term.name, miss.holder.key)
                groups.setdefault(key, []).append((term, miss))
    found = [draft for held in groups.values() for draft in _completed(misses, held)]
    return tuple(sorted(found, key=lambda draft: (draft.latest.at, draft.key)))


def _completed(misses: Misses, held: list[tuple[TerminationTerm, Miss]]) -> Iterator[_Draft]:
    """The sets of misses that lie close enough together, each up to its last miss."""
    ordered = sorted(held, key=lambda each: (each[1].at, each[1].key))
    once = _each_window_once(ordered)
    for place, (term, miss) in enumerate(once):
        count = term.after.count
        if place + 1 < count:
            continue
        chosen = tuple(each for _, each in once[place + 1 - count : place + 1])
        if _within(term, chosen):
            yield _Draft(term, chosen, miss.window(misses.evaluation.now))


def _each_window_once(
    ordered: Sequence[tuple[TerminationTerm, Miss]],
) -> list[tuple[TerminationTerm, Miss]]:
    """The misses; a window missed for several services is one of them."""
    found: dict[tuple[str, str], tuple[TerminationTerm, Miss]] = {}
    for term, miss in ordered:
        label = miss.key if miss.figure is None else miss.figure.window.label
        found.setdefault((miss.term, label), (term, miss))
    return list(found.values())


def _within(term: TerminationTerm, chosen: Sequence[Miss]) -> bool:
    """Whether the last miss came before the time since the first was over.

    Counted from end to end: months that fall short in January and June lie in one stretch of six
    months, those in January and July do not. Time beyond what the calendar knows is none.
    """
    first, last = chosen[0], chosen[-1]
    try:
        return last.at < add_plain(last.calendar(), first.at, term.after.within)
    except CalendarError:
        return False


def _right(misses: Misses, draft: _Draft, claims: Sequence[ClaimCase]) -> Right:
    term, miss, now = draft.term, draft.latest, misses.evaluation.now
    account = miss.holder.account
    barred = tuple(limits_of(miss.agreement, term, account, miss.at))
    deadline = Deadline(None)
    if not barred:
        deadline = claim_by(term, term.claim, miss, draft.window, misses.register, now)
    return Right(
        key=draft.key,
        term=term.name,
        agreement=miss.agreement.name,
        revision=miss.agreement.revision,
        clause=term.clause,
        customer=miss.customer,
        account=account.name,
        window=draft.window,
        earned_by=tuple(each.key for each in draft.misses),
        since=miss.at,
        until=deadline.at,
        state=RightState.BARRED if barred else _state(deadline, claims, now),
        claim=str(term.claim) if term.claim.required else None,
        because=(*_reasons(draft, deadline, claims, now), *barred, *interpretations(term)),
    )


def _state(deadline: Deadline, claims: Sequence[ClaimCase], now: int) -> RightState:
    """What its claims make of it; one that was filed in time and not refused has been used."""
    stages = [
        claim.stage
        for claim in claims
        if claim.stage is not Stage.FILED or not claim.is_late(deadline.at)
    ]
    if any(stage in (Stage.FILED, Stage.ACCEPTED, Stage.APPLIED) for stage in stages):
        return RightState.USED
    if Stage.REJECTED in stages:
        return RightState.REFUSED
    if deadline.at is not None and now > deadline.at:
        return RightState.LAPSED
    return RightState.OPEN


def _reasons(
    draft: _Draft, deadline: Deadline, claims: Sequence[ClaimCase], now: int
) -> Iterator[Message]:
    term, calendar = draft.term, draft.latest.calendar()
    for miss in draft.misses:
        yield miss.reason()
    yield message(
        "reason.leave",
        term=term.name,
        clause=term.clause,
        count=len(draft.misses),
        within=term.after.within,
        at=shown(calendar, draft.latest.at),
    )
    yield from deadline.because
    for claim in sorted(claims, key=lambda each: (each.facts[0].at_us, each.subject)):
        yield from claim.reasons(calendar)
    if deadline.at is not None and not claims:
        if now > deadline.at:
            yield message("reason.leave-lapsed", at=shown(calendar, deadline.at))
        else:
            yield message("reason.leave-days-left", count=(deadline.at - now) // DAY)
