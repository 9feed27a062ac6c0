"""Whether an order comes with the notice that the agreement asks for, and the earliest that would.

The engine judges; here only a later time is tried until it finds nothing wrong (E15).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.notices import Lead
from uphold.agreement.reckoning import add_plain
from uphold.agreement.terms.duty import NoticeTerm
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact, make_fact
from uphold.facts.times import DAY, HOUR, from_datetime, to_datetime
from uphold.messages import Message
from uphold.messages.vocabulary import Value
from uphold.server.desk.judging import Judged
from uphold.worktime import CalendarError

_TRIED = 10


def notice_words(judged: Judged, subject: str) -> Iterator[Message]:
    """What is said of a thing that was asked for too late, or without saying for when."""
    for verdict, lead in _asked_late(judged, subject):
        for told in _told(judged, verdict, lead):
            yield Message("desk.says-too-late", told)
    unsaid = _as_if_now(judged, subject)
    for verdict, lead in _asked_late(unsaid, subject) if unsaid else ():
        for told in _told(judged, verdict, lead):
            yield Message("desk.says-notice-needed", told)


def _asked_late(judged: Judged, subject: str) -> Iterator[tuple[Verdict, Lead]]:
    """The verdicts on the customer's own notices that were missed, and what would be right."""
    for verdict in judged.verdicts(subject):
        term = judged.revision(verdict).term(verdict.clock.partition(".")[0])
        if isinstance(term, NoticeTerm) and verdict.party == "customer":
            lead = next((each for _, each in term.duties() if isinstance(each, Lead)), None)
            if verdict.state is State.MISSED and lead is not None:
                yield verdict, lead


def _as_if_now(judged: Judged, subject: str) -> Judged | None:
    """The thing as if it were wanted at once, where it does not say for when; else None."""
    asking, agreement = next(iter(judged.facts(subject)), None), judged.agreement(subject)
    if asking is None or agreement is None:
        return None
    for term in agreement.of(NoticeTerm):
        leads = (lead for _, lead in term.duties() if isinstance(lead, Lead) and lead.before)
        for lead in leads:
            if term.of == asking.thing and not _says(judged, subject, lead):
                return judged.instead(asking, _wanting(asking, _field(lead), asking.at))
    return None


def _told(judged: Judged, verdict: Verdict, lead: Lead) -> Iterator[Mapping[str, Value]]:
    """The notice that is needed and the earliest time that it leaves; nothing if none is known."""
    earliest = _earliest(judged, verdict, lead)
    if earliest is not None:
        yield {
            "notice": lead.duration,
            "earliest": _shown(judged.revision(verdict), earliest),
            "clause": judged.heading(verdict),
        }


def _field(lead: Lead) -> str:
    return lead.before.field if lead.before else "start"


def _says(judged: Judged, subject: str, lead: Lead) -> bool:
    return any(fact.written.get(_field(lead)) is not None for fact in judged.facts(subject))


def _earliest(judged: Judged, verdict: Verdict, lead: Lead) -> int | None:
    """The first whole hour for which the notice would be long enough."""
    agreement = judged.revision(verdict)
    asked = from_datetime(verdict.starts) if verdict.starts else judged.as_of_us
    try:
        wanted = add_plain(agreement.always, asked, lead.duration)
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
    field, facts = _field(lead), judged.facts(verdict.subject)
    asking = next((fact for fact in facts if field in fact.written), facts[0])
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
