"""The interface: one ninja API of version 1, and what each exception becomes there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from uphold.messages import Message, message
from uphold.server.accounts import shapes as accounts
from uphold.server.accounts.access import NotAllowed, NotFound
from uphold.server.api import (
    agreements,
    alarms,
    description,
    facts,
    maintenance,
    me,
    parties,
    things,
)
from uphold.server.api.parsing import StrictParser, invalid
from uphold.server.api.problems import Fault, Problem, answer
from uphold.server.api.signing_in import not_signed_in
from uphold.server.desk import services as desk
from uphold.server.ledger.services import Busy, Moved, Refused, is_passing
from uphold.server.uptime import shapes as uptime

VERSION: Final = "1"
_LOG: Final = logging.getLogger("uphold.api")


class Interface(NinjaAPI):
    """Ninja's API, whose description also holds what all operations share."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The OpenAPI 3.1 description."""
        return description.completed(super().get_openapi_schema(**given))


interface: Final = Interface(
    title="Uphold",
    version=VERSION,
    description=description.ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)


for _router in (
    me.router,
    things.router,
    alarms.router,
    facts.router,
    agreements.router,
    maintenance.router,
    parties.router,
):
    interface.add_router("", _router)

Mapper = Callable[[Any], Problem]


def _became(kind: type[Exception], problem: Mapper) -> None:
    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, problem(error))

    interface.add_exception_handler(kind, handle)


def _http(error: HttpError) -> Problem:
    """Ninja's own errors: a body that our parser refused, or nobody signed in."""
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    if error.status_code == 401:
        return not_signed_in()
    return Problem("unreadable", message("api.body-unreadable"))


def _not_done(error: accounts.NotDone | uptime.NotDone | desk.NotTaken) -> Problem:
    faults = [Fault(each.said, field=each.field) for each in error.wrong]
    return Problem("refused", message("api.refused", count=len(faults)), faults)


def _ledger_refused(error: Refused) -> Problem:
    faults = [Fault(each) for each in error.problems]
    return Problem("refused", message("api.refused", count=len(faults)), faults)


def _failed(request: HttpRequest, _error: Exception | type[Exception]) -> HttpResponse:
    """Our own mistake: logged and signalled as Django does it, told without a word about it."""
    got_request_exception.send(sender=Interface, request=request)
    _LOG.error("the call to %s failed", request.path, exc_info=True)
    return answer(request, Problem("failed", message("api.failed")))


def _always(code: str, said: Message) -> Mapper:
    return lambda _: Problem(code, said)


def _not_allowed(error: NotAllowed) -> Problem:
    return Problem("not-allowed", message("api.not-allowed", right=str(error.needed)))


def _held_or_failed(request: HttpRequest, error: Any) -> HttpResponse:
    """A database that others held for too long is no mistake of ours; anything else of it is."""
    return answer(request, _BUSY) if is_passing(error) else _failed(request, error)


_BUSY: Final = Problem("busy", message("api.busy"), headers={"Retry-After": "2"})

_became(Problem, lambda problem: problem)
_became(HttpError, _http)
_became(ValidationError, invalid)
_became(accounts.NotDone, _not_done)
_became(uptime.NotDone, _not_done)
_became(desk.NotTaken, _not_done)
_became(NotAllowed, _not_allowed)
_became(NotFound, _always("not-found", message("api.not-found")))
_became(Http404, _always("not-found", message("api.not-found")))
_became(RequestDataTooBig, _always("too-large", message("api.too-large")))
_became(Moved, _always("moved", message("api.moved")))
_became(Refused, _ledger_refused)
_became(Busy, lambda _: _BUSY)
interface.add_exception_handler(OperationalError, _held_or_failed)
interface.add_exception_handler(Exception, _failed)
