"""The known faults of monitors, with the exact figures that are right."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    figure,
    ids,
    joined,
    maintained,
    measured,
    promise,
    share,
    stamp,
    uptime,
    us,
    watched,
    whys,
)
from tests.engine.pages import fact

from uphold.engine.measure.figure import cut_off
from uphold.engine.verdict import State
from uphold.facts.evidence import Run
from uphold.messages import Percent

CHECKS = "evidence: seen\nof: web\nsources: {checks: every 1 minute}\nagreed when: checks\n"
DAILY = uptime("1 calendar days")


def test_a_failed_check_retried_in_between_is_at_most_its_true_share() -> None:
    # Looks once a minute; one fails at 12:00, a retry 20 seconds later is answered.
    day = watched("2026-02-01", "2026-02-02", ("2026-02-01 12:00", "2026-02-01 12:00:30"))
    retry = watched("2026-02-01 12:00:20", "2026-02-01 12:00:20.000001", every=MINUTE)
    found = measured(promise(CHECKS, DAILY), joined(day, retry), "2026-02-02")

    one = figure(found, "2026-02-01..2026-02-01")
    assert one.down == 20 * SECOND
    assert one.availability == share(20, 86_400)
    assert one.availability is not None and one.availability >= share(60, 86_400)


def test_a_monitor_silent_for_half_a_day_never_reads_plainly_100() -> None:
    half = watched("2026-02-01", "2026-02-01 12:00")

    open_ended = figure(
        measured(promise(CHECKS, DAILY), half, "2026-02-02"), "2026-02-01..2026-02-01"
    )
    assert (open_ended.availability, open_ended.coverage) == (ALL, Fraction(1, 2))
    assert (open_ended.lowest, open_ended.highest) == (Fraction(1, 2), ALL)
    assert open_ended.unknown == 12 * HOUR
    assert {"reason.unknown-time", "reason.bounds"} <= set(ids(open_ended))

    stated = promise(CHECKS, uptime("1 calendar days", least_coverage="90 %"))
    covered = figure(measured(stated, half, "2026-02-02"), "2026-02-01..2026-02-01")
    assert covered.state is State.UNKNOWN
    assert "reason.coverage-short" in ids(covered)


def test_an_hour_down_is_an_hour_however_often_anyone_looked() -> None:
    evidence = [
        *watched("2026-02-01", "2026-02-01 10:00", every=5 * MINUTE),
        *watched(
            "2026-02-01 10:00",
            "2026-02-01 11:00",
            ("2026-02-01 10:00", "2026-02-01 11:00"),
            every=20 * SECOND,
        ),
        *watched("2026-02-01 11:00", "2026-02-02", every=5 * MINUTE),
    ]
    one = figure(measured(promise(CHECKS, DAILY), evidence, "2026-02-02"), "2026-02-01..2026-02-01")

    assert one.down == HOUR
    assert one.availability == share(1, 24)


def test_maintenance_leaves_the_denominator() -> None:
    outage = ("2026-02-01 20:00", "2026-02-01 21:00")
    work = ("2026-02-01 02:00", "2026-02-01 06:00")
    found = measured(
        promise(CHECKS, uptime("1 calendar days", excludes="[planned maintenance]")),
        watched("2026-02-01", "2026-02-02", outage, work),
        "2026-02-02",
        *maintained(*work),
    )
    one = figure(found, "2026-02-01..2026-02-01")

    assert (one.owed, one.excluded) == (20 * HOUR, (("planned maintenance", 4 * HOUR),))
    assert one.availability == share(1, 20)
    assert whys(one) == ["outage.excluded", "outage.counts"]


def test_99_8999_never_prints_as_99_9() -> None:
    month = 30 * DAY
    down = -(-month * 1001 // 1_000_000)  # 0.1001 % of the month and no less
    begins, fails, ends = us("2026-06-01"), us("2026-06-10"), us("2026-07-01")
    log = [
        Run("logs", "log", "web", begins, fails, "up"),
        Run("logs", "log", "web", fails, fails + down, "down"),
        Run("logs", "log", "web", fails + down, ends, "up"),
    ]
    term = uptime(figure="cut off after 1 decimal")
    one = figure(measured(promise(term), log, "2026-07-01"), "2026-06")

    assert one.availability is not None
    assert Fraction(99_8998, 100_0000) < one.availability < Fraction(99_9, 1000)
    assert cut_off(one.availability, one.decimals) == "99.8"
    assert one.state is State.MISSED
    told = {reason.id: reason for reason in one.because}
    assert told["reason.share"].data["availability"] == Percent(Decimal("99.8"))


def test_an_outage_over_a_months_end_is_cut_at_midnight_in_oslo() -> None:
    evidence = watched("2026-01-01", "2026-03-01", ("2026-01-31 22:30", "2026-02-01 01:00"))
    found = measured(promise(CHECKS, uptime()), evidence, "2026-03-01")

    assert figure(found, "2026-01").down == 90 * MINUTE
    assert figure(found, "2026-02").down == HOUR
    assert figure(found, "2026-01").owed == 31 * DAY


def test_outages_over_the_nights_the_clocks_change_have_their_true_lengths() -> None:
    spring = ("2026-03-28 23:00", "2026-03-29 06:00")
    autumn = ("2026-10-24 23:00", "2026-10-25 06:00")
    evidence = watched("2026-03-01", "2026-11-01", spring, autumn)
    found = measured(promise(CHECKS, uptime()), evidence, "2026-11-01")

    march, october = figure(found, "2026-03"), figure(found, "2026-10")
    assert (march.down, march.owed) == (6 * HOUR, 31 * DAY - HOUR)
    assert (october.down, october.owed) == (8 * HOUR, 31 * DAY + HOUR)
    assert march.availability == share(6, 31 * 24 - 1)
    assert october.availability == share(8, 31 * 24 + 1)


def test_4_59_does_not_count_and_5_00_does() -> None:
    evidence = watched(
        "2026-02-01",
        "2026-03-01",
        ("2026-02-03 10:00", "2026-02-03 10:04:59"),
        ("2026-02-04 10:00", "2026-02-04 10:05"),
        every=SECOND,
    )
    term = uptime(counts="outages of at least 5 minutes")
    one = figure(measured(promise(term), evidence, "2026-03-01"), "2026-02")

    assert whys(one) == ["outage.too-short", "outage.counts"]
    assert one.down == 5 * MINUTE
    assert [outage.down for outage in one.outages] == [0, 5 * MINUTE]


def test_the_least_length_is_measured_before_maintenance_cuts_an_outage() -> None:
    evidence = watched("2026-02-01", "2026-03-01", ("2026-02-03 10:00", "2026-02-03 10:06"))
    term = uptime(counts="outages of at least 5 minutes", excludes="[planned maintenance]")
    found = measured(
        promise(term),
        evidence,
        "2026-03-01",
        *maintained("2026-02-03 09:00", "2026-02-03 10:04"),
    )

    assert figure(found, "2026-02").down == 2 * MINUTE


def test_the_least_length_is_measured_before_a_months_end_cuts_an_outage() -> None:
    evidence = watched("2026-01-01", "2026-03-01", ("2026-01-31 23:58", "2026-02-01 00:03"))
    term = uptime(counts="outages of at least 5 minutes")
    found = measured(promise(term), evidence, "2026-03-01")

    assert (figure(found, "2026-01").down, figure(found, "2026-02").down) == (
        2 * MINUTE,
        3 * MINUTE,
    )


def test_two_sources_that_disagree_leave_the_time_unknown_until_a_person_judges() -> None:
    both = "evidence: seen\nof: web\nsources: {checks: every 1 minute, logs: component logs}\n"
    terms = f"{both}agreed when: checks and logs\notherwise: a person judges\n"
    down = ("2026-02-03 10:00", "2026-02-03 11:00")
    evidence = [
        *watched("2026-02-01", "2026-03-01", down),
        *watched("2026-02-01", "2026-03-01", kind="logs", source="log"),
    ]
    asked = measured(promise(terms, uptime()), evidence, "2026-03-01")
    one = figure(asked, "2026-02")
    assert (one.down, one.unknown, one.questions) == (0, HOUR, 1)
    assert one.lowest == share(HOUR, 28 * DAY)
    assert "reason.questions" in ids(one)
    assert len(asked.questions) == 1

    judged = fact(
        "outage.judged", "2026-02-05", start=stamp(down[0]), end=stamp("2026-02-03 10:40")
    )
    answered = figure(measured(promise(terms, uptime()), evidence, "2026-03-01", judged), "2026-02")
    assert (answered.down, answered.unknown, answered.questions) == (40 * MINUTE, 0, 0)

    nobody = terms.replace("a person judges", "unknown")
    kept = figure(measured(promise(nobody, uptime()), evidence, "2026-03-01"), "2026-02")
    assert (kept.unknown, kept.questions) == (HOUR, 0), "nobody is asked"
    assert "reason.questions" not in ids(kept)


def test_a_back_dated_outage_judged_by_a_person_counts_where_it_was() -> None:
    evidence = watched("2026-01-01", "2026-03-01")
    judged = fact(
        "outage.judged",
        "2026-02-20",
        start=stamp("2026-01-31 23:00"),
        end=stamp("2026-02-01 02:00"),
    )
    found = measured(promise(CHECKS, uptime()), evidence, "2026-03-01", judged)

    assert (figure(found, "2026-01").down, figure(found, "2026-02").down) == (HOUR, 2 * HOUR)
    assert figure(found, "2026-01").outages[0].subject == "outage:1"
