"""The index of a statement: the digest of each thing in it, so that a missing one has a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from uphold.facts.canonical import digest
from uphold.facts.fact import Fact
from uphold.facts.times import format_time

Item = tuple[str, str]
"""The name of a thing, and the digest of its JSON."""


def index_of(parts: Mapping[str, Any], facts: Iterable[Fact]) -> dict[str, list[dict[str, Any]]]:
    """The index as JSON values: agreements, facts, series of runs and verdicts."""
    return {
        "agreement": [
            {"name": name, "digest": each} for name, each in agreement_items(parts["agreements"])
        ],
        "fact": [
            {
                "id": fact.id,
                "type": fact.type,
                "subject": fact.subject,
                "at": format_time(fact.at_us),
                "digest": digest(fact.written),
            }
            for fact in facts
        ],
        "run": [{"name": name, "digest": each} for name, each in run_items(parts["runs"])],
        "verdict": [
            {"name": name, "digest": each} for name, each in verdict_items(parts["verdicts"])
        ],
    }


def agreement_items(agreements: Sequence[Any]) -> list[Item]:
    """Each revision by its name, with its digest."""
    return [(agreement_name(each), digest(each)) for each in agreements]


def agreement_name(form: Any) -> str:
    """What a compiled agreement calls itself: "harbour-hosting 3"."""
    header = _within(form, "document", "header")
    return f"{_within(header, 'agreement')} {_within(header, 'revision')}"


def run_items(runs: Sequence[Any]) -> list[Item]:
    """Each series of runs by its name, with the digest of all its runs."""
    return [(name, digest(list(found))) for name, found in groupby(runs, series_name)]


def series_name(run: Any) -> str:
    """The name of the series that a run's JSON belongs to."""
    return f"{_within(run, 'kind')} {_within(run, 'source')} {_within(run, 'check')}"


def verdict_items(verdicts: Mapping[str, Any]) -> list[Item]:
    """Each verdict by its kind and name, with its digest."""
    return [
        (verdict_name(kind, each), digest(each))
        for kind, found in sorted(verdicts.items())
        for each in (found if isinstance(found, list) else ())
    ]


def verdict_name(kind: str, form: Any) -> str:
    """The name of a verdict in a statement: "figures service:calling/uptime/2026-08"."""
    key = _within(form, "key") or f"{_within(form, 'service')} {_within(form, 'start')}"
    return f"{kind} {key}"


def _within(form: Any, *path: str) -> Any:
    """A value inside nested objects; an empty text where there is none."""
    for name in path:
        if not isinstance(form, Mapping) or name not in form:
            return ""
        form = form[name]
    return form
