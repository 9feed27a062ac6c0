"""Requests, complaints and orders: listed, read, previewed, acted upon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from uphold.server.accounts.access import NotFound
from uphold.server.accounts.kinds import May
from uphold.server.api.forms import LARGEST_PAGE, NAME, USUAL_PAGE, WORDS, ActIn, Subject
from uphold.server.api.operation import acts, reads
from uphold.server.api.signing_in import ApiRequest
from uphold.server.api.thing_forms import (
    ClockOut,
    DoneOut,
    OffersOut,
    PageOut,
    PreviewOut,
    ThingOut,
    clock_out,
    done_out,
    offer_out,
    page_out,
    preview_out,
    thing_out,
)
from uphold.server.desk import services as desk

router = Router(tags=["requests, complaints and orders"])

OPENED_BY: Final = {"request": "open", "complaint": "receive", "order": "place"}
"""The action that makes a thing of each kind."""
CHANNEL: Final = "api"
"""The way that what comes here came, where nobody says otherwise."""
DONE: Final[Mapping[int, type[Schema]]] = {201: DoneOut, 200: PreviewOut}

Preview = Annotated[bool, Query(description="tell what it would do, and do nothing")]
Action = Annotated[
    str, Path(pattern=r"^[a-z][a-z-]{0,39}$", description="as the offers name it, such as answer")
]
Word = Annotated[str, Query(pattern=NAME)]


class View(Schema):
    """A view of the queue, as a list is asked for it."""

    state: Literal["open", "waiting", "unfinished", "done", "all"] = Field(
        "open", description="to be worked on, waiting at customers, both, done, or all"
    )
    order: Literal["agreement", "due", "newest"] = Field(
        "agreement", description="the agreement's order of work, by due time, or newest first"
    )
    customer: str = Field("", max_length=100, pattern=WORDS, description="a customer's key")
    priority: str = Field("", max_length=100, pattern=WORDS)
    text: str = Field(
        "",
        max_length=200,
        pattern=WORDS,
        description="in numbers, titles, names of customers, and all that was written",
    )
    mine: bool = Field(False, description="only what the caller has")
    unassigned: bool = Field(False, description="only what nobody has")
    late: bool = Field(False, description="only what is past its due time")
    after: str | None = Field(
        None, max_length=200, pattern=r"^[A-Za-z0-9_-]+$", description="from the page before"
    )
    limit: int = Field(USUAL_PAGE, ge=1, le=LARGEST_PAGE)

    def page(self, request: ApiRequest, thing: str) -> PageOut:
        """The page of things of this kind, or of all kinds."""
        query = desk.Query(
            state=self.state,
            thing=thing,
            customer=self.customer,
            priority=self.priority,
            text=self.text,
            order=self.order,
            mine=self.mine,
            unassigned=self.unassigned,
            late=self.late,
        )
        found = desk.queue(request.viewer, query, self.after, size=self.limit)
        return page_out(found, request.reader)


class VerdictsOut(Schema):
    """What is owed for a thing, with every reason."""

    position: int
    verdicts: list[ClockOut]


@reads(router, "/things", PageOut)
def list_things(request: ApiRequest, view: Annotated[View, Query()]) -> PageOut:
    """Requests, complaints and orders together, in one order of work."""
    return view.page(request, "")


@reads(router, "/requests", PageOut)
def list_requests(request: ApiRequest, view: Annotated[View, Query()]) -> PageOut:
    """Requests, and why each stands where it does."""
    return view.page(request, "request")


@reads(router, "/complaints", PageOut)
def list_complaints(request: ApiRequest, view: Annotated[View, Query()]) -> PageOut:
    """Complaints."""
    return view.page(request, "complaint")


@reads(router, "/orders", PageOut)
def list_orders(request: ApiRequest, view: Annotated[View, Query()]) -> PageOut:
    """Orders."""
    return view.page(request, "order")


@reads(router, "/offers", OffersOut, refuses=("not-found",))
def list_offers(
    request: ApiRequest,
    customer: Annotated[
        str, Query(max_length=100, pattern=WORDS, description="for this customer")
    ] = "",
    account: Annotated[str, Query(max_length=100, pattern=WORDS)] = "",
) -> OffersOut:
    """What the caller can make, with the fields that each takes and their choices."""
    values = {"customer": customer, "account": account}
    if customer and not request.viewer.acts_for(customer):
        raise NotFound
    found = desk.openings(request.viewer, values)
    return OffersOut(offers=[offer_out(each, request.reader) for each in found])


@reads(router, "/things/{subject}", ThingOut, refuses=("not-found",))
def read_thing(request: ApiRequest, subject: Subject) -> ThingOut:
    """One thing with its clocks and their reasons, its story, and what can be done with it."""
    return thing_out(desk.thing(request.viewer, subject), request.reader)


@reads(router, "/things/{subject}/verdicts", VerdictsOut, refuses=("not-found",))
def read_verdicts(request: ApiRequest, subject: Subject) -> VerdictsOut:
    """What is owed for a thing: each promise as it stands now, and because of what."""
    found = desk.thing(request.viewer, subject)
    return VerdictsOut(
        position=found.position,
        verdicts=[clock_out(each, request.reader) for each in found.clocks],
    )


@reads(router, "/things/{subject}/offers", OffersOut, refuses=("not-found",))
def read_offers(request: ApiRequest, subject: Subject) -> OffersOut:
    """What the caller can do with a thing now."""
    found = desk.thing(request.viewer, subject).offers
    return OffersOut(offers=[offer_out(each, request.reader) for each in found])


@acts(
    router,
    "/things/{subject}/actions/{action}",
    DONE,
    May.READ,
    refuses=("refused", "moved", "not-found", "not-allowed"),
)
def act_on_thing(
    request: ApiRequest,
    subject: Subject,
    action: Action,
    filled: ActIn,
    preview: Preview = False,
) -> DoneOut | PreviewOut:
    """Takes an action; with `preview` it tells what the action would do to the clocks.

    The offers of a thing name the actions and their fields. Each needs the right that its page
    needs.
    """
    return _act(request, action, subject, filled.values, filled.seen, preview=preview)


@acts(router, "/requests", DONE, May.ASK, refuses=("refused", "not-found"))
def open_request(
    request: ApiRequest, filled: ActIn, preview: Preview = False
) -> DoneOut | PreviewOut:
    """Opens a request; with `preview` it tells what would be owed for it."""
    return _make(request, "request", filled, preview)


@acts(router, "/complaints", DONE, May.ASK, refuses=("refused", "not-found"))
def make_complaint(
    request: ApiRequest, filled: ActIn, preview: Preview = False
) -> DoneOut | PreviewOut:
    """Makes a complaint."""
    return _make(request, "complaint", filled, preview)


@acts(router, "/orders", DONE, May.ASK, refuses=("refused", "not-found"))
def place_order(
    request: ApiRequest, filled: ActIn, preview: Preview = False
) -> DoneOut | PreviewOut:
    """Places an order; too little notice is told with the earliest time that is possible."""
    return _make(request, "order", filled, preview)


def _make(request: ApiRequest, thing: str, filled: ActIn, preview: bool) -> DoneOut | PreviewOut:
    return _act(request, OPENED_BY[thing], None, filled.values, None, preview=preview)


def _act(
    request: ApiRequest,
    action: str,
    subject: str | None,
    values: Mapping[str, Any],
    seen: int | None,
    *,
    preview: bool,
) -> DoneOut | PreviewOut:
    viewer = request.viewer
    if preview:
        found = desk.preview(viewer, action, subject, values, channel=CHANNEL)
        return preview_out(found, request.reader)
    return done_out(desk.act(viewer, action, subject, values, seen=seen, channel=CHANNEL))
