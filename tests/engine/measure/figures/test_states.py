"""What becomes of a promise: met, missed, unknown, running, and how much may still be lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engine.measure.figures.watch import (
    ALL,
    ALLOWED,
    DAY,
    FEBRUARY,
    HOUR,
    MINUTE,
    SECOND,
    figure,
    ids,
    maintained,
    measured,
    promise,
    share,
    stamp,
    uptime,
    watched,
)
from tests.engine.pages import agreement, fact

from uphold.agreement.lock import lock, unlock
from uphold.engine.measure.figure import Figure
from uphold.engine.verdict import State
from uphold.messages import LANGUAGES, Reader


def february(term: str, until: str, *down: tuple[str, str], every: int = MINUTE) -> Figure:
    """February 2026 as seen until a time."""
    evidence = watched("2026-02-01", until, *down, every=every)
    return figure(measured(promise(term), evidence, until), "2026-02")


def test_the_exact_target_is_met_and_a_second_more_is_missed() -> None:
    exact = uptime("1 calendar days", "99.0")
    for end, state in (("00:14:24", State.MET), ("00:14:25", State.MISSED)):
        evidence = watched(
            "2026-02-01", "2026-02-02", ("2026-02-01", f"2026-02-01 {end}"), every=SECOND
        )
        one = figure(measured(promise(exact), evidence, "2026-02-02"), "2026-02-01..2026-02-01")
        assert one.state is state
        assert one.budget_left == (0 if state is State.MET else -SECOND)


def test_a_window_that_lasts_runs_and_says_how_much_may_still_be_lost() -> None:
    one = february(uptime(), "2026-02-15", ("2026-02-03 10:00", "2026-02-03 10:30"))

    assert one.state is State.RUNNING
    assert one.budget_left == ALLOWED - 30 * MINUTE
    assert "reason.budget-left" in ids(one)
    assert one.availability == share(30 * MINUTE, 14 * DAY)


def test_a_window_is_missed_for_good_once_unbroken_service_cannot_mend_it() -> None:
    down = ("2026-02-03 10:00", "2026-02-03 10:41")
    one = february(uptime(), "2026-02-15", down)

    assert one.state is State.MISSED
    assert one.budget_left == ALLOWED - 41 * MINUTE
    assert "reason.beyond-reach" in ids(one)


def test_a_low_figure_that_can_still_be_mended_is_running() -> None:
    one = february(uptime(), "2026-02-02", ("2026-02-01 10:00", "2026-02-01 10:30"))

    assert one.availability is not None and one.availability < Fraction(999, 1000)
    assert one.state is State.RUNNING


def test_a_running_window_whose_coverage_can_no_longer_suffice_is_not_missed() -> None:
    term = uptime(least_coverage="90 %")
    evidence = watched("2026-02-20", "2026-02-25", ("2026-02-20 10:00", "2026-02-20 12:00"))
    one = figure(measured(promise(term), evidence, "2026-02-25"), "2026-02")

    assert one.state is State.RUNNING


@pytest.mark.parametrize(("silent", "state"), [(7, State.UNKNOWN), (6, State.MET)])
def test_the_stated_coverage_is_met_by_equality(silent: int, state: State) -> None:
    term = uptime("30 calendar days", least_coverage="80 %")
    evidence = watched(
        "2026-01-01", "2026-01-31", silent=[("2026-01-10", f"2026-01-{10 + silent}")]
    )
    one = figure(measured(promise(term), evidence, "2026-01-31"), "2026-01-01..2026-01-30")

    assert one.unknown == silent * DAY
    assert one.state is state


@pytest.mark.parametrize(
    ("counts", "availability", "lowest", "highest"),
    [
        ("excluded", share(1, 23), share(2, 24), share(59, 24 * 60)),
        ("counts as up", share(1, 24), share(2, 24), share(59, 24 * 60)),
        ("counts as down", share(2, 24), share(2, 24), share(59, 24 * 60)),
    ],
)
def test_unknown_time_counts_as_the_term_says(
    counts: str, availability: Fraction, lowest: Fraction, highest: Fraction
) -> None:
    hour, silence = (
        ("2026-02-01 10:00", "2026-02-01 11:00"),
        ("2026-02-01 12:00", "2026-02-01 13:00"),
    )
    evidence = watched("2026-02-01", "2026-02-02", hour, silent=[silence])
    found = measured(promise(uptime("1 calendar days", unknown=counts)), evidence, "2026-02-02")
    one = figure(found, "2026-02-01..2026-02-01")

    assert (one.down, one.unknown) == (HOUR, HOUR)
    assert one.availability == availability
    assert one.lowest is not None and one.highest is not None
    assert one.lowest == lowest - Fraction(MINUTE, DAY)
    assert one.highest == highest
    assert one.coverage == Fraction(23, 24)


def test_silence_too_short_to_count_is_left_out_of_the_lowest_too() -> None:
    term = uptime("1 calendar days", counts="outages of at least 1 hour")
    silence = [("2026-02-01 12:00", "2026-02-01 12:30")]
    evidence = watched("2026-02-01", "2026-02-02", silent=silence)
    one = figure(measured(promise(term), evidence, "2026-02-02"), "2026-02-01..2026-02-01")

    assert (one.unknown, one.availability, one.lowest) == (30 * MINUTE, ALL, ALL)


def test_silence_beside_an_outage_may_make_it_long_enough_in_the_lowest() -> None:
    term = uptime("1 calendar days", counts="outages of at least 1 hour")
    down = ("2026-02-01 12:00", "2026-02-01 12:40")
    silence = [("2026-02-01 12:40", "2026-02-01 13:10")]
    evidence = watched("2026-02-01", "2026-02-02", down, silent=silence)
    one = figure(measured(promise(term), evidence, "2026-02-02"), "2026-02-01..2026-02-01")

    assert (one.down, one.availability, one.highest) == (0, ALL, ALL)
    assert one.lowest == share(71 * MINUTE, DAY)


def test_a_look_that_was_good_between_two_outages_is_a_break() -> None:
    flapping = [(f"2026-02-01 12:{n:02d}", f"2026-02-01 12:{n + 1:02d}") for n in range(0, 20, 2)]
    term = uptime("1 calendar days", counts="outages of at least 5 minutes")
    evidence = watched("2026-02-01", "2026-02-02", *flapping)
    one = figure(measured(promise(term), evidence, "2026-02-02"), "2026-02-01..2026-02-01")

    assert (one.lowest, one.availability, one.highest) == (ALL, ALL, ALL)


def test_counting_outages_and_the_means_that_follow() -> None:
    one = february(
        uptime(),
        "2026-03-01",
        ("2026-02-03 10:00", "2026-02-03 11:00"),
        ("2026-02-05 10:00", "2026-02-05 10:30"),
    )

    assert len(one.counting) == 2
    assert one.longest == HOUR
    assert one.time_to_restore == 45 * MINUTE
    assert one.time_between_failures == Fraction(FEBRUARY - 90 * MINUTE, 2)


MEAN = uptime(per="mean of parts")


def test_the_mean_of_parts_is_the_mean_of_their_exact_figures() -> None:
    parts = "service: web\nparts: [page, mail]\n"
    evidence = [
        *watched("2026-02-01", "2026-03-01", ("2026-02-03", "2026-02-04"), check="page"),
        *watched("2026-02-01", "2026-02-15", ("2026-02-03", "2026-02-04"), check="mail"),
    ]
    found = measured(agreement(parts, MEAN), evidence, "2026-03-01")
    one = figure(found, "2026-02")

    assert one.availability == (share(1, 28) + share(1, 14)) / 2
    assert (one.down, one.unknown) == (DAY, 7 * DAY)
    assert {"reason.part", "reason.mean"} <= set(ids(one))
    assert one.lowest is not None and one.lowest < one.availability
    assert found.asked == found.figures

    whole = measured(agreement(parts, MEAN), evidence, "2026-03-01", per="service")
    assert figure(whole, "2026-02").availability != one.availability


def test_maintenance_of_the_whole_service_concerns_each_part_of_a_mean() -> None:
    work = ("2026-02-03", "2026-02-04")
    facts = maintained(*work, planned=work, services=["web"])
    term = uptime(per="mean of parts", excludes="[planned maintenance]")
    evidence = [
        *watched("2026-02-01", "2026-03-01", work, check="page"),
        *watched("2026-02-01", "2026-03-01", check="mail"),
    ]
    terms = agreement("service: web\nparts: [page, mail]\n", term)
    one = figure(measured(terms, evidence, "2026-03-01", *facts), "2026-02")

    assert (one.down, one.excluded) == (0, (("planned maintenance", DAY),))


def test_a_budget_of_a_mean_of_parts_is_time_in_which_all_are_down() -> None:
    evidence = [
        *watched("2026-02-01", "2026-03-01", check="page"),
        *watched("2026-02-01", "2026-03-01", check="mail"),
    ]
    terms = ("service: web\nparts: [page, mail]\n", MEAN)
    one = figure(measured(agreement(*terms), evidence, "2026-03-01"), "2026-02")

    assert one.budget_left == ALLOWED


def test_evidence_of_foreign_names_stands_in_for_the_first_service() -> None:
    evidence = [
        *watched("2026-02-01", "2026-03-01", ("2026-02-03", "2026-02-04"), check="Manual (dev)"),
        *watched("2026-02-01", "2026-03-01", check="GitHub"),
    ]
    found = measured(promise(uptime()), evidence, "2026-03-01")

    assert [(one.service, str(one.state)) for one in found.figures] == [
        ("GitHub", "met"),
        ("Manual (dev)", "missed"),
    ]
    assert all("reason.stand-in" in ids(one) for one in found.figures)
    assert found.unused_names == ()


def test_foreign_names_beside_known_ones_are_reported_and_not_counted() -> None:
    evidence = [
        *watched("2026-02-01", "2026-03-01"),
        *watched("2026-02-01", "2026-03-01", check="GitHub"),
    ]
    found = measured(promise(uptime()), evidence, "2026-03-01")

    assert {one.service for one in found.figures} == {"web"}
    assert found.unused_names == ("GitHub",)


def test_a_service_that_only_facts_name_is_reported_too() -> None:
    """A slip of the pen would else leave a judgement, or maintenance, without any effect."""
    facts = [
        fact("outage.judged", "2026-02-05", service="wbe", start=stamp("2026-02-03")),
        fact("outage.reported", "2026-02-05", "outage:2", service="web"),
        *maintained("2026-02-07", "2026-02-08", services=["web", "mali"]),
    ]
    named = measured(promise(uptime()), watched("2026-02-01", "2026-03-01"), "2026-03-01", *facts)
    foreign = watched("2026-02-01", "2026-03-01", check="wbe")
    stands_in = measured(promise(uptime()), foreign, "2026-03-01", *facts)

    assert named.unused_names == ("mali", "wbe")
    assert stands_in.unused_names == ("mali",)


def test_names_that_another_agreement_knows_are_not_foreign() -> None:
    other = agreement(
        "service: power\n", uptime(of="power").replace("uptime", "supply"), name="other"
    )
    found = measured([promise(uptime()), other], watched("2026-02-01", "2026-03-01"), "2026-03-01")

    assert [(one.service, str(one.state)) for one in found.figures] == [
        ("power", "unknown"),
        ("web", "met"),
    ]


def test_what_an_agreement_promises_nothing_of_is_only_measured() -> None:
    evidence = watched("2026-02-01", "2026-03-01", ("2026-02-03", "2026-02-04"), check="GitHub")
    found = measured(agreement("service: desk\n"), evidence, "2026-03-01")
    (one,) = found.figures

    assert (one.key, one.target, str(one.state)) == (
        "service:GitHub/uptime/2026-02",
        None,
        "not owed",
    )
    assert one.availability == share(1, 28)
    assert "reason.nothing-promised" in ids(one)


READINGS = """\
open: zone-of-month
of: uptime
states: every month
leaves out: the zone
"""


def test_a_figure_shows_the_readings_and_gaps_that_it_leans_on() -> None:
    seen = "evidence: seen\nof: web\nsources: {checks: every 1 minute}\n"
    seen += "interpretation: [How often is ours.]\n"
    term = uptime() + "interpretation: [A month is one in Oslo.]\n"
    evidence = watched("2026-02-01", "2026-03-01", ("2026-02-03", "2026-02-04"))
    one = figure(measured(promise(READINGS, seen, term), evidence, "2026-03-01"), "2026-02")

    texts = [str(reason.data["text"]) for reason in one.because if "text" in reason.data]
    assert texts == ["A month is one in Oslo.", "How often is ours."]
    (gap,) = (reason for reason in one.because if reason.id == "reason.left-open")
    assert (gap.data["term"], gap.data["leaves_out"]) == ("zone-of-month", "the zone")


def test_every_reason_has_words_in_every_language() -> None:
    one = february(uptime(), "2026-03-01", ("2026-02-03", "2026-02-04"))

    for language in LANGUAGES:
        texts = [Reader(language).text(reason) for reason in one.because]
        assert all(texts) and not any("reason." in text or "{" in text for text in texts)


def test_a_locked_agreement_measures_the_same() -> None:
    window = "window: nights\nzone: America/New_York\nhours: {sun: 01:00-04:00}\n"
    term = uptime(excludes="[standing windows]", zone="Asia/Tokyo")
    given = promise(window, term)
    evidence = watched("2026-02-01", "2026-04-01", ("2026-03-08 06:00", "2026-03-08 12:00"))

    assert measured(given, evidence, "2026-04-01").figures == (
        measured(unlock(lock(given)), evidence, "2026-04-01").figures
    )


def test_a_service_that_nothing_is_promised_of_is_measured_with_its_parts() -> None:
    evidence = [
        *watched("2026-02-01", "2026-03-01", ("2026-02-03", "2026-02-04"), check="page"),
        *watched("2026-02-01", "2026-03-01", check="other"),
    ]
    terms = "service: web\nparts: [page]\ndown when: any part is down\n"
    found = measured(agreement(terms), evidence, "2026-03-01")

    assert [(one.service, one.down) for one in found.figures] == [("web", DAY)]
    assert found.unused_names == ("other",)


def test_many_outages_are_told_in_part_and_counted_in_full() -> None:
    down = [
        (f"2026-02-{day:02d} {hour:02d}:00", f"2026-02-{day:02d} {hour:02d}:01")
        for day in range(1, 9)
        for hour in range(8)
    ]
    one = february(uptime(), "2026-03-01", *down)

    assert len(one.outages) == 64
    assert ids(one).count("reason.outage") == 60
    (more,) = (reason for reason in one.because if reason.id == "reason.outages-more")
    assert more.data["count"] == 4
