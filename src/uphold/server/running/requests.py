"""One line in the log for each request, with an id that its page and its answer bear too."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter_ns
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from uphold.server.running import figures
from uphold.server.running.logs import pattern_of, request_id

log = logging.getLogger("uphold.requests")

HEADER: Final = "X-Request-ID"
_GIVEN: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET: Final = ("/static/", "/health/", "/metrics")


class RequestLog:
    """Gives each request its `id`, and says how it ended: who by key, never by name; what by
    pattern, never by path; how long.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, under the id that a proxy gave the request or one of its own."""
        own = _id_of(request)
        request.id = own  # type: ignore[attr-defined]  # Django lets one
        token = request_id.set(own)
        begun = perf_counter_ns()
        is_quiet = request.path.startswith(_QUIET)
        try:
            if is_quiet:
                response = self.get_response(request)
            else:
                with figures.under_way.track_inprogress():
                    response = self.get_response(request)
                _count(request, response, perf_counter_ns() - begun)
            _tell(request, response, perf_counter_ns() - begun, is_quiet)
        finally:
            request_id.reset(token)
        response.headers[HEADER] = own
        return response


def _id_of(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "") if settings.ENVIRONMENT.proxy else ""
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(8)


def _count(request: HttpRequest, response: HttpResponse, nanoseconds: int) -> None:
    figures.count_request(_view(request), request.method or "", response.status_code, nanoseconds)


def _tell(request: HttpRequest, response: HttpResponse, nanoseconds: int, is_quiet: bool) -> None:
    more: dict[str, Any] = {
        "method": request.method,
        "path": pattern_of(request),
        "status": response.status_code,
        "milliseconds": nanoseconds // 1_000_000,
        "person": getattr(getattr(request, "viewer", None), "person", ""),
    }
    log.log(logging.DEBUG if is_quiet else logging.INFO, "request", extra=more)


def _view(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name or match.route if match else "none"
