"""Long times cut into requests that no server refuses for their length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from uphold.connect.adapter import microseconds
from uphold.connect.prometheus.options import Options

MOST_POINTS: Final = 11_000
"""How many points of one series Prometheus gives at most (`web/api/v1`, query_range)."""

_MILLISECOND = 1000
_DAY = microseconds(timedelta(days=1))
_SHORTEST_INTERVAL = microseconds(timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and the half-open time (us) whose samples are taken from its answer."""

    path: str
    parameters: dict[str, str]
    first: int
    behind: int


def requests(start: int, end: int, options: Options, query: str) -> Iterator[Request]:
    """The requests that cover the half-open time from `start` to `end` (us), in order."""
    if options.stepped:
        return _stepped(start, end, options, query)
    return _selected(start, end, options, query)


def _selected(start: int, end: int, options: Options, query: str) -> Iterator[Request]:
    """Range selectors, at most a day and 11,000 looks long, one look a second where unknown.

    Up to Prometheus 2 a range holds both its ends, from 3 on only its last; a range that begins a
    millisecond early and is cut here holds the same looks in both.
    """
    interval = microseconds(options.interval) if options.interval else _SHORTEST_INTERVAL
    length = _whole(max(min(_DAY, MOST_POINTS * interval), _MILLISECOND))
    first = _whole(start)
    while first < end:
        behind = min(first + length, _whole(end + _MILLISECOND - 1))
        parameters = {
            "query": f"{query}[{(behind - first) // _MILLISECOND}ms]",
            "time": _seconds(behind - _MILLISECOND),
        }
        yield Request("query", parameters, max(first, start), min(behind, end))
        first = behind


def _stepped(start: int, end: int, options: Options, query: str) -> Iterator[Request]:
    """Steps from the start on, at most 11,000 of them a request."""
    step = _whole(max(microseconds(options.asked_step), _MILLISECOND))
    first = _whole(start + _MILLISECOND - 1)
    while first < end:
        last = min(first + (MOST_POINTS - 1) * step, end - 1)
        parameters = {
            "query": query,
            "start": _seconds(first),
            "end": _seconds(last),
            "step": _seconds(step),
            "lookback_delta": _seconds(step),
        }
        yield Request("query_range", parameters, first, last + 1)
        first += MOST_POINTS * step


def _whole(at: int) -> int:
    """The instant's millisecond, Prometheus's grain."""
    return at - at % _MILLISECOND


def _seconds(at: int) -> str:
    """Seconds with three digits, as Prometheus reads times and lengths."""
    return str(Decimal(at // _MILLISECOND).scaleb(-3))
