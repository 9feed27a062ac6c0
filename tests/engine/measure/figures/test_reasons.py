"""A figure's reasons, read as a customer reads them: they explain the arithmetic completely.

1 February 2026 is a Sunday, and February has 672 hours.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.engine.measure.figures.watch import (
    HOUR,
    MINUTE,
    Stretch,
    figure,
    maintained,
    measured,
    promise,
    stamp,
    uptime,
    watched,
)
from tests.engine.pages import agreement, fact

from uphold.engine.measure.figure import Figure
from uphold.facts import Fact
from uphold.messages import Reader

SUNDAYS = "window: sundays\nhours: {sun: 04:00-06:00}\nat most: 1 hour a month\n"
EXCLUDING = uptime(
    counts="outages of at least 5 minutes",
    excludes="[planned maintenance, standing windows, cause third-party]",
)


def february(
    terms: Iterable[str], *down: Stretch, facts: Iterable[Fact] = (), until: str = "2026-03-01"
) -> Figure:
    """The figure of February."""
    evidence = watched("2026-02-01", until, *down)
    return figure(measured(promise(*terms), evidence, until, *facts), "2026-02")


def said(one: Figure, language: str = "en") -> list[str]:
    """The reasons in words."""
    reader = Reader(language, zone="Europe/Oslo")
    return [reader.text(reason) for reason in one.because]


def whys(one: Figure) -> list[str]:
    """Why each outage counts, or does not, in words."""
    return [Reader("en").text(outage.why) for outage in one.outages]


def test_every_term_of_the_sum_is_told_with_what_it_comes_from() -> None:
    """672 h − 1 h of maintenance − 1 h of the window = 670 h.

    Down are 30 min of the 2 h on Sunday, that lie outside the window's hours or its quota: none
    of 04:00-05:00, all of 05:00-05:30; and 1 of 2 h on the 10th.
    """
    one = february(
        [SUNDAYS, EXCLUDING],
        ("2026-02-08 04:00", "2026-02-08 05:30"),
        ("2026-02-10 02:00", "2026-02-10 04:00"),
        ("2026-02-12 10:00", "2026-02-12 10:04"),
        facts=maintained(
            "2026-02-10 01:50",
            "2026-02-10 04:00",
            planned=("2026-02-10 02:00", "2026-02-10 03:00"),
        ),
    )

    assert one.down == 90 * MINUTE
    assert said(one) == [
        "web, 2026-02: from Sun, 1 Feb 2026 00:00 to Sun, 1 Mar 2026 00:00.",
        "Left out, “planned maintenance”: 1 hour.",
        "Left out, “standing windows”: 1 hour.",
        "sundays was used for 90 minutes; left out of that: 1 hour (“1 hour a month”).",
        "maintenance:1 (planned maintenance): 1 hour of it in this window is left out.",
        "maintenance:1 ran 70 minutes outside its plan; that is not left out.",
        "Time owed: 672 hours − 2 hours = 670 hours.",
        (
            "Outage Sun, 8 Feb 2026 04:00 – Sun, 8 Feb 2026 05:30: "
            "It counts, less the excluded time in it: 1 hour. "
            "Downtime in the window: 30 minutes."
        ),
        "Shown down by checks (oslo); any evidence settles it.",
        (
            "Outage Tue, 10 Feb 2026 02:00 – Tue, 10 Feb 2026 04:00: "
            "It counts, less the excluded time in it: 1 hour. "
            "Downtime in the window: 1 hour."
        ),
        "Shown down by checks (oslo); any evidence settles it.",
        (
            "Outage Thu, 12 Feb 2026 10:00 – Thu, 12 Feb 2026 10:04: "
            "It lasted 4 minutes without a break; only 5 minutes or more counts. "
            "Downtime in the window: 0 hours."
        ),
        "Shown down by checks (oslo); any evidence settles it.",
        "2 outages made 90 minutes of downtime.",
        "(670 hours − 90 minutes) / 670 hours = 99.776%.",
        (
            "The evidence leaves it between 99.758% "
            "(unknown time down, outages from the last good look to the next) and 99.781% "
            "(unknown time up, outages from the first failed look to the last)."
        ),
        "That is below the promised 99.9%, by 0.123880 percentage points.",
    ]


def test_unknown_time_and_open_questions_are_part_of_the_sum() -> None:
    """6 h of silence and 30 min that one of two kinds alone shows down: 672 h − 6 h 30 min."""
    both = (
        "evidence: seen\nof: web\nsources: {checks: every 1 minute, logs: component logs}\n"
        "agreed when: checks and logs\n"
    )
    silent = [("2026-02-20 00:00", "2026-02-20 06:00")]
    evidence = [
        *watched(
            "2026-02-01", "2026-03-01", ("2026-02-03 10:00", "2026-02-03 10:30"), silent=silent
        ),
        *watched("2026-02-01", "2026-03-01", kind="logs", source="log", silent=silent),
    ]
    found = figure(measured(promise(both, uptime()), evidence, "2026-03-01"), "2026-02")

    told = said(found)
    assert told[1:7] == [
        "Time owed: 672 hours.",
        "0 outages made 0 hours of downtime.",
        "1 question about the evidence is open; its time is unknown.",
        (
            "For 6 h 30 min there is no evidence, or none that settles it; that time is left out "
            "(coverage 99.032%)."
        ),
        "(672 hours − 6 h 30 min − 0 hours) / (672 hours − 6 h 30 min) = 100.000%.",
        (
            "The evidence leaves it between 99.032% "
            "(unknown time down, outages from the last good look to the next) and 100.000% "
            "(unknown time up, outages from the first failed look to the last)."
        ),
    ]


def test_what_cuts_a_window_is_told() -> None:
    """An account that began in the month, and a month that is not over."""
    began = fact("customer.agreed", "2026-02-10", "customer:acme", account="acme-1")
    terms = promise(uptime(per="account"))
    evidence = watched("2026-02-01", "2026-02-15")

    def window(now: str, *facts: Fact) -> list[str]:
        told = said(figure(measured(terms, evidence, now, *facts), "2026-02"))
        return told[1 : told.index(next(each for each in told if each.startswith("Time owed")))]

    part = (
        "The whole window is Sun, 1 Feb 2026 00:00 to Sun, 1 Mar 2026 00:00; "
        "the agreement holds here for that part of it."
    )
    going_on = "The window goes on until Sun, 1 Mar 2026 00:00; this is how it stands."
    assert window("2026-03-01") == []
    assert window("2026-02-15") == [going_on]
    assert window("2026-03-01", began) == [part]
    assert window("2026-02-15", began) == [part, going_on]


def test_time_that_two_outages_share_is_counted_once() -> None:
    """Parts that are reconciled alone: one down 10:00-12:00, another 10:30-11:00, 11:30-12:30."""
    parts = [
        "service: web\nparts: [page, mail]\n",
        *(
            f"evidence: {of}-seen\nof: {of}\nsources: {{checks: every 1 minute}}\n"
            for of in ("page", "mail")
        ),
    ]
    judged = [
        fact(
            "outage.judged",
            "2026-02-20 09:00",
            f"outage:{start[:2]}-{of}",
            service=of,
            start=stamp(f"2026-02-10 {start}"),
            end=stamp(f"2026-02-10 {end}"),
        )
        for of, start, end in (
            ("page", "10:00", "12:00"),
            ("mail", "10:30", "11:00"),
            ("mail", "11:30", "12:30"),
        )
    ]
    evidence = [
        *watched("2026-02-01", "2026-03-01", check="page"),
        *watched("2026-02-01", "2026-03-01", check="mail"),
    ]
    found = measured(agreement(*parts, uptime()), evidence, "2026-03-01", *judged)
    one = figure(found, "2026-02")

    assert [outage.down for outage in one.outages] == [2 * HOUR, 0, 30 * MINUTE]
    assert whys(one) == [
        "It counts.",
        "Of it, already counted with another outage: 30 minutes.",
        "Of it, already counted with another outage: 30 minutes.",
    ]
    assert one.down == 150 * MINUTE


def test_a_week_of_standing_windows_without_a_quota() -> None:
    terms = [SUNDAYS.replace("at most: 1 hour a month\n", ""), EXCLUDING]
    one = february(terms, ("2026-02-08 04:00", "2026-02-08 05:30"))

    assert "sundays was used for 90 minutes; left out of that: 90 minutes." in said(one)
    assert whys(one) == ["It lies wholly in excluded time."]
