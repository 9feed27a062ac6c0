"""What is done with orders: placed with enough notice, held while details lack, delivered (E15)."""

from __future__ import annotations

from uphold.agreement.phrases.conditions import Path
from uphold.facts.times import to_datetime
from uphold.messages import message
from uphold.server.accounts.kinds import May
from uphold.server.desk.actions import fields
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.states import NEW, WORKED
from uphold.server.desk.actions.writing import because, of, written
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field
from uphold.server.desk.situation import Situation
from uphold.server.desk.vocabulary import choices_of, known_words


def _placing_fields(situation: Situation) -> tuple[Field, ...]:
    agreement = situation.agreement
    items = choices_of(known_words(agreement, Path("order", "item"))) if agreement else ()
    came = tuple(each for each in fields.came(situation) if each.name != "channel_reason")
    form = "choice" if items else "text"
    return (
        *fields.customer(situation),
        *fields.author(situation),
        *came,
        Field("item", form, message("desk.field-item"), None, True, items),
        Field("wanted", "time", message("desk.field-wanted")),
        Field("quantity", "choice", message("desk.field-quantity"), None, False, _QUANTITIES),
        Field("title", "text", message("desk.field-title"), required=False),
        fields.words(required=False),
    )


_QUANTITIES = choices_of(map(str, range(1, 101)))


def _place(situation: Situation, given: Given, pen: Pen) -> None:
    wanted, quantity = given.get("wanted"), given.get("quantity")
    pen.fact(
        "order.placed",
        at_us=given.get("at"),
        author=given.get("author") or situation.author,
        channel=given.get("channel") or situation.channel,
        item=given["item"],
        wanted=None if wanted is None else to_datetime(wanted),
        quantity=None if quantity is None else int(quantity),
        prose={"title": given.get("title"), "words": given.get("words")},
    )


def _holding_fields(situation: Situation) -> tuple[Field, ...]:
    return fields.awaited(situation), fields.words(required=False)


ORDERS: tuple[Action, ...] = (
    Action(
        "place",
        "order",
        message("desk.act-place"),
        May.ASK,
        NEW,
        _place,
        fields=_placing_fields,
    ),
    Action(
        "deliver",
        "order",
        message("desk.act-deliver"),
        May.WORK,
        WORKED,
        written("order.delivered"),
        fields=lambda _: (fields.words(required=False),),
        is_main=True,
    ),
    Action(
        "hold",
        "order",
        message("desk.act-hold"),
        May.WORK,
        WORKED,
        of("order.held", "cause", prose="written"),
        fields=_holding_fields,
    ),
    Action(
        "resume",
        "order",
        message("desk.act-resume"),
        May.WORK,
        WORKED,
        of("order.resumed", "cause"),
        fields=fields.ended,
        when=fields.waits,
    ),
    Action(
        "cancel",
        "order",
        message("desk.act-cancel"),
        May.ASK,
        WORKED,
        because("order.cancelled"),
        fields=lambda _: (fields.reason(required=False),),
    ),
)
