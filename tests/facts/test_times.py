"""RFC 3339 times: what is read, to which microsecond, and what is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphold.facts.shapes import Hours, Tails
from uphold.facts.times import (
    TimeUnreadableError,
    format_time,
    from_datetime,
    parse_time,
    to_datetime,
)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-02-01T10:00:00+01:00", "2027-02-01T09:00:00Z"),
        ("2027-02-01t10:00:00z", "2027-02-01T10:00:00Z"),
        ("2027-02-01 10:00:00Z", "2027-02-01T10:00:00Z"),
        ("2027-02-01T10:00:00.5Z", "2027-02-01T10:00:00.500000Z"),
        ("2027-02-01T10:00:00.123456789-00:00", "2027-02-01T10:00:00.123456Z"),
        ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
        ("2027-02-01T00:30:00+05:45", "2027-01-31T18:45:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ],
)
def test_times_are_read_to_the_microsecond(text: str, utc: str) -> None:
    assert format_time(parse_time(text)) == utc


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-30T10:00:00Z",
        "2027-02-01T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2027-02-01T10:00Z",
        "2027-02-01T10:00:00+0100",
        "2027-02-01T10:00:00+24:00",
        "2027-02-01T10:00:00+01:60",
        "2027-W05-1T10:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "tomorrow",
        "",
        "２０２７-02-01T10:00:00Z",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(TimeUnreadableError) as refused:
        parse_time(text)
    assert not refused.value.naive
    assert "right would be" in str(refused.value)


@pytest.mark.parametrize("text", ["2027-02-01", "2027-02-01T10:00", "2027-02-01 10:00:00.5"])
def test_a_time_without_offset_is_told_apart(text: str) -> None:
    with pytest.raises(TimeUnreadableError, match="has no offset from UTC") as refused:
        parse_time(text)
    assert refused.value.naive


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="2027-02-01T10:00:00 has no zone"):
        from_datetime(datetime(2027, 2, 1, 10))  # noqa: DTZ001


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda n: timezone(timedelta(minutes=n)))
FIRST, LAST = datetime(2, 1, 1), datetime(9998, 12, 31)  # noqa: DTZ001
AWARE = st.datetimes(FIRST, LAST, timezones=OFFSETS | st.just(UTC))


@given(AWARE)
def test_aware_datetimes_and_their_texts_are_the_same_microsecond(moment: datetime) -> None:
    at_us = from_datetime(moment)
    assert parse_time(moment.isoformat()) == at_us
    assert to_datetime(at_us) == moment
    assert parse_time(format_time(at_us)) == at_us


@given(AWARE)
def test_two_look_ups_read_what_the_parser_reads(moment: datetime) -> None:
    hours, tails = Hours(), Tails()
    text = moment.isoformat()
    for _ in range(2):
        assert hours[text[:13]] + tails[text[13:]] == parse_time(text)


@given(AWARE, st.integers(0, 40), st.text("0123456789-:T.Zz+ ", max_size=2), st.integers(0, 2))
def test_two_look_ups_read_nothing_that_the_parser_refuses(
    moment: datetime, where: int, put: str, taken: int
) -> None:
    text = moment.isoformat()
    text = text[:where] + put + text[where + taken :]
    hours, tails = Hours(), Tails()
    try:
        found = hours[text[:13]] + tails[text[13:]]
    except (ValueError, OverflowError):
        return
    assert parse_time(text) == found
