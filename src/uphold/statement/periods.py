"""Closed periods: the chain of a customer's statements, and which windows it has stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uphold.facts.times import TimeUnreadableError, format_time, parse_time
from uphold.statement.form import Statement
from uphold.statement.strict_reading import no_part, text_of


@dataclass(frozen=True, slots=True)
class Period:
    """A window that was stated, and the digest of the statement that holds for it now."""

    label: str
    start: int
    end: int
    digest: str

    def to_json(self) -> dict[str, str]:
        """The same as JSON values."""
        return {
            "label": self.label,
            "start": format_time(self.start),
            "end": format_time(self.end),
            "digest": self.digest,
        }


def periods_of(statement: Statement | None) -> tuple[Period, ...]:
    """Every window that the statement or one before it stated, in the order of time.

    Of a window that was stated anew the last statement holds. One that was not over closes nothing.
    """
    if statement is None:
        return ()
    about = statement.about
    own = Period(about.label, about.start, about.end, statement.digest)
    earlier = read_periods(statement.parts["previous"])
    others = (each for each in earlier if (each.start, each.end) != (own.start, own.end))
    closed = (*others, own) if about.is_over else others
    return tuple(sorted(closed, key=lambda each: (each.start, each.end)))


def statement_of_period(previous: Statement | None, start: int, end: int) -> Period | None:
    """The stated window that shares time with this one, if there is one."""
    return next(
        (each for each in periods_of(previous) if each.start < end and start < each.end), None
    )


def previous_json(previous: Statement | None) -> dict[str, Any] | None:
    """The link to the statement before, with all windows that are closed by then."""
    if previous is None:
        return None
    return {
        "digest": previous.digest,
        "periods": [period.to_json() for period in periods_of(previous)],
    }


def read_periods(found: Mapping[str, Any] | None) -> tuple[Period, ...]:
    """The windows in a statement's link to the one before. Raises `NotAStatementError`."""
    if found is None:
        return ()
    try:
        read = tuple(map(_period, found["periods"]))
        whole = {"digest": text_of(found["digest"]), "periods": [each.to_json() for each in read]}
    except (KeyError, TypeError, TimeUnreadableError) as error:
        raise no_part("previous") from error
    if whole != found:
        raise no_part("previous")
    return read


def _period(found: Mapping[str, Any]) -> Period:
    start, end = parse_time(found["start"]), parse_time(found["end"])
    return Period(text_of(found["label"]), start, end, text_of(found["digest"]))
