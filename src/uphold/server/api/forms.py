"""The small forms that values take in answers: times, lengths, words with their ids."""

from __future__ import annotations

from typing import Annotated, Any, Final

from ninja import Path, Schema
from pydantic import ConfigDict, Field

from uphold.facts.times import format_time
from uphold.messages import Message, Reader

Instant = Annotated[
    str, Field(description="RFC 3339, in UTC", json_schema_extra={"format": "date-time"})
]
Length = Annotated[int, Field(description="a length of time in microseconds")]

NAME: Final = r"^[^\x00-\x1f\x7f/]{1,200}$"
"""Names in addresses and queries: keys of facts, without what no key has."""
SUBJECT: Final = r"^[a-z]+:[^\x00-\x20\x7f/]{1,180}$"
WORDS: Final = r"^[^\x00-\x1f\x7f]*$"

LARGEST_PAGE: Final = 200
USUAL_PAGE: Final = 50


Subject = Annotated[
    str, Path(pattern=SUBJECT, description="as facts name it, such as request:1001")
]
_Text = Annotated[str, Field(max_length=50_000)]
_Name = Annotated[str, Field(max_length=100)]
_Values = dict[_Name, _Text | Annotated[list[_Text], Field(max_length=500)]]


class ActIn(Schema):
    """What somebody fills in for an action."""

    model_config = ConfigDict(extra="forbid")

    values: _Values = Field(
        default_factory=dict,
        max_length=100,
        description="by field, as the offers name them: a text or a list of texts",
    )
    seen: int | None = Field(
        None,
        ge=0,
        le=2**53,
        description="the position that was looked at; with a later fact the action is refused",
    )


class SaidOut(Schema):
    """Something said: a stable id with its values, and the words in the caller's language."""

    id: str
    data: dict[str, Any] = Field(description="the values, by the names that the id's words use")
    text: str


def said(words: Message, reader: Reader) -> SaidOut:
    """A message for programs and for people."""
    data = {name: value for name, value in words.to_json().items() if name != "id"}
    return SaidOut(id=words.id, data=data, text=reader.text(words))


def every(words: tuple[Message, ...], reader: Reader) -> list[SaidOut]:
    """Messages in their order."""
    return [said(each, reader) for each in words]


def instant(at_us: int) -> str:
    """An instant of microseconds as RFC 3339."""
    return format_time(at_us)


def instant_or_none(at_us: int | None) -> str | None:
    """An instant where there is one."""
    return None if at_us is None else format_time(at_us)
