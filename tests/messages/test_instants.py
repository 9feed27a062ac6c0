"""Instants in a reader's zone, and when the zone must be named."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from uphold.messages import LANGUAGES, Reader

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = datetime(2027, 2, 5, 12, tzinfo=UTC)
MONDAY = datetime(2027, 2, 8, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "short", "full"),
    [
        ("en", "Mon 15:00", "Mon, 8 Feb 2027 15:00"),
        ("nb", "man. 15:00", "man. 8. feb. 2027 15:00"),
        ("pl", "pon. 15:00", "pon., 8 lut 2027 15:00"),
        ("nl", "ma 15:00", "ma 8 feb 2027 15:00"),
        ("es", "lun 15:00", "lun, 8 feb 2027 15:00"),
    ],
)
def test_an_instant_is_short_only_when_it_is_near(language: str, short: str, full: str) -> None:
    assert Reader(language, "Europe/Oslo", FRIDAY).instant(MONDAY) == short
    assert Reader(language, "Europe/Oslo").instant(MONDAY) == full


def test_a_weekday_alone_never_means_the_past_or_next_week() -> None:
    def shown(days: int) -> str:
        return Reader("en", "Europe/Oslo", FRIDAY).instant(FRIDAY + timedelta(days=days))

    assert shown(-1) == "Thu 4 Feb 13:00"
    assert shown(0) == "Fri 13:00"
    assert shown(6) == "Thu 13:00"
    assert shown(7) == "Fri 12 Feb 13:00"
    assert shown(-40) == "Sun, 27 Dec 2026 13:00"


def test_near_is_counted_in_the_readers_dates() -> None:
    evening = datetime(2027, 2, 5, 23, 30, tzinfo=UTC)
    assert Reader("en", "UTC", evening).instant(evening - timedelta(hours=1)) == "Fri 22:30"
    assert Reader("en", "Europe/Oslo", evening).instant(evening - timedelta(hours=1)) == (
        "Fri 5 Feb 23:30"
    )


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (UTC, "Mon, 8 Feb 2027 14:00 UTC"),
        (OSLO, "Mon, 8 Feb 2027 15:00 Europe/Oslo"),
        (timezone(timedelta(hours=5, minutes=45)), "Mon, 8 Feb 2027 19:45 UTC+05:45"),
        (timezone(timedelta(hours=-3), "BRT"), "Mon, 8 Feb 2027 11:00 BRT"),
    ],
)
def test_a_reader_without_a_zone_is_told_each_instants_own(
    zone: timezone | ZoneInfo, shown: str
) -> None:
    assert Reader("en").instant(MONDAY.astimezone(zone)) == shown


def test_another_zone_is_named_and_the_readers_own_is_not() -> None:
    reader = Reader("en", "Europe/Oslo", FRIDAY)
    assert reader.instant(MONDAY, "America/New_York") == "Mon 09:00 America/New_York"
    assert reader.instant(MONDAY, "Europe/Oslo") == "Mon 15:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hour_that_autumn_repeats_is_told_apart(language: str) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    reader = Reader(language, "Europe/Oslo")
    assert reader.instant(first).endswith("02:30 CEST")
    assert reader.instant(first + timedelta(hours=1)).endswith("02:30 CET")
    assert reader.instant(first + timedelta(hours=2)).endswith("03:30")
    assert Reader(language).instant(first.astimezone(OSLO)).endswith("02:30 Europe/Oslo (CEST)")


def test_a_zone_without_letters_is_named_by_its_offset() -> None:
    lord_howe = Reader("en", "Australia/Lord_Howe")
    repeated = datetime(2027, 4, 3, 15, 15, tzinfo=UTC)
    assert lord_howe.instant(repeated) == "Sun, 4 Apr 2027 01:45 UTC+10:30"


@pytest.mark.parametrize(
    ("seconds", "micros", "shown"),
    [(0, 0, "15:00"), (5, 0, "15:00:05"), (5, 250_000, "15:00:05,25"), (59, 1, "15:00:59,000001")],
)
def test_a_time_is_shown_to_the_instant(seconds: int, micros: int, shown: str) -> None:
    instant = MONDAY.replace(second=seconds, microsecond=micros)
    assert Reader("nl", "Europe/Oslo").instant(instant) == f"ma 8 feb 2027 {shown}"


def test_the_ends_of_time_can_be_shown() -> None:
    assert Reader("en", "Europe/Oslo").instant(datetime.max.replace(tzinfo=UTC)).endswith("UTC")
    assert Reader("en", "America/New_York").instant(datetime.min.replace(tzinfo=UTC))
