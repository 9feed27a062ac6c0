"""The door of every operation: how much may come in, and what every answer bears."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from uphold.messages import Reader, message
from uphold.server.accounts.services import client_address
from uphold.server.api.problems import Problem, answer
from uphold.server.api.rates import STRANGERS, Allowance, spend

MOST_BYTES: Final = 16 * 1024 * 1024
JSON: Final = "application/json"
LINES: Final = ("application/jsonl", "application/x-ndjson")

View = Callable[..., HttpResponse]


def through_the_door(view: View) -> View:
    """The view, asked only what it can take; its answer says what is left of the allowance."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        problem = _not_taken(request)
        if problem is not None:
            return _sealed(request, answer(request, problem))
        found = _looked_at(view, request, *args, **given)
        if found.status_code == 401:
            found = _stranger(request, found)
        if found.status_code == 405:
            allowed = found.headers["Allow"]
            said = message("api.method", allowed=allowed)
            found = answer(request, Problem("method", said, headers={"Allow": allowed}))
        return _sealed(request, found)

    return guarded


def _looked_at(view: View, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
    """The view's answer; HEAD asks what GET would say, and the server leaves the body out."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        return view(request, *args, **given)
    finally:
        request.method = asked


def _stranger(request: HttpRequest, found: HttpResponse) -> HttpResponse:
    """What somebody is told who did not sign in; after too many such calls, to wait.

    Only calls that nobody signs count against an address: whoever has a token and shares it with
    somebody who guesses is not shut out.
    """
    try:
        spend(client_address(request), STRANGERS)
    except Problem as problem:
        return answer(request, problem)
    return found


def nowhere(request: HttpRequest) -> HttpResponse:
    """The answer under an address that is no operation's."""
    return _sealed(request, answer(request, Problem("not-found", message("api.not-found"))))


def _not_taken(request: HttpRequest) -> Problem | None:
    """What is wrong with a body before anybody reads it."""
    length = request.headers.get("Content-Length") or "0"
    if length.isdecimal() and int(length) > MOST_BYTES:
        return Problem("too-large", message("api.too-large"))
    if length in ("0", "") or request.method not in ("POST", "PUT", "PATCH"):
        return None
    if request.content_type not in (JSON, *LINES):
        return Problem("media-type", message("api.media-type", right=JSON))
    return None


def _sealed(request: HttpRequest, found: HttpResponse) -> HttpResponse:
    """Nobody keeps an answer that was one caller's own; the allowance is told on each."""
    found.headers.setdefault("Cache-Control", "no-store")
    found.headers["Vary"] = "Authorization, Cookie, Accept-Language"
    reader = getattr(request, "reader", None)
    if isinstance(reader, Reader):
        found.headers["Content-Language"] = reader.language
    allowance = getattr(request, "allowance", None)
    if isinstance(allowance, Allowance):
        for name, value in allowance.headers().items():
            found.headers.setdefault(name, value)
    return found
