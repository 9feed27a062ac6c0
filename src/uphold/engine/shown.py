"""Instants as verdicts show them: with the zone of the calendar that they were counted in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from uphold.worktime import CalendarError, CompiledCalendar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shown(calendar: CompiledCalendar, instant: int) -> datetime:
    """An instant in microseconds as an aware datetime in the calendar's zone.

    In UTC where it lies outside what the calendar was written out for: a fact from long before
    an agreement has a verdict, too, and nobody may guess what the clocks showed.
    """
    try:
        return calendar.local(instant)
    except CalendarError:
        return _EPOCH + timedelta(microseconds=instant)
