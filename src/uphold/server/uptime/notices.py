"""Verdicts on notice put into sentences: what is owed by when, what was late and by how much."""

from __future__ import annotations

from datetime import datetime, timedelta

from uphold.agreement.phrases.notices import Lead, Notice
from uphold.agreement.terms.duty import NoticeTerm
from uphold.engine.verdict import State, Verdict
from uphold.messages import Message, Value, message
from uphold.server.uptime.judging import Judged
from uphold.server.uptime.shapes import NoticeView
from uphold.server.uptime.words import audience_word

_DAY = timedelta(days=1)


def notices_of(judged: Judged, subject: str) -> tuple[NoticeView, ...]:
    """The notices promised of a piece of maintenance, the plan that stands now last."""
    return tuple(
        notice_view(judged, verdict, term)
        for verdict in judged.verdicts(subject)
        if (term := judged.term(verdict)) is not None
    )


def notice_view(judged: Judged, verdict: Verdict, term: NoticeTerm) -> NoticeView:
    """One verdict as pages show it."""
    clause = judged.agreement(verdict).clause(verdict.clause)
    duty = verdict.clock.rpartition(".")[2]
    return NoticeView(
        duty=duty,
        cycle=verdict.cycle,
        state=str(verdict.state),
        due=verdict.due,
        stopped=verdict.stopped,
        audience=tuple(term.to) if duty == "announced" else (),
        agreement=verdict.agreement,
        revision=verdict.revision,
        clause=verdict.clause,
        heading=clause.heading.text if clause else verdict.clause,
        said=sentence(verdict, term, duty),
        because=verdict.because,
    )


def sentence(verdict: Verdict, term: NoticeTerm, duty: str) -> Message:
    """The verdict in a sentence."""
    if verdict.state is State.NOT_OWED:
        return message("uptime.says-not-owed", agreement=verdict.agreement)
    if verdict.due is None:
        return message("uptime.says-unknown", notice=verdict.clock)
    if verdict.state is State.CANCELLED:
        return message("uptime.says-cancelled")
    if duty == "scheduled":
        return _scheduled(verdict, dict(term.duties())[duty])
    return _announced(verdict, verdict.due, term.to)


def _scheduled(verdict: Verdict, notice: Notice) -> Message:
    assert verdict.due is not None
    met = verdict.state is State.MET
    planned = _planned(verdict)
    if not isinstance(notice, Lead) or planned is None or verdict.starts is None:
        if met:
            return message("uptime.says-in-time", due=verdict.due)
        return message("uptime.says-late", due=verdict.due)
    if planned <= verdict.starts:
        return message("uptime.says-scheduled-behind", needed=notice.duration)
    data: dict[str, Value] = {
        "lead": stretch(planned - verdict.starts),
        "needed": notice.duration,
    }
    return Message("uptime.says-scheduled" if met else "uptime.says-scheduled-late", data)


def _announced(verdict: Verdict, due: datetime, to: tuple[str, ...]) -> Message:
    if verdict.stopped is not None:
        if verdict.state is State.MET:
            return message("uptime.says-announced", at=verdict.stopped, due=due)
        return message("uptime.says-announced-late", at=verdict.stopped, due=due)
    audience = tuple(audience_word(name) for name in to)
    if verdict.state is State.MISSED:
        if audience:
            return message("uptime.says-not-announced-to", due=due, to=audience)
        return message("uptime.says-not-announced", due=due)
    if audience:
        return message("uptime.says-announce-to", due=due, to=audience)
    return message("uptime.says-announce", due=due)


def stretch(length: timedelta) -> Message:
    """A length in days from two days on, else in hours and minutes; cut off, never too hopeful."""
    if length >= 2 * _DAY:
        return message("uptime.days", count=length // _DAY)
    hours, rest = divmod(length, timedelta(hours=1))
    if hours:
        return message("uptime.hours", count=hours)
    return message("uptime.minutes", count=rest // timedelta(minutes=1))


def _planned(verdict: Verdict) -> datetime | None:
    """The planned start, as the engine's own reason names it."""
    for reason in verdict.because:
        if reason.id == "reason.planned-start":
            at = reason.data.get("at")
            return at if isinstance(at, datetime) else None
    return None
