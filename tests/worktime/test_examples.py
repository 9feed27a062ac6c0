"""The rules of working time by example: start, question, answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from uphold.worktime import Calendar, CompiledCalendar

OSLO, PARIS, UTC = ZoneInfo("Europe/Oslo"), ZoneInfo("Europe/Paris"), ZoneInfo("UTC")
OFFICE = Calendar("Europe/Oslo", {"mon-fri": "09:00-17:00"})
NIGHTS = Calendar("Europe/Oslo", {"mon-fri": "22:00-06:00"})
SPLIT = Calendar("Europe/Oslo", {"mon-fri": "08:00-12:00, 13:00-17:00"})


def oslo(text: str) -> datetime:
    """A wall time in Oslo in 2027: "02-08 09:00". The 1st of February is a Monday."""
    return datetime.fromisoformat(f"2027-{text}").replace(tzinfo=OSLO)


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def test_eight_hours_from_nine_are_due_at_five_the_same_day() -> None:
    assert OFFICE.add(oslo("02-01 09:00"), hours(8)) == oslo("02-01 17:00")


def test_time_before_opening_and_over_the_weekend_does_not_count() -> None:
    assert OFFICE.add(oslo("02-05 06:00"), hours(9)) == oslo("02-08 10:00")
    assert OFFICE.sub(oslo("02-08 10:00"), hours(2)) == oslo("02-05 16:00")
    assert OFFICE.sub(oslo("02-08 10:00"), hours(1)) == oslo("02-08 09:00")
    assert OFFICE.between(oslo("02-05 16:00"), oslo("02-08 10:00")) == hours(2)


def test_hours_in_the_gap_are_none_and_in_the_overlap_twice() -> None:
    calendar = Calendar("Europe/Paris", {"sun": "02:00-03:00"})
    spring, autumn = datetime(2024, 3, 31, tzinfo=PARIS), datetime(2024, 10, 27, tzinfo=PARIS)
    assert calendar.between(spring, spring + timedelta(days=1)) == hours(0)
    assert calendar.between(autumn, autumn + timedelta(days=1)) == hours(2)
    summer = datetime(2024, 6, 2, tzinfo=PARIS)
    assert calendar.between(summer, summer + timedelta(days=1)) == hours(1)


def test_a_day_of_25_hours_counts_them_all() -> None:
    always = Calendar.always("Europe/Oslo")
    assert always.between(oslo("10-31 00:00"), oslo("11-01 00:00")) == hours(25)
    assert always.between(oslo("03-28 00:00"), oslo("03-29 00:00")) == hours(23)
    assert always.add(oslo("03-27 12:00"), hours(24)) == oslo("03-28 13:00")
    assert len(always.spans(oslo("01-01 00:00"), oslo("12-01 00:00"))) == 1


def test_a_shift_over_midnight_belongs_to_the_date_it_begins_on() -> None:
    assert NIGHTS.is_open(oslo("02-06 03:00"))  # Saturday morning is Friday's shift
    assert not NIGHTS.is_open(oslo("02-08 03:00"))  # Monday morning would be Sunday's
    assert NIGHTS.add_days(oslo("02-06 03:00"), 1) == oslo("02-09 06:00")
    assert NIGHTS.add_days(oslo("02-06 06:00"), 1) == oslo("02-09 06:00")
    assert NIGHTS.add_days(oslo("02-04 23:00"), 1) == oslo("02-06 06:00")
    assert NIGHTS.add_days(oslo("02-05 03:00"), 1) == oslo("02-06 06:00")
    assert NIGHTS.add_days(oslo("02-05 12:00"), 1) == oslo("02-09 06:00")


def test_a_holiday_leaves_the_tail_of_the_night_before() -> None:
    nights = Calendar("Europe/Oslo", {"mon-fri": "22:00-06:00"}, holidays=[date(2027, 2, 3)])
    assert nights.is_open(oslo("02-03 05:00"))  # Tuesday's shift is worked to its end
    assert not nights.is_open(oslo("02-03 23:00"))
    assert not nights.is_open(oslo("02-04 05:00"))
    assert nights.is_open(oslo("02-04 23:00"))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("02-01 10:00", 1, "02-02 17:00"),
        ("02-01 07:00", 1, "02-02 17:00"),  # before opening, the own date still counts as none
        ("02-01 23:00", 1, "02-02 17:00"),
        ("02-05 10:00", 1, "02-08 17:00"),
        ("02-06 10:00", 1, "02-08 17:00"),  # on a closed day
        ("02-06 10:00", 5, "02-12 17:00"),
        ("02-06 10:00", 0, "02-06 10:00"),
    ],
)
def test_working_days_end_at_closing(start: str, count: int, due: str) -> None:
    assert OFFICE.add_days(oslo(start), count) == oslo(due)


@pytest.mark.parametrize(
    ("start", "ends", "due"),
    [
        ("02-05 10:00", "same time", "02-08 10:00"),
        ("02-05 07:00", "same time", "02-08 08:00"),  # moved to opening
        ("02-05 12:30", "same time", "02-08 13:00"),  # moved over the break
        ("02-05 12:00", "same time", "02-08 12:00"),
        ("02-05 20:00", "same time", "02-08 17:00"),  # moved to closing
        ("02-05 10:00", "end of day", "02-09 00:00"),
    ],
)
def test_working_days_end_by_another_rule(start: str, ends: str, due: str) -> None:
    assert SPLIT.add_days(oslo(start), 1, ends) == oslo(due)  # type: ignore[arg-type]


def test_the_same_time_on_a_night_shift_is_the_next_morning() -> None:
    assert NIGHTS.add_days(oslo("02-03 02:00"), 2, "same time") == oslo("02-05 02:00")
    assert NIGHTS.add_days(oslo("02-02 23:00"), 2, "same time") == oslo("02-04 23:00")


@pytest.mark.parametrize(
    ("planned", "count", "begins", "limit"),
    [
        ("02-10 12:00", 2, "opening", "02-08 08:00"),  # Monday and Tuesday lie between
        ("02-10 07:00", 2, "opening", "02-08 08:00"),
        ("02-08 12:00", 1, "opening", "02-05 08:00"),
        ("02-07 12:00", 1, "opening", "02-05 08:00"),
        ("02-10 12:00", 2, "start of day", "02-08 00:00"),
        ("02-10 12:30", 2, "same time", "02-08 12:00"),
        ("02-10 07:00", 2, "same time", "02-08 08:00"),
        ("02-10 20:00", 2, "same time", "02-08 17:00"),
        ("02-10 12:00", 0, "opening", "02-10 12:00"),
    ],
)
def test_working_days_back_from_a_plan(planned: str, count: int, begins: str, limit: str) -> None:
    assert SPLIT.sub_days(oslo(planned), count, begins) == oslo(limit)  # type: ignore[arg-type]


def test_next_opening_and_last_closing() -> None:
    assert OFFICE.next_open(oslo("02-05 17:00")) == oslo("02-08 09:00")
    assert OFFICE.next_open(oslo("02-05 12:00")) == oslo("02-05 12:00")
    assert OFFICE.previous_close(oslo("02-07 12:00")) == oslo("02-05 17:00")
    assert OFFICE.previous_close(oslo("02-05 17:00")) == oslo("02-05 17:00")
    assert OFFICE.previous_close(oslo("02-05 12:00")) == oslo("02-04 17:00")


def test_spans_are_half_open_and_in_utc() -> None:
    (first, last) = OFFICE.spans(oslo("02-01 12:00"), oslo("02-02 10:00"))
    assert first == (oslo("02-01 12:00"), oslo("02-01 17:00"))
    assert last == (oslo("02-02 09:00"), oslo("02-02 10:00"))
    assert str(first[0]) == "2027-02-01 11:00:00+00:00"
    assert OFFICE.is_open(oslo("02-01 09:00"))
    assert not OFFICE.is_open(oslo("02-01 17:00"))


def test_union_intersection_and_difference() -> None:
    boston = Calendar("America/New_York", {"mon-fri": "09:00-17:00"})  # 15:00 to 23:00 in Oslo
    start = oslo("02-01 16:00")
    assert (OFFICE | boston).add(start, hours(4)) == oslo("02-01 20:00")
    assert (OFFICE & boston).add(start, hours(2)) == oslo("02-02 16:00")
    assert (OFFICE - boston).add(start, hours(2)) == oslo("02-02 11:00")
    assert (OFFICE | boston).add_days(start, 1) == oslo("02-02 23:00")
    assert OFFICE.union(boston, name="both offices").name == "both offices"


# The same on plain integers, as the engine asks.


@pytest.fixture(scope="module")
def table() -> CompiledCalendar:
    return OFFICE.compiled(date(2028, 12, 31), since=date(2023, 1, 1))


def us(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_calendar_days_keep_the_wall_time(table: CompiledCalendar) -> None:
    start = us(oslo("03-26 02:30"))
    assert table.add_calendar_days_us(start, 2) == us(oslo("03-28 03:00"))  # 02:30 was skipped
    assert table.add_calendar_days_us(start, 20) == us(oslo("04-15 02:30"))
    assert table.add_calendar_days_us(start, -7) == us(oslo("03-19 02:30"))
    assert table.add_calendar_days_us(start, 0) == start
    assert table.add_calendar_days_us(start, 1, "end of day") == us(oslo("03-28 00:00"))
    assert table.add_calendar_days_us(start, 0, "end of day") == us(oslo("03-27 00:00"))


def test_calendar_days_take_the_longer_way_over_a_repeated_hour(table: CompiledCalendar) -> None:
    first, second = (oslo("10-31 02:30").replace(fold=fold) for fold in (0, 1))
    assert table.add_calendar_days_us(us(oslo("10-30 02:30")), 1) == us(second)
    assert table.add_calendar_days_us(us(oslo("11-01 02:30")), -1) == us(first)


def test_months_end_on_the_last_day_there_is(table: CompiledCalendar) -> None:
    start = us(oslo("01-31 12:00"))
    assert table.add_months_us(start, 1) == us(oslo("02-28 12:00"))
    assert table.add_months_us(start, -2) == us(datetime(2026, 11, 30, 12, tzinfo=OSLO))
    assert table.add_months_us(start, 12) == us(datetime(2028, 1, 31, 12, tzinfo=OSLO))
    assert table.add_months_us(start, 1, "end of day") == us(oslo("03-01 00:00"))


def test_the_same_day_ends_at_midnight_in_the_zone(table: CompiledCalendar) -> None:
    evening = us(datetime(2027, 2, 1, 23, 30, tzinfo=UTC))
    assert table.date_us(evening) == date(2027, 2, 2)
    assert table.day_end_us(evening) == us(oslo("02-03 00:00"))
    assert table.next_working_day_close_us(evening) == us(oslo("02-03 17:00"))


def test_a_local_time_carries_the_zone_and_its_offset(table: CompiledCalendar) -> None:
    local = table.local(us(oslo("07-01 12:00")))
    assert local.isoformat() == "2027-07-01T12:00:00+02:00"
    assert local.tzname() == "Europe/Oslo"


def test_compiled_covers_both_dates() -> None:
    table = OFFICE.compiled(date(2027, 2, 5), since=oslo("02-01 12:00"))
    assert table.since_us == us(oslo("02-01 00:00"))
    assert table.until_us == us(oslo("02-06 00:00"))
    assert table.between_us(table.since_us, table.until_us) == 40 * 3_600_000_000


def test_compiled_begins_early_enough_by_itself() -> None:
    assert (
        OFFICE.compiled(date(2030, 1, 1))
        .local(OFFICE.compiled(date(2030, 1, 1)).since_us)
        .isoformat()
        == "2000-01-01T00:00:00+01:00"
    )
    early = OFFICE.compiled(date(1995, 6, 30))
    assert early.date_us(early.since_us) == date(1994, 6, 29)
