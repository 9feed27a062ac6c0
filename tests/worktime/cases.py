"""Random calendars, near the days on which clocks change, for hypothesis."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.worktime.oracle import DAY, Days, Shift

from uphold.worktime import Calendar

# One hour and half an hour, at two in the morning and at midnight, both hemispheres, winter
# time that is the "saving" one, a date left out, offsets of quarters, and none at all.
ZONES = (
    "Europe/Oslo",
    "America/New_York",
    "Europe/Paris",
    "Europe/Dublin",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/Cairo",
    "UTC",
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_YEAR, LAST_YEAR = 1990, 2040
# The oracle's dates around the case's own; starts stay within SPREAD days of it.
REACH, SPREAD = 10, 3


@dataclass(frozen=True)
class Case:
    """One calendar twice, and the date that its questions lie around."""

    days: Days
    calendar: Calendar
    around: date


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def hours_text(shifts: tuple[Shift, ...]) -> str:
    return ", ".join(f"{clock(a)}-{clock(b if b <= 1440 else b - 1440)}" for a, b in shifts)


@lru_cache(maxsize=64)
def change_dates(name: str) -> tuple[date, ...]:
    """The dates on which a zone's offset differs from the day before's."""
    zone = ZoneInfo(name)
    day, changes = date(FIRST_YEAR, 1, 2), []
    before = None
    while day.year < LAST_YEAR:
        offset = datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset()
        if before is not None and offset != before:
            changes.append(day)
        before, day = offset, day + DAY
    return tuple(changes)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Hours of a day: none, one or two shifts, the last one perhaps over midnight."""
    sort = draw(st.sampled_from(("plain", "none", "split", "night", "whole", "small hours")))
    quarter = st.integers(0, 95).map(lambda n: n * 15)
    if sort == "none":
        return ()
    if sort == "whole":
        return ((0, 1440),)
    if sort == "small hours":
        begin = draw(st.integers(0, 180))
        return ((begin, begin + draw(st.integers(1, 180))),)
    edges = sorted(draw(st.sets(quarter, min_size=4, max_size=4)))
    if sort == "plain":
        return ((edges[0], edges[3]),)
    if sort == "split":
        return ((edges[0], edges[1]), (edges[2], edges[3]))
    return ((edges[1], edges[2]), (edges[3], edges[0] + 1440))


@st.composite
def cases(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> Case:
    name = draw(st.sampled_from(zones))
    changes = change_dates(name)
    if len(changes) and draw(st.integers(0, 3)):
        around: date = draw(st.sampled_from(changes))
    else:
        around = draw(st.dates(date(FIRST_YEAR, 2, 1), date(LAST_YEAR - 1, 11, 1)))
    weekly = {n: draw(shifts()) for n in range(7)}
    near = st.integers(-5, 5).map(lambda n: around + timedelta(days=n))
    holidays = draw(st.frozensets(near, max_size=2))
    closed_dates = draw(st.frozensets(near, max_size=1))
    part = st.tuples(near, st.tuples(st.integers(0, 1439), st.integers(1, 600)))
    parts = draw(st.lists(part, max_size=2))
    closed = tuple((day, (begin, begin + length)) for day, (begin, length) in parts)
    parts = draw(st.lists(part, max_size=1))
    opened = tuple((day, (begin, min(begin + length, 1440))) for day, (begin, length) in parts)
    taken = {day + n * DAY for day, _ in closed for n in (-1, 0, 1)}
    opened = tuple(entry for entry in opened if entry[0] not in taken)
    days = Days(ZoneInfo(name), weekly, holidays, closed_dates, closed, opened)
    return Case(days, calendar_of(name, days), around)


def calendar_of(name: str, days: Days) -> Calendar:
    hours = {WEEKDAYS[n]: hours_text(s) for n, s in days.weekly.items() if s}
    return Calendar(
        name,
        hours,
        holidays=sorted(days.holidays),
        closed=[*sorted(days.closed_dates), *map(pair_of, days.closed_parts)],
        opened=[pair_of(part) for part in days.opened_parts],
    )


def pair_of(entry: tuple[date, Shift]) -> tuple[datetime, datetime]:
    """A part of a day as a pair of wall times."""
    day, (begin, end) = entry
    midnight = datetime.combine(day, time())
    return midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end)
