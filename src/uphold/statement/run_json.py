"""Runs as JSON values and back, exactly: instants in RFC 3339, lengths in microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from uphold.facts.evidence.run import KINDS, SEEN, Measure, Run
from uphold.facts.times import TimeUnreadableError, format_time, parse_time
from uphold.statement.strict_reading import text_of

_MEASURES = ("attempts", "failed", "milliseconds")


class RunFormError(ValueError):
    """JSON that is no run."""


def runs_json(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """Each run, in the order given."""
    return [run_json(run) for run in runs]


def run_order(run: Run) -> tuple[Any, ...]:
    """The order of runs in a statement: by kind, source, check and time; the rest decides as text.

    Runs with measures have no order of their own.
    """
    rest = (run.interval or 0, run.count, repr(run.measure))
    return run.kind, run.source, run.check, run.first, run.last, run.state, *rest


def run_json(run: Run) -> dict[str, Any]:
    """One run; what it does not tell is left out."""
    found: dict[str, Any] = {
        "kind": run.kind,
        "source": run.source,
        "check": run.check,
        "state": run.state,
        "first": format_time(run.first),
        "last": format_time(run.last),
        "count": run.count,
    }
    if run.interval is not None:
        found["interval_us"] = run.interval
    if run.measure is not None:
        found["measure"] = _measure_json(run.measure)
    return found


def run_of(found: object) -> Run:
    """The run of its JSON form. Raises `RunFormError` for any other."""
    if not isinstance(found, Mapping):
        raise RunFormError(f"{found!r} is no run")
    try:
        run = Run(
            kind=_word(found["kind"], KINDS),
            source=text_of(found["source"]),
            check=text_of(found["check"]),
            first=parse_time(found["first"]),
            last=parse_time(found["last"]),
            state=_word(found["state"], SEEN),
            interval=_optional_number(found.get("interval_us")),
            count=_number(found["count"]),
            measure=_measure(found["measure"]) if "measure" in found else None,
        )
    except (KeyError, TypeError, ArithmeticError, TimeUnreadableError) as error:
        raise RunFormError(f"a run cannot be read: {error}") from error
    if run.last < run.first or run.count < 1 or run_json(run) != found:
        raise RunFormError(f"{dict(found)!r} is no run")
    return run


def _measure_json(measure: Measure) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _MEASURES:
        value = getattr(measure, name)
        if value is not None:
            found[name] = value
    if measure.loss is not None:
        found["loss"] = f"{measure.loss:f}"
    return found


def _measure(found: Mapping[str, Any]) -> Measure:
    loss = found.get("loss")
    return Measure(
        attempts=_optional_number(found.get("attempts")),
        failed=_optional_number(found.get("failed")),
        milliseconds=_optional_number(found.get("milliseconds")),
        loss=None if loss is None else Decimal(text_of(loss)),
    )


def _word(value: object, words: tuple[str, ...]) -> str:
    if value not in words:
        raise TypeError(f"{value!r} is none of {', '.join(words)}")
    return str(value)


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _optional_number(value: object) -> int | None:
    return None if value is None else _number(value)
