"""In which language and zone a page is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from uphold.messages import LANGUAGES, Reader, nearest_language
from uphold.server import clock

COOKIE = "language"


class ReaderMiddleware:
    """Gives each request its `reader`: the person's own language and zone, or the visitor's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settles language and zone, also for Django's own texts, and goes on."""
        reader = reader_of(request)
        request.reader = reader  # type: ignore[attr-defined]  # PageRequest has it
        with translation.override(reader.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", reader.language)
        return response


def reader_of(request: HttpRequest) -> Reader:
    """The person's language and zone; a visitor's cookie or browser; the installation's."""
    person = request.user if request.user.is_authenticated else None
    language = getattr(person, "language", "")
    zone = getattr(person, "zone", "") or settings.ENVIRONMENT.zone
    return Reader(nearest_language(language or _visitors_language(request)), zone, clock.now())


def visitor(request: HttpRequest) -> Reader:
    """The reader as far as the request alone tells, for when nothing else is to be relied on."""
    return Reader(_visitors_language(request), settings.ENVIRONMENT.zone, clock.now())


def _visitors_language(request: HttpRequest) -> str:
    return nearest_language(
        request.COOKIES.get(COOKIE, "") or _asked_for(request) or settings.ENVIRONMENT.language
    )


def _asked_for(request: HttpRequest) -> str:
    """The first language of the browser's list that Uphold speaks."""
    wanted = request.headers.get("Accept-Language", "")
    for each in wanted.split(","):
        tag = each.partition(";")[0].strip()
        if tag.partition("-")[0].lower() in {*LANGUAGES, "no", "nn"}:
            return nearest_language(tag)
    return ""
