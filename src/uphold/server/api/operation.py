"""What every operation has in common: who may, how often, once, and which problems it documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from inspect import signature
from typing import Any, Final

from django.http import HttpResponse
from ninja import Router, Schema

from uphold.server.accounts.kinds import May
from uphold.server.api import repeating
from uphold.server.api.problems import CODES, MEDIA_TYPE
from uphold.server.api.signing_in import Session, Token

View = Callable[..., Any]

_ALWAYS: Final = ("not-signed-in", "not-allowed", "too-many", "failed", "busy")
_WITH_BODY: Final = ("unreadable", "form-token", "too-large", "media-type", "key-reused")

_KEY: Final = {
    "name": repeating.HEADER,
    "in": "header",
    "required": False,
    "description": "With the same key and body a call takes effect once and is answered the same"
    " again, for 24 hours.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": repeating.LONGEST,
        "pattern": r"^[!-~]([ -~]*[!-~])?$",
    },
}


def reads(
    router: Router, path: str, answer: type[Schema], may: May = May.READ, **more: Any
) -> Callable[[View], View]:
    """An operation that looks and changes nothing."""
    return _operation(router, "GET", path, {200: answer}, may, ("invalid",), **more)


def acts(
    router: Router, path: str, answers: Mapping[int, type[Schema]], may: May, **more: Any
) -> Callable[[View], View]:
    """An operation that changes something, once for each `Idempotency-Key`."""
    codes = ("invalid", *_WITH_BODY)
    return _operation(router, "POST", path, answers, may, codes, **more)


def _operation(
    router: Router,
    method: str,
    path: str,
    answers: Mapping[int, type[Schema]],
    may: May,
    codes: Sequence[str],
    *,
    refuses: Sequence[str] = (),
    body: dict[str, Any] | None = None,
    name: str = "",
    apart: bool = False,
) -> Callable[[View], View]:
    """Registers a function with the router; `refuses` are the codes of its own that it may end in.

    `body` describes a body that the function reads by itself; `apart` is told in `repeating`. The
    function gives one of the shapes in `answers`, which tell its status. A preview changes nothing,
    so it is asked anew each time.
    """

    def register(function: View) -> View:
        @wraps(function)
        def run(request: Any, *args: Any, **given: Any) -> HttpResponse:
            def act() -> HttpResponse:
                return _answer(function(request, *args, **given), answers)

            if method == "GET":
                return act()
            if given.get("preview"):
                repeating.key_of(request)
                return act()
            return repeating.once(request, act, apart=apart)

        # Ninja reads the parameters off here; in `run` their types would be names it cannot find.
        run.__signature__ = signature(function, eval_str=True)  # type: ignore[attr-defined]
        extra: dict[str, Any] = {
            "responses": problem_answers((*_ALWAYS, *codes, *refuses)),
            "x-takes": str(may),
        }
        if method != "GET":
            extra["parameters"] = [_KEY]
        if body is not None:
            extra["requestBody"] = body
        router.api_operation(
            [method],
            path,
            auth=[Token(may), Session(may)],
            response=dict(answers),
            operation_id=name or function.__name__,
            summary=(function.__doc__ or "").partition("\n")[0],
            description=_description(function, may),
            openapi_extra=extra,
        )(run)
        return function

    return register


def _description(function: View, may: May) -> str:
    told = (function.__doc__ or "").partition("\n")[2]
    lines = " ".join(line.strip() for line in told.splitlines()).strip()
    return f"{lines} Takes the right to {may}.".strip()


def _answer(result: Schema, answers: Mapping[int, type[Schema]]) -> HttpResponse:
    """The result under the status that its shape has among the operation's answers."""
    status = next(status for status, shape in answers.items() if type(result) is shape)
    return HttpResponse(
        result.model_dump_json(by_alias=True), status=status, content_type="application/json"
    )


def problem_answers(codes: Sequence[str]) -> dict[int, dict[str, Any]]:
    """The answers of problems as an operation documents them: one a status, with its codes."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(CODES[code].status, []).append(code)
    return {
        status: {
            "description": f"{HTTPStatus(status).phrase}: {', '.join(names)}",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
        }
        for status, names in sorted(by_status.items())
    }
