"""The fact: something that happened, when it happened, and when we learned of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from uphold.facts.canonical import digest
from uphold.facts.table import BY_NAME, ORDER
from uphold.facts.times import to_datetime
from uphold.facts.types import Field, Kind
from uphold.facts.values import PLAIN, Value, read_value

VERSION = 1

ENVELOPE: tuple[Field, ...] = (
    Field("type", Kind.WORD, "what happened", required=True),
    Field("at", Kind.TIME, "when it happened", required=True),
    Field("subject", Kind.SUBJECT, "what it is about, such as request:4711", required=True),
    Field("id", Kind.TEXT, "its name; without one, the digest of its content"),
    Field("customer", Kind.WORD, "the customer concerned"),
    Field("account", Kind.WORD, "the customer's subscription concerned"),
    Field("source", Kind.WORD, "where it was learned"),
    Field("recorded", Kind.TIME, "when it was learned; without it, when it happened"),
    Field("seq", Kind.WHOLE, "its place among facts of one time; without it 0"),
    Field("v", Kind.WHOLE, f"the version of its spelling; without it {VERSION}"),
    Field("corrects", Kind.TEXT, "the id of the fact that this one replaces"),
    Field("retracts", Kind.TEXT, "the id of the fact that this one takes back"),
)
ENVELOPE_NAMES = frozenset(each.name for each in ENVELOPE)

_KINDS = MappingProxyType(
    {
        name: MappingProxyType({each.name: each.kind for each in (*ENVELOPE, *fact_type.fields)})
        for name, fact_type in BY_NAME.items()
    }
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fact:
    """One checked fact. Made by `read_fact` or `make_fact`, which know that it is sound.

    `at_us` is in microseconds since 1970-01-01T00:00Z. `written` is the whole JSON object;
    equality is that of what is written, wherever (`place`) it was read.
    """

    type: str
    at_us: int
    subject: str
    written: Mapping[str, object]
    recorded_us: int | None = None
    place: str | None = None
    _id: str | None = field(default=None, init=False)

    @property
    def at(self) -> datetime:
        """When it happened, in UTC."""
        return to_datetime(self.at_us)

    @property
    def recorded(self) -> datetime | None:
        """When it was learned, in UTC, if the fact says so."""
        return None if self.recorded_us is None else to_datetime(self.recorded_us)

    @property
    def known_us(self) -> int:
        """From when on it counts as known: when it was recorded, else when it happened."""
        return self.at_us if self.recorded_us is None else self.recorded_us

    @property
    def id(self) -> str:
        """Its given id, or the digest of its content, worked out when first asked for."""
        if self._id is None:
            object.__setattr__(self, "_id", self.given_id or digest(self.content()))
        assert self._id is not None
        return self._id

    @property
    def given_id(self) -> str | None:
        """The id that is written in the fact itself."""
        return self._envelope("id")

    @property
    def customer(self) -> str | None:
        """The customer concerned."""
        return self._envelope("customer")

    @property
    def account(self) -> str | None:
        """The customer's subscription concerned."""
        return self._envelope("account")

    @property
    def source(self) -> str | None:
        """Where it was learned."""
        return self._envelope("source")

    @property
    def corrects(self) -> str | None:
        """The id of the fact that this one replaces."""
        return self._envelope("corrects")

    @property
    def retracts(self) -> str | None:
        """The id of the fact that this one takes back."""
        return self._envelope("retracts")

    @property
    def seq(self) -> int | None:
        """Its place among facts of one time."""
        seq = self.written.get("seq")
        return seq if isinstance(seq, int) else None

    @property
    def v(self) -> int:
        """The version of its spelling that was written."""
        version = self.written.get("v")
        return version if isinstance(version, int) else VERSION

    @property
    def thing(self) -> str:
        """The kind of its subject: "request" of "request:4711"."""
        return self.subject.partition(":")[0]

    @property
    def data(self) -> Mapping[str, object]:
        """All that is not common to facts of every type, as JSON values."""
        return MappingProxyType(
            {name: raw for name, raw in self.written.items() if name not in ENVELOPE_NAMES}
        )

    def value(self, name: str) -> Value | None:
        """The value of a field, None if the fact does not give it.

        Times are microseconds (UTC), lists tuples, money `Money`, durations `Elapsed`. A name
        that the fact's type does not have is a KeyError: a mistake of the caller.
        """
        kind = _KINDS[self.type][name]
        raw = self.written.get(name)
        if raw is None:
            return None
        if kind in PLAIN:
            assert isinstance(raw, str)
            return raw
        return read_value(kind, raw)

    def time(self, name: str) -> datetime | None:
        """The value of a time field as an aware datetime in UTC."""
        at_us = self.value(name)
        return to_datetime(at_us) if isinstance(at_us, int) else None

    def content(self) -> dict[str, object]:
        """What makes it the fact it is: all that is written but when it was learned."""
        return {name: raw for name, raw in self.written.items() if name != "recorded"}

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Its place among its subject's facts; the id settles what this leaves equal."""
        return self.at_us, self.seq or 0, ORDER[self.type]

    def _envelope(self, name: str) -> str | None:
        raw = self.written.get(name)
        return raw if isinstance(raw, str) else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and self.written == other.written

    def __hash__(self) -> int:
        return hash((self.type, self.at_us, self.subject, self.given_id))

    def __repr__(self) -> str:
        return f"Fact({dict(self.written)!r})"


def fact_order(fact: Fact) -> tuple[int, int, int, str]:
    """The order of facts: time, `seq`, the table's order of types, id (design, "Facts")."""
    return (*fact.sort_key, fact.id)
