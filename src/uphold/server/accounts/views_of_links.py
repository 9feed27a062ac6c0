"""Pages behind links that work once: the set-up, a first password, an offer.

Who has the link is let in: the pages are for visitors and never kept by caches. That no other site
learns of them is every page's policy on referrers (`same-origin`); a stricter one would hide from
our own forms where they came from.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model, login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from uphold.server.accounts import filled_in, links
from uphold.server.accounts.access import NotFound
from uphold.server.accounts.shapes import NotDone
from uphold.server.accounts.viewing import CHOSEN
from uphold.server.accounts.wording import ROLES
from uphold.server.request import PageRequest

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_POST
@never_cache
@sensitive_post_parameters("password")
def set_up(request: PageRequest, secret: str) -> HttpResponse:
    """Makes a provider and its administrator, and signs them in."""
    if not links.is_setup(secret):
        return _over(request)
    filled = {
        name: filled_in.text(request, name)
        for name in ("provider", "name", "email", "language", "zone")
    }
    wrong = {}
    if request.method == "POST":
        try:
            made = links.set_up(secret, password=filled_in.password(request), **filled)
        except NotDone as error:
            wrong = dict(filled_in.wrong(request, error))
        else:
            _sign_in(request, made.key)
            return redirect("/")
    else:
        filled |= {"language": request.reader.language, "zone": request.reader.zone or "UTC"}
    return _page(request, "accounts/set_up.html", wrong, filled=filled, zones=filled_in.zones())


@_GET_POST
@never_cache
@sensitive_post_parameters("password")
def join(request: PageRequest, secret: str) -> HttpResponse:
    """Lets an invited person set a password, and signs them in."""
    found = links.offer(secret)
    if found is None or found.party is not None:
        return _over(request)
    wrong = {}
    if request.method == "POST":
        try:
            key = links.join(secret, filled_in.password(request))
        except NotDone as error:
            wrong = dict(filled_in.wrong(request, error))
        else:
            _sign_in(request, key)
            return redirect("/")
    return _page(request, "accounts/join.html", wrong, found=found)


@_GET_POST
@never_cache
def offer(request: PageRequest, secret: str) -> HttpResponse:
    """Shows the offered role to whom it is offered, signed in, and takes them in if they like."""
    found = links.offer(secret)
    if found is None or found.party is None or found.role is None:
        return _over(request)
    if not request.user.is_authenticated:
        return redirect(f"/accounts/login/?next={request.path}")
    if getattr(request.user, "key", "") != found.person:
        raise NotFound
    if request.method == "POST":
        try:
            home = links.accept(secret, found.person)
        except NotDone:
            return _over(request)
        request.session[CHOSEN] = home.id
        return redirect("/")
    return _page(request, "accounts/offer.html", {}, found=found, role=ROLES[found.role])


def _page(
    request: PageRequest, template: str, wrong: dict[str, str], **data: object
) -> HttpResponse:
    status = 422 if wrong else 200
    return render(request, template, {"wrong": wrong, **data}, status=status)


def _over(request: PageRequest) -> HttpResponse:
    """The link was never made, is used up, or over: all the same to whoever tries."""
    return render(request, "accounts/link_over.html", status=404)


def _sign_in(request: PageRequest, key: str) -> None:
    login(request, get_user_model().objects.get(key=key), backend=_BACKEND)
