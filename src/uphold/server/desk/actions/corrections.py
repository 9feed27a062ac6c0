"""Putting right what was recorded wrongly: a fact that corrects another, or takes it back.

Nothing is changed or deleted: the fact that was wrong stays, and the new one says why (design,
"Facts"). Verdicts follow from what counts now.
"""

from __future__ import annotations

from typing import Any

from uphold.facts import BY_NAME, Fact
from uphold.facts.times import to_datetime
from uphold.facts.types import Kind
from uphold.messages import message
from uphold.server.accounts.kinds import May
from uphold.server.desk.actions import fields
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.states import EVERY
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field
from uphold.server.desk.situation import Situation

_NAMED = frozenset({Kind.WORD, Kind.PERSON})
_NOT_CORRECTED = frozenset({"by"})


def _fact_field(situation: Situation) -> Field:
    choices = tuple(
        (fact.id, message("desk.fact-choice", type=fact.type, at=to_datetime(fact.at_us)))
        for fact in situation.history.facts
    )
    return Field("fact", "choice", message("desk.field-fact"), None, True, choices)


def _retracting_fields(situation: Situation) -> tuple[Field, ...]:
    return (_fact_field(situation), fields.reason(required=True))


def _correcting_fields(situation: Situation) -> tuple[Field, ...]:
    """The fact, when it really happened, and the words that any of the thing's facts may bear."""
    return (
        _fact_field(situation),
        Field("at", "time", message("desk.field-at")),
        *(
            Field(name, "text", message("desk.field-corrected", field=name))
            for name in _correctable(situation.history.facts)
        ),
        fields.reason(required=True),
    )


def _correctable(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    found = (
        field.name
        for fact in facts
        for field in BY_NAME[fact.type].fields
        if field.kind in _NAMED and field.name not in _NOT_CORRECTED
    )
    return tuple(dict.fromkeys(found))


def _meant(situation: Situation, given: Given) -> Fact:
    return next(fact for fact in situation.history.facts if fact.id == given["fact"])


def _retract(situation: Situation, given: Given, pen: Pen) -> None:
    """Takes the fact back; what the customer did not see is taken back unseen too."""
    fact = _meant(situation, given)
    internal = fact.written.get("internal")
    prose = {"written": given["reason"]}
    pen.fact(fact.type, retracts=fact.id, internal=internal, prose=prose)


def _correct(situation: Situation, given: Given, pen: Pen) -> None:
    """The same fact with what is different; its words are the reason.

    What somebody wrote stays with the fact that is corrected (`prose.first_told`). So does who did
    it: agreements may ask for that; who corrects it is the writer of the reason.
    """
    fact = _meant(situation, given)
    own = {field.name for field in BY_NAME[fact.type].fields}
    data: dict[str, Any] = {"by": None, **fact.data}
    data |= {name: value for name, value in given.items() if name in own - {"reason"}}
    data.pop("written", None)
    at = given.get("at", fact.at_us)
    pen.fact(fact.type, at_us=at, corrects=fact.id, prose={"written": given["reason"]}, **data)


CORRECTIONS: tuple[Action, ...] = tuple(
    Action(name, thing, label, May.LEAD, EVERY, write, fields=asked)
    for thing in ("request", "complaint", "order")
    for name, label, write, asked in (
        ("correct", message("desk.act-correct"), _correct, _correcting_fields),
        ("retract", message("desk.act-retract"), _retract, _retracting_fields),
    )
)
