"""Calendars that cannot be read: each error's code, data and whole text."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from uphold.worktime import (
    Calendar,
    CalendarError,
    ClosedAndOpened,
    UnknownZone,
)
from uphold.worktime.errors import nearest_names

HOURS = {"mon-fri": "08:00-16:00"}
OSLO = ZoneInfo("Europe/Oslo")
START = datetime(2027, 2, 1, 9, tzinfo=OSLO)
RIGHT_HOURS = 'write "08:00-16:00", "08:00-12:00, 13:00-17:00", "22:00-06:00" or "00:00-24:00"'
RIGHT_DAY = (
    'write "2027-12-24", "2027-12-24 12:00-16:00", "2027-12-24/2027-12-31" or '
    '"2027-12-24T12:00/2027-12-24T24:00"'
)


def calendar(**given: Any) -> Callable[[], Calendar]:
    arguments: dict[str, Any] = {"zone": "Europe/Oslo", "hours": HOURS, **given}
    return lambda: Calendar(**arguments)


def hours(text: object) -> Callable[[], Calendar]:
    return calendar(hours={"mon": text})


@pytest.mark.parametrize(
    ("make", "code", "text"),
    [
        (
            calendar(zone="Europe/Olso"),
            "unknown-zone",
            (
                'there is no time zone "Europe/Olso"; nearest: Europe/Oslo, Europe/Moscow, '
                "Europe/Lisbon"
            ),
        ),
        (
            calendar(zone="oslo"),
            "unknown-zone",
            'there is no time zone "oslo"; nearest: Europe/Oslo',
        ),
        (
            calendar(zone=""),
            "unknown-zone",
            'there is no time zone ""; give an IANA name like Europe/Oslo',
        ),
        (
            calendar(zone="localtime"),
            "unknown-zone",
            'there is no time zone "localtime"; give an IANA name like Europe/Oslo',
        ),
        (
            calendar(holidays="NOO"),
            "unknown-holidays",
            'no holidays are known for "NOO"; nearest: NO, NOR',
        ),
        (
            calendar(holidays="no"),
            "unknown-holidays",
            'no holidays are known for "no"; nearest: NO',
        ),
        (
            calendar(holidays="US-IR"),
            "unknown-holidays",
            'no holidays are known for "US-IR"; nearest: US-RI, US-WI, US-VI',
        ),
        (
            calendar(holidays="Sundays in May"),
            "unknown-holidays",
            (
                'no holidays are known for "Sundays in May"; give a country like "NO", a region '
                "like "
                '"US-RI", dates, or a .ics path'
            ),
        ),
        (
            calendar(holidays=["2027-02-30"]),
            "unreadable-day",
            (
                "the entry '2027-02-30' of holidays cannot be read: there is no such date; "
                'write "2027-12-24"'
            ),
        ),
        (
            calendar(holidays=[datetime(2027, 1, 1)]),  # noqa: DTZ001
            "unreadable-day",
            (
                "the entry datetime.datetime(2027, 1, 1, 0, 0) of holidays cannot be read: "
                'it is a time, not a date; write "2027-12-24"'
            ),
        ),
        (
            calendar(holidays=7),
            "unreadable-day",
            (
                "the entry 7 of holidays cannot be read: it is no code, path or list of dates; "
                'write "2027-12-24"'
            ),
        ),
        (
            calendar(hours="08:00-16:00"),
            "unreadable-hours",
            (
                'the hours "08:00-16:00" cannot be read: they are not given by weekday; '
                'write {"mon-fri": "08:00-16:00"}'
            ),
        ),
        (
            hours("8-16"),
            "unreadable-hours",
            f'the hours "8-16" cannot be read: "8" is no time from 00:00 to 24:00; {RIGHT_HOURS}',
        ),
        (
            hours("08:00-25:00"),
            "unreadable-hours",
            (
                'the hours "08:00-25:00" cannot be read: "25:00" is no time from 00:00 to 24:00; '
                f"{RIGHT_HOURS}"
            ),
        ),
        (
            hours("08:00-12:60"),
            "unreadable-hours",
            (
                'the hours "08:00-12:60" cannot be read: "12:60" is no time from 00:00 to 24:00; '
                f"{RIGHT_HOURS}"
            ),
        ),
        (
            hours("morning"),
            "unreadable-hours",
            (
                'the hours "morning" cannot be read: "morning" is not two times with a dash '
                "between; "
                f"{RIGHT_HOURS}"
            ),
        ),
        (
            hours("24:00-06:00"),
            "unreadable-hours",
            (
                'the hours "24:00-06:00" cannot be read: a shift cannot begin at 24:00; '
                'begin it at "00:00"'
            ),
        ),
        (
            hours("00:00-00:00"),
            "unreadable-hours",
            (
                'the hours "00:00-00:00" cannot be read: "00:00-00:00" begins when it ends; '
                'write "00:00-24:00" for a whole day, "closed" for none'
            ),
        ),
        (
            hours("08:00-12:00, 11:00-13:00"),
            "unreadable-hours",
            (
                'the hours "08:00-12:00, 11:00-13:00" cannot be read: the shift from 11:00 begins '
                "before the one up to 12:00 has ended; join them, or part them"
            ),
        ),
        (
            calendar(hours={"moon": "08:00-16:00"}),
            "unknown-weekday",
            '"moon" names no weekday; nearest: mon, monday',
        ),
        (
            calendar(hours={"weekdays": "08:00-16:00"}),
            "unknown-weekday",
            '"weekdays" names no weekday; nearest: wednesday',
        ),
        (
            calendar(hours={5: "08:00-16:00"}),
            "unknown-weekday",
            '"5" names no weekday; give days like "mon", "mon-fri"',
        ),
        (
            calendar(hours={"mon-wed": "08:00-16:00", "tue": "08:00-12:00"}),
            "repeated-weekday",
            (
                "the hours of tue are given twice; give each weekday once, with all its shifts: "
                '"08:00-12:00, 13:00-17:00"'
            ),
        ),
        (
            calendar(closed=["tomorrow"]),
            "unreadable-day",
            f"the entry 'tomorrow' of closed cannot be read: it is no date; {RIGHT_DAY}",
        ),
        (
            calendar(closed="2027-12-31/2027-12-24"),
            "unreadable-day",
            (
                "the entry '2027-12-31/2027-12-24' of closed cannot be read: its last date is "
                "before "
                f"its first; {RIGHT_DAY}"
            ),
        ),
        (
            calendar(opened="2027-12-24T12:00/2027-12-24T12:00"),
            "unreadable-day",
            (
                "the entry '2027-12-24T12:00/2027-12-24T12:00' of opened cannot be read: it ends "
                "no "
                f"later than it begins; {RIGHT_DAY}"
            ),
        ),
        (
            calendar(opened="2027-12-24T12:00Z/2027-12-24T13:00"),
            "unreadable-day",
            (
                "the entry '2027-12-24T12:00Z/2027-12-24T13:00' of opened cannot be read: only one "
                "of "
                f"its two times has a zone; {RIGHT_DAY}"
            ),
        ),
        (
            calendar(opened="2027-12-24T12:00/later"),
            "unreadable-day",
            (
                "the entry '2027-12-24T12:00/later' of opened cannot be read: \"later\" is no date "
                f"and time; {RIGHT_DAY}"
            ),
        ),
        (
            calendar(closed=[("2027-12-24", "a", "b")]),
            "unreadable-day",
            (
                "the entry ('2027-12-24', 'a', 'b') of closed cannot be read: it is no pair; "
                f"{RIGHT_DAY}"
            ),
        ),
        (
            calendar(closed=[("2027-12-24", 5)]),
            "unreadable-day",
            (
                "the entry ('2027-12-24', 5) of closed cannot be read: "
                f"5 is no date and time; {RIGHT_DAY}"
            ),
        ),
        (
            calendar(closed=5),
            "unreadable-day",
            f"the entry 5 of closed cannot be read: it is no list of entries; {RIGHT_DAY}",
        ),
        (
            calendar(opened="2027-12-24 noon-13:00"),
            "unreadable-day",
            (
                "the entry '2027-12-24 noon-13:00' of opened cannot be read: the hours "
                '"noon-13:00" '
                f'cannot be read: "noon" is no time from 00:00 to 24:00; {RIGHT_HOURS}; {RIGHT_DAY}'
            ),
        ),
        (
            calendar(opened="2027-05-15"),
            "opened-without-hours",
            (
                "2027-05-15 cannot be opened for its usual hours: sat has none; give the hours: "
                '"2027-05-15 09:00-13:00"'
            ),
        ),
        (
            calendar(closed="2027-05-17", opened="2027-05-17"),
            "closed-and-opened",
            (
                '"2027-05-17" is closed and "2027-05-17" is opened at the same time; '
                "take one of them out"
            ),
        ),
        (
            calendar(closed="2027-05-18 10:00-12:00", opened="2027-05-18 11:00-13:00"),
            "closed-and-opened",
            (
                '"2027-05-18T10:00/2027-05-18T12:00" is closed and '
                '"2027-05-18T11:00/2027-05-18T13:00" is opened at the same time; take one of them '
                "out"
            ),
        ),
    ],
)
def test_calendars_that_cannot_be_read(make: Callable[[], Calendar], code: str, text: str) -> None:
    with pytest.raises(CalendarError) as caught:
        make()
    assert str(caught.value) == text
    assert caught.value.code == code
    assert caught.value.data
    assert isinstance(caught.value, ValueError)


def test_nearest_names_of_a_very_long_name_cost_nothing() -> None:
    started = time.process_time()
    with pytest.raises(UnknownZone):
        Calendar("Europe/" + "x" * 1_000_000, HOURS)
    assert time.process_time() - started < 2
    assert nearest_names("mon", ["MON", "Mona"]) == ("MON",)


def test_contradictions_name_both_entries() -> None:
    with pytest.raises(ClosedAndOpened) as caught:
        Calendar("Europe/Oslo", HOURS, closed="2027-05-10/2027-05-20", opened="2027-05-17")
    assert caught.value.data == {"closed": "2027-05-10/2027-05-20", "opened": "2027-05-17"}
