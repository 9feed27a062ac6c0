"""What the desk does with requests: classify, answer, wait, hand over, escalate, resolve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uphold.agreement.phrases.conditions import Path
from uphold.agreement.terms.promise import ClockTerm
from uphold.facts.times import to_datetime
from uphold.messages import message
from uphold.server.accounts.kinds import May
from uphold.server.desk.actions import fields
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.states import EVERY, WAITING, WORKED
from uphold.server.desk.actions.writing import classified, of, written
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field, Wrong
from uphold.server.desk.situation import Situation
from uphold.server.desk.vocabulary import (
    choices_of,
    known_words,
    supplier_choices,
)

_ANSWERED, _STARTED = "request.answered", "request.started"
_CAUSES = ("own", "customer", "third-party")


def _classify_fields(situation: Situation) -> tuple[Field, ...]:
    return (
        *fields.classification(situation),
        fields.reason(required=False),
        Field("unmet", "words", message("desk.field-unmet"), message("desk.help-unmet")),
        fields.colleague(situation, "decided_by"),
    )


def _changed(situation: Situation, given: Given) -> Mapping[str, Any]:
    """What is classified otherwise than before."""
    history, now = situation.history, situation.now_us
    case = situation.judged.case(situation.subject)
    level = case.priority.at(now) if case else None
    before = {name: history.field(name).at(now) for name in classified(given)}
    return {
        name: value
        for name, value in classified(given).items()
        if value != (level if name == "priority" else before[name])
    }


def _wrong_unchanged(situation: Situation, given: Given) -> tuple[Wrong, ...]:
    if _changed(situation, given):
        return ()
    return (Wrong("", message("desk.wrong-nothing-changed")),)


def _classify(situation: Situation, given: Given, pen: Pen) -> None:
    """Only what was changed is told, so that a priority never set stays the default."""
    pen.fact(
        "request.classified",
        prose={"reason": given.get("reason"), "unmet": given.get("unmet")},
        decided_by=given.get("decided_by"),
        **_changed(situation, given),
    )


def _answer_fields(situation: Situation) -> tuple[Field, ...]:
    if not _start_matters(situation):
        return (fields.words(),)
    label, told = message("desk.field-starts"), message("desk.help-starts")
    return (fields.words(), Field("starts", "yes", label, told, value="yes"))


def _start_matters(situation: Situation) -> bool:
    """Whether a clock stops only once work has started, and it has not (B2)."""
    return _would_stop(situation, _STARTED)


def _would_stop(situation: Situation, fact_type: str) -> bool:
    """Whether a clock may stop at the first fact of a type, and there is none yet."""
    agreement = situation.agreement
    if agreement is None or situation.history.first(fact_type) is not None:
        return False
    ends = (term.stops for term in agreement.of(ClockTerm) if term.of == "request" and term.stops)
    return any(event.type == fact_type for events in ends for event in events.events)


def _answer(situation: Situation, given: Given, pen: Pen) -> None:
    pen.fact("request.answered", prose={"written": given["words"]})
    if given.get("starts") and situation.history.first(_STARTED) is None:
        pen.fact(_STARTED)


def _assign_fields(situation: Situation) -> tuple[Field, ...]:
    to = fields.colleague(situation, "to")
    return (to, Field("team", "text", message("desk.field-team")))


def _wait_fields(situation: Situation) -> tuple[Field, ...]:
    return fields.awaited(situation), Field("what", "words", message("desk.field-what"))


def _cause_fields(situation: Situation) -> tuple[Field, ...]:
    agreement = situation.agreement
    known = known_words(agreement, Path("request", "cause")) if agreement else ()
    choices = choices_of(dict.fromkeys((*known, *_CAUSES)))
    return (
        Field("cause", "choice", message("desk.field-cause"), None, True, choices),
        fields.words(required=False),
    )


def _supplier_fields(situation: Situation) -> tuple[Field, ...]:
    choices = supplier_choices(situation.agreement) if situation.agreement else ()
    form = "choice" if choices else "text"
    return (
        Field("supplier", form, message("desk.field-supplier"), None, True, choices),
        Field("reference", "text", message("desk.field-reference")),
        fields.words(required=False),
    )


def _hand_over(situation: Situation, given: Given, pen: Pen) -> None:
    """The cause is theirs from now on, and they have been told (B5)."""
    if situation.history.field("cause").at(situation.now_us) != "third-party":
        pen.fact("request.cause", cause="third-party")
    _supplied("supplier.reported", given, pen)


def _supplied(fact_type: str, given: Given, pen: Pen) -> None:
    pen.fact(
        fact_type,
        supplier=given["supplier"],
        reference=given.get("reference"),
        prose={"written": given.get("words")},
    )


def _escalate_fields(situation: Situation) -> tuple[Field, ...]:
    assert situation.thing == "request"
    return (
        Field("to", "text", message("desk.field-escalated-to"), message("desk.help-escalated-to")),
        Field("spent", "length", message("desk.field-spent"), message("desk.help-spent")),
        Field("billable", "yes", message("desk.field-billable")),
        fields.words(required=False),
    )


def _escalate(_: Situation, given: Given, pen: Pen) -> None:
    pen.fact(
        "request.escalated",
        to=given.get("to"),
        spent=given.get("spent"),
        billable=given.get("billable"),
        prose={"written": given.get("words")},
    )


def _session_fields(_: Situation) -> tuple[Field, ...]:
    return (
        Field("start", "time", message("desk.field-start"), None, True),
        Field("end", "time", message("desk.field-end"), None, True),
        fields.words(required=False),
    )


def _arrange(_: Situation, given: Given, pen: Pen) -> None:
    pen.fact(
        "request.session arranged",
        start=to_datetime(given["start"]),
        end=to_datetime(given["end"]),
        prose={"written": given.get("words")},
    )


def _resolve_fields(situation: Situation) -> tuple[Field, ...]:
    releases = tuple(
        each.subject.partition(":")[2] for each in situation.judged.evaluation.releases.releases
    )
    found: list[Field] = [fields.words()]
    if _would_stop(situation, _ANSWERED):
        label, told = message("desk.field-answers"), message("desk.help-answers")
        found.append(Field("answers", "yes", label, told, value="yes"))
    if releases:
        label = message("desk.field-release")
        found.append(Field("release", "choice", label, None, False, choices_of(releases)))
    return tuple(found)


def _resolve(situation: Situation, given: Given, pen: Pen) -> None:
    """Resolved in one message: that is contact made, and work done, where none was before."""
    if given.get("answers") and situation.history.first(_ANSWERED) is None:
        pen.fact(_ANSWERED)
        if _start_matters(situation):
            pen.fact(_STARTED)
    prose = {"written": given["words"]}
    pen.fact("request.resolved", release=given.get("release"), prose=prose)


def _merge_fields(_: Situation) -> tuple[Field, ...]:
    return (Field("into", "text", message("desk.field-into"), message("desk.help-into"), True),)


def _merge(_: Situation, given: Given, pen: Pen) -> None:
    pen.fact("request.merged", into=f"request:{given['into'].removeprefix('#')}")


WORKING: tuple[Action, ...] = (
    Action(
        "answer",
        "request",
        message("desk.act-answer"),
        May.WORK,
        WORKED,
        _answer,
        fields=_answer_fields,
        is_main=True,
    ),
    Action(
        "start",
        "request",
        message("desk.act-start"),
        May.WORK,
        WORKED,
        of("request.started"),
        when=lambda each: each.history.first(_STARTED) is None,
    ),
    Action(
        "classify",
        "request",
        message("desk.act-classify"),
        May.WORK,
        WORKED | WAITING,
        _classify,
        fields=_classify_fields,
        wrong=_wrong_unchanged,
        when=lambda each: bool(fields.classification(each)),
    ),
    Action(
        "assign",
        "request",
        message("desk.act-assign"),
        May.WORK,
        WORKED,
        of("request.assigned", "to", "team"),
        fields=_assign_fields,
    ),
    Action(
        "wait",
        "request",
        message("desk.act-wait"),
        May.WORK,
        WORKED,
        of("request.awaiting", "cause", prose="what"),
        fields=_wait_fields,
    ),
    Action(
        "resume",
        "request",
        message("desk.act-resume"),
        May.WORK,
        WORKED,
        of("request.resumed", "cause"),
        fields=fields.ended,
        when=fields.waits,
    ),
    Action(
        "update",
        "request",
        message("desk.act-update"),
        May.WORK,
        WORKED,
        written("request.updated"),
        fields=lambda _: (fields.words(),),
    ),
    Action(
        "note",
        "request",
        message("desk.act-note"),
        May.WORK,
        EVERY,
        written("request.updated", internal=True),
        fields=lambda _: (fields.note(),),
    ),
    Action(
        "cause",
        "request",
        message("desk.act-cause"),
        May.WORK,
        WORKED,
        of("request.cause", "cause", prose="written"),
        fields=_cause_fields,
    ),
    Action(
        "hand-over",
        "request",
        message("desk.act-hand-over"),
        May.WORK,
        WORKED,
        _hand_over,
        fields=_supplier_fields,
    ),
    Action(
        "supplier-told",
        "request",
        message("desk.act-supplier-told"),
        May.WORK,
        WORKED,
        lambda _, given, pen: _supplied("supplier.updated", given, pen),
        fields=_supplier_fields,
        when=lambda each: each.history.first("supplier.reported") is not None,
    ),
    Action(
        "escalate",
        "request",
        message("desk.act-escalate"),
        May.WORK,
        WORKED,
        _escalate,
        fields=_escalate_fields,
    ),
    Action(
        "arrange",
        "request",
        message("desk.act-arrange"),
        May.WORK,
        WORKED,
        _arrange,
        fields=_session_fields,
    ),
    Action(
        "resolve",
        "request",
        message("desk.act-resolve"),
        May.WORK,
        WORKED,
        _resolve,
        fields=_resolve_fields,
    ),
    Action(
        "close",
        "request",
        message("desk.act-close"),
        May.WORK,
        frozenset({"resolved"}),
        of("request.closed"),
    ),
    Action(
        "merge",
        "request",
        message("desk.act-merge"),
        May.WORK,
        WORKED,
        _merge,
        fields=_merge_fields,
    ),
)
