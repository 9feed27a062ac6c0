"""The tags that put values into words, and what is left of a promise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import engines

from uphold.facts.times import from_datetime
from uphold.messages import Reader
from uphold.server import clock

HOUR = 3_600_000_000
MINUTE = HOUR // 60
NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


def shown(source: str, language: str = "en", **data: object) -> str:
    reader = Reader(language, "Europe/Oslo", NOW)
    with clock.clock_at(NOW):
        return str(engines["django"].from_string(source).render({"reader": reader, **data}))


@pytest.mark.parametrize(
    ("us", "words"),
    [
        (0, "0 min"),
        (59_999_999, "59 s"),
        (4 * MINUTE + 5_400_000, "4 min 5 s"),
        (HOUR, "1 h"),
        (3 * HOUR + 20 * MINUTE + 59_000_000, "3 h 20 min"),
        (52 * HOUR, "52 h"),
        (-(3 * HOUR + 20 * MINUTE + 59_000_000), "-3 h 20 min"),
    ],
)
def test_a_length_is_cut_to_what_is_read(us: int, words: str) -> None:
    assert shown("{% length us %}", us=us) == words


@pytest.mark.parametrize(
    ("left", "is_late", "words"),
    [
        (2 * HOUR, False, "2 h left"),
        (-35 * MINUTE, True, "35 min over"),
        (0, True, "time is up"),
    ],
)
def test_what_is_left_of_a_promise(left: int, is_late: bool, words: str) -> None:
    assert shown("{% due_left left late %}", left=left, late=is_late) == words


def test_how_far_off_an_instant_is() -> None:
    at = from_datetime(NOW)
    assert shown("{% ago at %}", at=at - 3 * MINUTE) == "3 min ago"
    assert shown("{% ago at %}", "nl", at=at + 130 * MINUTE) == "over 2 uur 10 min"


def test_an_instant_for_people_and_for_machines() -> None:
    at = from_datetime(NOW)
    assert shown("{% moment at %}", at=at) == "Mon 10:10"
    assert shown("{% moment at 'America/New_York' %}", at=at) == "Mon 04:10 America/New_York"
    assert shown("{% iso at %}", at=at) == "2026-11-23T09:10:00Z"


def test_what_others_wrote_is_escaped() -> None:
    source = "{% say 'web.request-id' %} {% say 'web.zone-note' zone=zone %}"
    assert "&lt;b&gt;" in shown(source, zone="<b>")
