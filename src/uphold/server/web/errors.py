"""Pages for what went wrong: what happened, in the reader's language, and where to go from here.

`NotAllowed` and `NotFound` may be raised by any view; a visitor who is not allowed is asked to sign
in first. The API answers for itself, and so does not pass here.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from uphold.messages import Message, Reader, message
from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.ledger.services import Busy, is_passing
from uphold.server.web.context import theme_of
from uphold.server.web.reading import visitor


class Refusals:
    """Turns what the services refuse into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on; only what a view raises is of interest."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else, which is a fault of ours."""
        if isinstance(error, NotFound):
            return not_found(request, error)
        if isinstance(error, NotAllowed):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return forbidden(request, error)
        if isinstance(error, Busy) or (isinstance(error, OperationalError) and is_passing(error)):
            return busy(request)
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's own shape
    """400: the browser sent what no page of ours sends."""
    return _page(
        request,
        HTTPStatus.BAD_REQUEST,
        message("web.bad-request-title"),
        message("web.bad-request-text"),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's own shape
    """403: it may be there, but this person's roles do not reach it."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        message("web.forbidden-title"),
        message("web.forbidden-text"),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's own shape
    """404: not there, or somebody else's."""
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        message("web.not-found-title"),
        message("web.not-found-text"),
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's own shape
    """403 of a form whose token is missing or another's: mostly a page left open for long."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        message("web.form-too-old-title"),
        message("web.form-too-old-text"),
    )


def busy(request: HttpRequest) -> HttpResponse:
    """503: others held the database for too long; nothing of this was written."""
    response = _page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        message("ledger.busy-title"),
        message("ledger.busy-text"),
        is_bare=True,
    )
    response.headers["Retry-After"] = "5"
    return response


def fault(request: HttpRequest) -> HttpResponse:
    """500: ours to mend; the page needs nothing that may be broken, and names the request."""
    return _page(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        message("web.fault-title"),
        message("web.fault-text"),
        is_bare=True,
    )


def _page(
    request: HttpRequest,
    status: HTTPStatus,
    title: Message,
    text: Message,
    *,
    is_bare: bool = False,
) -> HttpResponse:
    """The page; a bare one is made without the viewer, so without any query."""
    reader = getattr(request, "reader", None)
    if not isinstance(reader, Reader):
        reader, is_bare = visitor(request), True
    data = {
        "status": int(status),
        "error_title": title,
        "error_text": text,
        "request_id": getattr(request, "id", ""),
        "reader": reader,
        "theme": theme_of(request),
    }
    content = render_to_string("web/error.html", data, None if is_bare else request)
    return HttpResponse(content, status=status)
