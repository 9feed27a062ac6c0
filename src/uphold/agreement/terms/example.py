"""The contract's own tests: `example`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.numbers import parse_instant
from uphold.agreement.terms.base import YES_NO, Phrase, Term

_INSTANT = Phrase(
    parse_instant, "An instant.", ("2027-02-08T11:00:00+01:00",), write=datetime.isoformat
)


def _facts(value: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list) or not all(isinstance(fact, dict) for fact in value):
        raise PhraseError("facts-expected")
    return tuple(value)


def _expected(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
        raise PhraseError("expectations-expected")
    return value


class ExampleTerm(Term):
    """Facts, an instant, and the verdicts that must come out."""

    kind: ClassVar[str] = "example"
    needs_quote: ClassVar[bool] = False
    example: ClassVar[str] = """\
example: answered in time
facts:
  - {at: 2027-02-05T15:00:00+01:00, type: request.opened, subject: request:1, priority: high}
  - {at: 2027-02-08T10:00:00+01:00, type: request.answered, subject: request:1}
at: 2027-02-08T11:00:00+01:00
expect:
  response: {state: met, due: 2027-02-08T15:00:00+01:00}
"""

    name: str = Field(description="What the example shows.")
    facts: Annotated[tuple[dict[str, Any], ...], BeforeValidator(_facts)] = Field(
        description="Facts, as JSON Lines hold them."
    )
    at: Annotated[datetime, _INSTANT] = Field(description="The instant asked about.")
    known: Annotated[datetime | None, _INSTANT] = Field(
        None, description="Only facts recorded by then count."
    )
    as_if_in_force: Annotated[bool, YES_NO] = Field(
        False, alias="as if in force", description="Judge facts before the agreement all the same."
    )
    expect: Annotated[dict[str, dict[str, str]], BeforeValidator(_expected)] = Field(
        description="By CLOCK or SUBJECT/CLOCK: what the verdict must hold."
    )
