"""What is due because of a thing's clocks: warnings, misses, and changes that no fact brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from uphold.engine.alert import AlertState
from uphold.engine.verdict import State, Verdict
from uphold.facts.times import from_datetime
from uphold.server import clock
from uphold.server.desk.judging import Judged
from uphold.server.desk.models import Alarm, Thing
from uphold.server.desk.rows import is_ours
from uphold.server.desk.standing import has_ended
from uphold.server.ledger.services import reproject
from uphold.server.worker.services import Work, handles

WARNING = "warning"
WAKE = "wake"
MISSED = "missed"
"""The threshold that the miss itself is told under."""

Wanted = Mapping[str, tuple[int, Mapping[str, Any]]]
_MAY_MISS = frozenset({State.NOT_STARTED, State.RUNNING, State.MISSED})


def warnings_of(judged: Judged, subject: str) -> Wanted:
    """The warnings and misses of a thing by their keys: when each is due, and what it tells.

    Those whose time has come stay until they are handled. What was over before anybody here knew
    of the thing, as in imported histories, warns nobody.
    """
    known = min((fact.known_us for fact in judged.every(subject)), default=judged.as_of_us)
    found: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for verdict in judged.verdicts(subject):
        if not is_ours(judged.revision(verdict), verdict) or verdict.state is State.HELD:
            continue
        for threshold, due in _moments(verdict):
            if has_ended(verdict) and due < known:
                continue
            name = (
                f"{verdict.agreement}/{verdict.clock}"
                if _is_leant(judged, verdict)
                else verdict.clock
            )
            key = f"{WARNING}:{judged.provider}:{subject}:{name}:{verdict.cycle}:{threshold}"
            told = {"clock": verdict.clock, "cycle": verdict.cycle, "threshold": threshold}
            found[key[:300]] = due, told
    return found


def _moments(verdict: Verdict) -> Iterator[tuple[str, int]]:
    for alert in verdict.alerts:
        if alert.state is not AlertState.NONE and alert.at is not None:
            yield alert.threshold, from_datetime(alert.at)
    if verdict.state in _MAY_MISS and verdict.due is not None:
        yield MISSED, from_datetime(verdict.due) + 1


def _is_leant(judged: Judged, verdict: Verdict) -> bool:
    """Whether another agreement judges the thing too, so that clocks may share a name."""
    own = judged.agreement(verdict.subject)
    return own is not None and own.name != verdict.agreement


def wakes_of(judged: Judged, subject: str) -> Wanted:
    """When the thing must be judged anew though no fact comes: the next such instant, if any.

    A clock that another one starts begins by itself; what was agreed or added begins and ends;
    a fact may have been told a little ahead of its time.
    """
    now = judged.as_of_us
    later = [fact.at_us for fact in judged.every(subject)]
    later += judged.account(subject).changes()
    later += [from_datetime(each.starts) for each in judged.verdicts(subject) if each.starts]
    found = min((each for each in later if each > now), default=None)
    if found is None:
        return {}
    return {f"{WAKE}:{judged.provider}:{subject}:{found}": (found, {})}


@handles(WARNING)
def raise_alarm(work: Work) -> None:
    """Tells the desk, once, of a warning or a miss whose time has come."""
    thing = Thing.objects.filter(provider=work.provider, subject=work.subject).first()
    if thing is None:
        return
    told = work.payload
    Alarm.objects.get_or_create(
        key=work.key,
        defaults={
            "provider_id": thing.provider_id,
            "customer": thing.customer,
            "author": thing.author,
            "subject": work.subject,
            "clock": told["clock"],
            "cycle": told["cycle"],
            "threshold": told["threshold"],
            "raised_us": clock.now_us(),
        },
    )


@handles(WAKE, forget=True)
def judge_anew(work: Work) -> None:
    """Writes a thing's rows anew because time has changed something that no fact tells of."""
    assert work.provider is not None
    reproject(work.provider, [work.subject])
