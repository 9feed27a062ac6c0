"""What every page of the desk does first: who asks, and for which thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, QueryDict

from uphold.server.accounts.access import NotFound, Viewer, require
from uphold.server.accounts.kinds import May
from uphold.server.desk.shapes import Values
from uphold.server.request import PageRequest

P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, P], HttpResponse]

THINGS = {"requests": "request", "complaints": "complaint", "orders": "order"}
"""What stands in addresses, and the kinds of things it means."""


def needs(what: May) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """The page is for those who may do this; others are asked to sign in, or told no."""

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **named: P.kwargs) -> HttpResponse:
            assert isinstance(request, HttpRequest)
            require(viewer_of(request), what)
            return view(request, *args, **named)  # type: ignore[arg-type]  # the middleware made it one

        return guarded

    return decorate


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Who asks; None for a visitor."""
    found = getattr(request, "viewer", None)
    return found if isinstance(found, Viewer) else None


def subject_of(things: str, number: int) -> str:
    """The subject that an address means. Raises `NotFound` for a kind that there is not."""
    if things not in THINGS:
        raise NotFound
    return f"{THINGS[things]}:{number}"


def filled_in(form: QueryDict) -> Values:
    """What somebody filled in, without what belongs to the page; a field given twice is a list."""
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in form.lists()
        if name not in ("csrfmiddlewaretoken", "seen") and values
    }
