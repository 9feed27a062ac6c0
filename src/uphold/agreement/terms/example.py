"""The contract's own tests: `example`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.lengths import parse_elapsed
from uphold.agreement.phrases.measures import parse_number
from uphold.agreement.phrases.numbers import Percent, parse_instant, parse_percent
from uphold.agreement.terms.base import YES_NO, Name, Phrase, Term, one_of
from uphold.worktime.durations import Elapsed

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


_NUMBER = Phrase(parse_number, "A whole number.", ("20",))


class Seen(BaseModel):
    """Looks of one source at one check that saw the same: one row of an example's evidence."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )

    check: Name = Field(description="The check, the part or the service that was looked at.")
    state: Annotated[str, one_of("state", "up", "degraded", "down", "unknown")] = Field(
        description="What the looks saw."
    )
    first: Annotated[datetime, _INSTANT] = Field(description="When the first look was.")
    last: Annotated[datetime | None, _INSTANT] = Field(
        None, description="When the last look was; the first alone when absent."
    )
    every: Annotated[
        Elapsed | None, Phrase(parse_elapsed, "How often it looks.", ("1 minute",))
    ] = Field(
        None, description="How often the source looks; as the evidence term says when absent."
    )
    from_: Name = Field("monitor", alias="from", description="Who looked: a place, a log.")
    by: Annotated[str, one_of("kind of evidence", "checks", "logs")] = Field(
        "checks", description="Looks from outside, or the component's own log."
    )
    attempts: Annotated[int | None, _NUMBER] = Field(None, description="Attempts in each look.")
    failed: Annotated[int | None, _NUMBER] = Field(None, description="Those that failed.")
    milliseconds: Annotated[int | None, _NUMBER] = Field(
        None, description="How long the answer took in each look."
    )
    loss: Annotated[Percent | None, Phrase(parse_percent, "A share.", ("1 %",))] = Field(
        None, description="The packets lost in each look."
    )


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
    evidence: tuple[Seen, ...] = Field(
        (), description="What sources saw, in rows: `check`, `state`, `first`, `last`, `every`, …"
    )
    at: Annotated[datetime, _INSTANT] = Field(description="The instant asked about.")
    known: Annotated[datetime | None, _INSTANT] = Field(
        None, description="Only facts recorded by then count."
    )
    as_if_in_force: Annotated[bool, YES_NO] = Field(
        False, alias="as if in force", description="Judge facts before the agreement all the same."
    )
    expect: Annotated[dict[str, dict[str, str]], BeforeValidator(_expected)] = Field(
        description="By TERM, SUBJECT/TERM or SUBJECT/TERM/WINDOW: what the verdict must hold."
    )
