"""What goes wrong, told as RFC 9457 has it: one table of codes, each with its status and title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from uphold.messages import Message, Reader, message

MEDIA_TYPE: Final = "application/problem+json"
DOCS: Final = "/api/v1/docs"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: its stable name, its HTTP status, and its title."""

    name: str
    status: int
    title: Message


_CODES: Final = (
    Code("unreadable", 400, message("api.problem-unreadable")),
    Code("not-signed-in", 401, message("api.problem-not-signed-in")),
    Code("not-allowed", 403, message("api.problem-not-allowed")),
    Code("form-token", 403, message("api.problem-form-token")),
    Code("not-found", 404, message("api.problem-not-found")),
    Code("method", 405, message("api.problem-method")),
    Code("moved", 409, message("api.problem-moved")),
    Code("refused", 409, message("api.problem-refused")),
    Code("too-large", 413, message("api.problem-too-large")),
    Code("media-type", 415, message("api.problem-media-type")),
    Code("invalid", 422, message("api.problem-invalid")),
    Code("key-reused", 422, message("api.problem-key-reused")),
    Code("too-many", 429, message("api.problem-too-many")),
    Code("failed", 500, message("api.problem-failed")),
    Code("busy", 503, message("api.problem-busy")),
)
CODES: Final[Mapping[str, Code]] = MappingProxyType({each.name: each for each in _CODES})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent: where, what, and what would be right.

    `field` is a path such as `values.priority`; `line` and `column` count from 1 in what was sent.
    """

    said: Message
    field: str = ""
    hint: Message | None = None
    code: str = ""
    line: int | None = None
    column: int | None = None


class Problem(Exception):
    """An operation ends in a problem: its code, what to say, and the faults found."""

    def __init__(
        self,
        code: str,
        said: Message,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = CODES[code]
        self.said = said
        self.faults = tuple(faults)
        self.headers = dict(headers or {})


class FaultOut(Schema):
    """One thing that is wrong, and where."""

    code: str = Field(description="a stable name of what is wrong")
    field: str = Field(description="the field, such as values.priority; empty for the whole")
    line: int | None = Field(description="the line of what was sent, counted from 1")
    column: int | None = Field(description="the column in that line, counted from 1")
    message: str = Field(description="what is wrong, in the caller's language")
    hint: str | None = Field(description="what would be right, in the caller's language")


class ProblemOut(Schema):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="where this kind of problem is described")
    title: str = Field(description="the kind of problem, in the caller's language")
    status: int
    detail: str = Field(description="what was found and what would be right")
    code: str = Field(description="the kind of problem as a stable name")
    errors: list[FaultOut] = Field(description="each thing that is wrong with what was sent")


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as an answer in the caller's language."""
    reader = _reader(request)
    code = problem.code
    body = ProblemOut(
        type=f"{DOCS}#problem-{code.name}",
        title=reader.text(code.title),
        status=code.status,
        detail=reader.text(problem.said),
        code=code.name,
        errors=[_fault(each, reader) for each in problem.faults],
    )
    return HttpResponse(
        body.model_dump_json(),
        status=code.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def _fault(fault: Fault, reader: Reader) -> FaultOut:
    return FaultOut(
        code=fault.code or fault.said.id.partition(".")[2],
        field=fault.field,
        line=fault.line,
        column=fault.column,
        message=reader.text(fault.said),
        hint=None if fault.hint is None else reader.text(fault.hint),
    )


def _reader(request: HttpRequest) -> Reader:
    reader = getattr(request, "reader", None)
    return reader if isinstance(reader, Reader) else Reader()
