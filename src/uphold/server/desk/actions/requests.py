"""What customers do with their requests, and agents for them: open, pass on, reply, withdraw."""

from __future__ import annotations

from uphold.messages import message
from uphold.server.accounts.kinds import May, Role
from uphold.server.accounts.services import person_by_key
from uphold.server.desk.actions import fields
from uphold.server.desk.actions.action import Action, Pen
from uphold.server.desk.actions.states import DONE, NEW, WAITING, WORKED
from uphold.server.desk.actions.writing import because, classified, written
from uphold.server.desk.reading import Given
from uphold.server.desk.shapes import Field
from uphold.server.desk.situation import Situation


def _opening_fields(situation: Situation) -> tuple[Field, ...]:
    return (
        *fields.customer(situation),
        *fields.author(situation),
        *fields.came(situation),
        Field("title", "text", message("desk.field-title"), required=True),
        fields.words(required=False),
        *fields.classification(situation),
    )


def _open(situation: Situation, given: Given, pen: Pen) -> None:
    author = given.get("author") or situation.author
    pen.fact(
        "request.opened",
        at_us=given.get("at"),
        author=author,
        author_role=_role(situation, author),
        channel=given.get("channel") or situation.channel,
        prose={
            "title": given["title"],
            "words": given.get("words"),
            "channel_reason": given.get("channel_reason"),
        },
        **classified(given),
        service=given.get("service"),
    )


def _role(situation: Situation, author: str) -> str | None:
    """What the author is at the customer, as agreements speak of it (C8)."""
    viewer = situation.viewer
    if author == viewer.person:
        roles = viewer.roles
    else:
        person = person_by_key(author) if author else None
        roles = frozenset(person.roles) if person else frozenset()
    if not roles:
        return None
    return str(Role.SUPER_USER) if Role.SUPER_USER in roles else str(Role.USER)


def _reply(situation: Situation, given: Given, pen: Pen) -> None:
    by = situation.author if situation.viewer.is_staff else situation.viewer.person
    pen.fact("request.replied", by=by, prose={"written": given["words"]})


REQUESTS: tuple[Action, ...] = (
    Action(
        "open", "request", message("desk.act-open"), May.ASK, NEW, _open, fields=_opening_fields
    ),
    Action(
        "pass-on",
        "request",
        message("desk.act-pass-on"),
        May.PASS_ON,
        WAITING,
        written("request.forwarded"),
        fields=lambda _: (fields.words(required=False),),
        is_main=True,
    ),
    Action(
        "decline",
        "request",
        message("desk.act-decline"),
        May.PASS_ON,
        WAITING,
        because("request.cancelled"),
        fields=lambda _: (fields.reason(required=True),),
    ),
    Action(
        "reply",
        "request",
        message("desk.act-reply"),
        May.ASK,
        WORKED | WAITING,
        _reply,
        fields=lambda _: (fields.words(),),
        is_main=True,
    ),
    Action(
        "reopen",
        "request",
        message("desk.act-reopen"),
        May.ASK,
        DONE,
        written("request.reopened"),
        fields=lambda _: (fields.words(),),
    ),
    Action(
        "cancel",
        "request",
        message("desk.act-cancel"),
        May.ASK,
        WORKED | WAITING,
        because("request.cancelled"),
        fields=lambda _: (fields.reason(required=False),),
    ),
)
