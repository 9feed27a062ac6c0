"""Standing maintenance windows: which part of them was used, and how much the quota lets through.

A window excludes nothing by being open. It is used while the service is down or maintenance is
recorded; of that, in the order of time, at most the quota of each week, month or year is excluded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.measures import Quota
from uphold.agreement.terms.hours import WindowTerm
from uphold.engine.measure.plain_lengths import plain_length
from uphold.engine.measure.spans import Span, Spans, clipped, intersection, merged, without
from uphold.engine.measure.windows import months_around
from uphold.worktime import CompiledCalendar
from uphold.worktime.zone import DAY, ZoneTable

_WEEK_BEGINS = 4
"""1970-01-05, day 4, was a Monday."""

_MONTHS = {"month": 1, "year": 12}

StandingWindows = tuple[tuple[WindowTerm, CompiledCalendar], ...]
"""Terms with weekly hours, each with these written out."""


def standing_windows(agreement: Agreement, names: frozenset[str]) -> StandingWindows:
    """The terms with weekly hours that are for any of these services or accounts, or for all."""
    return tuple(
        (term, agreement.calendars[term.name])
        for term in agreement.of(WindowTerm)
        if term.hours is not None
        and term.name in agreement.calendars
        and (not term.for_ or names.intersection(term.for_))
    )


@dataclass(frozen=True, slots=True)
class Used:
    """How one window was used: the time in its hours, and what the quota lets through of it."""

    term: WindowTerm
    used: Spans
    excluded: Spans


def used_windows(windows: StandingWindows, used: Spans, taken: Spans) -> tuple[Used, ...]:
    """What to exclude: in the windows' hours, used, not taken already, within the quotas."""
    found: list[Used] = []
    for term, calendar in windows:
        open_time = without(_within_hours(calendar, used), taken)
        let = _within_quota(open_time, term.at_most, calendar.zone)
        found.append(Used(term, open_time, let))
        taken = merged((*taken, *let))
    return tuple(found)


def _within_hours(calendar: CompiledCalendar, used: Spans) -> Spans:
    """The used time that lies in a window's hours; none where they are not known."""
    known = clipped(used, calendar.since_us, calendar.until_us)
    return merged(
        span
        for start, end in known
        for span in intersection(calendar.spans_us(start, end), ((start, end),))
    )


def _within_quota(spans: Spans, quota: Quota | None, zone: ZoneTable) -> Spans:
    """The earliest of the time in each period, up to the quota."""
    if quota is None:
        return spans
    most = plain_length(quota.duration)
    left: dict[int, int] = {}
    found: list[Span] = []
    for start, end in _by_period(spans, quota.period, zone):
        period = _period(zone.day_of(start), quota.period)[0]
        length = min(end - start, left.setdefault(period, most))
        left[period] -= length
        found.append((start, start + length))
    return merged(found)


def _by_period(spans: Spans, period: str, zone: ZoneTable) -> Iterator[Span]:
    """The spans cut at the ends of the periods."""
    for start, end in spans:
        while start < end:
            behind = zone.opening_us(_period(zone.day_of(start), period)[1] * DAY)
            yield start, min(end, behind)
            start = behind


def _period(day: int, period: str) -> tuple[int, int]:
    """The first day of the period that holds a day, and the day behind its last."""
    if period == "week":
        first = day - (day - _WEEK_BEGINS) % 7
        return first, first + 7
    return months_around(_MONTHS[period], day)
