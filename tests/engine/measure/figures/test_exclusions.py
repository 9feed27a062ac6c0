"""What leaves a figure, and what does not: maintenance, standing windows, causes of others.

1 February 2026 is a Sunday.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    HOUR,
    MINUTE,
    figure,
    ids,
    maintained,
    measured,
    promise,
    share,
    stamp,
    uptime,
    watched,
    whys,
)
from tests.engine.pages import agreement, fact

from uphold.engine.measure.figure import Figure
from uphold.facts import Fact

FEBRUARY = 28 * DAY
ALL_KINDS = (
    "[planned maintenance, unplanned maintenance, emergency maintenance, requested maintenance]"
)
NOTICE = """\
notice: announcement
of: maintenance
announced: at least 1 week before planned start
"""


def february(terms: list[str], *facts: Fact, down: tuple[str, str] | None = None) -> Figure:
    """The figure of February 2026, with one outage at most."""
    evidence = watched("2026-02-01", "2026-03-01", *([down] if down else []))
    return figure(measured(promise(*terms), evidence, "2026-03-01", *facts), "2026-02")


def planned(*terms: str) -> list[str]:
    """Terms that exclude planned maintenance."""
    return [*terms, uptime(excludes="[planned maintenance]")]


def test_maintenance_is_excluded_where_it_was_planned_and_done_up_or_down() -> None:
    work = maintained(
        "2026-02-03 01:00",
        "2026-02-03 05:00",
        planned=("2026-02-03 02:00", "2026-02-03 06:00"),
    )
    one = february(planned(), *work, down=("2026-02-03 01:00", "2026-02-03 03:00"))

    assert one.excluded == (("planned maintenance", 3 * HOUR),)
    assert (one.owed, one.down) == (FEBRUARY - 3 * HOUR, HOUR)
    assert one.availability == share(HOUR, FEBRUARY - 3 * HOUR)


def test_an_over_run_is_not_excluded_and_is_told() -> None:
    work = maintained(
        "2026-02-03 02:00",
        "2026-02-03 06:00",
        planned=("2026-02-03 02:00", "2026-02-03 04:00"),
    )
    one = february(planned(), *work, down=("2026-02-03 02:00", "2026-02-03 06:00"))

    assert (one.down, one.excluded) == (2 * HOUR, (("planned maintenance", 2 * HOUR),))
    assert "reason.maintenance-overrun" in ids(one)


def test_a_plan_that_is_moved_once_work_has_begun_moves_no_exclusion() -> None:
    work = maintained(
        "2026-02-03 02:00",
        "2026-02-03 06:00",
        planned=("2026-02-03 02:00", "2026-02-03 04:00"),
    )
    late = fact("maintenance.changed", "2026-02-03 03:59", end=stamp("2026-02-03 06:00"))
    early = fact("maintenance.changed", "2026-02-03 01:59", end=stamp("2026-02-03 06:00"))

    assert february(planned(), *work, late).excluded == (("planned maintenance", 2 * HOUR),)
    assert february(planned(), *work, early).excluded == (("planned maintenance", 4 * HOUR),)


def test_what_was_planned_and_never_done_excludes_nothing() -> None:
    plan, *_ = maintained("2026-02-03 02:00", "2026-02-03 06:00")
    one = february(planned(), plan, down=("2026-02-03 02:00", "2026-02-03 03:00"))

    assert (one.excluded, one.down) == ((), HOUR)
    assert "reason.maintenance-not-done" in ids(one)


def test_what_was_called_off_excludes_nothing_and_is_not_told() -> None:
    plan, *_ = maintained("2026-02-03 02:00", "2026-02-03 06:00")
    one = february(planned(), plan, fact("maintenance.cancelled", "2026-02-02 12:00"))

    assert one.excluded == ()
    assert not [name for name in ids(one) if name.startswith("reason.maintenance")]


def test_work_that_still_goes_on_is_excluded_so_far() -> None:
    plan, started, _ = maintained("2026-02-03 02:00", "2026-02-03 06:00")
    evidence = watched("2026-02-01", "2026-02-03 04:00")
    found = measured(promise(*planned()), evidence, "2026-02-03 04:00", plan, started)

    assert figure(found, "2026-02").excluded == (("planned maintenance", 2 * HOUR),)


@pytest.mark.parametrize(
    ("kind", "excluded"),
    [("planned", 0), ("requested", 0), ("unplanned", HOUR), ("emergency", HOUR)],
)
def test_only_unplanned_and_emergency_work_needs_no_plan(kind: str, excluded: int) -> None:
    facts = [
        fact("maintenance.started", "2026-02-03 02:00", kind=kind),
        fact("maintenance.ended", "2026-02-03 03:00"),
    ]
    one = february([uptime(excludes=ALL_KINDS)], *facts)

    assert dict(one.excluded).get(f"{kind} maintenance", 0) == excluded
    assert ("reason.maintenance-unplanned" in ids(one)) == (not excluded)


def test_a_kind_that_is_not_named_stays_downtime() -> None:
    facts = maintained("2026-02-03 02:00", "2026-02-03 03:00", kind="emergency")
    one = february(planned(), *facts, down=("2026-02-03 02:00", "2026-02-03 03:00"))

    assert (one.excluded, one.down) == ((), HOUR)


def test_an_instant_is_excluded_under_one_kind_only_in_the_terms_order() -> None:
    both = [
        *maintained("2026-02-03 02:00", "2026-02-03 04:00"),
        *maintained(
            "2026-02-03 03:00", "2026-02-03 05:00", kind="requested", subject="maintenance:2"
        ),
    ]
    one = february([uptime(excludes="[requested maintenance, planned maintenance]")], *both)

    assert one.excluded == (("requested maintenance", 2 * HOUR), ("planned maintenance", HOUR))


@pytest.mark.parametrize(
    ("scope", "excluded"),
    [
        ({"services": ["web"]}, HOUR),
        ({"services": ["page"]}, HOUR),
        ({"services": ["mail"]}, 0),
        ({"accounts": ["acme-1"]}, HOUR),
        ({"accounts": ["other-1"]}, 0),
        ({"regions": ["north"]}, HOUR),
        ({"regions": ["south"]}, 0),
        ({"account": "acme-1"}, HOUR),
        ({"customer": "acme"}, HOUR),
        ({"customer": "other"}, 0),
    ],
)
def test_maintenance_excludes_for_whom_and_for_what_it_was(
    scope: dict[str, Any], excluded: int
) -> None:
    found = measured(
        agreement(
            "service: web\nparts: [page]\n",
            uptime(per="account", excludes="[planned maintenance]"),
        ),
        watched("2026-02-01", "2026-03-01", check="page"),
        "2026-03-01",
        fact("customer.agreed", "2026-01-01", "customer:acme", account="acme-1", region="north"),
        *maintained("2026-02-03 02:00", "2026-02-03 03:00", **scope),
    )

    assert sum(dict(figure(found, "2026-02").excluded).values()) == excluded


def test_maintenance_for_some_accounts_excludes_nothing_of_the_whole_service() -> None:
    facts = maintained("2026-02-03 02:00", "2026-02-03 03:00", accounts=["acme-1"])

    assert february(planned(), *facts).excluded == ()


@pytest.mark.parametrize(("announced", "excluded"), [("2026-01-27", HOUR), ("2026-01-27 02:01", 0)])
def test_late_notice_forfeits_the_exclusion_only_where_the_term_says_so(
    announced: str, excluded: int
) -> None:
    facts = [
        *maintained("2026-02-03 02:00", "2026-02-03 03:00"),
        fact("maintenance.announced", announced, to=["customers"]),
    ]
    strict = uptime(excludes="[planned maintenance]", late_notice="not excluded")
    one = february([NOTICE, strict], *facts)

    assert sum(dict(one.excluded).values()) == excluded
    assert ("reason.maintenance-late" in ids(one)) == (not excluded)
    assert february(planned(NOTICE), *facts).excluded == (("planned maintenance", HOUR),)


def test_work_planned_anew_is_late_by_its_last_plan() -> None:
    plan, *_ = maintained("2026-02-03 02:00", "2026-02-03 03:00")
    moved = fact(
        "maintenance.changed",
        "2026-02-02 12:00",
        start=stamp("2026-02-12 02:00"),
        end=stamp("2026-02-12 03:00"),
    )
    strict = uptime(excludes="[planned maintenance]", late_notice="not excluded")
    facts = [
        plan,
        moved,
        fact("maintenance.announced", "2026-02-04", to=["customers"]),
        fact("maintenance.started", "2026-02-12 02:00"),
        fact("maintenance.ended", "2026-02-12 03:00"),
    ]

    assert february([NOTICE, strict], *facts).excluded == (("planned maintenance", HOUR),)


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
    reported = fact(
        "outage.reported",
        "2026-02-03 12:00",
        service="web",
        start=stamp("2026-02-03 10:00"),
        end=stamp("2026-02-03 11:00"),
        cause="third-party",
    )
    one = february(
        [uptime(excludes="[cause third-party]")],
        reported,
        down=("2026-02-03 10:00", "2026-02-03 12:00"),
    )

    assert (one.down, one.excluded) == (0, (("cause third-party", 2 * HOUR),))
    assert (one.owed, one.lowest, one.highest) == (FEBRUARY - 2 * HOUR, ALL, ALL)
    assert whys(one) == ["outage.cause"]
    assert one.outages[0].cause == "third-party"


def test_another_cause_stays_downtime() -> None:
    reported = fact(
        "outage.reported",
        "2026-02-03 12:00",
        service="web",
        start=stamp("2026-02-03 10:00"),
        end=stamp("2026-02-03 11:00"),
        cause="own",
    )
    one = february(
        [uptime(excludes="[cause third-party]")],
        reported,
        down=("2026-02-03 10:00", "2026-02-03 11:00"),
    )

    assert (one.down, one.excluded, whys(one)) == (HOUR, (), ["outage.counts"])


def test_exclusions_are_the_same_in_all_three_readings() -> None:
    one = february(
        planned(),
        *maintained("2026-02-03 09:30", "2026-02-03 10:30"),
        down=("2026-02-03 10:00", "2026-02-03 11:00"),
    )

    owed = FEBRUARY - HOUR
    assert one.availability == share(30 * MINUTE, owed)
    assert one.lowest == share(30 * MINUTE, owed)
    assert one.highest == share(29 * MINUTE, owed)


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
