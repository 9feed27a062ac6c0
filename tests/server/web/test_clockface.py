"""How a clock is drawn: its bar, the holds on it, and what is said beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.browser.gallery import HOUR, MINUTE, NOW, every_state, office_clock

from uphold.facts.times import from_datetime, to_datetime
from uphold.messages import Reader
from uphold.server.desk.shapes import ClockView
from uphold.server.web.clockface import AXIS, along, face

READER = Reader("en", "Europe/Oslo", NOW)
NOW_US = from_datetime(NOW)


def held_clock(holds: list[tuple[int, int]]) -> ClockView:
    """Sixteen business hours since this morning, held as told in minutes since its start."""
    start = NOW_US - 2 * HOUR
    held = tuple((start + since * MINUTE, start + until * MINUTE) for since, until in holds)
    return office_clock(NOW_US, began=to_datetime(start), hours=16, held=held)


def test_half_of_the_time_is_half_of_the_bar() -> None:
    clock = office_clock(NOW_US, began=to_datetime(NOW_US - 2 * HOUR), hours=4)
    drawn = face(clock, READER)
    assert (drawn.reached, drawn.bands, drawn.is_soon) == (AXIS // 2, (), False)
    assert drawn.remaining is not None
    assert READER.text(drawn.remaining) == "2 h left"


def test_less_than_a_quarter_left_is_a_clock_to_hurry_for() -> None:
    clock = office_clock(NOW_US, began=to_datetime(NOW_US - 2 * HOUR), hours=2)
    nearly = replace(clock, used_us=2 * HOUR - 10 * MINUTE, left_us=10 * MINUTE)
    drawn = face(nearly, READER)
    assert (drawn.is_soon, drawn.tone) == (True, "warn")


@given(
    st.lists(st.integers(0, 115), min_size=2, max_size=40, unique=True).map(sorted),
)
def test_holds_stand_in_order_apart_and_leave_room(borders: list[int]) -> None:
    holds = list(zip(borders[::2], borders[1::2], strict=False))
    clock = held_clock(holds)
    drawn = face(clock, READER)
    assert len(drawn.bands) == len(holds)
    end = 0
    for band in drawn.bands:
        assert end <= band.x
        end = band.x + band.width
    assert end <= AXIS
    assert drawn.total_us is not None
    assert sum(band.width for band in drawn.bands) <= AXIS // 2
    reached = [along(used, drawn.total_us, drawn.bands) for used in range(0, 17 * HOUR, HOUR)]
    assert reached == sorted(reached)
    assert reached[-1] == AXIS


@pytest.mark.parametrize(
    ("name", "ticks", "remaining"),
    [
        ("response", True, "7 h 20 min left"),
        ("hand-over", True, "8 h 20 min left"),
        ("acknowledgement", False, None),
        ("workaround", False, "2 h 40 min over"),
        ("visit", True, "16 h left"),
        ("repair", False, None),
    ],
)
def test_what_a_clock_says_and_whether_it_ticks(
    name: str, ticks: bool, remaining: str | None
) -> None:
    drawn = face(next(each for each in every_state() if each.name == name), READER)
    assert drawn.ticks is ticks
    assert (drawn.remaining and READER.text(drawn.remaining)) == remaining


def test_the_agreements_zone_is_told_only_where_it_is_another() -> None:
    here, there = every_state()[0], every_state()[2]
    assert face(here, READER).due_elsewhere is None
    assert face(there, READER).due_elsewhere == "America/New_York"


def test_a_promise_without_a_due_time_has_no_bar() -> None:
    drawn = face(every_state()[-1], READER)
    assert (drawn.reached, drawn.total_us, drawn.bands) == (None, None, ())
