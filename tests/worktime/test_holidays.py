"""Holidays of countries and regions, listed dates, and .ics files."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from uphold.worktime import Calendar, HolidayFileProblem, OutOfRange, holiday_package

OSLO = ZoneInfo("Europe/Oslo")
HOURS = {"mon-fri": "08:00-16:00"}


def calendar(holidays: object, zone: str = "Europe/Oslo") -> Calendar:
    return Calendar(zone, HOURS, holidays=holidays)


def is_worked(of: Calendar, day: str) -> bool:
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(of.zone_name))
    return of.is_open(noon)


def test_a_country_closes_its_holidays_and_names_them() -> None:
    norway = calendar("NO")
    assert not is_worked(norway, "2027-03-25")  # Maundy Thursday
    assert is_worked(norway, "2027-03-24")
    assert norway.holiday_name(date(2027, 3, 25)) == "Skjærtorsdag"
    assert norway.holiday_name(date(2027, 5, 17)) == "Andre pinsedag; Grunnlovsdag"
    assert norway.holiday_name(date(2027, 3, 24)) is None


def test_a_region_has_its_own() -> None:
    assert not is_worked(calendar("US-RI", "America/New_York"), "2027-08-09")  # Victory Day
    assert is_worked(calendar("US", "America/New_York"), "2027-08-09")


def test_names_do_not_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "uk")
    assert calendar("NO").holiday_name(date(2031, 12, 25)) == "Første juledag"


def test_holidays_moved_over_the_year_are_found() -> None:
    # The 1st of January 2028 is a Saturday, so it is kept on Friday the 31st of December.
    assert not is_worked(calendar("US", "America/New_York"), "2027-12-31")


@pytest.mark.parametrize(
    "dates",
    [
        ["2027-02-02"],
        "2027-02-02",
        date(2027, 2, 2),
        (date(2027, 2, 2), "2027-03-01"),
        {date(2027, 2, 2): "Candlemas"},
        {"2027-02-02": "Candlemas"},
    ],
)
def test_listed_dates(dates: object) -> None:
    assert not is_worked(calendar(dates), "2027-02-02")
    assert is_worked(calendar(dates), "2027-02-03")


def test_listed_dates_are_complete_and_may_be_named() -> None:
    listed = calendar({"2027-02-02": "Candlemas"})
    assert listed.holiday_name(date(2027, 2, 2)) == "Candlemas"
    assert listed.known == (date(1900, 1, 1), date(2399, 12, 31))
    assert is_worked(listed, "2050-02-02")
    assert calendar(["2027-02-02"]).holiday_name(date(2027, 2, 2)) == ""


def test_sources_may_be_mixed() -> None:
    mixed = calendar(["NO", "SE", "2027-02-02"])
    for day in ("2027-02-02", "2027-05-17", "2027-01-06"):
        assert not is_worked(mixed, day)
    assert mixed.holiday_name(date(2027, 12, 25)) == "Første juledag; Juldagen"


def test_a_country_is_known_for_its_years_only() -> None:
    norway = calendar("NO")
    assert norway.known == (date(1901, 1, 1), date(2100, 12, 31))
    late = datetime(2100, 12, 30, 15, tzinfo=OSLO)
    with pytest.raises(OutOfRange, match=r"known from 1901-01-01 to 2100-12-31, as far as"):
        norway.add(late, timedelta(hours=20))


def test_the_known_years_begin_and_end_at_local_midnight() -> None:
    norway = calendar("NO")
    assert not norway.is_open(datetime(1901, 1, 1, 0, 30, tzinfo=OSLO))
    assert not norway.is_open(datetime(2100, 12, 31, 23, 30, tzinfo=OSLO))
    with pytest.raises(OutOfRange, match="lies before"):
        norway.is_open(datetime(1900, 12, 31, 23, 30, tzinfo=OSLO))
    with pytest.raises(OutOfRange, match="lies after"):
        norway.is_open(datetime(2101, 1, 1, 0, 30, tzinfo=OSLO))


# Files.

FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270202
SUMMARY:Founders' day
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20270208
DTEND;VALUE=DATE:20270211
SUMMARY:Winter break
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20270212T120000
DTEND:20270212T180000
SUMMARY:Staff meeting
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20270215T110000Z
DURATION:PT1H
SUMMARY:Fire drill
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20270216
STATUS:CANCELLED
SUMMARY:Called off
END:VEVENT
BEGIN:VEVENT
UID:6
DTSTART;VALUE=DATE:20270301
RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=12
EXDATE;VALUE=DATE:20270405
SUMMARY:Inventory
END:VEVENT
BEGIN:VEVENT
UID:7
DTSTART:20270217T120000
SUMMARY:A moment
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "holidays.ics"
    path.write_text(FEED.replace("\n", "\r\n"))
    return path


@pytest.mark.parametrize("as_text", [True, False])
def test_a_file_closes_dates_and_times(feed: Path, as_text: bool) -> None:
    of = calendar(str(feed) if as_text else feed)
    for day in ("02-02", "02-08", "02-09", "02-10", "03-01", "05-03"):
        assert not is_worked(of, f"2027-{day}"), day
    for day in ("02-03", "02-11", "02-16", "04-05"):
        assert is_worked(of, f"2027-{day}"), day
    assert of.holiday_name(date(2027, 2, 9)) == "Winter break"
    assert of.holiday_name(date(2027, 5, 3)) == "Inventory"
    assert of.holiday_name(date(2027, 2, 16)) is None


def test_timed_events_close_their_own_time(feed: Path) -> None:
    of = calendar(feed)
    day = timedelta(days=1)
    friday, monday = (datetime(2027, 2, n, tzinfo=OSLO) for n in (12, 15))
    assert of.between(friday, friday + day) == timedelta(hours=4)
    assert of.between(monday, monday + day) == timedelta(hours=7)
    noon = datetime(2027, 2, 15, 11, tzinfo=UTC)
    assert not of.is_open(noon)
    assert of.is_open(noon + timedelta(hours=1))


def test_a_file_is_known_for_the_years_of_its_events(feed: Path) -> None:
    # The last of twelve inventories is in February 2028.
    of = calendar(feed)
    assert of.known == (date(2027, 1, 1), date(2028, 12, 31))
    with pytest.raises(OutOfRange, match=r"as far as holidays are \(holidays\.ics\)"):
        of.is_open(datetime(2029, 1, 1, tzinfo=UTC))
    with pytest.raises(OutOfRange, match="lies before what is known"):
        of.add_days(datetime(2026, 12, 31, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("FREQ=YEARLY", 2127),
        ("FREQ=YEARLY;UNTIL=20301231", 2030),
        ("FREQ=YEARLY;COUNT=3", 2029),
        ("FREQ=YEARLY;INTERVAL=2;COUNT=3", 2031),
    ],
)
def test_a_recurring_event_is_known_as_long_as_it_recurs(
    tmp_path: Path, rule: str, last: int
) -> None:
    path = tmp_path / "one.ics"
    path.write_text(event(f"DTSTART;VALUE=DATE:20270202\nRRULE:{rule}"))
    of = calendar(path)
    assert of.known[1] == date(last, 12, 31)
    assert of.holiday_name(date(2029, 2, 2)) in ("Day", None)


def event(lines: str) -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nSUMMARY:Day\n"
        f"{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    ).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "no such file or directory"),
        ("", "it is no iCalendar file"),
        ("hello", "it is no iCalendar file"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "it holds no event"),
        (event("SUMMARY:no start"), "it holds no event"),
        (event("DTSTART:20270101T000000Z\nRRULE:FREQ=MINUTELY"), "recurs more often than daily"),
        (
            event("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY;COUNT=99999"),
            "an event recurs more than 10000 times",
        ),
        ("x" * 10_000_001, "it has 10000001 bytes; at most 10000000 are read"),
        ("\0\1\2", "it is no iCalendar file"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: str | None, problem: str) -> None:
    path = tmp_path / "broken.ics"
    if content is not None:
        path.write_text(content)
    with pytest.raises(HolidayFileProblem) as caught:
        calendar(path)
    assert f'holidays cannot be read from "{path}": ' in str(caught.value)
    assert problem in str(caught.value)
    assert caught.value.code == "holiday-file"


# The library, one country at a time.


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_one_country_does_not_import_the_others() -> None:
    code = """
