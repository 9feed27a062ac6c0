"""Series of values to looks: labels name them, values say up or down."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from math import ceil
from typing import Any, Final

from uphold.connect.adapter import AdapterRead, SourceError, microseconds
from uphold.connect.prometheus.client import Client, credentials_from
from uphold.connect.prometheus.options import Options
from uphold.connect.prometheus.stretches import requests
from uphold.facts.evidence.run import Measure, Run
from uphold.facts.problems import Problem
from uphold.facts.times import from_datetime
from uphold.facts.types import nearest
from uphold.messages import Message, message

_NAME: Final = "__name__"
_FURTHEST = Decimal(10**11)  # seconds; beyond every year that a datetime can bear

Labels = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tally:
    """What was read and what a reader should know, while answers come in."""

    values: int = 0
    nothing_said: int = 0
    warnings: dict[str, None] = field(default_factory=dict)
    reach: dict[tuple[str, str], dict[Labels, tuple[int, int]]] = field(default_factory=dict)


def looks(
    base: str,
    start: datetime,
    end: datetime,
    options: Options | None = None,
    environment: Mapping[str, str] | None = None,
) -> AdapterRead:
    """What a Prometheus saw from `start` to before `end`, both aware.

    `base` is its address (`http://prometheus.example:9090`); `environment` is where the credentials
    are taken from, the process's own without it. Raises `SourceError` for whatever keeps the looks
    from us; looks are never given in part.
    """
    asked = options or Options()
    credentials = credentials_from(os.environ if environment is None else environment)
    with Client(base, credentials, asked.timeout) as client:
        return looks_through(client, from_datetime(start), from_datetime(end), asked)


def looks_through(client: Client, start: int, end: int, options: Options) -> AdapterRead:
    """What the Prometheus behind a client saw from `start` to before `end` (us)."""
    tally = Tally()
    took = _durations(client, (start, end), options, tally)
    found = _runs(client, (start, end), options, took, tally)
    return AdapterRead(tuple(found), tally.values, tuple(_notes(options, tally)))


def _runs(
    client: Client,
    window: tuple[int, int],
    options: Options,
    took: Mapping[tuple[Labels, int], int],
    tally: Tally,
) -> list[Run]:
    length = options.asked_step if options.stepped else options.interval
    interval = microseconds(length) if length else None
    found: list[Run] = []
    for labels, points in _values(client, window, options, options.query, tally):
        source, check = _named(client, dict(labels), options)
        said = [(at, value) for at, value in points if not value.is_nan()]
        tally.values += len(points)
        tally.nothing_said += len(points) - len(said)
        for at, value in said:
            state = "up" if value >= options.up_from else "down"
            milliseconds = took.get((labels, at))
            measure = None if milliseconds is None else Measure(milliseconds=milliseconds)
            found.append(Run("checks", source, check, at, at, state, interval, 1, measure))
        if said:
            reach = tally.reach.setdefault((source, check), {})
            first, last = reach.get(labels, (said[0][0], said[-1][0]))
            reach[labels] = min(first, said[0][0]), max(last, said[-1][0])
    return found


def _durations(
    client: Client, window: tuple[int, int], options: Options, tally: Tally
) -> dict[tuple[Labels, int], int]:
    """How many milliseconds each look took: the samples that one scrape brought with it.

    Parts of one count as a whole one, as in every reader of evidence.
    """
    if options.durations is None:
        return {}
    return {
        (labels, at): ceil(value * 1000)
        for labels, points in _values(client, window, options, options.durations, tally)
        for at, value in points
        if value.is_finite() and 0 <= value < _FURTHEST
    }


def _values(
    client: Client, window: tuple[int, int], options: Options, query: str, tally: Tally
) -> Iterator[tuple[Labels, list[tuple[int, Decimal]]]]:
    """Each series' labels (without its name), and its values in the window with their times."""
    for request in requests(*window, options, query):
        answer = client.matrix(request.path, request.parameters)
        tally.warnings.update(dict.fromkeys(answer.warnings))
        for series in answer.series:
            labels, points = _series(client, series)
            dated = (_point(client, point) for point in points)
            inside = [(at, value) for at, value in dated if request.first <= at < request.behind]
            if inside:
                yield labels, inside


def _series(client: Client, series: Any) -> tuple[Labels, list[Any]]:
    if not isinstance(series, dict):
        client.misshapen("result")
    labels, points = series.get("metric"), series.get("values")
    if not isinstance(labels, dict) or not all(isinstance(each, str) for each in labels.values()):
        client.misshapen("metric")
    if not isinstance(points, list):
        client.misshapen("values")
    return tuple(sorted((name, word) for name, word in labels.items() if name != _NAME)), points


def _point(client: Client, point: Any) -> tuple[int, Decimal]:
    if not isinstance(point, list) or len(point) != 2:
        client.misshapen("values")
    at, value = point
    if isinstance(at, bool) or not isinstance(at, int | Decimal) or not isinstance(value, str):
        client.misshapen("values")
    if not -_FURTHEST < at < _FURTHEST:
        client.misshapen("values")
    try:
        return int(at * 1_000_000), Decimal(value)
    except InvalidOperation:
        client.misshapen("values")


def _named(client: Client, labels: Mapping[str, str], options: Options) -> tuple[str, str]:
    """The source and the check that a series is about."""
    source = options.source or labels.get(options.source_label) or client.place.file
    check = options.check or labels.get(options.check_label)
    if check:
        return source, check
    near = nearest(options.check_label, labels) or tuple(labels)
    hint = (
        message("hint.prometheus-labels", names=near)
        if near
        else message("hint.prometheus-check-option")
    )
    told = message("problem.prometheus-label-missing", label=options.check_label)
    raise SourceError(Problem("prometheus-label-missing", told, hint, client.place))


def _notes(options: Options, tally: Tally) -> Iterator[Message]:
    if not tally.values:
        yield message("prometheus.nothing", query=options.query)
    if tally.nothing_said:
        yield message("prometheus.no-value", count=tally.nothing_said)
    for (source, check), series in sorted(tally.reach.items()):
        if _overlapping(list(series.values())):
            told = _telling(list(series))
            yield message("prometheus.series-shared", check=check, source=source, names=told)
    if options.stepped:
        yield message("prometheus.range-repeats")
    for warning in tally.warnings:
        yield message("prometheus.warning", words=warning)


def _overlapping(reaches: list[tuple[int, int]]) -> bool:
    """Whether two series speak of the same time; one that follows another is no second voice."""
    ordered = sorted(reaches)
    return any(later[0] <= one[1] for one, later in pairwise(ordered))


def _telling(series: list[Labels]) -> tuple[str, ...]:
    """The labels in which the series differ: one of them would tell them apart."""
    first = dict(series[0])
    names = {name for each in series for name, _ in each}
    return tuple(sorted(n for n in names if any(dict(s).get(n) != first.get(n) for s in series)))
