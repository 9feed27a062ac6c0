"""The rule of a calendar with everything written out, and the openings that follow from it.

An opening is (start, end, day): half-open instants in microseconds and the number of the
date that the shift belongs to. Neither a zone database nor a holiday library is read here.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Literal

from uphold.worktime.hours import WeeklyHours
from uphold.worktime.public_holidays import Holiday
from uphold.worktime.special_days import InstantStretch, SpecialDay, WallStretch, WholeDays
from uphold.worktime.zone import DAY, ZoneTable

Opening = tuple[int, int, int]
Span = tuple[int, int]
Operation = Literal["union", "intersection", "difference"]
# Day 0, 1970-01-01, was a Thursday.
_WEEKDAY_OF_DAY_0 = 3


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """Weekly hours in a zone, less holidays and closed times, with opened times.

    In this order: a holiday takes away the shifts that begin on it, unless its date is
    opened as a whole; a date closed as a whole likewise; closed stretches are cut out,
    whatever shift they lie in; opened stretches are added.
    """

    zone: ZoneTable
    hours: WeeklyHours
    holidays: tuple[Holiday, ...]
    closed: tuple[SpecialDay, ...]
    opened: tuple[SpecialDay, ...]

    def openings(self, first_day: int, last_day: int) -> list[Opening]:
        """Return the openings of dates from first to last, in order of their start."""
        shut = _whole_days(self.closed, first_day, last_day)
        restored = _whole_days(self.opened, first_day, last_day)
        shut |= {day for day, _ in self.holidays if day not in restored}
        regular = list(self._shifts(first_day, last_day, shut))
        cut = without(regular, joined(self._stretches(self.closed)))
        extra = [
            opening
            for stretch in self._stretches(self.opened)
            for opening in _by_date(self.zone, stretch)
            if first_day <= opening[2] <= last_day
        ]
        return sorted(cut + extra)

    def _shifts(self, first_day: int, last_day: int, shut: set[int]) -> Iterator[Opening]:
        """Yield the weekly shifts; of two that overlap each keeps its own length."""
        zone, hours = self.zone, self.hours
        for day in range(first_day, last_day + 1):
            shifts = hours[weekday_of(day)]
            if not shifts or day in shut:
                continue
            midnight = day * DAY
            for begins, ends in shifts:
                start = zone.opening_us(midnight + begins)
                end = zone.closing_us(midnight + ends)
                if start < end:
                    yield start, end, day

    def _stretches(self, entries: Iterable[SpecialDay]) -> list[Span]:
        spans: list[Span] = []
        for entry in entries:
            if isinstance(entry, InstantStretch):
                spans.append((entry.begins, entry.ends))
            elif isinstance(entry, WallStretch):
                start = self.zone.opening_us(entry.begins)
                end = self.zone.closing_us(entry.ends)
                spans += [(start, end)] if start < end else []
        return sorted(spans)


@dataclass(frozen=True, slots=True)
class CombinedRule:
    """Two rules joined: open in either, in both, or in the left and not the right.

    The zone is the left one's. An opening of the right one belongs to its own date if the
    zones are the same, otherwise to the left zone's date at its start.
    """

    operation: Operation
    left: "Rule"
    right: "Rule"

    @property
    def zone(self) -> ZoneTable:
        """The zone that dates are counted in."""
        return self.left.zone

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The holidays of both; a date that both name keeps the left one's name."""
        names = dict(self.right.holidays)
        names.update(self.left.holidays)
        return tuple(sorted(names.items()))

    def openings(self, first_day: int, last_day: int) -> list[Opening]:
        """Return the openings of dates from first to last, in order of their start."""
        left = self.left.openings(first_day, last_day)
        # A date may begin a day earlier or later in the other zone.
        right = self.right.openings(first_day - 2, last_day + 2)
        if self.operation == "intersection":
            return sorted(within(left, joined((start, end) for start, end, _ in right)))
        if self.operation == "difference":
            return sorted(without(left, joined((start, end) for start, end, _ in right)))
        zone = self.zone
        if zone.name != self.right.zone.name:
            right = [(start, end, zone.day_of(start)) for start, end, _ in right]
        right = [opening for opening in right if first_day <= opening[2] <= last_day]
        return list(merge(left, right))


Rule = WeeklyRule | CombinedRule


def weekday_of(day: int) -> int:
    """Return the weekday of a day number, 0 for Monday."""
    return (day + _WEEKDAY_OF_DAY_0) % 7


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans, given in order of their start, with those that touch made one."""
    result: list[Span] = []
    last_start = last_end = None
    for start, end in spans:
        if last_end is None or last_start is None:
            last_start, last_end = start, end
        elif start <= last_end:
            last_end = max(end, last_end)
        else:
            result.append((last_start, last_end))
            last_start, last_end = start, end
    if last_end is not None and last_start is not None:
        result.append((last_start, last_end))
    return result


def without(openings: list[Opening], spans: list[Span]) -> list[Opening]:
    """Return what is left of openings when joined spans are cut out."""
    if not spans:
        return openings
    starts = [start for start, _ in spans]
    result: list[Opening] = []
    for start, end, day in openings:
        left = start
        for index in range(max(bisect_right(starts, start) - 1, 0), len(spans)):
            span_start, span_end = spans[index]
            if span_start >= end:
                break
            if span_start > left:
                result.append((left, span_start, day))
            left = max(left, span_end)
        if left < end:
            result.append((left, end, day))
    return result


def within(openings: list[Opening], spans: list[Span]) -> list[Opening]:
    """Return the parts of openings that lie in joined spans."""
    starts = [start for start, _ in spans]
    result: list[Opening] = []
    for start, end, day in openings:
        for index in range(max(bisect_right(starts, start) - 1, 0), len(spans)):
            span_start, span_end = spans[index]
            if span_start >= end:
                break
            if max(start, span_start) < min(end, span_end):
                result.append((max(start, span_start), min(end, span_end), day))
    return result


def _whole_days(entries: Iterable[SpecialDay], first_day: int, last_day: int) -> set[int]:
    return {
        day
        for entry in entries
        if isinstance(entry, WholeDays)
        for day in range(max(entry.first, first_day), min(entry.last, last_day) + 1)
    }


def _by_date(zone: ZoneTable, span: Span) -> Iterator[Opening]:
    """Yield an opened stretch: a shift of the date it begins on, parted if over a day long."""
    start, end = span
    day = zone.day_of(start)
    if zone.wall_us(end) - zone.wall_us(start) <= DAY:
        yield start, end, day
        return
    while start < end:
        midnight = zone.opening_us((day + 1) * DAY)
        if start < min(midnight, end):
            yield start, min(midnight, end), day
        start, day = max(start, midnight), day + 1
