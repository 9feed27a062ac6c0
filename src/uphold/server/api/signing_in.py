"""Who calls: by a token of their own, or in the session of a page; and whether they may."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from uphold.messages import Reader, message
from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.api import rates
from uphold.server.api.problems import Problem
from uphold.server.request import PageRequest

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ApiRequest(PageRequest):
    """A call: its `viewer` has been let in, `caller` names whose allowance it counts against."""

    viewer: Viewer
    caller: str


class Token(HttpBearer):
    """Signs in by `Authorization: Bearer`, with the scopes that the token was given."""

    openapi_description = "A token from the page of one's own settings."

    def __init__(self, may: May) -> None:
        self.may = may
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The person who made the token, in the organisation it was made for."""
        viewer = accounts.viewer_of_token(token)
        if viewer is None:
            raise not_signed_in()
        request.reader = _reader(request, viewer)  # type: ignore[attr-defined]
        return _let_in(request, viewer, sha256(token.encode()).hexdigest()[:40], self.may)


class Session(APIKeyCookie):
    """Signs in by the session of a page, for the pages' own scripts; changes need a form token."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a signed-in page; changes need X-CSRFToken."

    def __init__(self, may: May) -> None:
        self.may = may
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """The person who is signed in, in the organisation they chose."""
        viewer: Viewer | None = getattr(request, "viewer", None)
        if key is None or viewer is None:
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Problem("form-token", message("api.form-token-wrong"))
        caller = f"{viewer.person}:{viewer.organisation}"
        return _let_in(request, viewer, caller, self.may)


def _let_in(request: HttpRequest, viewer: Viewer, caller: str, may: May) -> Viewer:
    """The viewer, counted and allowed; the request bears both from here on."""
    request.viewer = viewer  # type: ignore[attr-defined]  # operations read it
    request.caller = caller  # type: ignore[attr-defined]  # operations read it
    request.allowance = rates.spend(caller)  # type: ignore[attr-defined]  # operations read it
    return require(viewer, may)


def _reader(request: HttpRequest, viewer: Viewer) -> Reader:
    """In which words a program gets its texts: the language it asks for, else its person's.

    A program may keep them or pass them on, so every instant is told in full and names its zone.
    """
    person = accounts.person_by_key(viewer.person)
    found = request.reader  # type: ignore[attr-defined]  # operations read it
    language: str = found.language
    if person is not None and person.language and not request.headers.get("Accept-Language"):
        language = person.language
    return Reader(language)


def not_signed_in() -> Problem:
    """What somebody is told who brought no token, or one that does not hold."""
    return Problem(
        "not-signed-in",
        message("api.not-signed-in"),
        headers={"WWW-Authenticate": 'Bearer realm="Uphold"'},
    )
