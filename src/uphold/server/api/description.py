"""What the OpenAPI description says beyond the operations: the shared parts, in one order."""

from __future__ import annotations

from typing import Any, Final

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema

from uphold.server.api.problems import ProblemOut

ABOUT: Final = """\
Requests, complaints and orders with their clocks; the ledger's facts; agreements and what they
make of the facts. Times are RFC 3339 in UTC, lengths of time whole microseconds, money and shares
texts. Texts for people come in the language of `Accept-Language`; beside them stand ids that stay
the same. Problems are `application/problem+json` (RFC 9457) with a stable `code`.
"""


HEADERS: Final[dict[str, Any]] = {
    name: {"description": about, "schema": {"type": "string"}}
    for name, about in (
        ("RateLimit", "what is left of the allowance, and in how many seconds it is whole"),
        ("RateLimit-Policy", "how many calls a minute there are"),
        ("Retry-After", "in how many seconds to call again"),
        ("WWW-Authenticate", "how to sign in"),
    )
}
_BEARERS: Final[dict[str, tuple[str, ...]]] = {
    "RateLimit": (),
    "RateLimit-Policy": (),
    "Retry-After": ("429", "503"),
    "WWW-Authenticate": ("401",),
}
"""By header, the statuses whose answers bear it; none stands for all after signing in."""


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """The description with the shape of problems, the headers of all answers, and rights named."""
    problem = ProblemOut.model_json_schema(ref_template=REF_TEMPLATE, mode="serialization")
    schemas = schema["components"]["schemas"]
    schemas.update(problem.pop("$defs", {}))
    schemas["ProblemOut"] = problem
    schema["components"]["schemas"] = dict(sorted(schemas.items()))
    schema["components"]["headers"] = HEADERS
    for operations in schema["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return schema


def _complete(operation: dict[str, Any]) -> None:
    """Answers in the order of their status, with the headers that each bears."""
    by_status = sorted(operation["responses"].items(), key=lambda each: int(each[0]))
    operation["responses"] = {str(status): dict(told) for status, told in by_status}
    for status, told in operation["responses"].items():
        told["headers"] = {
            name: {"$ref": f"#/components/headers/{name}"}
            for name, statuses in _BEARERS.items()
            if status in statuses or (not statuses and status not in ("401", "500"))
        }
