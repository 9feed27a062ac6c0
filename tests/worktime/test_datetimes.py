"""A compiled calendar takes the datetimes that its calendar takes, and answers the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from tests.worktime.cases import Case, cases
from tests.worktime.oracle import DAY

from uphold.worktime import (
    BadArray,
    Calendar,
    CompiledCalendar,
    EmptyCalendar,
    NaiveDatetime,
    OutOfRange,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
OSLO = ZoneInfo("Europe/Oslo")
VIEWERS = ("Europe/Oslo", "Asia/Tokyo", "America/St_Johns", "UTC")
Asked = Calendar | CompiledCalendar
Question = Callable[[Asked], Any]

OFFICE = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00"}, holidays="NO", name="office")
TABLE = OFFICE.compiled(date(2027, 12, 31), since=date(2027, 1, 1))
START = datetime(2027, 2, 5, 13, tzinfo=OSLO)
HOUR = timedelta(hours=1)


def instant(us: int) -> datetime:
    return EPOCH + MICROSECOND * us


@st.composite
def moments(draw: st.DrawFn, table: CompiledCalendar) -> datetime:
    """Times in a viewer's zone: anywhere in the stretch, at its ends, and at a span's edges."""
    edges = [edge for span in table.spans_us(table.since_us, table.until_us) for edge in span]
    near = st.sampled_from([table.since_us, table.until_us, *edges])
    us = draw(
        st.one_of(
            st.integers(table.since_us, table.until_us),
            st.builds(lambda edge, step: edge + step, near, st.integers(-1, 1)),
        )
    )
    return instant(us).astimezone(ZoneInfo(draw(st.sampled_from(VIEWERS))))


def compiled(case: Case, days: int) -> CompiledCalendar:
    assume(any(case.days.weekly.values()))
    return case.calendar.compiled(case.around + days * DAY, since=case.around - days * DAY)


def assert_agree(question: Question, calendar: Calendar, table: CompiledCalendar) -> None:
    """One answer, in one zone, wherever question and answer lie within what was compiled."""
    expected = question(calendar)
    answer = question(table)
    assert answer == expected
    if isinstance(answer, datetime):
        assert answer.tzinfo is expected.tzinfo
        assert answer.fold == expected.fold


def assert_refused(question: Question, table: CompiledCalendar) -> None:
    event("refused")
    with pytest.raises(EmptyCalendar if table.is_empty else OutOfRange) as caught:
        question(table)
    if not table.is_empty:
        assert f"from {table.zone.local(table.since_us).date()} to " in str(caught.value)
        assert str(caught.value).endswith(", as far as it was compiled")


@settings(max_examples=200)
@given(cases(), st.integers(1, 20), st.integers(0, 30 * 3_600_000_000), st.data())
def test_working_time_is_the_calendars(
    case: Case, days: int, amount: int, data: st.DataObject
) -> None:
    """And what the calendar finds beyond the compiled stretch is refused, to the microsecond."""
    table, calendar = compiled(case, days), case.calendar
    first, last = instant(table.since_us), instant(table.until_us)
    moment = data.draw(moments(table))
    length = timedelta(microseconds=amount)
    questions: list[Question] = [
        lambda asked: asked.add(moment, length),
        lambda asked: asked.add(moment, -length),
        lambda asked: asked.sub(moment, length),
        lambda asked: asked.sub(moment, -length),
    ]
    for question in questions:
        if not first <= moment <= last:
            with pytest.raises(OutOfRange, match="as far as it was compiled"):
                question(table)
        elif first <= question(calendar) <= last:
            assert_agree(question, calendar, table)
        else:
            assert_refused(question, table)


@settings(max_examples=200)
@given(cases(), st.integers(1, 20), st.data())
def test_hours_and_stretches_are_the_calendars(case: Case, days: int, data: st.DataObject) -> None:
    table, calendar = compiled(case, days), case.calendar
    first, last = instant(table.since_us), instant(table.until_us)
    moment, other = data.draw(moments(table)), data.draw(moments(table))
    assume(first <= moment <= last and first <= other <= last)
    assert_agree(lambda asked: asked.between(moment, other), calendar, table)
    assert_agree(lambda asked: asked.spans(moment, other), calendar, table)
    # At the very end, what follows was not compiled, so nobody knows whether it is open.
    if moment < last:
        assert_agree(lambda asked: asked.is_open(moment), calendar, table)
    else:
        with pytest.raises(OutOfRange):
            table.is_open(moment)
    questions: list[Question] = [
        lambda asked: asked.next_open(moment),
        lambda asked: asked.previous_close(moment),
    ]
    for question in questions:
        if moment < last and first < question(calendar) < last:
            assert_agree(question, calendar, table)


@settings(max_examples=200)
@given(
    cases(),
    st.integers(0, 5),
    st.sampled_from(("closing", "same time", "end of day")),
    st.sampled_from(("opening", "same time", "start of day")),
    st.data(),
)
def test_working_days_are_the_calendars(
    case: Case, count: int, ends: Any, begins: Any, data: st.DataObject
) -> None:
    table, calendar = compiled(case, 20), case.calendar
    first, last = instant(table.since_us), instant(table.until_us)
    moment = data.draw(moments(table))
    assume(first <= moment <= last)
    # A day is known as a whole or not at all, and its shifts may take two dates.
    if calendar.add_days(moment, count, ends) <= last - 2 * DAY:
        assert_agree(lambda asked: asked.add_days(moment, count, ends), calendar, table)
    if calendar.sub_days(moment, count, begins) >= first + 2 * DAY:
        assert_agree(lambda asked: asked.sub_days(moment, count, begins), calendar, table)


@settings(max_examples=100)
@given(cases(), st.integers(0, 2**32 - 1))
def test_bulk_is_the_calendars(case: Case, seed: int) -> None:
    table, calendar = compiled(case, 60), case.calendar
    random = np.random.default_rng(seed)
    quarter = (table.until_us - table.since_us) // 4
    low, high = table.since_us + quarter, table.until_us - quarter
    starts, others = random.integers(low, high, (2, 16)).view("M8[us]")
    most = min(table.between_us(table.since_us, low), table.between_us(high, table.until_us))
    amounts = random.integers(-most, most + 1, (3, 16)).view("m8[us]")
    due = table.add_many(starts, amounts)
    assert (due.dtype, due.shape) == (np.dtype("M8[us]"), (3, 16))
    assert (due == calendar.add_many(starts, amounts)).all()
    one = table.add(starts[3].item().replace(tzinfo=UTC), amounts[1, 3].item())
    assert one.replace(tzinfo=None) == due[1, 3].item()
    worked = table.between_many(starts, others)
    assert worked.dtype == np.dtype("m8[us]")
    assert (worked == calendar.between_many(starts, others)).all()


def test_datetimes_in_and_out() -> None:
    assert TABLE.add(START, 4 * HOUR) == datetime(2027, 2, 8, 9, tzinfo=OSLO)
    assert TABLE.add(START, 4 * HOUR).tzinfo is OSLO
    assert TABLE.add(START.astimezone(UTC), 4 * HOUR).isoformat() == "2027-02-08T08:00:00+00:00"
    assert TABLE.spans(START, START + 4 * HOUR) == (
        (datetime(2027, 2, 5, 12, tzinfo=UTC), datetime(2027, 2, 5, 15, tzinfo=UTC)),
    )
    read = CompiledCalendar.from_json(TABLE.to_json())
    assert read.add_days(START, 1) == datetime(2027, 2, 8, 16, tzinfo=OSLO)
    assert read == TABLE
    assert hash(read) == hash(TABLE)


YEAR_AFTER = datetime(2028, 2, 1, tzinfo=UTC)
KNOWN = (
    'of calendar "office": its opening hours are known from 2027-01-01 to 2027-12-31, '
    "as far as it was compiled"
)
FAR = np.array(["2027-02-01", "2028-02-01"], dtype="M8[us]")


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda: TABLE.add(YEAR_AFTER, HOUR), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.add(YEAR_AFTER, timedelta(0)), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.sub(YEAR_AFTER, timedelta(0)), "2028-02-01T00:00:00Z lies after"),
        (
            lambda: TABLE.add(START, 9000 * HOUR),
            "what is asked, counted from 2027-02-05T12:00:00Z, lies after",
        ),
        (
            lambda: TABLE.sub(START, 9000 * HOUR),
            "what is asked, counted from 2027-02-05T12:00:00Z, lies before",
        ),
        (lambda: TABLE.between(START, YEAR_AFTER), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.add_days(YEAR_AFTER, 0), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.sub_days(YEAR_AFTER, 1), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.is_open(YEAR_AFTER), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.next_open(YEAR_AFTER), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.previous_close(YEAR_AFTER), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.spans(START, YEAR_AFTER), "2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.add_many(FAR, HOUR), "item 1: 2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.add_many(FAR, 0 * HOUR), "item 1: 2028-02-01T00:00:00Z lies after"),
        (lambda: TABLE.between_many(FAR, FAR[:1]), "item 1: 2028-02-01T00:00:00Z lies after"),
    ],
)
def test_what_was_not_compiled_is_named(ask: Callable[[], object], what: str) -> None:
    with pytest.raises(OutOfRange) as caught:
        ask()
    assert str(caught.value) == f"{what} what is known {KNOWN}"


def test_the_end_of_the_stretch_is_no_closing() -> None:
    """A shift over the last midnight goes on; that it was cut there is no answer."""
    always = Calendar.always("UTC").compiled(date(2027, 1, 31), since=date(2027, 1, 1))
    end = datetime(2027, 2, 1, tzinfo=UTC)
    assert always.is_open(end - MICROSECOND)
    assert always.add(end - HOUR, HOUR) == end
    for ask in (always.is_open, always.previous_close, always.next_open):
        with pytest.raises(OutOfRange):
            ask(end)


@pytest.mark.parametrize("asked", [OFFICE, TABLE], ids=["calendar", "compiled"])
def test_nothing_added_beyond_what_is_known_is_refused_every_time(asked: Asked) -> None:
    """Also when the zone is that of the question before."""
    for _ in range(2):
        with pytest.raises(OutOfRange):
            asked.add(datetime(2500, 1, 1, tzinfo=OSLO), timedelta(0))
        assert asked.add(START, timedelta(0)) == START


@pytest.mark.parametrize(
    "ask",
    [
        lambda t: TABLE.add(t, HOUR),
        lambda t: TABLE.sub(t, HOUR),
        lambda t: TABLE.between(t, START),
        lambda t: TABLE.between(START, t),
        lambda t: TABLE.add_days(t, 1),
        lambda t: TABLE.sub_days(t, 1),
        lambda t: TABLE.is_open(t),
        lambda t: TABLE.next_open(t),
        lambda t: TABLE.previous_close(t),
        lambda t: TABLE.spans(START, t),
    ],
)
def test_naive_datetimes_are_refused(ask: Callable[[Any], object]) -> None:
    with pytest.raises(NaiveDatetime, match="has no time zone, so it is no instant"):
        ask(datetime(2027, 2, 1, 9))  # noqa: DTZ001


def test_what_is_no_time_is_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"expected a timedelta, got 8; say timedelta\(hours=8\)"):
        TABLE.add(START, 8)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a datetime with a time zone, got 5"):
        TABLE.is_open(5)  # type: ignore[arg-type]
    with pytest.raises(BadArray, match="starts: it holds int64 values; give UTC datetime64"):
        TABLE.add_many(np.array([1]), HOUR)


def test_an_empty_stretch_says_so() -> None:
    empty = Calendar("Europe/Oslo", {}).compiled(date(2027, 12, 31), since=date(2027, 1, 1))
    with pytest.raises(EmptyCalendar, match="is never open from 2027-01-01 to 2027-12-31"):
        empty.add(START, HOUR)
    with pytest.raises(EmptyCalendar):
        empty.add_many(FAR[:1], HOUR)
    assert empty.add(START, timedelta(0)) == START
    assert not empty.is_open(START)
