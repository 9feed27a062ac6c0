"""The switch between people: in the demo anybody may be anybody, without a password."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from uphold.messages import Message
from uphold.server.accounts.wording import ROLES
from uphold.server.demo.party import House, Somebody
from uphold.server.demo.world import HOUSES, KEYS


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to be: who, where, in which roles, and what to try; `is_now` whoever one is."""

    key: str
    name: str
    of: str
    roles: tuple[Message, ...]
    tries: Message
    is_now: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The people of one house that one can be: its own first, then those it serves."""

    house: str
    key: str
    people: tuple[Choice, ...]


def choices(now: str = "") -> tuple[Choices, ...]:
    """Everybody one can be, by house; `now` is the key of whoever one is."""
    return tuple(Choices(house.name, house.key, _people(house, now)) for house in HOUSES)


def _people(house: House, now: str) -> tuple[Choice, ...]:
    return tuple(
        _choice(somebody, party.name if party else house.name, somebody.tries, now)
        for party, somebody in house.everybody()
        if somebody.tries is not None
    )


def _choice(somebody: Somebody, of: str, tries: Message, now: str) -> Choice:
    roles = tuple(ROLES[role] for role in somebody.roles)
    return Choice(somebody.key, somebody.name, of, roles, tries, somebody.key == now)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The page on which one chooses whom to be."""
    return render(request, "demo/people.html")


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the demo's people, and goes to where they begin."""
    key = request.POST.get("person", "")
    if key not in KEYS:
        raise Http404
    person = get_user_model().objects.filter(key=key, is_active=True).first()
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("web:home")