import sys
from datetime import date
from uphold.worktime import Calendar
assert not {"numpy", "holidays", "icalendar", "dateutil"} & set(sys.modules)
Calendar("Europe/Oslo", {"mon": "08:00-16:00"}, holidays="NO").compiled(date(2040, 1, 1))
assert not [name for name in sys.modules if name.startswith("holidays")]
assert not {"numpy", "icalendar"} & set(sys.modules)
from uphold.worktime import holiday_package
print(*sorted(name for name in holiday_package._KEPT if "countries." in name))
import holidays
print(len(holidays.country_holidays("SE", years=2027)) > 10, holidays.Norway.country)
"""
    assert run(code).splitlines() == ["holidays.countries.norway", "True NO"]


@pytest.mark.parametrize("first", ["", "import holidays"])
def test_a_country_is_the_same_whoever_imported_the_library(first: str) -> None:
    code = f"""
{first}
from datetime import date
from uphold.worktime import Calendar
for code in ("NO", "KY", "DE-BY", "SE"):
    table = Calendar("UTC", {{"mon": "08:00-16:00"}}, holidays=code).compiled(date(2030, 1, 1))
    print(len(table.to_json()["rule"]["holidays"]), table.holiday_name(date(2027, 12, 25)))
import holidays
own = {{"NO": "no", "KY": "en_GB", "DE": "de", "SE": "sv"}}
print(holidays.country_holidays("DE", years=2027, language="de")[date(2027, 12, 25)])
"""
    printed = run(code).splitlines()
    assert printed[0].endswith("Første juledag")
    assert printed[2].endswith("Erster Weihnachtstag")
    assert printed[3].endswith("Juldagen")
    assert printed[4] == "Erster Weihnachtstag"


@pytest.mark.long
def test_every_country_is_as_the_whole_library_has_it() -> None:
    quick = {}
    for code in holiday_package.country_codes():
        country = holiday_package.country_class(code)
        quick[code] = dict(country(years=range(2015, 2036), language=country.default_language))
    import holidays

    assert len(quick) > 400
    for code, days in quick.items():
        entity = getattr(holidays, code)
        assert days == dict(entity(years=range(2015, 2036), language=entity.default_language))
