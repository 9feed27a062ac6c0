"""`uphold schema`: the JSON Schema of an agreement's terms, or of facts."""

from __future__ import annotations

from uphold.agreement.problem import nearest
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE
from uphold.cli.screen import Screen
from uphold.messages import message

_KINDS = ("agreement", "facts")


def schema(kind: str, /, *, shared: Shared = Shared()) -> int:  # noqa: B008 - frozen
    """Prints the JSON Schema of an agreement's JSON form or of one fact."""
    screen = Screen(shared)
    if kind == "facts":
        from uphold.facts.schema import schema as facts_schema

        screen.json(facts_schema())
    elif kind == "agreement":
        from uphold.agreement.schema import agreement_schema

        screen.json(agreement_schema())
    else:
        near = nearest(kind, _KINDS)
        names = (near,) if near else _KINDS
        raise Refusal(message("cli.schema-unknown", kind=kind), message("cli.nearest", names=names))
    return FINE
