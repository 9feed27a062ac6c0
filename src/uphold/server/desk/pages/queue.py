"""The queue's page: filters, saved views, and the warnings that nobody has seen yet."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from uphold.messages import Message, message
from uphold.server.accounts.access import NotFound, require
from uphold.server.accounts.kinds import May
from uphold.server.desk import services
from uphold.server.desk.pages.warned import warned
from uphold.server.desk.services import MOST_COUNTED, Query
from uphold.server.request import PageRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of the filters: its name, what it is called, what it offers, and what is chosen."""

    name: str
    label: Message
    options: tuple[tuple[str, Message], ...]
    value: str


@require_safe
def queue(request: PageRequest) -> HttpResponse:
    """A page of the queue; htmx gets its rows alone, to be put below those that are there."""
    viewer = require(request.viewer, May.WORK)
    query = _query(request)
    page = services.queue(viewer, query, request.GET.get("after"))
    current = query.written()
    data: dict[str, object] = {
        "page": page,
        "query": query,
        "next": f"{current}&{urlencode({'after': page.after})}" if page.after else "",
    }
    if request.htmx and request.GET.get("after"):
        return render(request, "desk/rows.html", data)
    alarms = services.alarms(viewer)
    return render(
        request,
        "desk/queue.html",
        {
            **data,
            "current": current,
            "is_filtered": bool(current),
            "is_more": page.total > MOST_COUNTED,
            "counted": min(page.total, MOST_COUNTED),
            "choices": _choices(query),
            "saved": services.saved_filters(viewer),
            "warned": warned(alarms),
            "alarm_count": len(alarms),
        },
    )


@require_POST
def save_filter(request: PageRequest) -> HttpResponse:
    """Keeps the view under a name."""
    viewer = require(request.viewer, May.WORK)
    query = Query.read(request.POST.get("query", "")[:1000])
    try:
        services.save_filter(viewer, request.POST.get("name", ""), query)
    except services.NotTaken as refused:
        for wrong in refused.wrong:
            messages.error(request, request.reader.text(wrong.said))
    return redirect(f"{reverse('desk:queue')}?{query.written()}")


@require_POST
def forget_filter(request: PageRequest) -> HttpResponse:
    """Forgets a view."""
    viewer = require(request.viewer, May.WORK)
    services.drop_filter(viewer, request.POST.get("name", "").replace("\x00", ""))
    return redirect("desk:queue")


@require_POST
def seen_alarm(request: PageRequest) -> HttpResponse:
    """Somebody has seen a warning, or several."""
    viewer = require(request.viewer, May.WORK)
    given = request.POST.getlist("alarm")
    if not given or not all(map(_is_number, given)):
        raise NotFound
    if len(given) == 1:
        services.see(viewer, int(given[0]))
    else:
        services.see_all(viewer, [int(each) for each in given])
    return redirect("desk:queue")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _query(request: PageRequest) -> Query:
    """What the filters ask for; who has it is one select that stands for two parts."""
    given = request.GET.dict()
    held = given.pop("who", "")
    if held in ("mine", "unassigned"):
        given[held] = "yes"
    return Query.of(given)


def _choices(query: Query) -> tuple[Choice, ...]:
    who = "mine" if query.mine else "unassigned" if query.unassigned else ""
    return (
        Choice(
            "state",
            message("desk.state"),
            (
                ("open", message("desk.show-open")),
                ("waiting", message("desk.state-waiting")),
                ("unfinished", message("desk.show-unfinished")),
                ("done", message("desk.show-done")),
                ("all", message("desk.show-every")),
            ),
            query.state,
        ),
        Choice(
            "thing",
            message("desk.show-kind"),
            (
                ("", message("desk.show-every-kind")),
                ("request", message("desk.show-requests")),
                ("complaint", message("desk.show-complaints")),
                ("order", message("desk.show-orders")),
            ),
            query.thing,
        ),
        Choice(
            "who",
            message("desk.assigned"),
            (
                ("", message("desk.show-anybody")),
                ("mine", message("desk.show-mine")),
                ("unassigned", message("desk.show-nobody")),
            ),
            who,
        ),
        Choice(
            "late",
            message("desk.next-due"),
            (("", message("desk.show-any-due")), ("yes", message("desk.late"))),
            "yes" if query.late else "",
        ),
        Choice(
            "order",
            message("desk.order"),
            (
                ("agreement", message("desk.order-agreement")),
                ("due", message("desk.order-due")),
                ("newest", message("desk.order-newest")),
            ),
            query.order,
        ),
    )
