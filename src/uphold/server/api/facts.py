"""Facts: taken in, one or many at once, and read again by those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Annotated, Any, Final

from ninja import Query, Router, Schema
from pydantic import Field

from uphold.facts import Fact, read_fact, read_facts
from uphold.facts import Problem as FactProblem
from uphold.messages import message
from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import NotFound, Viewer
from uphold.server.accounts.kinds import May
from uphold.server.api.door import JSON, LINES
from uphold.server.api.forms import SUBJECT
from uphold.server.api.operation import acts, reads
from uphold.server.api.parsing import parse_json
from uphold.server.api.problems import Fault, Problem
from uphold.server.api.signing_in import ApiRequest
from uphold.server.desk import services as desk
from uphold.server.ledger import services as ledger

router = Router(tags=["facts"])

_POSTED: Final = "agreement.posted"

MOST_READ: Final = 1_000
MOST_TOLD: Final = 200
"""So many problems of a body are told, the rest is counted."""

_FACT: Final = {
    "type": "object",
    "description": "a fact, as the language reference has it",
    "required": ["type", "at", "subject"],
    "properties": {
        "type": {"type": "string", "description": "what happened, such as request.opened"},
        "at": {"type": "string", "format": "date-time", "description": "when it happened"},
        "subject": {"type": "string", "description": "what it is about, such as request:4711"},
    },
    "additionalProperties": True,
}
BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        JSON: {"schema": _FACT},
        LINES[0]: {
            "schema": {"type": "string", "description": "JSON Lines: one fact a line, in UTF-8"}
        },
    },
}


class FactsOut(Schema):
    """Facts in the order of the ledger."""

    facts: list[dict[str, Any]] = Field(description="each as it was written, with `recorded`")
    position: int = Field(description="send it back as `after` to go on from here, now or later")
    more: bool = Field(description="whether there are more facts already")


class TakenOut(Schema):
    """Facts that were taken in."""

    position: int = Field(description="the ledger's, behind them")
    given: int = Field(description="how many facts were sent")
    new: int = Field(description="how many of them the ledger did not have")
    lists_follow: bool = Field(
        description="whether lists catch up in a moment, because so much was touched"
    )


@reads(router, "/facts", FactsOut, refuses=("not-found",))
def list_facts(
    request: ApiRequest,
    subject: Annotated[
        str | None,
        Query(pattern=SUBJECT, description="about one thing only, such as request:1001"),
    ] = None,
    after: Annotated[int, Query(ge=0, le=2**53, description="only facts behind this position")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_READ)] = 100,
) -> FactsOut:
    """Facts in the order of the ledger: those about one thing, or all that follow a position.

    The provider's people see all of its facts. Others name a subject, which must be one that they
    see, and get the facts that they may know of it.
    """
    viewer = request.viewer
    if subject is not None:
        return _about(viewer, subject)
    if not viewer.is_staff:
        fault = Fault(message("api.facts-subject-needed"), field="subject")
        raise Problem("invalid", message("api.invalid", count=1), [fault])
    found = ledger.facts_since(viewer.provider, after, limit + 1)
    shown = found[:limit]
    return FactsOut(
        facts=[dict(fact.written) for _, fact in shown],
        position=shown[-1][0] if shown else after,
        more=len(found) > limit,
    )


@acts(
    router, "/facts", {201: TakenOut}, May.ADMINISTER, refuses=("refused",), body=BODY, apart=True
)
def take_facts(request: ApiRequest) -> TakenOut:
    """Takes facts into the ledger: one as JSON, or many as JSON Lines, all or none of them.

    A fact is known by its id, without one by its content: what the ledger has already is not taken
    twice, so the same lines may be sent again. Problems are told by line.
    """
    viewer = request.viewer
    if not viewer.is_staff:
        raise NotFound
    if request.content_type == JSON:
        return _take_one(viewer.provider, request.body)
    return _take_lines(viewer.provider, request.body)


def _take_one(provider: int, body: bytes) -> TakenOut:
    fact = _one(body)
    _refuse_posting(fact)
    appended = ledger.append(provider, [fact])
    return TakenOut(position=appended.position, given=1, new=len(appended.new), lists_follow=False)


def _take_lines(provider: int, body: bytes) -> TakenOut:
    if not body.strip():
        said = message("api.facts-none")
        raise Problem("invalid", said, [Fault(said, field="body")])
    if _POSTED.encode() in body or b"\\u" in body:  # JSON may spell any letter by its number
        for fact in read_facts(BytesIO(body)).facts:
            _refuse_posting(fact)
    try:
        taken = ledger.import_lines(provider, BytesIO(body), "body")
    except ledger.NotImported as error:
        raise _unsound(error.problems) from error
    return TakenOut(
        position=taken.position, given=taken.facts, new=taken.new, lists_follow=taken.is_waiting
    )


def _one(body: bytes) -> Fact:
    written = parse_json(body)
    if not isinstance(written, dict):
        fault = Fault(message("api.wrong-object", field="body"), field="body", code="object")
        raise Problem("invalid", message("api.invalid", count=1), [fault])
    fact, problems = read_fact(written, now_us=clock.now_us())
    if fact is None:
        raise _unsound(problems)
    return fact


def _unsound(problems: Iterable[FactProblem]) -> Problem:
    found = tuple(problems)
    faults = [
        Fault(
            each.message,
            field="body",
            hint=each.hint,
            code=each.code,
            line=each.place.line or None if each.place else None,
            column=each.place.column or None if each.place else None,
        )
        for each in found[:MOST_TOLD]
    ]
    return Problem("invalid", message("api.facts-unsound", count=len(found)), faults)


def _refuse_posting(fact: Fact) -> None:
    """A revision is posted with its page, or the ledger would name one that nobody can read."""
    if fact.type == _POSTED:
        said = message("api.facts-posting", subject=fact.subject)
        line = (fact.place or "").rpartition(":")[2]
        raise Problem(
            "refused", said, [Fault(said, field="body", line=int(line) if line else None)]
        )


def _about(viewer: Viewer, subject: str) -> FactsOut:
    """The facts about a subject that the viewer may know. Raises `NotFound`."""
    found = ledger.facts_of(viewer.provider, [subject])
    if not viewer.is_staff:
        found = _known_to(viewer, subject, found)
    if not found:
        raise NotFound
    return FactsOut(
        facts=[dict(fact.written) for fact in found],
        position=ledger.position(viewer.provider),
        more=False,
    )


def _known_to(viewer: Viewer, subject: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What a customer's people may know: of a thing of theirs its story, and their own register."""
    thing, _, name = subject.partition(":")
    own = [fact for fact in facts if fact.subject == subject]
    if thing == "customer":
        if not (viewer.colleagues and viewer.acts_for(name)):
            return ()
        fees = accounts.sees_fees(viewer)
        return tuple(fact for fact in own if fees or not _names_a_fee(fact))
    told = {entry.fact for entry in desk.thing(viewer, subject).story}
    return tuple(fact for fact in own if fact.id in told)


def _names_a_fee(fact: Fact) -> bool:
    return fact.type == "customer.fee" or "fee" in fact.written
