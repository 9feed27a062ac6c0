"""The days of a window: each with its own sorts of time, together what the figure says."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.measure.figures.watch import (
    DAY,
    HOUR,
    MINUTE,
    figure,
    maintained,
    measured,
    promise,
    uptime,
    watched,
)
from tests.engine.pages import fact

from uphold.engine.measure.daily import Day, days_of

EXCLUDING = {"excludes": "[planned maintenance]"}


def test_each_day_has_its_own_sorts_of_time() -> None:
    """October 2026 in Oslo: the 25th has 25 hours."""
    runs = watched(
        "2026-10-01 00:00",
        "2026-11-01 00:00",
        ("2026-10-03 23:00", "2026-10-04 02:00"),
        silent=[("2026-10-20 06:00", "2026-10-20 12:00")],
    )
    works = maintained("2026-10-12 01:00", "2026-10-12 02:30")
    found = measured(promise(uptime(**EXCLUDING)), runs, "2026-11-03 00:00", *works)
    one = figure(found, "2026-10")
    days = {day.date.day: day for day in days_of(found, one)}
    assert len(days) == 31
    whole = date(2026, 10, 1)
    assert days[1] == Day(whole, DAY, 0, 0, 0)
    assert (days[3].down, days[4].down) == (HOUR, 2 * HOUR)
    assert days[12].excluded == 90 * MINUTE
    assert days[20].unknown == 6 * HOUR
    assert days[25].length == 25 * HOUR
    assert sum(day.down for day in days.values()) == one.down
    assert sum(day.unknown for day in days.values()) == one.unknown


def test_days_outside_the_accounts_life_have_no_length() -> None:
    agreed = fact(
        "customer.agreed", "2026-10-10 12:00", "customer:acme", agreement="sample", account="a-1"
    )
    runs = watched("2026-10-01 00:00", "2026-10-20 00:00")
    found = measured(promise(uptime(per="account")), runs, "2026-10-20 06:00", agreed)
    days = days_of(found, figure(found, "2026-10"))
    lengths = {day.date.day: day.length // HOUR for day in days}
    assert (lengths[9], lengths[10], lengths[11]) == (0, 12, 24)
    assert (lengths[20], lengths[21], lengths[31]) == (6, 0, 0)


def test_a_figure_of_other_evidence_has_no_days() -> None:
    terms = promise(uptime())
    here = measured(terms, watched("2026-10-01 00:00", "2026-11-01 00:00"), "2026-11-02 00:00")
    assert days_of(measured(terms, [], "2026-11-02 00:00"), figure(here, "2026-10")) == ()


minutes = st.integers(0, 31 * 24 * 60 - 1)


@settings(max_examples=25)
@given(st.lists(st.tuples(minutes, st.integers(1, 2_000)), max_size=4), minutes)
def test_days_add_up_to_the_figure(outages: list[tuple[int, int]], begin: int) -> None:
    """Whatever was down and left out, over the night the clocks change too."""

    ends = [(start, min(start + length, 31 * 1440 - 1)) for start, length in outages]
    runs = watched(
        "2026-10-01 00:00",
        "2026-11-01 00:00",
        *((_wall(start), _wall(end)) for start, end in ends if start < end),
    )
    until = min(begin + 300, 31 * 1440 - 1)
    works = maintained(_wall(begin), _wall(until)) if begin < until else []
    found = measured(promise(uptime(**EXCLUDING)), runs, "2026-11-03 00:00", *works)
    one = figure(found, "2026-10")
    days = days_of(found, one)
    assert sum(day.length for day in days) == one.window.end - one.window.start
    assert sum(day.down for day in days) == one.down
    assert sum(day.unknown for day in days) == one.unknown
    assert sum(day.length - day.excluded for day in days) == one.owed


def _wall(minute: int) -> str:
    return f"2026-10-{1 + minute // 1440:02d} {minute // 60 % 24:02d}:{minute % 60:02d}"
