"""What users get wrong when they measure: one clear message, what would be right, exit code 2."""

import calendar
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.desk import Run
from tests.cli.hosting import OPTIONS

from uphold.cli.lengths import length
from uphold.cli.refusal import Refusal
from uphold.cli.windows import window
from uphold.messages import Reader

Hosting = tuple[Path, Path, Path]
MEASURING = ("uptime", "outages", "credits")


@pytest.mark.parametrize("command", MEASURING)
def test_what_is_not_given(uphold: Run, hosting: Hosting, command: str) -> None:
    page, checks, facts = hosting
    ran = uphold(command)
    assert (ran.code, ran.out) == (2, "")
    assert f"uphold {command} needs more to work with." in ran.err
    ran = uphold(command, page)
    assert (ran.code, ran.out) == (2, "")
    assert "No evidence and no facts are given" in ran.err
    ran = uphold(command, checks, facts)
    assert ran.code == 2
    assert "No agreement is given, only" in ran.err
    ran = uphold(command, facts, "--evidence", page)
    assert "takes it as an argument" in ran.err
    other = page.with_name("other.md")
    other.write_text(page.read_text().replace("5 minutes", "6 minutes"))
    ran = uphold(command, page, other, checks)
    assert ran.code == 2
    assert "Revision 1 of hosting is given twice" in ran.err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("August", "August is no window."),
        ("2026-8", "2026-8 is no window."),
        ("2026-13", "2026-13 is no window."),
        ("2026-Q5", "2026-Q5 is no window."),
        ("2026-02-30", "2026-02-30 is no window."),
        ("2026-08..", "2026-08.. is no window."),
        ("1066", "1066 is no window."),
        ("2026-08..2026-07", "2026-08..2026-07 ends before it begins."),
    ],
)
def test_windows(uphold: Run, hosting: Hosting, text: str, found: str) -> None:
    ran = uphold("uptime", *hosting, "--window", text)
    assert (ran.code, ran.out) == (2, "")
    assert f"--window: {found}" in ran.err
    assert "2026-08, 2026-Q3, 2026, 2026-03..2027-02 and 2026-08-01..2026-08-31" in ran.err


@pytest.mark.parametrize(
    ("option", "found", "right"),
    [
        (("--interval", "5"), "--interval: 5 is no length of time.", "30s, 5m, 26h or 2d"),
        (("--interval", "0m"), "--interval: 0m is no length of time.", "26h"),
        (("--change-log", "a day"), "--change-log: a day is no length", "26h"),
        (("--kind", "log"), "log is no value for --kind.", "logs"),
        (("--unit", "second"), "second is no value for --unit.", "seconds"),
        (("--rename", "old"), "--rename: old is no pair of names.", "--rename OLD=NEW"),
        (("--rename", "a=b", "a=c"), "--rename: a is given two other names.", ""),
        (("--column", "state"), "--column: state is no pair of names.", "checked_at=time"),
        (("--column", "stat=x"), "stat", "state"),
        (("--column", "state=nothing"), "nothing", "state"),
        (("--times-in", "Europe/Olso"), "There is no time zone Europe/Olso.", "Europe/Oslo"),
        (("--per", "customer"), "customer is no value for --per.", "account"),
        (("--customer", "x"), "There is no option --customer here.", ""),
    ],
)
def test_options(
    uphold: Run, hosting: Hosting, option: tuple[str, ...], found: str, right: str
) -> None:
    ran = uphold("uptime", *hosting, *option)
    assert (ran.code, ran.out) == (2, "")
    assert found in ran.err
    assert right in ran.err


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "empty"),
        ("number,what\n1,2\n", "checked_at"),
        ("checked_at,check,state\n2026-08-03T10:00:00,search-page,up\n", "--times-in"),
        ("\x00\x01\x02", ""),
    ],
)
def test_tables_that_hold_no_evidence(
    uphold: Run, hosting: Hosting, content: str, found: str
) -> None:
    page, checks, facts = hosting
    checks.write_text(content)
    ran = uphold("uptime", page, checks, facts, *OPTIONS)
    assert (ran.code, ran.out) == (2, "")
    assert str(checks) in ran.err
    assert found in ran.err


def test_commands_of_two_words(uphold: Run) -> None:
    ran = uphold("key")
    assert (ran.code, ran.out) == (2, "")
    assert "uphold key needs a second word." in ran.err
    assert "Perhaps key new was meant." in ran.err
    ran = uphold("evidence", "imprt")
    assert "There is no command evidence imprt." in ran.err
    assert "Perhaps evidence import was meant." in ran.err
    for words in (("key", "new", "--help"), ("key", "--help"), ("help", "key", "new")):
        page = uphold(*words)
        assert page.code == 0
        assert page.out.startswith("uphold key new [OPTIONS]")
        assert "--out FILE" in page.out


SUMMER, WINTER = 2 * 3_600_000_000, 3_600_000_000


def instant(day: date, zone: str) -> int:
    opens = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return int(opens.timestamp()) * 1_000_000


@given(
    st.dates(date(1970, 1, 2), date(2190, 1, 1)),
    st.sampled_from(("Europe/Oslo", "Etc/UTC", "America/New_York", "Asia/Kolkata")),
)
def test_days_months_quarters_and_years_are_what_calendars_say(day: date, zone: str) -> None:
    own = window(day.isoformat(), zone)
    assert own.start == instant(day, zone)
    month = window(f"{day:%Y-%m}", zone)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    assert month.start <= own.start < own.end <= month.end
    assert (month.start, month.end) == (
        window(f"{day:%Y-%m}-01", zone).start,
        window(last.isoformat(), zone).end,
    )
    named = window(f"{day:%Y-%m}-01..{last.isoformat()}", zone)
    assert (named.start, named.end) == (month.start, month.end)
    quarter = window(f"{day.year:04}-Q{(day.month + 2) // 3}", zone)
    year = window(f"{day.year:04}", zone)
    assert year.start <= quarter.start <= month.start < month.end <= quarter.end <= year.end


def refused(refusal: Refusal) -> str:
    return "\n".join(refusal.lines(Reader("en")))


@given(st.text(max_size=12))
def test_any_window_is_one_or_refused(text: str) -> None:
    try:
        found = window(text, "Europe/Oslo")
    except Refusal as refusal:
        told = refused(refusal)
    else:
        told = "2026-Q3" if found.start < found.end else ""
    assert "2026-Q3" in told


@given(st.text(max_size=12))
def test_any_length_is_one_or_refused(text: str) -> None:
    try:
        told = "26h" if length(text, "--interval") > 0 else ""
    except Refusal as refusal:
        told = refused(refusal)
    assert "26h" in told


def test_lengths() -> None:
    found = [length(text, "") for text in ("30s", "5m", "1.5 h", "2D", "5 minutes", "26h")]
    assert found == [each * 1_000_000 for each in (30, 300, 5_400, 172_800, 300, 93_600)]
