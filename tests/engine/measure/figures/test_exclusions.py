"""What leaves a figure besides maintenance: standing windows, and causes of others.

1 February 2026 is a Sunday.
"""

from __future__ import annotations

import pytest
from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    FEBRUARY,
    HOUR,
    MINUTE,
    february,
    figure,
    ids,
    maintained,
    measured,
    promise,
    reported,
    uptime,
    watched,
    whys,
)

STANDING = "window: sundays\nzone: Europe/Oslo\nhours: {sun: 08:00-10:00}\n"


def test_a_standing_window_excludes_only_while_it_is_used() -> None:
    evidence = watched(
        "2026-02-01",
        "2026-03-01",
        ("2026-02-08 09:30", "2026-02-08 10:30"),
        ("2026-02-09 09:00", "2026-02-09 09:30"),
    )
    found = measured(
        promise(STANDING, uptime(excludes="[standing windows]")),
        evidence,
        "2026-03-01",
        *maintained("2026-02-15 07:00", "2026-02-15 08:45", kind="unplanned"),
    )
    one = figure(found, "2026-02")

    assert one.excluded == (("standing windows", 30 * MINUTE + 45 * MINUTE),)
    assert one.down == 30 * MINUTE + 30 * MINUTE


def test_a_quota_lets_the_earliest_use_of_each_month_through() -> None:
    sundays = ["2026-01-25", "2026-02-01", "2026-02-08", "2026-02-15", "2026-03-01"]
    down = [(f"{day} 08:00", f"{day} 10:00") for day in sundays]
    found = measured(
        promise(f"{STANDING}at most: 3 hours a month\n", uptime(excludes="[standing windows]")),
        watched("2026-01-01", "2026-04-01", *down),
        "2026-04-01",
    )

    excluded = {one.window.label: sum(dict(one.excluded).values()) for one in found.figures}
    assert excluded == {"2026-01": 2 * HOUR, "2026-02": 3 * HOUR, "2026-03": 2 * HOUR}
    assert figure(found, "2026-02").down == 3 * HOUR
    assert [outage.down for outage in figure(found, "2026-02").outages] == [0, HOUR, 2 * HOUR]


@pytest.mark.parametrize(("quota", "excluded"), [("week", 4), ("year", 1)])
def test_a_quota_holds_for_the_week_or_the_year_too(quota: str, excluded: int) -> None:
    sundays = ["2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"]
    down = [(f"{day} 08:00", f"{day} 10:00") for day in sundays]
    found = measured(
        promise(f"{STANDING}at most: 1 hour a {quota}\n", uptime(excludes="[standing windows]")),
        watched("2026-02-01", "2026-03-01", *down),
        "2026-03-01",
    )

    assert figure(found, "2026-02").excluded == (("standing windows", excluded * HOUR),)


def test_a_day_of_a_quota_is_24_hours() -> None:
    always = "window: any-time\nhours: always\nat most: 1 calendar day a month\n"
    found = measured(
        promise(always, uptime(excludes="[standing windows]")),
        watched("2026-03-01", "2026-04-01", ("2026-03-28 12:00", "2026-03-30 12:00")),
        "2026-04-01",
    )

    assert figure(found, "2026-03").excluded == (("standing windows", DAY),)
    assert figure(found, "2026-03").down == 23 * HOUR


def test_maintenance_that_is_excluded_anyway_takes_nothing_of_the_quota() -> None:
    terms = [
        f"{STANDING}at most: 1 hour a month\n",
        uptime(excludes="[planned maintenance, standing windows]"),
    ]
    found = measured(
        promise(*terms),
        watched("2026-02-01", "2026-03-01", ("2026-02-08 08:00", "2026-02-08 09:00")),
        "2026-03-01",
        *maintained("2026-02-01 08:00", "2026-02-01 10:00"),
    )

    assert figure(found, "2026-02").excluded == (
        ("planned maintenance", 2 * HOUR),
        ("standing windows", HOUR),
    )


@pytest.mark.parametrize(("whom", "excluded"), [("web", HOUR), ("mail", 0)])
def test_a_standing_window_is_for_the_services_it_names(whom: str, excluded: int) -> None:
    found = measured(
        promise(f"{STANDING}for: [{whom}]\n", uptime(excludes="[standing windows]")),
        watched("2026-02-01", "2026-03-01", ("2026-02-08 08:00", "2026-02-08 09:00")),
        "2026-03-01",
    )

    assert sum(dict(figure(found, "2026-02").excluded).values()) == excluded


def test_a_standing_window_keeps_wall_time_over_a_change_of_the_clocks() -> None:
    night = "window: nights\nhours: {sun: 01:00-04:00}\n"
    found = measured(
        promise(night, uptime(excludes="[standing windows]")),
        watched("2026-03-01", "2026-04-01", ("2026-03-29 00:00", "2026-03-29 06:00")),
        "2026-04-01",
    )

    assert figure(found, "2026-03").excluded == (("standing windows", 2 * HOUR),)
    assert figure(found, "2026-03").down == 3 * HOUR


def test_an_outage_of_an_excluded_cause_leaves_whole() -> None:
    one = february(
        [uptime(excludes="[cause third-party]")],
        reported("2026-02-03 10:00", "2026-02-03 11:00", cause="third-party"),
        down=("2026-02-03 10:00", "2026-02-03 12:00"),
    )

    assert (one.down, one.excluded) == (0, (("cause third-party", 2 * HOUR),))
    assert (one.owed, one.lowest, one.highest) == (FEBRUARY - 2 * HOUR, ALL, ALL)
    assert whys(one) == ["outage.cause"]
    assert one.outages[0].cause == "third-party"


def test_another_cause_stays_downtime() -> None:
    one = february(
        [uptime(excludes="[cause third-party]")],
        reported("2026-02-03 10:00", "2026-02-03 11:00", cause="own"),
        down=("2026-02-03 10:00", "2026-02-03 11:00"),
    )

    assert (one.down, one.excluded, whys(one)) == (HOUR, (), ["outage.counts"])


def test_a_window_that_is_wholly_excluded_is_not_owed() -> None:
    found = measured(
        promise(uptime("1 calendar days", excludes="[planned maintenance]")),
        watched("2026-02-01", "2026-02-04"),
        "2026-02-04",
        *maintained("2026-02-02", "2026-02-03"),
    )
    one = figure(found, "2026-02-02..2026-02-02")

    assert (str(one.state), one.owed, one.availability) == ("not owed", 0, None)
    assert "reason.nothing-left" in ids(one)
