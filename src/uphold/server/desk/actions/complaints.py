"""What is done with complaints: told, confirmed with a name, contact made, answered (C4)."""

from __future__ import annotations

from uphold.messages import message
from uphold.server.accounts.kinds import May
from uphold.server.desk.actions import fields
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.states import NEW, WORKED
from uphold.server.desk.actions.writing import written
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field
from uphold.server.desk.situation import Situation


def _receiving_fields(situation: Situation) -> tuple[Field, ...]:
    came = tuple(each for each in fields.came(situation) if each.name != "channel_reason")
    return (
        *fields.customer(situation),
        *fields.author(situation),
        *came,
        Field("title", "text", message("desk.field-title"), required=True),
        fields.words(required=False),
    )


def _receive(situation: Situation, given: Given, pen: Pen) -> None:
    pen.fact(
        "complaint.received",
        at_us=given.get("at"),
        author=given.get("author") or situation.author,
        channel=given.get("channel") or situation.channel,
        prose={"title": given["title"], "words": given.get("words")},
    )


def _confirming_fields(situation: Situation) -> tuple[Field, ...]:
    return (fields.colleague(situation, "owner"), fields.words(required=False))


def _confirm(_: Situation, given: Given, pen: Pen) -> None:
    pen.fact("complaint.confirmed", owner=given.get("owner"), prose={"written": given.get("words")})


COMPLAINTS: tuple[Action, ...] = (
    Action(
        "receive",
        "complaint",
        message("desk.act-complain"),
        May.ASK,
        NEW,
        _receive,
        fields=_receiving_fields,
    ),
    Action(
        "confirm",
        "complaint",
        message("desk.act-confirm"),
        May.WORK,
        WORKED,
        _confirm,
        fields=_confirming_fields,
        is_main=True,
    ),
    Action(
        "contact",
        "complaint",
        message("desk.act-contact"),
        May.WORK,
        WORKED,
        written("complaint.contacted"),
        fields=lambda _: (fields.words(required=False),),
        is_main=True,
    ),
    Action(
        "answer",
        "complaint",
        message("desk.act-answer-complaint"),
        May.WORK,
        WORKED,
        written("complaint.answered"),
        fields=lambda _: (fields.words(),),
    ),
)
