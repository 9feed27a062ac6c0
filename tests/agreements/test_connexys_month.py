"""A month of Connexys's service: from a check every quarter of an hour to the settled average."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.agreements.settled import Desk, figure, said
from tests.engine.measure.figures.watch import DAY, HOUR, MINUTE

from uphold.engine.measure.figure import Figure
from uphold.engine.verdict import State

DESK = Desk.of("connexys")
MONTH = ("2025-03-01 00:00", "2025-04-01 00:00")
OWED = 31 * DAY - HOUR
"""March has an hour less in the Netherlands: the clocks go forward on the 30th."""
NIGHT = ("2025-03-30 01:30", "2025-03-30 03:30")
"""One hour, though the wall clock shows two."""


def march(*down: tuple[str, str]) -> Figure:
    runs = DESK.looks("server-activity", MONTH, *down, every=15 * MINUTE)
    found = DESK.settle("2025-04-01 00:00", runs)
    return figure(found, "service:complete-service/monthly-uptime/2025-03")


@pytest.mark.requirement("C5")
def test_the_time_and_the_length_of_each_interruption_and_what_the_interval_leaves_open() -> None:
    one = march(("2025-03-10 10:00", "2025-03-10 10:15"), NIGHT)
    assert [each.span for each in one.outages] == [
        (DESK.us("2025-03-10 10:00"), DESK.us("2025-03-10 10:15")),
        (DESK.us(NIGHT[0]), DESK.us(NIGHT[1])),
    ]
    assert (one.down, one.owed, one.unknown) == (75 * MINUTE, OWED, 0)
    assert one.availability == 1 - Fraction(75 * MINUTE, OWED)
    # from the last good look to the next one; from the first failed look to the last one
    assert one.lowest == 1 - Fraction((75 + 2 * 15) * MINUTE, OWED)
    assert one.highest == 1 - Fraction((75 - 2 * 15) * MINUTE, OWED)
    (bounds,) = (each for each in said(one.because) if each.startswith("The evidence leaves it "))
    assert "99.764%" in bounds and "99.899%" in bounds


@pytest.mark.requirement("C6", "X2", "X3")
def test_the_average_of_the_complete_service_is_its_share_of_the_month() -> None:
    most = ("2025-03-03 00:00", "2025-03-03 03:30")  # 0.5 % of 743 hours is 3 h 42 min 54 s
    met, missed = march(most), march(most, ("2025-03-20 00:00", "2025-03-20 00:15"))
    assert (met.state, met.down, met.budget_left) == (State.MET, 210 * MINUTE, 774_000_000)
    assert (missed.state, missed.down) == (State.MISSED, 225 * MINUTE)
    assert missed.availability == 1 - Fraction(225 * MINUTE, OWED)
    assert (missed.clause, missed.revision, missed.excluded) == ("uptime", 1, ())
    told = said(missed.because)
    assert any("De tekst zondert geen onderhoud uit." in line for line in told)
    assert any("«Gemiddeld» is het aandeel van de tijd" in line for line in told)
    assert any("wat een klant krijgt als zij niet wordt gehaald" in line for line in told)
