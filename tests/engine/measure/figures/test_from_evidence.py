"""From rows of evidence to the figure of a day: what sources do over time bends nothing.

The day is 3 February 2026 in Oslo, a Tuesday of 1,440 minutes; the checker looks every 5 minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    HOUR,
    MINUTE,
    figure,
    measured,
    promise,
    share,
    uptime,
)
from tests.engine.pages import at

from uphold.engine.measure.figure import Figure
from uphold.facts.evidence.options import Options
from uphold.facts.evidence.reading import read_evidence

FIVE = 5 * MINUTE
CHECKS = "evidence: seen\nof: web\nsources: {checks: every 5 minutes}\nagreed when: checks\n"
DAILY = uptime("1 calendar days")
Down = tuple[int, int]


def rows(
    *down: Down,
    since: int = 0,
    until: int = 1440,
    every: int = 5,
    check: str = "web",
    more: str = "",
    bad: str = "down",
) -> list[str]:
    """Rows of a checker by minutes of the day; down from the first minute until the second."""
    begin = at("2026-02-03")
    return [
        f"{(begin + timedelta(minutes=minute)).isoformat()},{check},"
        f"{bad if any(first <= minute < behind for first, behind in down) else 'up'}{more}"
        for minute in range(since, until, every)
    ]


def day(
    lines: Iterable[str],
    *terms: str,
    options: Options | None = None,
    header: str = "checked_at,check,state",
) -> Figure:
    """The figure of the day from the rows of a file."""
    text = "\n".join([header, *lines, ""])
    read = read_evidence([io.BytesIO(text.encode())], options or Options())
    assert read.problems == ()
    found = measured(promise(*(terms or (CHECKS, DAILY))), read.runs, "2026-02-04")
    return figure(found, "2026-02-03..2026-02-03")


def test_an_hour_of_failed_checks_is_an_hour_of_the_day() -> None:
    one = day(rows((600, 660)))

    assert (one.owed, one.down, one.unknown) == (DAY, HOUR, 0)
    assert one.availability == share(60, 1440)
    assert one.lowest == share(65, 1440)
    assert one.highest == share(55, 1440)


lines = rows((600, 660), (900, 905))


@given(st.permutations(lines), st.lists(st.sampled_from(lines), max_size=20))
def test_rows_that_come_late_twice_or_in_any_order_make_no_difference(
    order: list[str], again: list[str]
) -> None:
    assert day([*order, *again]) == day(lines)


def test_a_retired_source_and_the_one_that_follows_leave_the_time_between_unknown() -> None:
    """One source looks until 12:00, the next from 12:30 on; an outage lies before and behind."""
    header = "checked_at,check,state,source"
    one = day(
        [
            *rows((690, 720), until=720, more=",old"),
            *rows((750, 780), since=750, more=",new"),
        ],
        header=header,
    )

    assert (one.down, one.unknown) == (HOUR, 30 * MINUTE)
    assert one.availability == share(60, 1410)
    assert one.coverage == Fraction(1410, 1440)


def test_a_source_that_works_on_beside_a_retired_one_leaves_nothing_unknown() -> None:
    header = "checked_at,check,state,source"
    both = [*rows(until=720, more=",old"), *rows((750, 780), more=",new")]

    assert day(both, header=header).availability == share(30, 1440)
    assert day(both, header=header).coverage == ALL


def test_a_renamed_check_goes_on_as_one() -> None:
    """Down from 11:30 to 12:30, renamed at 12:00: one outage of an hour."""
    renamed = [*rows((690, 750), until=720, check="www"), *rows((690, 750), since=720)]
    one = day(renamed, options=Options(renames={"www": "web"}))

    assert (one.down, one.unknown, len(one.counting)) == (HOUR, 0, 1)
    assert one == day(rows((690, 750)))


def test_an_interval_that_changes_gives_no_look_more_weight() -> None:
    """Every 5 minutes, from 10:00 every minute, from 11:00 every 5 again; down 10:30-11:30."""
    header = "checked_at,check,state,interval"
    changed = [
        *rows(until=600, more=",5m"),
        *rows((630, 660), since=600, until=660, every=1, more=",1m"),
        *rows((660, 690), since=660, more=",5m"),
    ]
    one = day(changed, header=header)

    assert (one.down, one.unknown) == (HOUR, 0)
    assert one.availability == share(60, 1440)
    assert one.lowest == share(61, 1440)  # the last good look was a minute before
    assert one.highest == share(55, 1440)  # the last failed look was at 11:25


@pytest.mark.parametrize(
    ("reading", "availability"), [("up", ALL), ("down", share(60, 1440)), ("", ALL)]
)
def test_degraded_counts_as_the_agreement_says(reading: str, availability: Fraction) -> None:
    term = f"{CHECKS}degraded: {reading}\n" if reading else CHECKS
    assert day(rows((600, 660), bad="degraded"), term, DAILY).availability == availability


@pytest.mark.parametrize(
    ("silent_after", "unknown"), [("9 minutes", 25), ("10 minutes", 25), ("30 minutes", 0)]
)
def test_silence_longer_than_allowed_is_unknown(silent_after: str, unknown: int) -> None:
    """No look from 10:00 to 10:25: the gap from 09:55 is 30 minutes, 5 of them spoken for."""
    kept = [*rows(until=600), *rows(since=625)]
    one = day(kept, f"{CHECKS}silent after: {silent_after}\n", DAILY)

    assert (one.unknown, one.availability) == (unknown * MINUTE, ALL)
    assert one.lowest == share(unknown, 1440)


def test_a_state_of_a_log_of_changes_holds_for_the_stated_time() -> None:
    """Up at 00:00, down at 10:00 and up at 11:00, each for 8 hours at most."""
    changes = ["2026-02-03T00:00:00+01:00,web,up", "2026-02-03T10:00:00+01:00,web,down"]
    changes += ["2026-02-03T11:00:00+01:00,web,up"]
    one = day(changes, DAILY, options=Options(kind="logs", change_log=8 * HOUR))

    # Unknown: 08:00-10:00 and 19:00-24:00.
    assert (one.down, one.unknown) == (HOUR, 7 * HOUR)
    assert one.availability == share(60, 17 * 60)
    assert one.lowest == share(8, 24)


COUNTED = "checked_at,check,total,failed"
RATE = "indicator: web-rate\nof: web\ndown when: failed at least 10 % of attempts in 5 minutes\n"


def counted(*bad: tuple[int, str]) -> list[str]:
    """A row of 100 attempts every 5 minutes, none of them failed but where it says else."""
    said = dict(bad)
    begin = at("2026-02-03")
    return [
        f"{(begin + timedelta(minutes=minute)).isoformat()},web-rate,{said.get(minute, '100,0')}"
        for minute in range(0, 1440, 5)
    ]


def test_an_error_rate_makes_slices_down_as_a_whole() -> None:
    """10 of 100 failed is down, 9 is not; 15 of 15 failed is too few attempts to count."""
    seen = counted((600, "100,10"), (605, "100,9"), (610, "15,15"), (615, "20,2"))
    one = day(seen, CHECKS, f"{RATE}at least: 20 attempts\n", DAILY, header=COUNTED)

    assert (one.down, one.unknown, len(one.counting)) == (2 * FIVE, 0, 2)
    assert one.availability == one.lowest == one.highest == share(10, 1440)


def test_good_of_a_total_says_the_same() -> None:
    good = [f"{row.rpartition(',')[0]},100" for row in counted()]
    good[120] = f"{good[120].rpartition(',')[0]},90"  # of 10:00
    one = day(good, CHECKS, RATE, DAILY, header="checked_at,check,total,good")

    assert one.availability == share(5, 1440)


@pytest.mark.parametrize(
    ("phrase", "column", "bad", "good"),
    [
        ("slower than 800 milliseconds for at least 50 % of attempts", "response_ms", 801, 800),
        ("packet loss of at least 1 %", "loss", "1.0", "0.99"),
    ],
)
def test_latency_and_packet_loss_make_slices_down(
    phrase: str, column: str, bad: object, good: object
) -> None:
    """Bad at 10:00 and 10:05, at the very bound from then on."""
    begin = at("2026-02-03")
    seen = [
        f"{(begin + timedelta(minutes=minute)).isoformat()},web-speed,up,"
        f"{bad if minute in (600, 605) else good}"
        for minute in range(0, 1440, 5)
    ]
    term = f"indicator: web-speed\nof: web\ndown when: {phrase} in 5 minutes\n"
    one = day(seen, CHECKS, term, DAILY, header=f"checked_at,check,state,{column}")

    assert (one.down, len(one.counting)) == (10 * MINUTE, 1)
    assert one.availability == share(10, 1440)


def test_failed_checks_in_a_row_count_from_the_first_of_them() -> None:
    """Three of them at 10:00, two at 12:00."""
    term = "indicator: web-row\nof: web\ndown when: 3 checks in a row fail\n"
    one = day(rows((600, 615), (720, 730), check="web-row"), CHECKS, term, DAILY)

    assert one.down == 15 * MINUTE
    assert one.availability == share(15, 1440)
