"""Twelve months ending with each month, and where the next begins once one earned a credit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    HOUR,
    NONE,
    figure,
    ids,
    joined,
    measured,
    promise,
    share,
    stamp,
    uptime,
    us,
    watched,
)
from tests.engine.pages import at, fact

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.figure import Figure
from uphold.engine.settle import settle
from uphold.engine.verdict import State

YEARLY = uptime("12 months", "99.0")
EARLY = {"posted": "2024-01-01T00:00:00+01:00"}
FOUR_DAYS = ("2026-06-10", "2026-06-14")


def earns(agreement: Agreement, one: Figure) -> bool:
    """A credit for each missed window."""
    assert agreement.term(one.term) is not None
    return True


def states(found: object) -> dict[str, str]:
    """What became of each window."""
    figures: tuple[Figure, ...] = found.figures  # type: ignore[attr-defined]
    return {one.window.label: str(one.state) for one in figures}


def test_a_year_over_a_leap_day_has_366_days() -> None:
    evidence = watched("2027-03-01", "2028-03-01", ("2028-02-29", "2028-03-01"))
    found = measured(promise(YEARLY, **EARLY), evidence, "2028-03-01")
    one = figure(found, "2027-03..2028-02")

    assert one.owed == 366 * DAY
    assert one.availability == share(DAY, 366 * DAY)


def test_a_year_that_would_begin_before_the_account_is_not_owed() -> None:
    evidence = watched("2025-02-01", "2026-04-01")
    term = uptime("12 months", per="account")
    agreed = fact("customer.agreed", "2025-02-10", "customer:acme", account="acme-1")
    found = measured(promise(term, **EARLY), evidence, "2026-04-01", agreed)

    told = states(found)
    assert told["2025-02..2026-01"] == "not owed" == told["2024-03..2025-02"]
    assert told["2025-03..2026-02"] == "met"
    assert "reason.before-account" in ids(figure(found, "2025-02..2026-01"))


def test_one_outage_earns_one_yearly_credit() -> None:
    evidence = watched("2025-07-01", "2028-02-01", FOUR_DAYS)
    found = measured(promise(YEARLY, **EARLY), evidence, "2028-02-01", earns=earns)

    told = states(found)
    assert [label for label, state in told.items() if state == "missed"] == ["2025-07..2026-06"]
    assert told["2025-08..2026-07"] == told["2026-06..2027-05"] == "not owed"
    assert told["2026-07..2027-06"] == "met"
    assert "reason.after-credit" in ids(figure(found, "2025-08..2026-07"))


def test_a_miss_that_earns_nothing_moves_no_window() -> None:
    evidence = watched("2025-07-01", "2027-08-01", FOUR_DAYS)
    found = measured(promise(YEARLY, **EARLY), evidence, "2027-08-01")

    missed = [label for label, state in states(found).items() if state == "missed"]
    assert len(missed) == 12
    assert (missed[0], missed[-1]) == ("2025-07..2026-06", "2026-06..2027-05")


def test_windows_that_may_overlap_do() -> None:
    term = uptime("12 months", "99.0", after_credit="overlaps")
    evidence = watched("2025-07-01", "2027-08-01", FOUR_DAYS)
    found = measured(promise(term, **EARLY), evidence, "2027-08-01", earns=earns)

    assert list(states(found).values()).count("missed") == 12


def test_the_window_behind_a_credited_one_runs_from_there() -> None:
    evidence = watched("2025-07-01", "2026-10-11", FOUR_DAYS)
    found = measured(promise(YEARLY, **EARLY), evidence, "2026-10-11", earns=earns)
    last = found.figures[-1]

    assert last.window.label == "2026-07..2027-06"
    assert (last.window.start, last.window.end) == (us("2026-07-01"), us("2026-10-11"))
    assert last.state is State.RUNNING
    assert last.window.partial


def test_a_window_that_still_runs_earns_nothing_yet() -> None:
    evidence = watched("2025-07-01", "2026-06-20", FOUR_DAYS)
    found = measured(promise(YEARLY, **EARLY), evidence, "2026-06-20", earns=earns)

    assert states(found)["2025-07..2026-06"] == "missed"
    assert "reason.beyond-reach" in ids(figure(found, "2025-07..2026-06"))


def test_months_alone_do_not_wait_for_each_other() -> None:
    evidence = watched("2026-01-01", "2026-03-01", ("2026-01-31 12:00", "2026-02-01 12:00"))
    found = measured(promise(uptime()), evidence, "2026-03-01", earns=earns)

    assert states(found) == {"2026-01": "missed", "2026-02": "missed"}


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        (("2026-02-01", "2026-03-01"), ["2026-02"]),
        (("2026-01-01", "2026-03-01"), ["2026-01", "2026-02"]),
        (("2026-02-01", "2026-02-20"), ["2026-02"]),
        (("2026-03-01", "2026-04-01"), ["2026-03"]),
    ],
)
def test_what_is_asked_for_selects_windows(asked: tuple[str, str], labels: list[str]) -> None:
    evidence = watched("2026-01-01", "2026-03-20", ("2026-02-10", "2026-02-10 01:00"))
    found = measured(promise(uptime()), evidence, "2026-03-20", asked=asked)

    assert [one.window.label for one in found.asked] == labels


def test_what_runs_at_the_end_of_what_is_asked_is_cut_there() -> None:
    evidence = watched("2026-01-01", "2026-03-20", ("2026-02-19 23:00", "2026-02-20 02:00"))
    asked = ("2026-02-01", "2026-02-20")
    (one,) = measured(promise(uptime()), evidence, "2026-03-20", asked=asked).asked

    assert (one.window.end, one.down, one.owed) == (us("2026-02-20"), HOUR, 19 * DAY)
    assert one.outages[0].span[1] == us("2026-02-20 02:00")


def test_a_month_asked_for_selects_the_year_that_ends_with_it() -> None:
    evidence = watched("2025-01-01", "2026-03-20")
    found = measured(
        promise(YEARLY, uptime("contract year").replace("uptime", "contract"), **EARLY),
        evidence,
        "2026-03-20",
        asked=("2026-02-01", "2026-03-01"),
    )

    assert [one.window.label for one in found.asked] == [
        "2025-03..2026-02",
        "2026-01-01..2026-12-31",
    ]
    assert found.asked[1].window.end == us("2026-03-01")


def test_a_window_asked_for_without_evidence_is_unknown() -> None:
    found = measured(promise(uptime()), [], "2026-03-20", asked=("2026-02-01", "2026-03-01"))
    (one,) = found.asked

    assert (one.state, one.availability) == (State.UNKNOWN, None)
    assert (one.lowest, one.highest, one.coverage) == (NONE, ALL, NONE)
    assert "reason.no-evidence" in ids(one)


def test_without_evidence_and_without_asking_there_is_nothing() -> None:
    assert measured(promise(uptime()), [], "2026-03-20").figures == ()


def test_the_history_before_what_is_asked_is_there_for_caps() -> None:
    evidence = watched("2026-01-01", "2026-03-20")
    found = measured(promise(uptime()), evidence, "2026-03-20", asked=("2026-02-01", "2026-03-01"))

    assert [one.window.label for one in found.figures] == ["2026-01", "2026-02"]


def test_windows_add_up_to_what_they_make_together() -> None:
    down = [
        ("2026-01-31 20:00", "2026-02-01 04:00"),
        ("2026-03-28 23:00", "2026-03-29 05:00"),
    ]
    silent = [("2026-02-10", "2026-02-11")]
    evidence = watched("2026-01-01", "2026-04-01", *down, silent=silent)
    quarterly = uptime("calendar quarter").replace("uptime", "quarterly")
    found = measured(promise(uptime(), quarterly), evidence, "2026-04-01")

    months = [one for one in found.figures if one.term == "uptime"]
    (quarter,) = (one for one in found.figures if one.term == "quarterly")
    for name in ("owed", "down", "unknown"):
        assert getattr(quarter, name) == sum(getattr(one, name) for one in months)
    assert quarter.availability == 1 - Fraction(quarter.down, quarter.owed - quarter.unknown)


def test_no_window_begins_behind_a_credited_one_for_an_account_that_has_left() -> None:
    evidence = watched("2025-07-01", "2026-10-11", FOUR_DAYS)
    term = uptime("12 months", "99.0", per="account")
    agreed = fact(
        "customer.agreed",
        "2025-07-01",
        "customer:acme",
        account="acme-1",
        until=stamp("2026-07-01"),
    )
    found = measured(promise(term, **EARLY), evidence, "2026-10-11", agreed, earns=earns)

    assert found.figures[-1].window.label == "2025-07..2026-06"
    assert found.figures[-1].state is State.MISSED


def test_no_window_runs_behind_a_credited_one_while_the_account_is_away() -> None:
    evidence = watched("2025-07-01", "2026-10-11", FOUR_DAYS)
    term = uptime("12 months", "99.0", per="account")
    stays = [("2025-07-01", "2026-07-01"), ("2026-12-01", "2027-12-01")]
    lives = [
        fact(
            "customer.agreed",
            "2025-07-01",
            "customer:acme",
            account="acme-1",
            **{"from": stamp(begin), "until": stamp(end)},
        )
        for begin, end in stays
    ]
    found = measured(promise(term, **EARLY), evidence, "2026-10-11", *lives, earns=earns)

    assert states(found)["2025-07..2026-06"] == "missed"
    assert "running" not in states(found).values()


def test_one_outage_earns_one_yearly_credit_from_evidence_to_money(repository: Path) -> None:
    """Ten days in January 2028 miss every year that holds them; only the first is credited."""
    harbour = load_agreement(repository / "agreements" / "examples" / "harbour.md")
    since, until = "2027-02-01", "2029-04-01"
    outage = ("2028-01-10", "2028-01-20")
    checks = [
        watched(since, until, *down, check=check, source=place)
        for place in ("oslo", "boston")
        for check, down in (("sign-in", [outage]), ("place-call", []))
    ]
    agreed = fact(
        "customer.agreed", "2027-02-01 10:00", "customer:acme", account="acme-1", fee="100.00 EUR"
    )
    found = settle([harbour], [agreed], joined(*checks), at(until))

    years = {
        one.window.label: str(one.state) for one in found.history if one.term == "yearly-uptime"
    }
    assert [label for label, state in years.items() if state == "missed"] == ["2027-03..2028-02"]
    assert years["2028-02..2029-01"] == "not owed"
    assert years["2028-03..2029-02"] == "met"
    owed = [each for each in found.all_credits if each.term == "yearly-credit"]
    assert [(each.window.label, each.amount) for each in owed] == [
        ("2027-03..2028-02", Decimal("2.50"))
    ]
