"""What the rest of Uphold says: messages as ids with data, never finished sentences.

A message is kept, compared and stored as its id and its values; only a `Reader` turns it into
words, in the reader's language and zone. The command line and the server share them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias, Union

from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Duration,
    Elapsed,
    Working,
    WorkingDays,
)

__all__ = ["Duration", "Message", "Money", "Percent", "Value", "message"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217), with the digits it was given."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in hundredths: `Percent(Decimal("99.9"))` is 99.9 %, shown with those digits."""

    amount: Decimal


Value: TypeAlias = Union[
    str,
    int,
    Decimal,
    datetime,
    date,
    Money,
    Percent,
    Duration,
    "Message",
    tuple["Value", ...],
]


def _nothing() -> Mapping[str, Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say: the id of a catalogue entry and the values for its placeholders.

    Values are text, whole numbers, `Decimal`, aware datetimes, dates, durations, `Money`,
    `Percent`, other messages, or tuples of these. The value named `count` chooses the plural.
    """

    id: str
    data: Mapping[str, Value] = field(default_factory=_nothing)

    def __post_init__(self) -> None:
        """Takes its own copy of the values, so that nobody can change them afterwards."""
        object.__setattr__(self, "data", MappingProxyType(dict(self.data)))

    def __hash__(self) -> int:
        return hash((self.id, frozenset(self.data.items())))

    def __reduce__(self) -> tuple[type["Message"], tuple[str, dict[str, Value]]]:
        return Message, (self.id, dict(self.data))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.data.items())
        return f"message({self.id!r}{values})"

    def to_json(self) -> dict[str, Any]:
        """The id and the values as one JSON object; see `value_to_json` for their forms."""
        if "id" in self.data:
            raise ValueError(f"message {self.id}: no value may be named 'id', the message has one")
        return {"id": self.id} | {k: value_to_json(v) for k, v in self.data.items()}


def message(id: str, /, **data: Value) -> Message:  # noqa: A002
    """The message `id` with its values as keywords: `message("reason.hold", cause="customer")`."""
    return Message(id, data)


def value_to_json(value: Value) -> Any:
    """The JSON form of a value: numbers that JSON would round are text, instants RFC 3339."""
    match value:
        case Message():
            return value.to_json()
        case str() | int():
            return value
        case Decimal():
            return f"{value:f}"
        case datetime():
            return instant_to_json(value)
        case date():
            return value.isoformat()
        case Money():
            return {"amount": f"{value.amount:f}", "currency": value.currency}
        case Percent():
            return {"percent": f"{value.amount:f}"}
        case tuple():
            return [value_to_json(one) for one in value]
        case Elapsed() | Working() | WorkingDays() | CalendarDays() | CalendarMonths():
            return dict(_duration_to_json(value))
        case _:
            raise TypeError(f"a message cannot hold {value!r}, a {type(value).__name__}")


def instant_to_json(instant: datetime) -> str:
    """RFC 3339 text with the instant's own offset; in UTC where that is no whole minute."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError(f"{instant.isoformat()} names no zone; a message holds instants only")
    told = instant.astimezone(UTC) if offset % timedelta(minutes=1) else instant
    return told.isoformat().replace("+00:00", "Z")


def _duration_to_json(duration: Duration) -> Iterator[tuple[str, Any]]:
    """Its English text and the count; parts of a second stand apart, as JSON has no decimals."""
    yield "text", str(duration)
    match duration:
        case Elapsed(us) | Working(us):
            seconds, microseconds = divmod(us, 1_000_000)
            yield "seconds", seconds
            if microseconds:
                yield "microseconds", microseconds
        case WorkingDays(n):
            yield "working_days", n
        case CalendarDays(n):
            yield "calendar_days", n
        case CalendarMonths(n):
            yield "calendar_months", n
