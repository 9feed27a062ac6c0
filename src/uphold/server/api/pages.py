"""The description of the interface: as OpenAPI for programs, as a page for people."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uphold.server.api.interface import interface
from uphold.server.api.problems import CODES, Code

PREFIX: Final = "api/v1/"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field, parameter or header as the page lists it."""

    name: str
    form: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer that an operation may give: its status, what it means, the shape it takes."""

    status: str
    about: str
    shape: str


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[FieldRow, ...]
    body: tuple[str, ...]
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """One shape of the description with its fields."""

    name: str
    about: str
    fields: tuple[FieldRow, ...]


@functools.cache
def described() -> dict[str, Any]:
    """The OpenAPI description as JSON values; it is the same for everybody."""
    made: dict[str, Any] = json.loads(json.dumps(interface.get_openapi_schema(path_prefix=PREFIX)))
    return made


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    body = json.dumps(described(), indent=2, ensure_ascii=False)
    return HttpResponse(body, content_type="application/json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description as a page, without any script."""
    schema = described()
    operations = list(_operations(schema))
    tags = dict.fromkeys(tag for tag, _ in operations)
    context = {
        "about": _plain(schema["info"]["description"]),
        "groups": [(tag, [row for each, row in operations if each == tag]) for tag in tags],
        "shapes": [_shape(*each) for each in schema["components"]["schemas"].items()],
        "codes": _codes(),
    }
    return render(request, "api/docs.html", context)


def _codes() -> tuple[Code, ...]:
    return tuple(CODES.values())


def _operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, OperationRow]]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield (
                told["tags"][0],
                OperationRow(
                    name=told["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=_plain(told["summary"]),
                    about=_plain(told.get("description", "")),
                    parameters=tuple(_parameter(each) for each in told.get("parameters", ())),
                    body=tuple(_bodies(told.get("requestBody", {}))),
                    answers=tuple(_answers(told["responses"])),
                ),
            )


def _parameter(told: Mapping[str, Any]) -> FieldRow:
    return FieldRow(
        told["name"],
        f"{_form(told['schema'])} ({told['in']})",
        told.get("required", False),
        _plain(told.get("description", "")),
    )


def _bodies(told: Mapping[str, Any]) -> Iterator[str]:
    for kind, each in told.get("content", {}).items():
        yield f"{kind}: {_form(each.get('schema', {}))}"


def _answers(told: Mapping[str, Any]) -> Iterator[AnswerRow]:
    for status, each in told.items():
        shapes = [_form(body.get("schema", {})) for body in each.get("content", {}).values()]
        yield AnswerRow(status, each["description"], shapes[0] if shapes else "")


def _shape(name: str, told: Mapping[str, Any]) -> ShapeRow:
    required = told.get("required", ())
    fields = tuple(
        FieldRow(field, _form(each), field in required, _plain(each.get("description", "")))
        for field, each in told.get("properties", {}).items()
    )
    return ShapeRow(name, _plain(told.get("description", "")), fields)


def _plain(text: str) -> str:
    """Markdown's marks for code left out: the page shows words alone."""
    return text.replace("`", "")


def _form(told: Mapping[str, Any]) -> str:
    """A JSON Schema in a few words: `list of RowOut`, `text or null`, `one of open, held`."""
    match told:
        case {"$ref": str() as place}:
            return place.rpartition("/")[2]
        case {"anyOf": [*ways]} | {"oneOf": [*ways]}:
            return " or ".join(_form(each) for each in ways)
        case {"const": value}:
            return json.dumps(value)
        case {"enum": [*values]}:
            return "one of " + ", ".join(str(each) for each in values)
        case {"type": "array"}:
            return f"list of {_form(told.get('items', {}))}"
        case {"type": "object", "additionalProperties": dict() as inner} if inner:
            return f"object of {_form(inner)}"
        case {"type": str() as kind}:
            return {"string": "text", "integer": "whole number", "boolean": "yes or no"}.get(
                kind, kind
            )
        case _:
            return "anything"
