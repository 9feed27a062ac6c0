"""Weekly hours, and dates and stretches closed or opened against them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from uphold.worktime import Calendar

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = date(2027, 2, 1)


def oslo(text: str) -> datetime:
    """A wall time in February 2027, of which the 1st is a Monday: "03 09:00"."""
    return datetime.fromisoformat(f"2027-02-{text}").replace(tzinfo=OSLO)


def worked(calendar: Calendar, day: int, days: int = 1) -> str:
    """The spans of a date in its own wall time: "08:00-12:00 13:00-17:00"."""
    spans = calendar.spans(oslo(f"{day:02} 00:00"), oslo(f"{day + days:02} 00:00"))
    edges = [[f"{edge.astimezone(OSLO):%H:%M}" for edge in span] for span in spans]
    return " ".join("-".join(span) for span in edges)


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        ({"mon-fri": "08:00-16:00"}, ["08:00-16:00"] * 5 + ["", ""]),
        ({"mon": "08:00-12:00, 13:00-17:00"}, ["08:00-12:00 13:00-17:00"] + [""] * 6),
        ({"mon": ["08:00-12:00", "13:00-17:00"]}, ["08:00-12:00 13:00-17:00"] + [""] * 6),
        ({"mon": "13:00-17:00,08:00-12:00"}, ["08:00-12:00 13:00-17:00"] + [""] * 6),
        ({"fri-mon": "10:00-11:00"}, ["10:00-11:00"] + [""] * 3 + ["10:00-11:00"] * 3),
        ({"tue, thu": "10:00-11:00"}, ["", "10:00-11:00", "", "10:00-11:00", "", "", ""]),
        ({"Monday - Wednesday": "10:00-11:00"}, ["10:00-11:00"] * 3 + [""] * 4),
        ({"mon-tue": "10:00-11:00", "sun": "closed"}, ["10:00-11:00"] * 2 + [""] * 5),
        ({"wed": "22:00-06:00"}, ["", "", "22:00-00:00", "00:00-06:00", "", "", ""]),
        ({"wed": "20:00-24:00"}, ["", "", "20:00-00:00", "", "", "", ""]),
        ({"wed": "00:00-24:00"}, ["", "", "00:00-00:00", "", "", "", ""]),
        ({"wed": "08:00-16:00:30"}, ["", "", "08:00-16:00", "", "", "", ""]),
    ],
)
def test_weekly_hours(hours: dict[str, Any], week: list[str]) -> None:
    calendar = Calendar("Europe/Oslo", hours)
    assert [worked(calendar, day) for day in range(8, 15)] == week


@pytest.mark.parametrize(
    ("closed", "tuesday", "wednesday"),
    [
        (date(2027, 2, 2), "", "08:00-16:00"),
        ("2027-02-02", "", "08:00-16:00"),
        ([date(2027, 2, 2), "2027-02-03"], "", ""),
        ("2027-02-02/2027-02-03", "", ""),
        ([(date(2027, 2, 2), date(2027, 2, 3))], "", ""),
        ((date(2027, 2, 2), "12:00-14:00"), "08:00-12:00 14:00-16:00", "08:00-16:00"),
        (
            "2027-02-02 12:00-13:00, 14:00-15:00",
            "08:00-12:00 13:00-14:00 15:00-16:00",
            "08:00-16:00",
        ),
        ("2027-02-02T12:00/2027-02-02T24:00", "08:00-12:00", "08:00-16:00"),
        ("2027-02-02T12:00/2027-02-03T10:00", "08:00-12:00", "10:00-16:00"),
        ("2027-02-02T11:00Z/2027-02-02T12:00Z", "08:00-12:00 13:00-16:00", "08:00-16:00"),
        (
            [(datetime(2027, 2, 2, 12), datetime(2027, 2, 3))],  # noqa: DTZ001
            "08:00-12:00",
            "08:00-16:00",
        ),
        ((datetime(2027, 2, 2, 11, tzinfo=UTC), oslo("03 00:00")), "08:00-12:00", "08:00-16:00"),
        ("2027-02-02T09:30:15/2027-02-02T16:00", "08:00-09:30", "08:00-16:00"),
    ],
)
def test_closed_dates_and_stretches(closed: object, tuesday: str, wednesday: str) -> None:
    calendar = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, closed=closed)
    assert (worked(calendar, 2), worked(calendar, 3)) == (tuesday, wednesday)
    assert worked(calendar, 1) == worked(calendar, 4) == "08:00-16:00"


@pytest.mark.parametrize(
    ("opened", "saturday"),
    [
        ("2027-02-06 09:00-13:00", "09:00-13:00"),
        ((date(2027, 2, 6), "09:00-13:00"), "09:00-13:00"),
        ([("2027-02-06", "09:00-10:00, 11:00-12:00")], "09:00-10:00 11:00-12:00"),
        ("2027-02-06T20:00/2027-02-07T02:00", "20:00-00:00"),
        ("2027-02-06T08:00+01:00/2027-02-06T09:00+01:00", "08:00-09:00"),
    ],
)
def test_opened_stretches(opened: object, saturday: str) -> None:
    calendar = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, opened=opened)
    assert worked(calendar, 6) == saturday
    assert worked(calendar, 5) == "08:00-16:00"


def test_an_opened_date_has_its_usual_hours_holiday_or_not() -> None:
    hours = {"mon-fri": "08:00-16:00"}
    shut = Calendar("Europe/Oslo", hours, holidays=["2027-02-02"])
    calendar = Calendar("Europe/Oslo", hours, holidays=["2027-02-02"], opened="2027-02-02")
    assert (worked(shut, 2), worked(calendar, 2)) == ("", "08:00-16:00")


def test_part_of_a_closed_date_can_be_opened_and_of_an_opened_one_closed() -> None:
    hours = {"mon-fri": "08:00-16:00"}
    eve = Calendar("Europe/Oslo", hours, closed="2027-02-02", opened="2027-02-02 08:00-12:00")
    assert worked(eve, 2) == "08:00-12:00"
    early = Calendar(
        "Europe/Oslo",
        hours,
        holidays=["2027-02-02"],
        opened="2027-02-02",
        closed="2027-02-02 12:00-24:00",
    )
    assert worked(early, 2) == "08:00-12:00"


def test_a_closed_date_leaves_the_night_before_but_a_closed_stretch_cuts_it() -> None:
    hours = {"mon-fri": "22:00-06:00"}
    date_closed = Calendar("Europe/Oslo", hours, closed="2027-02-03")
    assert worked(date_closed, 3) == "00:00-06:00"
    assert worked(date_closed, 4) == "22:00-00:00"
    time_closed = Calendar("Europe/Oslo", hours, closed="2027-02-03T00:00/2027-02-04T00:00")
    assert worked(time_closed, 3) == ""
    assert worked(time_closed, 4) == "00:00-06:00 22:00-00:00"


def test_a_date_with_nothing_left_open_is_no_working_day() -> None:
    calendar = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, closed="2027-02-02 06:00-18:00")
    assert calendar.add_days(oslo("01 09:00"), 1) == oslo("03 16:00")


def test_an_opened_date_is_a_working_day() -> None:
    calendar = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, opened="2027-02-06 09:00-13:00")
    assert calendar.add_days(oslo("05 09:00"), 1) == oslo("06 13:00")
    assert calendar.add_days(oslo("05 09:00"), 2) == oslo("08 16:00")


def test_days_opened_without_a_pause_are_days_one_by_one() -> None:
    calendar = Calendar("Europe/Oslo", {}, opened="2027-02-06T12:00/2027-02-09T12:00")
    assert calendar.between(oslo("01 00:00"), oslo("20 00:00")) == timedelta(hours=72)
    assert calendar.add_days(oslo("06 15:00"), 1) == oslo("08 00:00")
    assert calendar.add_days(oslo("06 15:00"), 3) == oslo("09 12:00")


def test_an_exception_in_a_repeated_hour_takes_the_whole_of_it() -> None:
    calendar = Calendar.always("Europe/Oslo")
    cut = Calendar(
        "Europe/Oslo", {"mon-sun": "00:00-24:00"}, closed="2027-10-31T02:00/2027-10-31T03:00"
    )
    start, end = (datetime(2027, 10, n, tzinfo=OSLO) for n in (30, 31))
    end += timedelta(days=1)
    assert calendar.between(start, end) - cut.between(start, end) == timedelta(hours=2)
