"""The pages on which requests are made, complaints told and orders placed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from uphold.server.accounts.access import NotFound, require
from uphold.server.accounts.kinds import May
from uphold.server.desk import services
from uphold.server.desk.pages.asking import THINGS, filled_in
from uphold.server.desk.pages.thing import address, filled, without_gaps
from uphold.server.desk.shapes import Offer, Values, Wrong
from uphold.server.request import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PageRequest, things: str) -> HttpResponse:
    """The form, and what is made of it."""
    viewer = require(request.viewer, May.ASK)
    values = filled_in(request.POST if request.method == "POST" else request.GET)
    offer = filled(_offer(request, things, values), values)
    wrong: tuple[Wrong, ...] = ()
    if request.method == "POST":
        try:
            done = services.act(viewer, offer.action, None, values)
        except services.NotTaken as refused:
            wrong = refused.wrong
        else:
            return redirect(address(done.subject))
    data = {
        "offer": offer,
        "things": things,
        "wrong": {each.field: each.said for each in wrong},
    }
    return render(request, "desk/new.html", data, status=422 if wrong else 200)


@require_POST
def preview(request: PageRequest, things: str) -> HttpResponse:
    """What will be promised, while one types."""
    viewer = require(request.viewer, May.ASK)
    values = filled_in(request.POST)
    offer = _offer(request, things, values)
    found = services.preview(viewer, offer.action, None, values)
    return render(request, "desk/preview.html", {"preview": without_gaps(found, request.POST)})


def _offer(request: PageRequest, things: str, values: Values) -> Offer:
    """What is made here. Raises `NotFound` for a kind of thing that there is not."""
    viewer = require(request.viewer, May.ASK)
    thing = THINGS.get(things)
    offers = services.openings(viewer, values) if thing else ()
    found = next((each for each in offers if each.thing == thing), None)
    if found is None:
        raise NotFound
    return found
