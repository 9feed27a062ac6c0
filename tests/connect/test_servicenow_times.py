"""Local times of an incident log: zones, gaps, and hours that a clock shows twice."""

from datetime import UTC, datetime

from tests.connect.logs import at, converted, noted


def test_times_are_those_of_the_zone() -> None:
    for zone, utc in (("Europe/Oslo", 7), ("America/New_York", 13), ("UTC", 8)):
        opened = converted(at("08:10", "New"), zone=zone).facts[0]
        assert opened.at == datetime(2016, 2, 29, utc, tzinfo=UTC)


def test_a_time_that_the_clock_skipped_moves_to_the_end_of_the_gap() -> None:
    found = converted(at("27-03-2016 02:30", "Resolved", opened_at="27-03-2016 01:59"))
    assert [fact.written["at"] for fact in found.facts][:2] == [
        "2016-03-27T01:59:00+01:00",
        "2016-03-27T03:00:00+02:00",
    ]
    assert noted(found)["time-skipped"] == 1


def test_of_a_time_shown_twice_the_order_of_the_rows_tells_which_it_is() -> None:
    found = converted(
        at("30-10-2016 02:50", "Active", opened_at="30-10-2016 01:00"),
        at("30-10-2016 02:10", "Awaiting User Info"),
        at("30-10-2016 02:20", "Active"),
    )
    assert [fact.written["at"] for fact in found.facts[1:3]] == [
        "2016-10-30T02:10:00+01:00",
        "2016-10-30T02:20:00+01:00",
    ]
    assert noted(found)["time-repeated"] == 3
    assert "rows-out-of-order" not in noted(found)


def test_an_offset_of_odd_seconds_is_written_in_utc() -> None:
    found = converted(
        at("01-01-1880 08:10", "New", opened_at="01-01-1880 08:00"), zone="Europe/Paris"
    )
    assert found.facts[0].written["at"] == "1880-01-01T07:50:39Z"
