"""One's own pages: name, language and zone, which organisation one is in, tokens."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from uphold.messages import message
from uphold.server.accounts import filled_in, people, tokens
from uphold.server.accounts.access import NotAllowed, NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.accounts.models import Person
from uphold.server.accounts.shapes import NotDone
from uphold.server.accounts.viewing import CHOSEN
from uphold.server.accounts.wording import RIGHTS
from uphold.server.request import PageRequest

_GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_POST
def me(request: PageRequest) -> HttpResponse:
    """One's name, language and zone; and the ways to everything else of one's own."""
    person = _person(request)
    filled = {"name": person.name, "language": person.language, "zone": person.zone}
    wrong: Mapping[str, str] = {}
    if request.method == "POST":
        filled = {name: filled_in.text(request, name) for name in filled}
        try:
            people.change_person(person.key, **filled)
        except NotDone as error:
            wrong = filled_in.wrong(request, error)
        else:
            messages.success(request, request.reader.text(message("accounts.saved")))
            return redirect("accounts:me")
    shown = {
        "person": person,
        "filled": filled,
        "wrong": wrong,
        "zones": filled_in.zones(),
        "organisations": people.organisations_of(person.key),
        "has_password": person.has_usable_password(),
    }
    return render(request, "accounts/me.html", shown, status=422 if wrong else 200)


@require_POST
def switch(request: PageRequest) -> HttpResponse:
    """Goes over to another of one's organisations."""
    person = _person(request)
    chosen = filled_in.text(request, "organisation", 20)
    if chosen not in {str(each) for each in people.homes_of(person.key)}:
        raise NotFound
    request.session[CHOSEN] = int(chosen)
    return redirect("/")


@_GET_POST
@never_cache
def own_tokens(request: PageRequest) -> HttpResponse:
    """One's tokens; a new one is shown in full this once."""
    viewer = require(request.viewer, May.READ)
    wrong: Mapping[str, str] = {}
    made = ""
    if request.method == "POST":
        try:
            made = _make(request, viewer)
        except NotDone as error:
            wrong = filled_in.wrong(request, error)
    rights = [(right, said) for right, said in RIGHTS.items() if viewer.may(right)]
    shown = {
        "rows": [
            (each, [RIGHTS[scope] for scope in each.scopes], tokens.is_open(each))
            for each in tokens.tokens_of(viewer.person)
        ],
        "rights": rights,
        "made": made,
        "wrong": wrong,
        "filled": request.POST if wrong else {},
        "chosen": set(request.POST.getlist("scopes")) if wrong else {May.READ},
    }
    return render(request, "accounts/tokens.html", shown, status=422 if wrong else 200)


@require_POST
def revoke(request: PageRequest, token: int) -> HttpResponse:
    """Ends one of one's tokens at once."""
    viewer = require(request.viewer, May.READ)
    if not tokens.revoke_token(viewer.person, token):
        raise NotFound
    messages.success(request, request.reader.text(message("accounts.token-revoked")))
    return redirect("accounts:tokens")


def _make(request: PageRequest, viewer: Viewer) -> str:
    posted = set(request.POST.getlist("scopes"))
    scopes = [right for right in May if right in posted]
    until_us = filled_in.day(request, "expires", request.reader.zone or "UTC", is_last=True)
    name = filled_in.text(request, "name")
    _, text = tokens.new_token(viewer, name, scopes, expires_us=until_us)
    return text


def _person(request: PageRequest) -> Person:
    """Whoever is signed in, with a role somewhere or without. Raises `NotAllowed`."""
    if not isinstance(request.user, Person):
        raise NotAllowed(May.READ)
    return request.user
