"""Working time against a minute-by-minute oracle, across zones and changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worktime.cases import REACH, SPREAD, ZONES, Case, cases
from tests.worktime.oracle import DAY, MINUTE, Oracle, minute_of, moment_of

from uphold.worktime import CompiledCalendar

US = 60_000_000


def judge(case: Case, data: st.DataObject) -> None:
    """Ask both everything about one random instant and two amounts."""
    first, last = case.around - REACH * DAY, case.around + REACH * DAY
    oracle = Oracle(case.days, first, last)
    real = case.calendar.compiled(last, since=first)
    middle = minute_of(datetime.combine(case.around, time(12), case.days.zone))
    within = st.integers(-SPREAD * 1440, SPREAD * 1440)
    start, other = (middle + data.draw(within, name) for name in ("start", "other"))
    amount = data.draw(st.integers(0, 1500), "amount")
    count = data.draw(st.integers(1, 5), "count")

    assert real.is_open_us(start * US) == oracle.is_open(start)
    assert real.between_us(start * US, other * US) == oracle.between(start, other) * US
    assert_agree(lambda: real.add_us(start * US, amount * US), oracle.add(start, amount))
    assert_agree(lambda: real.sub_us(start * US, amount * US), oracle.sub(start, amount))
    assert_agree(lambda: real.next_open_us(start * US), oracle.next_open(start))
    assert_agree(lambda: real.previous_close_us(start * US), oracle.previous_close(start))
    assert real.own_date_us(start * US) == oracle.own_date(start)
    assert real.date_us(start * US) == oracle.local_date(start)
    assert real.day_end_us(start * US) == oracle.day_end(start) * US
    # Beyond the first and last dates the oracle knows nothing of shifts cut by their edge.
    due = oracle.add_days(start, count)
    if due is not None and due * US < real.until_us:
        assert real.add_days_us(start * US, count) == due * US
    due = oracle.sub_days(start, count)
    if due is not None and due * US > real.since_us:
        assert real.sub_days_us(start * US, count) == due * US
    assert_public_face(case, real, oracle, start, amount)


def assert_agree(question, answer: int | None) -> None:  # type: ignore[no-untyped-def]
    """Where the oracle runs out of minutes the calendar runs out of what is compiled."""
    if answer is not None:
        assert question() == answer * US


def assert_public_face(
    case: Case, real: CompiledCalendar, oracle: Oracle, start: int, amount: int
) -> None:
    """The calendar itself answers as what it compiles to, in the zone it was asked in."""
    moment = moment_of(start).astimezone(case.days.zone)
    due = oracle.add(start, amount)
    if due is not None:
        result = case.calendar.add(moment, amount * MINUTE)
        # A repeated time equals nothing in another zone (PEP 495), so compare in UTC.
        assert result.astimezone(UTC) == moment_of(due)
        assert result.tzinfo is case.days.zone
    # Not the first date: a shift of the day before, which the oracle does not know, may end on it.
    begin, end = real.since_us // US + 2 * 1440, real.until_us // US
    spans = case.calendar.spans(moment_of(begin), moment_of(end))
    assert (
        sum((stop - go for go, stop in spans), timedelta()) == oracle.between(begin, end) * MINUTE
    )


@settings(max_examples=1000)
@given(cases(), st.data())
def test_against_the_oracle(case: Case, data: st.DataObject) -> None:
    judge(case, data)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_against_the_oracle_at_length(part: int) -> None:
    """A hundred thousand cases, in parts that run side by side."""

    @settings(max_examples=25_000)
    @given(cases(ZONES[part::4]), st.data())
    def judged(case: Case, data: st.DataObject) -> None:
        judge(case, data)

    judged()


@pytest.mark.long
@settings(max_examples=5_000)
@given(cases(tuple(sorted(available_timezones() - {"localtime", "Factory"}))), st.data())
def test_against_the_oracle_in_every_zone(case: Case, data: st.DataObject) -> None:
    judge(case, data)
