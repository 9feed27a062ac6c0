"""What an action does to the clocks, in words: each before and after, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from uphold.engine.verdict import State, Verdict
from uphold.messages import Message, message
from uphold.messages.vocabulary import Value
from uphold.server.desk.clock_views import clock_view
from uphold.server.desk.judging import Judged
from uphold.server.desk.rows import is_ours
from uphold.server.desk.shapes import Change
from uphold.worktime.durations import Elapsed

_DONE = frozenset({State.MET, State.MISSED})


def changes(before: Judged, after: Judged, subject: str) -> Iterator[Change]:
    """What changes for each clock of the thing; nothing for one that goes on as it was."""
    was = {_key(each): each for each in _clocks(before, subject)}
    now = {_key(each): each for each in _clocks(after, subject)}
    for key in dict.fromkeys((*was, *now)):
        old, new = was.get(key), now.get(key)
        said = _said(old, new)
        if said is not None:
            yield Change(
                clock=key[1],
                before=clock_view(before, old) if old else None,
                after=clock_view(after, new) if new else None,
                said=said,
            )


def _clocks(judged: Judged, subject: str) -> Iterator[Verdict]:
    for verdict in judged.verdicts(subject):
        if is_ours(judged.revision(verdict), verdict) and (
            verdict.starts != verdict.stopped or verdict.due is not None
        ):
            yield verdict


def _key(verdict: Verdict) -> tuple[str, str, int]:
    return verdict.agreement, verdict.clock, verdict.cycle


def _said(old: Verdict | None, new: Verdict | None) -> Message | None:
    if new is None:
        return None if old is None else message("desk.says-clock-gone", clock=old.clock)
    if old is None:
        return _begun(new)
    if _same(old, new):
        return None
    told: dict[str, Value] = {"clock": new.clock}
    if new.stopped is not None and old.stopped is None and new.state in _DONE:
        return _stopped(new)
    if new.state is State.CANCELLED:
        return Message("desk.says-clock-cancelled", told)
    if new.state is State.NOT_OWED and old.state is not State.NOT_OWED:
        return Message("desk.says-no-longer-owed", told | _because(new))
    if new.state is State.HELD and old.state is not State.HELD:
        return Message("desk.says-held", told | {"left": _length(new.left_us)})
    if old.state is State.HELD and new.state is State.RUNNING and new.due is not None:
        return Message("desk.says-runs-again", told | {"due": new.due})
    if old.due is not None and new.due is not None and old.due != new.due:
        return _moved(new, old.due, new.due)
    if old.state is not new.state:
        return _begun(new)
    return None


def _same(old: Verdict, new: Verdict) -> bool:
    return (old.state, old.due, old.stopped) == (new.state, new.due, new.stopped)


def _begun(new: Verdict) -> Message | None:
    told: dict[str, Value] = {"clock": new.clock}
    if new.state is State.NOT_OWED:
        because = _because(new)
        is_only_measured = _names(because["reason"], "reason.no-promise")
        return None if is_only_measured else Message("desk.says-begins-unowed", told | because)
    if new.state is State.NOT_STARTED and new.due is None:
        return None
    if new.state is State.UNKNOWN:
        return Message("desk.says-begins-unknown", told)
    if new.stopped is not None and new.state in _DONE:
        return _stopped(new)
    if new.due is None:
        return None
    if new.state is State.MISSED:
        return Message("desk.says-already-missed", told | {"due": new.due})
    guideline = new.standing in ("endeavour", "guideline")
    name = "desk.says-begins-guideline" if guideline else "desk.says-begins"
    return Message(name, told | {"due": new.due})


def _because(new: Verdict) -> dict[str, Value]:
    reason = next((each for each in new.because if each.id.startswith("reason.")), None)
    unowed = {"reason.not-owed", "reason.best-effort", "reason.no-promise", "reason.no-longer"}
    found = next((each for each in new.because if each.id in unowed), reason)
    return {"reason": found if found is not None else ""}


def _names(reason: Value, id: str) -> bool:  # noqa: A002 - a message's id is called that
    """Whether the reason is that one."""
    return isinstance(reason, Message) and reason.id == id


def _stopped(new: Verdict) -> Message | None:
    told: dict[str, Value] = {"clock": new.clock}
    if new.left_us is None or new.due is None:
        met = new.state is State.MET
        return Message("desk.says-met" if met else "desk.says-missed", told)
    if new.state is State.MET:
        return Message("desk.says-met-with", told | {"left": _length(new.left_us)})
    return Message("desk.says-missed-by", told | {"over": _length(-new.left_us)})


def _moved(new: Verdict, before: datetime, after: datetime) -> Message:
    told: dict[str, Value] = {"clock": new.clock, "before": before, "after": after}
    if new.state is State.MISSED:
        return Message("desk.says-moves-missed", told)
    return Message("desk.says-moves", told)


def _length(us: int | None) -> Elapsed:
    """A length to the minute, as people tell it; under a minute as it is."""
    whole = max(us or 0, 0)
    return Elapsed(whole - whole % 60_000_000 if whole >= 60_000_000 else whole)
