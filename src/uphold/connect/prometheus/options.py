"""What to ask of a Prometheus, and how its series are named."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, Literal
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from uphold.connect.adapter import SourceError
from uphold.facts.problems import Place, Problem
from uphold.facts.types import nearest
from uphold.messages import message

METHODS: Final = ("samples", "range")
_LEAST, _LONGEST = Decimal("0.001"), Decimal(10**9)  # seconds: Prometheus's grain; thirty years


@dataclass(frozen=True, slots=True)
class Options:
    """How to ask, and how what comes becomes looks.

    `query` gives the values; with `method` "samples" it must be a plain selector. Without a method
    it is "range" where a `step` is given, else "samples". `interval` is how often the source looks,
    None where it is not known; `step` how far apart "range" asks, else the interval, else a
    minute. `check_label` and `source_label` name the labels that become a run's
    check and source; `check` and `source` replace them, for a query whose answer has no labels.
    `durations` is a second selector
    with the seconds that each look took. `timeout` is for each request.
    """

    query: str = "probe_success"
    method: Literal["samples", "range"] | None = None
    interval: timedelta | None = None
    step: timedelta | None = None
    up_from: Decimal = Decimal(1)
    check_label: str = "instance"
    source_label: str = "job"
    check: str | None = None
    source: str | None = None
    durations: str | None = None
    timeout: timedelta = timedelta(seconds=30)

    @property
    def stepped(self) -> bool:
        """Whether values are asked for step by step, instead of the samples themselves."""
        return self.method == "range" or (self.method is None and self.step is not None)

    @property
    def asked_step(self) -> timedelta:
        """How far apart "range" asks."""
        return self.step or self.interval or timedelta(minutes=1)


_NAMES: Final = tuple(each.name for each in fields(Options))


def options_of_address(address: str, interval: timedelta | None = None) -> tuple[str, Options]:
    """The server's own address, and the options that the address bears behind its "?".

    `http://prometheus.example:9090/?query=probe_success{job="shop"}&interval=15`; lengths are in
    seconds. Raises `SourceError` for a name that is no option, or a value that cannot be one.
    """
    try:
        parts = urlsplit(address)
        base = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    except ValueError:
        raise _refused(address, "address", address) from None
    given: dict[str, object] = {"interval": interval}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        given[name] = _value(base, name, value)
    return base, Options(**given)  # type: ignore[arg-type]  # _value gives each its type


def _value(base: str, name: str, value: str) -> object:
    if name not in _NAMES:
        near = nearest(name, _NAMES) or _NAMES
        raise SourceError(
            Problem(
                "prometheus-option-unknown",
                message("problem.prometheus-option-unknown", name=name),
                message("hint.prometheus-options", names=near),
                Place(shown(base)),
            )
        )
    if name in {"interval", "step", "timeout"}:
        seconds = _number(base, name, value)
        if not _LEAST <= seconds <= _LONGEST:
            raise _refused(base, name, value)
        return timedelta(milliseconds=int(seconds * 1000))
    if name == "up_from":
        return _number(base, name, value)
    if (name == "method" and value not in METHODS) or not value:
        raise _refused(base, name, value)
    return value


def _number(base: str, name: str, value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise _refused(base, name, value) from None
    if not number.is_finite():
        raise _refused(base, name, value)
    return number


def _refused(base: str, name: str, value: str) -> SourceError:
    return SourceError(
        Problem(
            "prometheus-option-value",
            message("problem.prometheus-option-value", name=name, found=value),
            message("hint.prometheus-option-value"),
            Place(shown(base)),
        )
    )


def shown(address: str) -> str:
    """The address as a message may show it: without a user's name and password."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rpartition("@")[2]
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
