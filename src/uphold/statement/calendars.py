"""Whether the calendars written out beside a page are those that the page asks for.

Hours, zones and the dates that a page lists can be checked without any table. Which days a
country's holidays are, and when its clocks change, cannot: these are taken as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from uphold.agreement.agreement import Agreement
from uphold.agreement.phrases.calendars import ALWAYS
from uphold.agreement.terms.hours import CalendarTerm, WindowTerm
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.worktime import CompiledCalendar
from uphold.worktime.hours import parse_hours
from uphold.worktime.rules import WeeklyRule
from uphold.worktime.special_days import parse_date, parse_special_days

_ALL_WEEK: Final = {"mon-sun": "00:00-24:00"}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A calendar as a page asks for it."""

    name: str
    zone: str
    hours: Mapping[str, str]
    holidays: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


def calendar_unlike_page(agreement: Agreement) -> str | None:
    """The name of the first calendar that is not what the page asks for; None if all are."""
    for wanted in _wanted(agreement):
        calendar = agreement.calendars.get(wanted.name)
        if calendar is None or not _is_as_asked(calendar, wanted):
            return wanted.name
    return None


def _wanted(agreement: Agreement) -> Iterator[_Wanted]:
    """Every calendar that the page needs: its own, and the hours and zones of its windows."""
    zone = agreement.zone
    yield _Wanted(ALWAYS, zone, _ALL_WEEK)
    for term in agreement.of(CalendarTerm):
        days = (tuple(term.holidays), tuple(term.closed), tuple(term.opened))
        yield _Wanted(term.name, term.zone or zone, term.hours, *days)
    for window in agreement.of(WindowTerm):
        if window.hours is not None:
            yield _Wanted(window.name, window.zone or zone, window.hours)
    for promise in agreement.of(AvailabilityTerm):
        if promise.zone not in ("", zone):
            yield _Wanted(f"{ALWAYS} in {promise.zone}", promise.zone, _ALL_WEEK)


def _is_as_asked(calendar: CompiledCalendar, term: _Wanted) -> bool:
    rule = calendar.rule
    return (
        isinstance(rule, WeeklyRule)
        and rule.zone.name == term.zone
        and rule.hours == parse_hours(term.hours)
        and rule.opened == parse_special_days("opened", term.opened)
        and _is_closed_as_asked(rule, term)
    )


def _is_closed_as_asked(rule: WeeklyRule, term: _Wanted) -> bool:
    """Whether no date is closed but those listed, and those that a country or a file may close."""
    closed = parse_special_days("closed", term.closed)
    if any(each.endswith(".ics") for each in term.holidays):
        return rule.closed[: len(closed)] == closed
    named = [each for each in term.holidays if not _DATE.fullmatch(each) and each != "none"]
    listed = {parse_date("holidays", each) for each in term.holidays if _DATE.fullmatch(each)}
    holidays = {day for day, _ in rule.holidays}
    return rule.closed == closed and (bool(named) or holidays <= listed)
