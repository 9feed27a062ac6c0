"""Where customers and resellers begin: what they asked for, and what waits for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uphold.server.accounts.access import Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.accounts.services import lines_for, party_by_id
from uphold.server.desk import services
from uphold.server.desk.services import Query
from uphold.server.request import PageRequest

_SHOWN_DONE = 6


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """What is open, what waits to be passed on, and what was done last."""
    viewer = require(request.viewer, May.READ)
    provider = party_by_id(viewer.provider)
    return render(
        request,
        "desk/portal.html",
        {
            "waiting": services.queue(viewer, Query(state="waiting", order="newest")),
            "open": services.queue(viewer, Query(state=_open_to(viewer), order="newest")),
            "done": services.queue(viewer, Query(state="done", order="newest"), size=_SHOWN_DONE),
            "query": Query(),
            "can_ask": viewer.may(May.ASK),
            "can_pass_on": viewer.may(May.PASS_ON),
            "several_customers": viewer.customers is None or len(viewer.customers) > 1,
            "provider_name": provider.name if provider else "",
            "contact": lines_for(viewer),
        },
    )


@require_safe
def every(request: PageRequest) -> HttpResponse:
    """Everything that the viewer may see, the newest first, a page at a time."""
    viewer = require(request.viewer, May.READ)
    query = Query.of({"text": request.GET.get("text", ""), "state": "all", "order": "newest"})
    page = services.queue(viewer, query, request.GET.get("after"))
    return render(request, "desk/every.html", {"page": page, "query": query})


def _open_to(viewer: Viewer) -> str:
    """Who passes requests on sees those that wait above, others among what is open."""
    return "open" if viewer.may(May.PASS_ON) else "unfinished"
