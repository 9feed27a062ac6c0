"""A compiled calendar written out: the same anywhere, with no table installed."""

import json
import zoneinfo
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.worktime.cases import Case, cases
from tests.worktime.oracle import DAY

from uphold.worktime import (
    Calendar,
    CalendarError,
    CompiledCalendar,
    UnreadableForm,
    holiday_package,
    zone,
)

OFFICE = Calendar("Europe/Oslo", {"mon-fri": "08:00-16:00", "sat": "22:00-06:00"}, holidays="NO")
TABLE = OFFICE.compiled(date(2035, 12, 31), since=date(2021, 1, 1))


def form(**changes: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(TABLE.to_json())), **changes}


@settings(max_examples=150)
@given(cases(), cases(), st.sampled_from(("one", "|", "&", "-")), st.integers(0, 10**12))
def test_reading_gives_what_was_written(case: Case, other: Case, how: str, shift: int) -> None:
    calendar = {
        "one": case.calendar,
        "|": case.calendar | other.calendar,
        "&": case.calendar & other.calendar,
        "-": case.calendar - other.calendar,
    }[how]
    written = calendar.compiled(case.around + 30 * DAY, since=case.around - 30 * DAY)
    read = CompiledCalendar.from_json(json.loads(json.dumps(written.to_json())))
    assert read == written
    assert hash(read) == hash(written)
    assert read.to_json() == written.to_json()
    assert read.spans_us(read.since_us, read.until_us) == written.spans_us(
        written.since_us, written.until_us
    )
    start = written.since_us + shift
    assume(start < written.until_us)
    assert outcome(read, start) == outcome(written, start)


def outcome(table: CompiledCalendar, start: int) -> object:
    """Answers or errors to a few questions."""
    answers: list[object] = [table.local(start).isoformat(), table.date_us(start)]
    for count in (1, 3):
        try:
            answers.append(table.add_days_us(start, count))
        except CalendarError as error:
            answers.append(error.code)
    return answers


def test_no_zone_and_no_holidays_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("an installed table was read")

    written = json.dumps(TABLE.to_json())
    start = TABLE.since_us + 86_400_000_000 * 500
    expected = [
        TABLE.add_us(start, 10**11),
        TABLE.add_days_us(start, 7),
        TABLE.add_calendar_days_us(start, 200),
        TABLE.add_months_us(start, 7),
        TABLE.day_end_us(start),
    ]
    monkeypatch.setattr(zone, "ZoneInfo", refuse)
    monkeypatch.setattr(zoneinfo, "ZoneInfo", refuse)
    monkeypatch.setattr(holiday_package, "country_class", refuse)
    monkeypatch.setattr(holiday_package, "_module", refuse)
    read = CompiledCalendar.from_json(json.loads(written))
    assert [
        read.add_us(start, 10**11),
        read.add_days_us(start, 7),
        read.add_calendar_days_us(start, 200),
        read.add_months_us(start, 7),
        read.day_end_us(start),
    ] == expected
    assert read.holiday_name(date(2027, 12, 25)) == "Første juledag"
    assert read.holiday_name(date(2027, 12, 24)) is None
    assert read.add_many_us([start], 10**11).tolist() == expected[:1]  # type: ignore[arg-type]
    assert read.day_end_many_us([start]).tolist() == expected[-1:]  # type: ignore[arg-type]


def test_the_form_is_plain_and_says_what_it_holds() -> None:
    written = OFFICE.compiled(date(2027, 6, 30), since=date(2027, 3, 1)).to_json()
    assert written["version"] == 1
    assert (written["since"], written["until"]) == ("2027-03-01", "2027-06-30")
    rule = written["rule"]
    assert rule["zone"] == "Europe/Oslo"
    assert rule["hours"]["fri"] == "08:00-16:00"
    assert rule["hours"]["sat"] == "22:00-06:00"
    assert rule["holidays"]["2027-05-01"] == "Arbeidernes dag"
    assert (rule["offset"], rule["changes"]) == (3600, [[1806195600, 7200]])


def test_fifteen_years_are_small() -> None:
    assert len(json.dumps(TABLE.to_json())) < 9_000


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ([], "it is no mapping"),
        ({}, "its version is None, not 1"),
        (form(version=2), "its version is 2, not 1"),
        ({k: v for k, v in form().items() if k != "until"}, "it lacks 'until'"),
        (form(since="yesterday"), "a value has the wrong form (Invalid isoformat string"),
        (form(rule={"zone": "UTC"}), "it lacks 'changes'"),
        (form(rule={**form()["rule"], "changes": [[1]]}), "a value has the wrong form"),
        (form(rule={**form()["rule"], "hours": {"mon": "8"}}), 'the hours "8" cannot be read'),
        (form(rule={**form()["rule"], "closed": ["x"]}), "the entry 'x' of closed"),
        (form(rule=5), "a value has the wrong form"),
        (form(since="2040-01-01"), "it ends before it begins"),
    ],
)
def test_forms_that_cannot_be_read(broken: Mapping[str, Any], problem: str) -> None:
    with pytest.raises(UnreadableForm) as caught:
        CompiledCalendar.from_json(broken)
    assert str(caught.value).startswith(f"this written-out calendar cannot be read: {problem}")
    assert str(caught.value).endswith("; write it anew with to_json()")


def test_a_bottomless_form_is_refused() -> None:
    rule = form()["rule"]
    for _ in range(200):
        rule = {"union": [rule, form()["rule"]]}
    with pytest.raises(UnreadableForm, match="it nests more than 50 calendars"):
        CompiledCalendar.from_json(form(rule=rule))


def test_other_calendars_are_not_equal() -> None:
    assert OFFICE.compiled(date(2027, 1, 1)) != OFFICE.compiled(date(2027, 1, 2))
    assert TABLE != "calendar"
    assert repr(TABLE) == "CompiledCalendar('Europe/Oslo', 2021-01-01 to 2035-12-31)"
