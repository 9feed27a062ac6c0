"""Two published libraries as independent judges of plain calendars."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import businesstimedelta
import pytest
import pytz
import workclock
from hypothesis import given, settings
from hypothesis import strategies as st

from uphold.worktime import Calendar

FIRST = datetime(2019, 1, 1, tzinfo=UTC)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
seconds = st.integers(0, 10 * 365 * 86_400)
microseconds = st.integers(0, 60 * 3_600_000_000)
# Hours that no change of these zones' clocks touches: the judges differ on repeated times.
zones = st.sampled_from(("Europe/Oslo", "America/New_York", "Australia/Sydney", "Asia/Kolkata"))
# (begin, break begin, break end, end) in quarters of an hour from 04:00 to 23:45.
quarters = st.lists(st.integers(16, 95), min_size=4, max_size=4, unique=True).map(sorted)
weekdays = st.sets(st.integers(0, 6), min_size=1)


def clock(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


def hours(*edges: int) -> str:
    return "-".join(clock(edge).strftime("%H:%M") for edge in edges)


@settings(max_examples=400)
@given(zones, quarters, weekdays, st.sets(st.integers(0, 3650), max_size=20), seconds, microseconds)
def test_workclock_agrees(
    zone: str, edges: list[int], days: set[int], off: set[int], start: int, amount: int
) -> None:
    """Split days with holidays, in both directions, forward and between."""
    begin, pause, again, end = edges
    holidays = [(FIRST + timedelta(days=n)).date() for n in sorted(off)]
    week = {WEEKDAYS[n]: f"{hours(begin, pause)}, {hours(again, end)}" for n in days}
    ours = Calendar(zone, week, holidays=holidays)
    rules: list[workclock.Rule] = [
        workclock.WorkDay(clock(begin), clock(end), days=sorted(days)),
        workclock.Break(clock(pause), clock(again), days=sorted(days)),
        workclock.Holidays(holidays),
    ]
    theirs = workclock.Schedule(rules, time_zone=zone)
    moment = (FIRST + timedelta(seconds=start)).astimezone(ZoneInfo(zone))
    length = timedelta(microseconds=amount)
    assert ours.add(moment, length) == theirs.add(moment, length)
    assert ours.sub(moment, length) == theirs.sub(moment, length)
    other = moment + timedelta(microseconds=3 * amount)
    assert ours.between(moment, other) == theirs.between(moment, other)
    assert ours.between(other, moment) == theirs.between(other, moment)


@settings(max_examples=200)
@given(zones, st.integers(72, 95), st.integers(16, 40), weekdays, seconds, microseconds)
def test_workclock_agrees_on_nights(
    zone: str, begin: int, end: int, days: set[int], start: int, amount: int
) -> None:
    """Shifts over midnight, also through the nights on which the clocks change."""
    ours = Calendar(zone, {WEEKDAYS[n]: hours(begin, end) for n in days})
    theirs = workclock.Schedule(
        [workclock.WorkDay(clock(begin), clock(end), days=sorted(days))], time_zone=zone
    )
    moment = (FIRST + timedelta(seconds=start)).astimezone(ZoneInfo(zone))
    length = timedelta(microseconds=amount)
    assert ours.add(moment, length).astimezone(UTC) == theirs.add(moment, length).astimezone(UTC)
    assert ours.sub(moment, length).astimezone(UTC) == theirs.sub(moment, length).astimezone(UTC)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=200)
@given(zones, quarters, weekdays, seconds, st.integers(1, 60 * 3600))
def test_businesstimedelta_agrees(
    zone: str, edges: list[int], days: set[int], start: int, amount: int
) -> None:
    """Plain days forward; it counts whole seconds only."""
    begin, end = edges[0], edges[3]
    ours = Calendar(zone, {WEEKDAYS[n]: hours(begin, end) for n in days})
    rule = businesstimedelta.WorkDayRule(
        start_time=clock(begin),
        end_time=clock(end),
        working_days=sorted(days),
        tz=pytz.timezone(zone),
    )
    moment = FIRST + timedelta(seconds=start)
    due = moment + businesstimedelta.BusinessTimeDelta(rule, seconds=amount)
    assert ours.add(moment, timedelta(seconds=amount)) == due
    assert ours.between(moment, due) == timedelta(seconds=amount)
    counted = rule.difference(moment, due)
    assert counted.timedelta == timedelta(seconds=amount)
