"""What machines ask: is the process alive, is it ready, how does it do.

These are answered before anything else, for they come by address and without a name, a session or
HTTPS: /health/live, /health/ready, /metrics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from uphold.server.running import figures
from uphold.server.running.preparing import missing
from uphold.server.worker import services as worker

FINE, AWAY = "fine", "away"


class Probes:
    """Answers the three addresses; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
            "/health/live": _live,
            "/health/ready": _ready,
            "/metrics": _metrics,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a probe, or the page."""
        answer = self.answers.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def _live(_: HttpRequest) -> HttpResponse:
    """The process answers: nothing more is asked."""
    return JsonResponse({"process": FINE})


def _ready(_: HttpRequest) -> HttpResponse:
    """Whether requests may come: 200, or 503 with what is away.

    A worker counts where this process has one of its own; where workers run beside it, pages are
    served without them, and /metrics tells how far they lag.
    """
    try:
        found = {
            "database": FINE,
            "tables": FINE if _has_tables() else AWAY,
            "worker": FINE if worker.is_anybody_working() else AWAY,
        }
    except DatabaseError:
        return JsonResponse({"database": AWAY}, status=503)
    needed = {"database", "tables"} | ({"worker"} if settings.ENVIRONMENT.worker else set())
    is_ready = all(found[each] == FINE for each in needed)
    return JsonResponse(found, status=200 if is_ready else 503)


_found_tables = False


def _has_tables() -> bool:
    """Whether every migration is there; asked until it is, for it stays so."""
    global _found_tables
    _found_tables = _found_tables or not missing()
    return _found_tables


def _metrics(request: HttpRequest) -> HttpResponse:
    if not _may_measure(request):
        return HttpResponse(status=404)
    try:
        found = figures.text()
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(found, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: HttpRequest) -> bool:
    """By UPHOLD_METRICS: all, none, or who comes from this machine and through no proxy."""
    if settings.ENVIRONMENT.metrics != "local":
        return bool(settings.ENVIRONMENT.metrics == "all")
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
