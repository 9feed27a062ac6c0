"""Maintenance: what of it leaves a figure, by its kind, its plan, its notice and its scope.

1 February 2026 is a Sunday.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.measure.figures.watch import (
    FEBRUARY,
    HOUR,
    MINUTE,
    february,
    figure,
    ids,
    maintained,
    measured,
    planned,
    promise,
    share,
    stamp,
    uptime,
    watched,
)
from tests.engine.pages import agreement, fact

from uphold.worktime.durations import Elapsed

ALL_KINDS = (
    "[planned maintenance, unplanned maintenance, emergency maintenance, requested maintenance]"
)
NOTICE = """\
notice: announcement
of: maintenance
announced: at least 1 week before planned start
"""


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


def test_what_is_excluded_is_the_same_in_all_three_readings() -> None:
    one = february(
        planned(),
        *maintained("2026-02-03 09:30", "2026-02-03 10:30"),
        down=("2026-02-03 10:00", "2026-02-03 11:00"),
    )

    owed = FEBRUARY - HOUR
    assert one.availability == share(30 * MINUTE, owed)
    assert one.lowest == share(30 * MINUTE, owed)
    assert one.highest == share(29 * MINUTE, owed)


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


def test_what_was_called_off_and_done_all_the_same_was_not_planned() -> None:
    plan, *done = maintained("2026-02-03 02:00", "2026-02-03 04:00")
    off = fact("maintenance.cancelled", "2026-02-02 12:00")
    again = fact(
        "maintenance.planned",
        "2026-02-02 18:00",
        kind="planned",
        start=stamp("2026-02-03 03:00"),
        end=stamp("2026-02-03 05:00"),
    )
    down = ("2026-02-03 02:00", "2026-02-03 04:00")
    one = february(planned(), plan, off, *done, down=down)

    assert (one.excluded, one.down) == ((), 2 * HOUR)
    assert "reason.maintenance-unplanned" in ids(one)
    # Planned anew before it began: that plan is the one that counts.
    assert february(planned(), plan, off, again, *done, down=down).down == HOUR


def test_what_is_called_off_while_it_goes_on_ends_there() -> None:
    plan, started, _ = maintained("2026-02-03 02:00", "2026-02-03 06:00")
    off = fact("maintenance.cancelled", "2026-02-03 03:00")
    one = february(planned(), plan, started, off)

    assert one.excluded == (("planned maintenance", HOUR),)


def test_work_broken_off_and_taken_up_again_follows_the_plan_of_each_time() -> None:
    plan, started, ended = maintained("2026-02-03 02:00", "2026-02-03 03:00")
    moved = fact(
        "maintenance.changed",
        "2026-02-03 12:00",
        start=stamp("2026-02-10 02:00"),
        end=stamp("2026-02-10 04:00"),
    )
    again = [
        fact("maintenance.started", "2026-02-10 01:30"),
        fact("maintenance.ended", "2026-02-10 03:30"),
    ]
    one = february(
        planned(),
        plan,
        started,
        ended,
        moved,
        *again,
        down=("2026-02-10 01:00", "2026-02-10 04:00"),
    )

    # 02:00-03:00 on the 3rd and 02:00-03:30 on the 10th; half an hour before that is outside.
    assert one.excluded == (("planned maintenance", 150 * MINUTE),)
    assert one.down == 90 * MINUTE
    (over,) = (each for each in one.because if each.id == "reason.maintenance-overrun")
    assert over.data["length"] == Elapsed(30 * MINUTE)


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
