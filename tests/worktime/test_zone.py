"""Zones written out are those of the database, at every change and between."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worktime.cases import ZONES

from uphold.worktime.zone import DAY, ZoneTable, day_number, zone_table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = date(1970, 1, 5), date(2099, 12, 31)
MICROSECOND = timedelta(microseconds=1)
SPAN = (LAST - FIRST) // timedelta(days=1) * DAY


def written(name: str) -> ZoneTable:
    return zone_table(name, day_number(FIRST), day_number(LAST))


def offset(zone: ZoneInfo, instant: int) -> int:
    moment = (EPOCH + instant * MICROSECOND).astimezone(zone)
    assert moment.utcoffset() is not None
    return (moment.replace(tzinfo=UTC) - EPOCH) // MICROSECOND - instant


@given(st.sampled_from(ZONES), st.integers(0, SPAN))
def test_offsets_between_the_changes(name: str, shift: int) -> None:
    table = written(name)
    instant = day_number(FIRST) * DAY + shift
    assert table.offset_us(instant) == offset(ZoneInfo(name), instant)
    assert table.local(instant).utcoffset() == timedelta(microseconds=table.offset_us(instant))


def check_changes(name: str) -> None:
    """The offset is the old one up to each change, and the new one from it."""
    table, zone = written(name), ZoneInfo(name)
    before = table.first_offset
    for instant, after in zip(table.transitions, table.offsets, strict=True):
        assert (offset(zone, instant - 1), offset(zone, instant)) == (before, after)
        assert (table.offset_us(instant - 1), table.offset_us(instant)) == (before, after)
        before = after


@pytest.mark.parametrize("name", ZONES)
def test_changes_are_exact(name: str) -> None:
    check_changes(name)


@pytest.mark.long
def test_no_zone_has_a_change_that_is_missed() -> None:
    """Every zone, at its changes and every seventeen hours between."""
    for name in sorted(available_timezones() - {"localtime", "Factory"}):
        check_changes(name)
        table, zone = written(name), ZoneInfo(name)
        for hour in range(0, SPAN // DAY * 24, 17):
            instant = day_number(FIRST) * DAY + hour * 3_600_000_000
            assert table.offset_us(instant) == offset(zone, instant), (name, instant)


@settings(max_examples=300)
@given(st.sampled_from(ZONES), st.integers(0, 400), st.integers(-(5 * DAY) // 2, 5 * DAY // 2))
def test_wall_times_resolve_as_python_folds_them(name: str, number: int, shift: int) -> None:
    """Opening is fold 0 and closing fold 1, except in a gap: both are its end."""
    table, zone = written(name), ZoneInfo(name)
    if not table.transitions:
        return
    change = table.transitions[number % len(table.transitions)]
    wall = table.wall_us(change) + shift
    naive = (EPOCH + wall * MICROSECOND).replace(tzinfo=zone)
    first, second = ((naive.replace(fold=fold) - EPOCH) // MICROSECOND for fold in (0, 1))
    if first > second:  # PEP 495: in a gap the first reading is the later instant
        assert table.opening_us(wall) == table.closing_us(wall)
        assert table.opening_us(wall) in table.transitions
        assert second < table.opening_us(wall) <= first
    else:
        assert (table.opening_us(wall), table.closing_us(wall)) == (first, second)


def test_a_date_left_out_is_a_day_long_gap() -> None:
    """Samoa went from the 29th to the 31st of December 2011."""
    table = written("Pacific/Apia")
    left_out = day_number(date(2011, 12, 30)) * DAY
    assert table.opening_us(left_out) == table.closing_us(left_out + DAY - 1)
    assert table.local(table.opening_us(left_out)).isoformat() == "2011-12-31T00:00:00+14:00"
    assert table.local(table.opening_us(left_out) - 1).date() == date(2011, 12, 29)
