"""Rights to leave, claims that fit nothing, and what suppliers do not promise, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from uphold.cli.screen import Screen
from uphold.cli.settling import Settled
from uphold.cli.telling import wrapped
from uphold.engine.explain import READING
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.money.leaving import Right, RightState
from uphold.engine.money.suppliers import Gap
from uphold.engine.money.unmatched import UnmatchedClaim
from uphold.engine.shown import shown
from uphold.facts.times import format_time
from uphold.messages import Message, Value

MESSAGE_IDS = tuple(f"right.state-{state}" for state in RightState)


def right_lines(screen: Screen, rights: Iterable[Right], found: Settled) -> Iterator[str]:
    """Each right: whose, by which term, since when, until when, and what became of it."""
    for right in rights:
        calendar = calendar_in(found.agreement(right.agreement, right.revision), right.window.zone)
        told: dict[str, Value] = {
            "who": right.account or right.customer or "–",
            "term": right.term,
            "since": shown(calendar, right.since),
            "state": Message(f"right.state-{right.state}"),
            "count": len(right.earned_by),
        }
        if right.until is None:
            said = Message("credits.right", told)
        else:
            said = Message("credits.right-until", told | {"until": shown(calendar, right.until)})
        yield from wrapped(screen, screen.say(said), "  ")


def unmatched_lines(screen: Screen, claims: Iterable[UnmatchedClaim]) -> Iterator[str]:
    """Each claim that is for nothing that was earned, and why."""
    for claim in claims:
        for why in claim.because:
            yield from wrapped(screen, screen.say(why), "  ")


def gap_lines(screen: Screen, gaps: Iterable[Gap]) -> Iterator[str]:
    """Each promise that its supplier does not cover."""
    for gap in gaps:
        reasons = [screen.say(each) for each in gap.because if each.id != READING]
        named = f"{gap.service} – {gap.supplier}" if gap.service else gap.supplier
        yield from wrapped(screen, f"{named}: {' '.join(reasons)}", "  ")


def unmatched_json(claim: UnmatchedClaim) -> dict[str, Any]:
    """One claim that is for nothing that was earned, as JSON values."""
    return {
        "claim": claim.subject,
        "customer": claim.customer,
        "account": claim.account,
        "credit": claim.credit,
        "service": claim.service,
        "period": claim.period,
        "filed": None if claim.filed is None else format_time(claim.filed),
        "because": [reason.to_json() for reason in claim.because],
    }
