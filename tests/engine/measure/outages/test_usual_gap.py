"""A source of which nobody says how often it looks: its usual gap stands in, and is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from tests.engine.pages import OSLO, agreement

from uphold.agreement import Agreement
from uphold.engine.measure.figure import Figure
from uphold.engine.settle import settle
from uphold.facts.evidence import Run
from uphold.facts.times import from_datetime
from uphold.worktime.durations import Elapsed

SERVICE = "service: gateway\n"
PROMISE = """\
availability: gateway-uptime
of: gateway
window: 1 calendar days
target: at least 99.9 %
"""
MIDNIGHT = datetime(2026, 3, 10, tzinfo=OSLO)
DAY = 86_400


def _look(second: int, state: str = "up", interval: int | None = None) -> Run:
    at = from_datetime(MIDNIGHT + timedelta(seconds=second))
    return Run("checks", "monitor", "gateway", at, at, state, interval)


def _day(under: Agreement, looks: list[Run]) -> Figure:
    found = settle((under,), (), looks, MIDNIGHT + timedelta(days=1))
    (figure,) = (each for each in found.figures if each.window.start == looks[0].first)
    return figure


def _assumed(figure: Figure) -> list[object]:
    return [
        reason.data["length"] for reason in figure.because if reason.id == "reason.interval-assumed"
    ]


def test_half_a_day_of_silence_is_half_a_day_unknown() -> None:
    figure = _day(agreement(SERVICE, PROMISE), [_look(60 * minute) for minute in range(720)])
    assert figure.coverage == Fraction(1, 2)
    assert figure.lowest == Fraction(1, 2)
    assert figure.availability == Fraction(1)
    assert figure.highest == Fraction(1)
    assert _assumed(figure) == [Elapsed(60_000_000)]


def test_an_hour_down_is_an_hour_however_often_it_was_watched() -> None:
    looks = [
        *(_look(second) for second in range(0, 36_000, 300)),
        *(_look(second, "down") for second in range(36_000, 39_600, 20)),
        *(_look(second) for second in range(39_600, DAY, 300)),
    ]
    figure = _day(agreement(SERVICE, PROMISE), looks)
    assert figure.availability == Fraction(23, 24)
    assert figure.coverage == 1
    assert _assumed(figure) == [Elapsed(300_000_000)]


def test_a_stated_interval_leaves_nothing_to_assume() -> None:
    looks = [_look(60 * minute, interval=60_000_000) for minute in range(1440)]
    figure = _day(agreement(SERVICE, PROMISE), looks)
    assert figure.coverage == 1
    assert _assumed(figure) == []


def test_a_single_look_speaks_for_no_time() -> None:
    figure = _day(agreement(SERVICE, PROMISE), [_look(0)])
    assert figure.availability is None
    assert figure.coverage == 0


def test_a_look_half_an_interval_late_is_no_silence() -> None:
    evidence = """\
evidence: watched
of: gateway
sources: {checks: every 1 minute}
silent after: 1 minute
"""
    late = [_look(second, interval=60_000_000) for second in (0, 60, 150, 210)]
    later = [_look(second, interval=60_000_000) for second in (0, 60, 151, 210)]
    under = agreement(SERVICE, evidence, PROMISE)
    assert _day(under, late).owed - _day(under, late).unknown == 270_000_000
    assert _day(under, later).owed - _day(under, later).unknown == 239_000_000
