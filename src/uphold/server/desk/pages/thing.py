"""The page of a request, complaint or order, and what one does there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from uphold.messages import message
from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.desk import services
from uphold.server.desk.pages.asking import THINGS, filled_in, subject_of
from uphold.server.desk.pages.composing import composer
from uphold.server.desk.shapes import Offer, Preview, Values, Wrong
from uphold.server.ledger.services import Moved
from uphold.server.request import PageRequest

_ADDRESS = {kind: things for things, kind in THINGS.items()}
_MOST_KEYS: Final = 9
_UNCHANGED: Final = "desk.wrong-nothing-changed"
_NOT_MAIN_FOR_STAFF: Final = frozenset({"reply"})
"""What is the customer's main action, but only written down by the desk."""


def address(subject: str) -> str:
    """Where the page of a thing is."""
    kind, _, number = subject.partition(":")
    return reverse("thing", args=(_ADDRESS[kind], number))


@require_safe
def thing(request: PageRequest, things: str, number: int) -> HttpResponse:
    """The whole page."""
    viewer = require(request.viewer, May.READ)
    return render(request, "desk/thing.html", _shown(viewer, subject_of(things, number)))


@require_GET
def live(request: PageRequest, things: str, number: int) -> HttpResponse:
    """The part of the page that others' work changes, or nothing where they changed nothing."""
    viewer = require(request.viewer, May.READ)
    shown = _shown(viewer, subject_of(things, number))
    if request.GET.get("seen") == str(shown["thing"].position):
        return HttpResponse(status=204)
    return render(request, "desk/thing_live.html", shown)


@require_GET
def form(request: PageRequest, things: str, number: int, action: str) -> HttpResponse:
    """The form of one action, with what it would do as it stands."""
    viewer = require(request.viewer, May.READ)
    subject = subject_of(things, number)
    shown = services.thing(viewer, subject)
    offer = _offer(shown.offers, action)
    return render(
        request,
        "desk/action.html" if request.htmx else "desk/action_page.html",
        {
            "thing": shown,
            "offer": _for(viewer, offer),
            "things": things,
            "seen": shown.position,
        },
    )


@require_POST
def preview(request: PageRequest, things: str, number: int, action: str) -> HttpResponse:
    """What the action will do to the clocks, while one types."""
    viewer = require(request.viewer, May.READ)
    found = services.preview(viewer, action, subject_of(things, number), filled_in(request.POST))
    return render(request, "desk/preview.html", {"preview": without_gaps(found, request.POST)})


@require_POST
def take(request: PageRequest, things: str, number: int, action: str) -> HttpResponse:
    """Takes the action; back to the thing, or to the form with what is wrong."""
    viewer = require(request.viewer, May.READ)
    subject, values = subject_of(things, number), filled_in(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        done = services.act(viewer, action, subject, values, seen=_seen(request))
    except Moved:
        told = services.overtaken(viewer, subject, _seen(request))
        wrong: tuple[Wrong, ...] = (Wrong("", told),)
        status = HTTPStatus.CONFLICT
    except services.NotTaken as refused:
        wrong = refused.wrong
    else:
        messages.success(request, request.reader.text(message("desk.done")))
        return redirect(address(done.subject))
    shown = services.thing(viewer, subject)
    offer = filled(_offer_or_words(shown.offers, action), values)
    data = {
        "thing": shown,
        "offer": _for(viewer, offer),
        "things": things,
        "seen": shown.position,
        "wrong": {each.field: each.said for each in wrong},
    }
    return render(request, "desk/action_page.html", data, status=status)


@dataclass(frozen=True, slots=True)
class Keyed:
    """An offer and the key that takes it; empty behind the ninth."""

    offer: Offer
    key: str


def _shown(viewer: Viewer, subject: str) -> dict[str, Any]:
    found = services.thing(viewer, subject)
    offers = [_for(viewer, each) for each in found.offers]
    writes = composer(viewer, found)
    main = [each for each in offers if each.is_main]
    rest = [each for each in offers if not each.is_main]
    keyed = [
        Keyed(each, str(place) if place <= _MOST_KEYS else "")
        for place, each in enumerate((*main, *rest), start=1)
    ]
    return {
        "thing": found,
        "things": _ADDRESS[found.row.thing],
        "main_offers": keyed[: len(main)],
        "more_offers": keyed[len(main) :],
        "composer": writes,
        "composer_action": writes[0].action if writes else "",
    }


def _for(viewer: Viewer, offer: Offer) -> Offer:
    """The offer as the viewer's page shows it: the desk writes down what a customer replied."""
    if viewer.is_staff and offer.thing == "request" and offer.action in _NOT_MAIN_FOR_STAFF:
        return replace(offer, is_main=False, label=message("desk.act-reply-noted"))
    return offer


def _offer(offers: tuple[Offer, ...], action: str) -> Offer:
    """The offer of that name. Raises `NotFound` where it is not open to the viewer now."""
    found = next((each for each in offers if each.action == action), None)
    if found is None:
        raise NotFound
    return found


def _offer_or_words(offers: tuple[Offer, ...], action: str) -> Offer:
    """The offer of that name; else another in which the words that were written are not lost.

    What was open when somebody began to write may not be when they send it. Raises `NotFound`.
    """
    meant = (each for each in offers if each.action == action)
    other = (each for each in reversed(offers) if any(it.name == "words" for it in each.fields))
    found = next(meant, None) or next(other, None)
    if found is None:
        raise NotFound
    return found


def filled(offer: Offer, values: Values) -> Offer:
    """The offer with what was filled in, so that nothing is lost."""
    return replace(
        offer,
        fields=tuple(
            replace(each, value=str(values.get(each.name, each.value))) for each in offer.fields
        ),
    )


def without_gaps(found: Preview, given: Any) -> Preview:
    """Without complaints about what nobody has come to yet."""
    wrong = tuple(
        each
        for each in found.wrong
        if (not each.field or given.get(each.field)) and each.said.id != _UNCHANGED
    )
    return replace(found, wrong=wrong)


def _seen(request: PageRequest) -> int | None:
    """The ledger's position that the page showed; None where the form does not say."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None
