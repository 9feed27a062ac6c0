"""Durations: five types that never mix, each with its words."""

from datetime import timedelta
from typing import Any

import pytest

from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Duration,
    Elapsed,
    Working,
    WorkingDays,
)

HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Elapsed(HOUR), "1 hour"),
        (Elapsed(90 * 60_000_000), "90 minutes"),
        (Elapsed(48 * HOUR), "48 hours"),
        (Elapsed(1_000_000), "1 second"),
        (Elapsed(1_500_000), "1.5 seconds"),
        (Elapsed(-250_000), "-0.25 seconds"),
        (Elapsed(-HOUR), "-1 hours"),
        (Elapsed(0), "0 minutes"),
        (Working(8 * HOUR), "8 business hours"),
        (Working(HOUR), "1 business hour"),
        (Working(30 * 60_000_000), "30 business minutes"),
        (Working(45_000_000), "45 business seconds"),
        (WorkingDays(1), "1 working day"),
        (WorkingDays(5), "5 working days"),
        (CalendarDays(20), "20 calendar days"),
        (CalendarDays(1), "1 calendar day"),
        (CalendarMonths(12), "12 calendar months"),
        (CalendarMonths(1), "1 calendar month"),
    ],
)
def test_words(duration: Duration, words: str) -> None:
    assert str(duration) == words


def test_types_are_never_equal_and_never_compared() -> None:
    same = [Elapsed(3), Working(3), WorkingDays(3), CalendarDays(3), CalendarMonths(3)]
    assert len(set(same)) == 5
    for one in same:
        for other in same:
            assert (one == other) == (one is other)
            if one is not other:
                with pytest.raises(TypeError):
                    assert one < other  # type: ignore[operator]
    assert Working(1) < Working(2)


@pytest.mark.parametrize("kind", [Elapsed, Working, WorkingDays, CalendarDays, CalendarMonths])
@pytest.mark.parametrize("wrong", [1.0, "1", True, None])
def test_only_whole_numbers(kind: Any, wrong: object) -> None:
    with pytest.raises(TypeError, match="takes a whole number, not"):
        kind(wrong)


def test_as_timedeltas() -> None:
    assert Elapsed(HOUR).timedelta == Working(HOUR).timedelta == timedelta(hours=1)
