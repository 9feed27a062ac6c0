"""Questions without an answer: each error's code, data and whole text."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from uphold.worktime import (
    Calendar,
    CalendarError,
    EmptyCalendar,
    NaiveDatetime,
    OutOfRange,
)

HOURS = {"mon-fri": "08:00-16:00"}
OSLO = ZoneInfo("Europe/Oslo")
START = datetime(2027, 2, 1, 9, tzinfo=OSLO)


OFFICE = Calendar("Europe/Oslo", HOURS, holidays="NO", name="office")
SHUT = Calendar("Europe/Oslo", {"mon": "08:00-16:00"}, closed="1900-01-01/2399-12-31")


@pytest.mark.parametrize(
    ("ask", "code", "text"),
    [
        (
            lambda: OFFICE.add(datetime(2027, 1, 1), timedelta(hours=1)),  # noqa: DTZ001
            "naive-datetime",
            (
                "2027-01-01 00:00:00 has no time zone, so it is no instant; give one, such as "
                'datetime(..., tzinfo=ZoneInfo("Europe/Oslo"))'
            ),
        ),
        (
            lambda: OFFICE.add(datetime(2101, 1, 1, tzinfo=UTC), timedelta(hours=1)),
            "out-of-range",
            (
                '2101-01-01T00:00:00Z lies after what is known of calendar "office": its opening '
                "hours "
                "are known from 1901-01-01 to 2100-12-31, as far as holidays are (NO)"
            ),
        ),
        (
            lambda: OFFICE.add(START, timedelta(days=36500)),
            "out-of-range",
            (
                "what is asked, counted from 2027-02-01T08:00:00Z, lies after what is known of "
                'calendar "office": its opening hours are known from 1901-01-01 to 2100-12-31, as '
                "far "
                "as holidays are (NO)"
            ),
        ),
        (
            lambda: OFFICE.sub(START, timedelta(days=36500)),
            "out-of-range",
            (
                "what is asked, counted from 2027-02-01T08:00:00Z, lies before what is known of "
                'calendar "office": its opening hours are known from 1901-01-01 to 2100-12-31, as '
                "far "
                "as holidays are (NO)"
            ),
        ),
        (
            lambda: Calendar.always("UTC").add(datetime(1, 1, 1, tzinfo=UTC), timedelta(hours=1)),
            "out-of-range",
            (
                '0001-01-01T00:00:00Z lies before what is known of calendar "always": its opening '
                "hours are known from 1900-01-01 to 2399-12-31, as far as any calendar is"
            ),
        ),
        (
            lambda: OFFICE.compiled(date(2101, 1, 1)),
            "out-of-range",
            (
                '2101-01-01T00:00:00Z lies after what is known of calendar "office": its opening '
                "hours "
                "are known from 1901-01-01 to 2100-12-31, as far as holidays are (NO)"
            ),
        ),
        (
            lambda: OFFICE.compiled(date(2027, 1, 31), since=date(2027, 1, 1)).add_us(0, 1),
            "out-of-range",
            (
                '1970-01-01T00:00:00Z lies before what is known of calendar "office": its opening '
                "hours are known from 2027-01-01 to 2027-01-31, as far as it was compiled"
            ),
        ),
        (
            lambda: Calendar("Europe/Oslo", {}).add(START, timedelta(hours=1)),
            "empty-calendar",
            (
                "this Europe/Oslo calendar is never open from 1900-01-01 to 2399-12-31, so no "
                "working "
                "time can be counted; give it hours"
            ),
        ),
        (
            lambda: OFFICE.add_days(START, -1),
            "bad-count",
            (
                "-1 working days is negative; count back from a planned time with sub_days, "
                "forward "
                "with add_days"
            ),
        ),
        (
            lambda: OFFICE.add_days(START, 1, "noon"),  # type: ignore[arg-type]
            "bad-count",
            '"noon" is no rule for the day\'s limit; use "closing", "same time", "end of day"',
        ),
        (
            lambda: OFFICE.sub_days(START, 1, "closing"),  # type: ignore[arg-type]
            "bad-count",
            '"closing" is no rule for the day\'s limit; use "opening", "same time", "start of day"',
        ),
    ],
)
def test_questions_without_an_answer(ask: Callable[[], object], code: str, text: str) -> None:
    with pytest.raises(CalendarError) as caught:
        ask()
    assert (str(caught.value), caught.value.code) == (text, code)


TABLE = OFFICE.compiled(date(2027, 12, 31), since=date(2027, 1, 1))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: TABLE.add_calendar_days_us(TABLE.until_us, 1, "closing"),  # type: ignore[arg-type]
        lambda: TABLE.add_months_us(TABLE.until_us, 99_999),
    ],
)
def test_calendar_counts_that_make_no_sense(ask: Callable[[], object]) -> None:
    with pytest.raises(CalendarError) as caught:
        ask()
    assert caught.value.code == "bad-count"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: TABLE.add_us(TABLE.since_us, 10**18),
        lambda: TABLE.sub_us(TABLE.since_us, 1),
        lambda: TABLE.add_us(TABLE.until_us, 1),
        lambda: TABLE.add_us(TABLE.until_us + 1, 1),
        lambda: TABLE.sub_us(TABLE.until_us + 1, 1),
        lambda: TABLE.between_us(TABLE.since_us - 1, TABLE.until_us),
        lambda: TABLE.is_open_us(TABLE.until_us + 1),
        lambda: TABLE.next_open_us(TABLE.until_us),
        lambda: TABLE.previous_close_us(TABLE.since_us),
        lambda: TABLE.spans_us(TABLE.since_us, TABLE.until_us + 1),
        lambda: TABLE.add_days_us(TABLE.since_us, 400),
        lambda: TABLE.sub_days_us(TABLE.since_us, 1),
        lambda: TABLE.add_calendar_days_us(TABLE.since_us, 366),
        lambda: TABLE.add_calendar_days_us(TABLE.since_us, -1),
        lambda: TABLE.add_months_us(TABLE.since_us, 13),
        lambda: TABLE.day_end_us(TABLE.until_us + 1),
        lambda: TABLE.local(TABLE.until_us + 1),
        lambda: TABLE.date_us(10**30),
        lambda: TABLE.add_many_us(np.array([TABLE.since_us]), 10**18),
        lambda: TABLE.add_many_us(np.array([TABLE.since_us]), np.array([2**63 - 1])),
        lambda: TABLE.add_many_us(np.array([TABLE.since_us]), np.array([-(2**63)])),
        lambda: TABLE.add_many_us(np.array([-(2**63)]), 1),
        lambda: TABLE.between_many_us(np.array([TABLE.since_us - 1]), TABLE.until_us),
        lambda: TABLE.add_days_many_us(np.array([TABLE.since_us]), 400),
        lambda: TABLE.add_days_many_us(np.array([TABLE.since_us]), 2**62),
        lambda: TABLE.day_end_many_us(np.array([TABLE.until_us + 1])),
    ],
)
def test_what_is_not_compiled_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(OutOfRange):
        ask()


@pytest.mark.parametrize(
    "empty",
    [
        Calendar("Europe/Oslo", {}),
        Calendar("Europe/Oslo", {"mon": "closed"}),
        SHUT,
        OFFICE - OFFICE,
        OFFICE & Calendar("Europe/Oslo", {"sun": "08:00-16:00"}, holidays="NO"),
    ],
)
def test_an_empty_calendar_says_so_in_bounded_time(empty: Calendar) -> None:
    """One at a time and in bulk; but what needs no working time has an answer."""
    started = time.process_time()
    hour = timedelta(hours=1)
    starts = np.array(["2027-02-01T09:00"], dtype="M8[us]")
    questions: list[Callable[[], object]] = [
        lambda: empty.add(START, hour),
        lambda: empty.sub(START, hour),
        lambda: empty.add_days(START, 1),
        lambda: empty.sub_days(START, 1),
        lambda: empty.next_open(START),
        lambda: empty.previous_close(START),
        lambda: empty.add_many(starts, hour),
        lambda: empty.add_many(starts, -hour),
        lambda: empty.compiled(date(2028, 1, 1)).add_us(1_800_000_000_000_000, 1),
    ]
    for question in questions:
        with pytest.raises(EmptyCalendar):
            question()
    assert time.process_time() - started < 10
    assert empty.add(START, timedelta(0)) == START
    assert empty.between(START, START + hour) == timedelta(0)
    assert not empty.is_open(START)
    assert empty.spans(START, START + hour) == ()
    assert empty.add_many(starts, timedelta(0)).tolist() == starts.tolist()
    assert empty.between_many(starts, starts).tolist() == [timedelta(0)]


def test_a_calendar_with_openings_only_in_the_past_is_not_called_empty() -> None:
    past = Calendar("Europe/Oslo", {}, opened="2020-02-03 08:00-16:00")
    with pytest.raises(OutOfRange, match="lies after"):
        past.add(START, timedelta(hours=1))
    assert past.previous_close(START) == datetime(2020, 2, 3, 16, tzinfo=OSLO)
    assert past.sub(START, timedelta(hours=8)) == datetime(2020, 2, 3, 8, tzinfo=OSLO)


@pytest.mark.parametrize("length", [timedelta.max, timedelta.min])
def test_the_longest_times_end_in_an_error(length: timedelta) -> None:
    with pytest.raises(OutOfRange):
        OFFICE.add(START, length)
    with pytest.raises(OutOfRange):
        OFFICE.sub(START, length)
    with pytest.raises(OutOfRange):
        OFFICE.add_many(np.array(["2027-02-01"], dtype="M8[us]"), timedelta(days=10**8))


def test_bulk_errors_name_the_item() -> None:
    starts = np.array(["2027-02-01", "2027-02-02", "2500-01-01"], dtype="M8[us]")
    with pytest.raises(OutOfRange, match=r"^2500-01-01T00:00:00Z lies after"):
        OFFICE.add_many(starts, timedelta(hours=1))
    amounts = np.array([1, 10**6, 10**6], dtype="m8[h]")
    with pytest.raises(OutOfRange, match=r"^item 1: what is asked, counted from 2027-02-02T") as e:
        OFFICE.add_many(starts[[0, 1, 1]], amounts)
    assert e.value.data["item"] == 1


class Nowhere(tzinfo):
    """A zone that knows no offset, so that its times are as good as naive."""

    def utcoffset(self, _moment: datetime | None) -> None:
        return None

    dst = tzname = utcoffset


@pytest.mark.parametrize(
    "ask",
    [
        lambda t: OFFICE.add(t, timedelta(hours=1)),
        lambda t: OFFICE.sub(t, timedelta(hours=1)),
        lambda t: OFFICE.between(t, START),
        lambda t: OFFICE.between(START, t),
        lambda t: OFFICE.add_days(t, 1),
        lambda t: OFFICE.sub_days(t, 1),
        lambda t: OFFICE.is_open(t),
        lambda t: OFFICE.next_open(t),
        lambda t: OFFICE.previous_close(t),
        lambda t: OFFICE.spans(START, t),
        lambda t: OFFICE.compiled(t),
    ],
)
def test_naive_datetimes_are_refused_everywhere(ask: Callable[[Any], object]) -> None:
    for naive in (datetime(2027, 2, 1, 9), datetime(2027, 2, 1, 9, tzinfo=Nowhere())):  # noqa: DTZ001
        with pytest.raises(NaiveDatetime):
            ask(naive)


@pytest.mark.parametrize("wrong", ["2027-02-01", None, 5])
def test_what_is_no_datetime_is_a_mistake(wrong: Any) -> None:
    with pytest.raises(TypeError, match="expected a datetime with a time zone, got"):
        OFFICE.add(wrong, timedelta(hours=1))
    with pytest.raises(TypeError, match="expected a datetime with a time zone, got"):
        OFFICE.is_open(wrong)


def test_an_amount_is_a_timedelta_and_a_count_is_whole() -> None:
    with pytest.raises(TypeError, match=r"expected a timedelta, got 8; say timedelta\(hours=8\)"):
        OFFICE.add(START, 8)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a timedelta, got None"):
        OFFICE.sub(START, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"a count of days is a whole number, not 1\.5"):
        OFFICE.add_days(START, 1.5)  # type: ignore[arg-type]


def test_combinations_know_what_both_know() -> None:
    both = OFFICE | Calendar("UTC", HOURS, holidays="SE")
    assert both.known == (date(1953, 1, 1), date(2100, 12, 31))  # Sweden is known from then on
    with pytest.raises(OutOfRange, match=r"as far as holidays are \(NO and SE\)"):
        both.is_open(datetime(2101, 2, 1, tzinfo=UTC))
