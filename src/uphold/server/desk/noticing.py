"""Whether an order comes with the notice that the agreement asks for, and the earliest that would.

The engine judges; here only a later time is tried until it finds nothing wrong (E15).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.notices import Lead
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.duty import NoticeTerm
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact, make_fact
from uphold.facts.times import DAY, HOUR, from_datetime, to_datetime
from uphold.messages import Message, message
from uphold.server.desk.judging import Judged
from uphold.worktime import CalendarError

_TRIED = 10


def notice_words(judged: Judged, subject: str) -> Iterator[Message]:
    """What is said of a thing that was asked for too late, or without saying for when."""
    for verdict in judged.verdicts(subject):
        term = judged.revision(verdict).term(verdict.clock.partition(".")[0])
        if not isinstance(term, NoticeTerm) or verdict.party != "customer":
            continue
        if verdict.state not in (State.MISSED, State.UNKNOWN):
            continue
        lead = next((each for _, each in term.duties() if isinstance(each, Lead)), None)
        earliest = None if lead is None else _earliest(judged, verdict, term, lead)
        if lead is None or earliest is None:
            continue
        told = {
            "notice": lead.duration,
            "earliest": _shown(judged.revision(verdict), earliest),
            "clause": judged.heading(verdict),
        }
        unsaid = verdict.state is State.UNKNOWN
        yield message("desk.says-notice-needed" if unsaid else "desk.says-too-late", **told)


def _earliest(judged: Judged, verdict: Verdict, term: NoticeTerm, lead: Lead) -> int | None:
    """The first whole hour for which the notice would be long enough."""
    agreement = judged.revision(verdict)
    calendar = agreement.calendars.get(term.calendar, agreement.always)
    asked = from_datetime(verdict.starts) if verdict.starts else judged.as_of_us
    try:
        wanted = add_plain(calendar, asked, lead.duration)
    except CalendarError:
        return None
    wanted = -(-wanted // HOUR) * HOUR
    for _ in range(_TRIED):
        if _is_met(judged, verdict, lead, wanted):
            return wanted
        wanted += DAY
    return None


def _is_met(judged: Judged, verdict: Verdict, lead: Lead, wanted: int) -> bool:
    """Whether the thing would have notice enough if it were wanted at another time."""
    field = lead.before.field if lead.before else "start"
    asking = next(
        (fact for fact in judged.facts(verdict.subject) if field in fact.written), None
    ) or next(iter(judged.facts(verdict.subject)))
    other = _wanting(asking, field, to_datetime(wanted))
    tried = judged.instead(asking, other).verdicts(verdict.subject)
    return any(
        each.clock == verdict.clock and each.state is State.MET
        for each in tried
        if each.agreement == verdict.agreement
    )


def _wanting(fact: Fact, field: str, wanted: datetime) -> Fact:
    left_out = {"type", "at", "subject", "id", "recorded", field}
    rest = {name: value for name, value in fact.written.items() if name not in left_out}
    return make_fact(fact.type, to_datetime(fact.at_us), fact.subject, **rest, **{field: wanted})


def _shown(agreement: Agreement, instant: int) -> datetime:
    try:
        return agreement.always.local(instant)
    except CalendarError:
        return to_datetime(instant)
