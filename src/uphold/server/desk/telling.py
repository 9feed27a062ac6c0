"""What a person is told of a thing beside its clocks: kindly, exactly, with the clause.

Read off the verdicts and their reasons; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from uphold.agreement.phrases.conditions import Is, Trained, Within
from uphold.agreement.terms.promise import AppliesTerm, ClockTerm
from uphold.engine.verdict import State, Verdict
from uphold.facts import Fact
from uphold.facts.times import to_datetime
from uphold.messages import Message, message
from uphold.server.desk.actions.fields import channel_word
from uphold.server.desk.clock_views import clock_view
from uphold.server.desk.judging import Judged
from uphold.server.desk.noticing import notice_words
from uphold.server.desk.rows import is_ours
from uphold.server.desk.standing import DONE, WAITING, has_ended, standing_of
from uphold.server.desk.vocabulary import cause_word

_UNOWED = frozenset({"reason.not-owed", "reason.best-effort"})


def says(judged: Judged, subject: str) -> tuple[Message, ...]:
    """All that is worth saying about a thing as it stands; nothing once it is done."""
    standing = standing_of(judged, subject)
    if standing.stage == DONE:
        return ()
    found = [
        *((message("desk.says-waiting"),) if standing.stage == WAITING else ()),
        *notice_words(judged, subject),
        *_unowed(judged, subject),
        *_out_of_hours(judged, subject),
    ]
    return tuple(dict.fromkeys(found))


def not_counting(after: Judged, subject: str, facts: Collection[Fact]) -> Iterator[Message]:
    """What was done now, but not so that it stops the clock it is meant for (C4)."""
    new = {fact.id for fact in facts}
    done = {fact.type for fact in facts if fact.written.get("internal") is not True}
    for verdict in after.verdicts(subject):
        term = after.revision(verdict).term(verdict.clock)
        if not isinstance(term, ClockTerm) or term.stops is None or has_ended(verdict):
            continue
        if verdict.state in (State.NOT_OWED, State.UNKNOWN, State.NOT_STARTED):
            continue
        for event in term.stops.events:
            stops = any(
                reason.data.get("fact") in new
                for reason in verdict.because
                if reason.id == "reason.stopped"
            )
            alone = len(term.stops.events) == 1 or not term.stops.every
            if event.type in done and not stops and alone and (event.fields or event.by):
                yield _why_not(event.fields, event.by, after.heading(verdict))


def _why_not(fields: tuple[str, ...], by: str | None, clause: str) -> Message:
    if "owner" in fields:
        return message("desk.says-names-nobody", clause=clause)
    if by == "owner":
        return message("desk.says-not-the-owner", clause=clause)
    lacking = ", ".join((*fields, by or ""))
    return message("desk.says-does-not-count", clause=clause, lacking=lacking)


def _unowed(judged: Judged, subject: str) -> Iterator[Message]:
    """Why nothing is promised, once for each clause that says so."""
    for verdict in judged.verdicts(subject):
        if verdict.state is not State.NOT_OWED or not is_ours(judged.revision(verdict), verdict):
            continue
        reason = next((each for each in verdict.because if each.id in _UNOWED), None)
        term = judged.revision(verdict).term(str(reason.data["term"])) if reason else None
        if reason is None or not isinstance(term, AppliesTerm):
            continue
        yield _kindly(judged, verdict, term, best_effort=reason.id == "reason.best-effort")


def _kindly(judged: Judged, verdict: Verdict, term: AppliesTerm, *, best_effort: bool) -> Message:
    """The reason in words for the person it concerns, where it is one that people meet often."""
    clause = judged.heading(verdict, term.clause)
    parts = [part for each in (*term.only_if, *term.unless) for part in each.parts]
    if any(isinstance(part, Trained) and not part.negated for part in parts):
        return message("desk.says-untrained", clause=clause)
    if best_effort and any(isinstance(part, Within) and part.outside for part in parts):
        return message("desk.says-best-effort-now", clause=clause)
    if best_effort:
        return message("desk.says-best-effort", clause=clause)
    named = _named(judged, verdict, parts, clause)
    if named is not None:
        return named
    said = next((each for each in verdict.because if each.id == "reason.condition"), None)
    condition = said.data["condition"] if said else ""
    return message("desk.says-not-owed", clause=clause, condition=condition)


def _named(
    judged: Judged, verdict: Verdict, parts: Collection[object], clause: str
) -> Message | None:
    """The reason by the cause or the channel that the clause leaves out, where it is one."""
    case = judged.case(verdict.subject)
    for part in parts if case is not None else ():
        if not isinstance(part, Is) or part.negated:
            continue
        value = case.history.field(part.path.field).at(judged.as_of_us) if case else None
        if value not in part.values:
            continue
        if part.path.field == "cause":
            return message("desk.says-not-for-cause", clause=clause, cause=cause_word(value))
        if part.path.field == "channel":
            return message("desk.says-not-by-channel", clause=clause, channel=channel_word(value))
    return None


def _out_of_hours(judged: Judged, subject: str) -> Iterator[Message]:
    """That a clock has started while nobody works, and when its time begins to run (E10)."""
    for verdict in judged.verdicts(subject):
        if verdict.state is not State.RUNNING or verdict.starts is None:
            continue
        if not is_ours(judged.revision(verdict), verdict):
            continue
        view = clock_view(judged, verdict)
        opens = view.working[0][0] if view.working else None
        waits = opens is not None and view.starts_us is not None and opens > view.starts_us
        if waits and opens is not None and opens > judged.as_of_us and not view.held:
            shown = to_datetime(opens).astimezone(verdict.starts.tzinfo)
            yield message("desk.says-out-of-hours", at=shown, clause=judged.heading(verdict))
