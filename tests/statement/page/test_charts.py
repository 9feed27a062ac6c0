"""The drawings: cells whose stacks are true to their day, bars and scales true to their figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.statement.page.made import march, page
from tests.statement.page.tree import tree

from uphold.engine.measure.daily import Day, days_of
from uphold.messages import Reader
from uphold.statement import recompute
from uphold.statement.page.bar import KEPT, MISSED, UNKNOWN, parts
from uphold.statement.page.scale import left_end
from uphold.statement.page.strip import day_words, segments
from uphold.statement.page.teller import Teller

DAY = 86_400_000_000
MINUTE = 60_000_000
TENTH = date(2028, 3, 10)


def test_a_day_without_trouble_is_one_plain_cell() -> None:
    assert segments(Day(TENTH, DAY, 0, 0, 0), 32) == (("up", 0, 32),)
    assert segments(Day(TENTH, 0, 0, 0, 0), 32) == (("outside", 0, 32),)


def test_a_minute_of_downtime_can_be_seen() -> None:
    assert segments(Day(TENTH, DAY, MINUTE, 0, 0), 32) == (("up", 0, 25), ("down", 25, 7))


def test_a_day_down_throughout_leaves_no_green() -> None:
    assert segments(Day(TENTH, DAY, DAY, 0, 0), 32) == (("down", 0, 32),)


lengths = st.integers(0, DAY)


@given(lengths, lengths, lengths, st.integers(1, DAY), st.sampled_from([18, 32]))
def test_the_stack_of_a_day_fills_its_cell(
    down: int, unknown: int, excluded: int, length: int, height: int
) -> None:
    """Whatever there is of a state can be seen, and nothing that there is not."""
    down = min(down, length)
    unknown = min(unknown, length - down)
    excluded = min(excluded, length - down - unknown)
    found = segments(Day(TENTH, length, down, unknown, excluded), height)
    amounts = {
        "up": length - down - unknown - excluded,
        "down": down,
        "unknown": unknown,
        "excluded": excluded,
    }
    assert {state for state, _, _ in found} == {state for state, each in amounts.items() if each}
    assert all(high >= 3 for _, _, high in found)
    ends = [0]
    for _, top, high in found:
        assert top == ends[-1]
        ends.append(top + high)
    assert ends[-1] == height


def test_the_strip_says_of_each_day_what_it_was() -> None:
    found = recompute(march())
    figure = next(each for each in found.stated.figures if each.account == "acme-boston")
    days = days_of(found.settlement.measured, figure)
    teller = Teller.of(Reader("en"), march().about)
    told = {day.date.day: " ".join(day_words(teller, day).split()) for day in days}
    assert told[1] == "Wed 1 Mar: up"
    assert told[14] == "Tue 14 Mar: down 20 min and left out 1 h"
    assert told[18] == "Sat 18 Mar: unknown 20 min"
    titles = [each.text for each in tree(page()).every("title")]
    for words in told.values():
        assert words in titles


def test_a_year_has_a_row_for_each_month() -> None:
    year = tree(page()).one("div", class_="year")
    rows = [each.one("span", class_="month-name").text for each in year.every("div")]
    assert rows[0] == "Apr 2027" and rows[-1] == "Mar 2028" and len(rows) == 12
    cells = [len(list(each.every("g"))) for each in year.every("div")]
    assert cells == [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31]


counts = st.integers(0, 500)


@given(counts, counts, counts)
def test_a_bar_is_as_wide_as_its_parts(kept: int, missed: int, unknown: int) -> None:
    found = parts(((KEPT, kept), (MISSED, missed), (UNKNOWN, unknown)), 120)
    assert [state for state, _, _ in found] == [
        state for state, count in ((KEPT, kept), (MISSED, missed), (UNKNOWN, unknown)) if count
    ]
    assert all(width >= 5 for _, _, width in found)
    assert sum(width for _, _, width in found) == (120 if found else 0)
    assert [at for _, at, _ in found] == [
        sum(width for _, _, width in found[:place]) for place in range(len(found))
    ]


shares = st.fractions(0, 1, max_denominator=10**6)


@given(shares, shares)
def test_a_scale_holds_its_figure_and_its_target(share: Fraction, target: Fraction) -> None:
    left = left_end(share, target)
    assert 0 <= left < 1
    assert left <= share and left <= target


def test_a_scale_begins_at_a_round_share() -> None:
    assert left_end(Fraction(9991, 10_000), Fraction(999, 1000)) == Fraction(997, 1000)
    assert left_end(Fraction(99, 100), Fraction(999, 1000)) == Fraction(98, 100)
    assert left_end(Fraction(1), Fraction(1)) == Fraction(999, 1000)
