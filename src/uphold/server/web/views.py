"""The shell's own pages: the way in, and the choice of language and theme."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from uphold.messages import LANGUAGES
from uphold.server.accounts import services
from uphold.server.request import PageRequest
from uphold.server.web.context import THEME, THEMES
from uphold.server.web.navigation import links
from uphold.server.web.reading import COOKIE

_YEAR = 365 * 24 * 3600


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Sends everybody to where they begin: staff to the queue, customers to their requests."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    open_to_them = links(request.viewer, request.path)
    if open_to_them:
        return redirect(open_to_them[0].href)
    return render(request, "web/nowhere.html")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language: for the person, and for this browser when nobody is signed in."""
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        return HttpResponseBadRequest()
    response = redirect(_back(request))
    person = getattr(request.user, "key", "")
    if person:
        services.choose_language(person, language)
    _keep(response, COOKIE, language)
    return response


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keeps light, dark or the system's choice for this browser."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    response = redirect(_back(request))
    _keep(response, THEME, theme)
    return response


def _keep(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie,
        value,
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _back(request: HttpRequest) -> str:
    """The page that the choice was made on, as long as it is one of ours."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    path = "/" + parts.path.lstrip("/\\")  # a path of two slashes would lead to another site
    return f"{path}?{parts.query}" if parts.query else path
