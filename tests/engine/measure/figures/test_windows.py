"""Windows: their names and their true lengths, in a zone that changes its clocks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from tests.engine.measure.figures.watch import DAY, HOUR, us

from uphold.agreement.phrases.measures import parse_window
from uphold.engine.measure.figure import Window
from uphold.engine.measure.windows import months_from, windows_between
from uphold.worktime.zone import ZoneTable, day_number, zone_table

OSLO = zone_table("Europe/Oslo", day_number(date(2019, 1, 1)), day_number(date(2032, 1, 1)))


def windows(
    rule: str, since: str, until: str, anchor: str = "2026-01-01", *, back: bool = False
) -> tuple[Window, ...]:
    """The windows of a rule that share time with a stretch."""
    given = parse_window(rule)
    return windows_between(given, OSLO, us(since), us(until), us(anchor), back=back)


def labels(*given: str, back: bool = False) -> list[str]:
    """The names of the windows."""
    return [window.label for window in windows(*given, back=back)]


def lengths(*given: str) -> dict[str, int]:
    """The windows' lengths in microseconds, by name."""
    return {window.label: window.end - window.start for window in windows(*given)}


def test_months_have_their_true_lengths_over_both_changes_of_the_clocks() -> None:
    found = lengths("calendar month", "2026-03-01", "2026-11-01")

    assert found["2026-03"] == 31 * DAY - HOUR
    assert found["2026-04"] == 30 * DAY
    assert found["2026-10"] == 31 * DAY + HOUR
    assert list(found) == [f"2026-{month:02d}" for month in range(3, 11)]


def test_windows_begin_and_end_at_local_midnight_one_behind_the_other() -> None:
    found = windows("calendar month", "2026-01-15", "2027-01-15")

    assert found[0].start == us("2026-01-01")
    assert all(one.end == other.start for one, other in pairwise(found))
    assert not any(window.partial for window in found)


def test_quarters_and_years_are_named_and_whole() -> None:
    assert labels("calendar quarter", "2026-02-01", "2026-08-01") == [
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
    ]
    assert lengths("calendar quarter", "2026-02-01", "2026-03-01") == {"2026-Q1": 90 * DAY - HOUR}
    assert lengths("calendar year", "2028-02-01", "2028-03-01") == {"2028": 366 * DAY}


def test_twelve_months_end_with_each_month_over_a_leap_day() -> None:
    found = lengths("12 months", "2028-02-10", "2028-04-02")

    assert found == {
        "2027-03..2028-02": 366 * DAY,
        "2027-04..2028-03": 366 * DAY,
        "2027-05..2028-04": 366 * DAY,
    }
    assert lengths("12 months", "2027-02-10", "2027-02-11") == {"2026-03..2027-02": 365 * DAY}


def test_a_single_month_as_a_length_is_named_like_a_month() -> None:
    assert labels("1 month", "2026-02-01", "2026-03-02") == ["2026-02", "2026-03"]


def test_days_follow_each_other_from_the_beginning_over_a_leap_day() -> None:
    assert lengths("30 calendar days", "2028-02-01", "2028-04-15", "2028-02-10") == {
        "2028-02-10..2028-03-10": 30 * DAY,
        "2028-03-11..2028-04-09": 30 * DAY - HOUR,
        "2028-04-10..2028-05-09": 30 * DAY,
    }


@pytest.mark.parametrize("rule", ["30 calendar days", "contract year"])
def test_nothing_is_counted_back_from_the_beginning_unless_that_is_asked(rule: str) -> None:
    stretch = ("2025-12-01", "2026-01-20", "2026-01-01")

    assert [each[:10] for each in labels(rule, *stretch)] == ["2026-01-01"]
    assert len(labels(rule, *stretch, back=True)) > 1


def test_a_contract_year_begins_on_the_day_that_the_account_did() -> None:
    assert lengths("contract year", "2026-06-01", "2028-06-01", "2026-02-15 14:30") == {
        "2026-02-15..2027-02-14": 365 * DAY,
        "2027-02-15..2028-02-14": 365 * DAY,
        "2028-02-15..2029-02-14": 366 * DAY,
    }


def test_a_contract_year_from_a_leap_day_begins_on_the_last_day_of_february() -> None:
    assert labels("contract year", "2024-03-01", "2028-03-01", "2024-02-29") == [
        "2024-02-29..2025-02-27",
        "2025-02-28..2026-02-27",
        "2026-02-28..2027-02-27",
        "2027-02-28..2028-02-28",
        "2028-02-29..2029-02-27",
    ]


def test_months_can_begin_behind_any_month() -> None:
    window = months_from(OSLO, us("2026-07-01"), 12)

    assert (window.label, window.start, window.end) == (
        "2026-07..2027-06",
        us("2026-07-01"),
        us("2027-07-01"),
    )


def test_no_time_has_no_windows() -> None:
    assert windows("calendar month", "2026-01-01", "2026-01-01") == ()


def test_the_end_of_a_month_belongs_to_the_next() -> None:
    assert labels("calendar month", "2026-01-31 23:59:59", "2026-02-01") == ["2026-01"]
    assert labels("calendar month", "2026-02-01", "2026-02-01 00:00:00.000001") == ["2026-02"]


def test_a_zone_without_changes_has_days_of_a_day() -> None:
    utc = ZoneTable("Etc/UTC", 0, (), ())
    month = parse_window("calendar month")
    (march,) = windows_between(month, utc, us("2026-03-05"), us("2026-03-06"), 0)

    assert march.end - march.start == 31 * DAY
