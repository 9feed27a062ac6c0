"""The laws of working time, to the microsecond, on random calendars."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.worktime.cases import Case, cases
from tests.worktime.oracle import DAY

from uphold.worktime import CompiledCalendar
from uphold.worktime.zone import day_number

YEAR = 200 * DAY
STRETCH = 6 * 86_400_000_000
amounts = st.integers(0, 40 * 3_600_000_000)
shifts = st.integers(-STRETCH, STRETCH)


def compiled(case: Case) -> CompiledCalendar:
    assume(any(case.days.weekly.values()))
    return case.calendar.compiled(case.around + YEAR, since=case.around - YEAR)


def middle(case: Case, shift: int) -> int:
    moment = datetime(case.around.year, case.around.month, case.around.day, tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) + shift


@settings(max_examples=300)
@given(cases(), shifts, amounts)
def test_what_is_added_lies_between(case: Case, shift: int, amount: int) -> None:
    calendar, start = compiled(case), middle(case, shift)
    due = calendar.add_us(start, amount)
    assert calendar.between_us(start, due) == amount
    begin = calendar.sub_us(start, amount)
    assert calendar.between_us(begin, start) == amount


@settings(max_examples=300)
@given(cases(), shifts, amounts.filter(bool))
def test_add_is_the_earliest_and_sub_the_latest(case: Case, shift: int, amount: int) -> None:
    calendar, start = compiled(case), middle(case, shift)
    due = calendar.add_us(start, amount)
    assert calendar.between_us(start, due - 1) == amount - 1
    begin = calendar.sub_us(start, amount)
    assert calendar.between_us(begin + 1, start) == amount - 1


@settings(max_examples=200)
@given(cases(), shifts)
def test_nothing_added_is_the_start_even_when_closed(case: Case, shift: int) -> None:
    calendar, start = compiled(case), middle(case, shift)
    assert calendar.add_us(start, 0) == calendar.sub_us(start, 0) == start


@settings(max_examples=300)
@given(cases(), shifts, amounts, amounts)
def test_adding_twice_is_adding_the_sum(case: Case, shift: int, one: int, two: int) -> None:
    calendar, start = compiled(case), middle(case, shift)
    assume(one and two)
    assert calendar.add_us(calendar.add_us(start, one), two) == calendar.add_us(start, one + two)
    assert calendar.sub_us(calendar.sub_us(start, one), two) == calendar.sub_us(start, one + two)


@settings(max_examples=200)
@given(cases(), shifts, amounts)
def test_a_negative_amount_counts_the_other_way(case: Case, shift: int, amount: int) -> None:
    calendar, start = compiled(case), middle(case, shift)
    assert calendar.add_us(start, -amount) == calendar.sub_us(start, amount)
    assert calendar.sub_us(start, -amount) == calendar.add_us(start, amount)


@settings(max_examples=300)
@given(cases(), shifts, shifts, shifts)
def test_stretches_add_up(case: Case, one: int, two: int, three: int) -> None:
    calendar = compiled(case)
    a, b, c = (middle(case, shift) for shift in (one, two, three))
    assert calendar.between_us(a, b) + calendar.between_us(b, c) == calendar.between_us(a, c)
    assert calendar.between_us(a, b) == -calendar.between_us(b, a)


@settings(max_examples=300)
@given(cases(), shifts, shifts, amounts, amounts, st.integers(1, 8))
def test_later_starts_and_larger_amounts_are_never_due_earlier(
    case: Case, one: int, two: int, small: int, large: int, count: int
) -> None:
    calendar = compiled(case)
    early, late = sorted((middle(case, one), middle(case, two)))
    small, large = sorted((small, large))
    assert calendar.add_us(early, small) <= calendar.add_us(late, small)
    assert calendar.add_us(early, small) <= calendar.add_us(early, large)
    assert calendar.sub_us(early, small) <= calendar.sub_us(late, small)
    assert calendar.add_days_us(early, count) <= calendar.add_days_us(early, count + 1)


@settings(max_examples=100)
@given(cases(), shifts, amounts, st.sampled_from(("Asia/Tokyo", "America/Lima", "Europe/Oslo")))
def test_the_viewers_zone_is_irrelevant(case: Case, shift: int, amount: int, zone: str) -> None:
    assume(any(case.days.weekly.values()))
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=middle(case, shift))
    viewed = start.astimezone(ZoneInfo(zone))
    length = timedelta(microseconds=amount)
    calendar = case.calendar
    due = calendar.add(viewed, length)
    assert due.tzinfo is viewed.tzinfo
    assert due.astimezone(UTC) == calendar.add(start, length)
    days = calendar.add_days(viewed, 3)
    assert days.astimezone(UTC) == calendar.add_days(start, 3)
    assert calendar.is_open(viewed) == calendar.is_open(start)
    assert calendar.between(viewed, due) == length


@settings(max_examples=200)
@given(cases(), shifts)
def test_edges_agree_with_spans(case: Case, shift: int) -> None:
    calendar, moment = compiled(case), middle(case, shift)
    opening = calendar.next_open_us(moment)
    assert calendar.is_open_us(opening)
    assert calendar.spans_us(moment, opening) == ()
    closing = calendar.previous_close_us(moment)
    assert calendar.is_open_us(closing - 1)
    assert not calendar.is_open_us(closing)
    assert len(calendar.spans_us(closing, moment)) <= 1


@settings(max_examples=200)
@given(cases(), cases(), shifts, shifts)
def test_union_intersection_and_difference_are_those_of_sets(
    case: Case, other: Case, one: int, two: int
) -> None:
    a, b = case.calendar, other.calendar
    first, last = case.around - YEAR, case.around + YEAR
    moments = [middle(case, one), middle(case, two)]
    either, both, only = (c.compiled(last, since=first) for c in (a | b, a & b, a - b))
    left, right = a.compiled(last, since=first), b.compiled(last, since=first)
    for moment in moments:
        assert either.is_open_us(moment) == (left.is_open_us(moment) or right.is_open_us(moment))
        assert both.is_open_us(moment) == (left.is_open_us(moment) and right.is_open_us(moment))
        assert only.is_open_us(moment) == (left.is_open_us(moment) and not right.is_open_us(moment))
    begin, end = sorted(moments)
    assert either.between_us(begin, end) + both.between_us(begin, end) == (
        left.between_us(begin, end) + right.between_us(begin, end)
    )
    assert only.between_us(begin, end) == left.between_us(begin, end) - both.between_us(begin, end)


@settings(max_examples=200)
@given(cases(), shifts, st.integers(1, 6), st.sampled_from(("closing", "same time", "end of day")))
def test_working_days_end_by_their_rule(case: Case, shift: int, count: int, ends: str) -> None:
    calendar, start = compiled(case), middle(case, shift)
    closing = calendar.add_days_us(start, count)
    due = calendar.add_days_us(start, count, ends)  # type: ignore[arg-type]
    days = calendar.working_days
    index = bisect_right(days.days, days.own_day(start)) + count - 1
    assert closing == days.closes[index]
    if ends == "closing":
        assert due == closing
    if ends == "same time":
        assert days.opens[index] <= due <= closing
        assert calendar.is_open_us(due) or calendar.is_open_us(due - 1)
    if ends == "end of day":
        last = calendar.date_us(due - 1)
        assert days.days[index] in (day_number(last), day_number(last) + 1)
