"""A fact in a sentence, as a line of a thing's story."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from uphold.facts import Fact
from uphold.facts.times import to_datetime
from uphold.messages import Duration, Message, message
from uphold.messages.vocabulary import Value
from uphold.server.desk.actions.fields import channel_word
from uphold.server.desk.vocabulary import cause_word, word

Names = Mapping[str, str]


def said_of(fact: Fact, names: Names) -> Message:
    """What the fact tells; `names` are those of people by key."""
    tell = _TELLERS.get(fact.type)
    said = tell(fact, names) if tell else message("desk.story-other", type=fact.type)
    return message("desk.story-corrected", what=said) if fact.corrects is not None else said


def _name(fact: Fact, field: str, names: Names) -> Value:
    """A person's name, or that nobody knows it any more."""
    key = str(fact.written.get(field, ""))
    return names.get(key) or message("desk.somebody")


def _text(fact: Fact, field: str) -> str:
    return str(fact.written.get(field, ""))


def _opened(fact: Fact, _: Names) -> Message:
    channel = channel_word(_text(fact, "channel"))
    if "channel_reason" in fact.written:
        reason = _text(fact, "channel_reason")
        return message("desk.story-opened-because", channel=channel, reason=reason)
    return message("desk.story-opened", channel=channel)


def _classified(fact: Fact, names: Names) -> Message:
    fields = ("kind", "part", "impact", "urgency", "priority")
    told = tuple(f"{fact.written[name]}" for name in fields if fact.written.get(name) is not None)
    if "reason" not in fact.written:
        return message("desk.story-classified", what=told)
    by = _name(fact, "decided_by", names)
    reason, unmet = _text(fact, "reason"), _text(fact, "unmet")
    if not unmet:
        return message("desk.story-classified-because", what=told, by=by, reason=reason)
    return message("desk.story-classified-unmet", what=told, by=by, reason=reason, unmet=unmet)


def _assigned(fact: Fact, names: Names) -> Message:
    if "to" not in fact.written:
        team = _text(fact, "team")
        return (
            message("desk.story-assigned-team", team=team)
            if team
            else message("desk.story-unassigned")
        )
    return message("desk.story-assigned", to=_name(fact, "to", names))


def _updated(fact: Fact, _: Names) -> Message:
    if fact.written.get("internal") is True:
        return message("desk.story-noted")
    return message("desk.story-updated")


def _awaiting(fact: Fact, _: Names) -> Message:
    cause = cause_word(_text(fact, "cause"))
    if "what" in fact.written:
        return message("desk.story-awaiting-what", cause=cause, what=_text(fact, "what"))
    return message("desk.story-awaiting", cause=cause)


def _resumed(fact: Fact, _: Names) -> Message:
    if "cause" in fact.written:
        return message("desk.story-resumed-cause", cause=cause_word(_text(fact, "cause")))
    return message("desk.story-resumed")


def _escalated(fact: Fact, _: Names) -> Message:
    spent = fact.value("spent")
    length: Value = spent if isinstance(spent, Duration) else message("desk.time-not-told")
    to: Value = _text(fact, "to") or message("desk.escalated-inside")
    if fact.written.get("billable") is True:
        return message("desk.story-escalated-billed", to=to, spent=length)
    return message("desk.story-escalated", to=to, spent=length)


def _arranged(fact: Fact, _: Names) -> Message:
    start, end = fact.value("start"), fact.value("end")
    assert isinstance(start, int) and isinstance(end, int)
    return message("desk.story-arranged", start=to_datetime(start), end=to_datetime(end))


def _cancelled(fact: Fact, _: Names) -> Message:
    if "reason" in fact.written:
        return message("desk.story-cancelled-because", reason=_text(fact, "reason"))
    return message("desk.story-cancelled")


def _confirmed(fact: Fact, names: Names) -> Message:
    if "owner" in fact.written:
        return message("desk.story-confirmed", owner=_name(fact, "owner", names))
    return message("desk.story-confirmed-nameless")


def _placed(fact: Fact, _: Names) -> Message:
    wanted = fact.value("wanted")
    item = _text(fact, "item")
    if isinstance(wanted, int):
        return message("desk.story-placed-for", item=item, wanted=to_datetime(wanted))
    return message("desk.story-placed", item=item)


def _merged(fact: Fact, _: Names) -> Message:
    return message("desk.story-merged", number=_text(fact, "into").partition(":")[2])


def _supplied(fact: Fact) -> tuple[str, str]:
    return _text(fact, "supplier"), _text(fact, "reference")


def _reported(fact: Fact, _: Names) -> Message:
    supplier, reference = _supplied(fact)
    if reference:
        return message("desk.story-reported-as", supplier=supplier, reference=reference)
    return message("desk.story-reported", supplier=supplier)


_TELLERS: Mapping[str, Callable[[Fact, Names], Message]] = {
    "request.opened": _opened,
    "request.forwarded": lambda *_: message("desk.story-forwarded"),
    "request.classified": _classified,
    "request.assigned": _assigned,
    "request.answered": lambda *_: message("desk.story-answered"),
    "request.started": lambda *_: message("desk.story-started"),
    "request.replied": lambda *_: message("desk.story-replied"),
    "request.awaiting": _awaiting,
    "request.resumed": _resumed,
    "request.updated": _updated,
    "request.escalated": _escalated,
    "request.resolved": lambda *_: message("desk.story-resolved"),
    "request.reopened": lambda *_: message("desk.story-reopened"),
    "request.closed": lambda *_: message("desk.story-closed"),
    "request.merged": _merged,
    "request.cancelled": _cancelled,
    "request.cause": lambda fact, _: message(
        "desk.story-cause", cause=cause_word(_text(fact, "cause"))
    ),
    "request.session arranged": _arranged,
    "complaint.received": lambda *_: message("desk.story-complained"),
    "complaint.confirmed": _confirmed,
    "complaint.contacted": lambda *_: message("desk.story-contacted"),
    "complaint.answered": lambda *_: message("desk.story-outcome"),
    "order.placed": _placed,
    "order.held": _awaiting,
    "order.resumed": _resumed,
    "order.delivered": lambda *_: message("desk.story-delivered"),
    "order.cancelled": _cancelled,
    "supplier.reported": _reported,
    "supplier.updated": lambda fact, _: message(
        "desk.story-supplier-told", supplier=word(_supplied(fact)[0])
    ),
}
