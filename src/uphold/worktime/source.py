"""What a calendar was given, before a stretch of time is written out of it.

A source still leans on the zone database and the holiday library; `rule(first, last)`
writes both out for the dates asked for, and from then on neither is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from uphold.worktime.errors import OpenedWithoutHours
from uphold.worktime.hours import WEEKDAYS, WeeklyHours, parse_hours
from uphold.worktime.public_holidays import (
    HolidaySource,
    holiday_sources,
    holidays_between,
    known_days,
)
from uphold.worktime.rules import CombinedRule, Operation, WeeklyRule, weekday_of
from uphold.worktime.special_days import (
    SpecialDay,
    WholeDays,
    parse_special_days,
    refuse_contradictions,
)
from uphold.worktime.zone import day_date, find_zone, zone_table

# Dates beyond those asked for: shifts over midnight, zones a day apart, two combined.
MARGIN = 6

KnownDays = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class WeeklySource:
    """Weekly hours in a zone, with the holidays, closed and opened times as given."""

    zone_name: str
    hours: WeeklyHours
    holidays: tuple[HolidaySource, ...]
    closed: tuple[SpecialDay, ...]
    opened: tuple[SpecialDay, ...]

    @property
    def known(self) -> KnownDays:
        """The first and last day number that its holidays are known for."""
        return known_days(self.holidays)

    @property
    def knower(self) -> str:
        """What knows its holidays, for people."""
        return " and ".join(map(str, self.holidays))

    @property
    def has_openings(self) -> bool:
        """Whether it has any hours at all, before holidays are looked at."""
        return any(self.hours) or bool(self.opened)

    def rule(self, first_day: int, last_day: int) -> WeeklyRule:
        """Write out zone and holidays for the dates from first to last."""
        found = holidays_between(self.holidays, first_day - MARGIN, last_day + MARGIN)
        return WeeklyRule(
            zone_table(self.zone_name, first_day - MARGIN, last_day + MARGIN),
            self.hours,
            found.days,
            self.closed + found.closed,
            self.opened,
        )


@dataclass(frozen=True, slots=True)
class CombinedSource:
    """Two sources joined by a set operation."""

    operation: Operation
    left: "Source"
    right: "Source"

    @property
    def zone_name(self) -> str:
        """The zone that dates are counted in: the left one's."""
        return self.left.zone_name

    @property
    def known(self) -> KnownDays:
        """The dates that both are known for."""
        firsts, lasts = zip(self.left.known, self.right.known, strict=True)
        return (
            max((day for day in firsts if day is not None), default=None),
            min((day for day in lasts if day is not None), default=None),
        )

    @property
    def knower(self) -> str:
        """What knows their holidays, for people."""
        return " and ".join(filter(None, (self.left.knower, self.right.knower)))

    @property
    def has_openings(self) -> bool:
        """Whether there are hours that could be left over."""
        if self.operation == "union":
            return self.left.has_openings or self.right.has_openings
        return self.left.has_openings

    def rule(self, first_day: int, last_day: int) -> CombinedRule:
        """Write out both for the dates from first to last."""
        # The right one is asked for two dates more on either side.
        left = self.left.rule(first_day, last_day)
        right = self.right.rule(first_day - 2, last_day + 2)
        return CombinedRule(self.operation, left, right)


Source = WeeklySource | CombinedSource


def weekly_source(
    zone: str, hours: Mapping[str, object], holidays: object, closed: object, opened: object
) -> WeeklySource:
    """Read what a calendar is given; the first thing that cannot be read is raised."""
    zone_name = find_zone(zone).key
    weekly = parse_hours(hours)
    shut = parse_special_days("closed", closed)
    open_ = parse_special_days("opened", opened)
    refuse_contradictions(shut, open_)
    for entry in open_:
        if isinstance(entry, WholeDays):
            _require_hours(entry, weekly)
    return WeeklySource(zone_name, weekly, holiday_sources(holidays), shut, open_)


def _require_hours(entry: WholeDays, hours: WeeklyHours) -> None:
    for day in range(entry.first, min(entry.last, entry.first + 6) + 1):
        if not hours[weekday_of(day)]:
            raise OpenedWithoutHours(str(day_date(day)), WEEKDAYS[weekday_of(day)])
