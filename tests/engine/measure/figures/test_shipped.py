"""The shipped agreements, from evidence and facts to the figures that their rows ask for."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.engine.measure.figures.watch import (
    ALL,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    figure,
    ids,
    joined,
    measured,
    share,
    us,
    watched,
    whys,
)
from tests.engine.pages import fact

from uphold.agreement import Agreement, load_agreement
from uphold.engine.measure.exclusion_words import exclusion_words
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.measuring import Measured
from uphold.engine.verdict import State
from uphold.facts import Fact, make_fact
from uphold.facts.evidence import Run
from uphold.messages import Reader

UTC = ZoneInfo("UTC")


@pytest.fixture(scope="module")
def shipped(repository: Path) -> dict[str, Agreement]:
    """The shipped agreements by name."""
    names = ("easymeeting", "lifesize", "connexys", "biztek")
    return {name: load_agreement(repository / "agreements" / f"{name}.md") for name in names}


def utc(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def reasons(one: Figure, term: str) -> list[str]:
    """The ids of the reasons that name a term."""
    return [reason.id for reason in one.because if reason.data.get("term") == term]


# -- Lifesize -----------------------------------------------------------------------------------

EXTREME = fact(
    "customer.agreed",
    "2024-01-10",
    "customer:acme",
    account="acme-1",
    plan="extreme-support",
)
SECOND_ACCOUNT = fact(
    "customer.agreed",
    "2024-01-10",
    "customer:beta",
    account="beta-1",
    plan="extreme-support",
)


def calls(
    *down: tuple[datetime, datetime], check: str = "start-call", every: int = MINUTE
) -> list[Run]:
    """March 2024 of a cloud service: one of its two checks fails at times, the other never."""
    since, until = utc("2024-02-29 23:00"), utc("2024-04-01 01:00")
    other = {"start-call": "sign-in", "sign-in": "start-call"}[check]
    failing = watched(since, until, *down, check=check, every=every)
    return joined(failing, watched(since, until, check=other, every=every))


def march(agreement: Agreement, evidence: list[Run], *facts: Fact) -> Measured:
    """All that is measured at the end of March 2024."""
    return measured(agreement, evidence, utc("2024-04-01 01:00"), EXTREME, *facts)


def work(kind: str, start: str, end: str, **scope: Any) -> list[Fact]:
    """Maintenance of a kind, as planned, in UTC."""
    times = {"start": utc(start).isoformat(), "end": utc(end).isoformat()}
    subject = f"maintenance:{kind}"
    plan = make_fact("maintenance.planned", utc("2020-09-24"), subject, kind=kind, **times, **scope)
    return [
        plan,
        make_fact("maintenance.started", utc(start), subject),
        make_fact("maintenance.ended", utc(end), subject),
    ]


@pytest.mark.requirement("L1")
def test_lifesize_99_9_of_a_calendar_month_in_utc_as_an_endeavour(
    shipped: dict[str, Agreement],
) -> None:
    allowed = timedelta(minutes=44)  # 0.1 % of 31 days is 44 min 38.4 s
    start = utc("2024-03-31 23:10")
    found = march(shipped["lifesize"], calls((start, start + allowed)))
    one = figure(found, "2024-03")

    assert (one.window.start, one.window.end) == (us(utc("2024-03-01")), us(utc("2024-04-01")))
    assert (one.down, one.owed) == (44 * MINUTE, 31 * DAY)
    assert (one.state, one.standing) == (State.MET, "endeavour")
    assert one.budget_left == 38 * SECOND + 400_000

    longer = march(shipped["lifesize"], calls((start, start + allowed + timedelta(minutes=1))))
    assert figure(longer, "2024-03").state is State.MISSED


@pytest.mark.requirement("L2")
@pytest.mark.parametrize("check", ["sign-in", "start-call"])
def test_lifesize_is_down_when_either_of_two_things_cannot_be_done(
    shipped: dict[str, Agreement], check: str
) -> None:
    hour = (utc("2024-03-05 10:00"), utc("2024-03-05 11:00"))
    one = figure(march(shipped["lifesize"], calls(hour, check=check)), "2024-03")

    assert one.down == HOUR
    assert "reason.interpretation" in reasons(one, "cloud-service")


@pytest.mark.requirement("L3")
def test_lifesize_counts_five_minutes_without_a_break_for_each_account_hit(
    shipped: dict[str, Agreement],
) -> None:
    short = (utc("2024-03-05 10:00"), utc("2024-03-05 10:04:59"))
    long = (utc("2024-03-06 10:00"), utc("2024-03-06 10:05"))
    for_one = make_fact(
        "outage.reported",
        utc("2024-03-06 10:01"),
        "outage:7",
        service="cloud-service",
        start=long[0].isoformat(),
        end=long[1].isoformat(),
        accounts=["beta-1"],
    )
    evidence = calls(short, long, every=SECOND)

    found = march(shipped["lifesize"], evidence, SECOND_ACCOUNT)
    for account in ("acme-1", "beta-1"):
        one = figure(found, "2024-03", account=account)
        assert (one.down, whys(one)) == (5 * MINUTE, ["outage.too-short", "outage.counts"])

    scoped = march(shipped["lifesize"], evidence, SECOND_ACCOUNT, for_one)
    assert figure(scoped, "2024-03", account="acme-1").down == 0
    assert figure(scoped, "2024-03", account="beta-1").down == 5 * MINUTE


@pytest.mark.requirement("L4")
@pytest.mark.parametrize(
    ("kind", "excluded"),
    [("planned", True), ("emergency", True), ("requested", True), ("unplanned", False)],
)
def test_lifesize_leaves_out_three_kinds_of_maintenance(
    shipped: dict[str, Agreement], kind: str, excluded: bool
) -> None:
    hour = (utc("2024-03-05 10:00"), utc("2024-03-05 11:00"))
    facts = work(kind, "2024-03-05 10:00", "2024-03-05 11:00")
    one = figure(march(shipped["lifesize"], calls(hour), *facts), "2024-03")

    assert (one.down, one.owed) == ((0, 31 * DAY - HOUR) if excluded else (HOUR, 31 * DAY))
    assert one.state is (State.MET if excluded else State.MISSED)


@pytest.mark.requirement("L6")
def test_lifesize_promises_only_to_one_plan_and_names_what_prevails(
    shipped: dict[str, Agreement],
) -> None:
    other = fact(
        "customer.agreed", "2024-01-10", "customer:beta", account="beta-1", plan="standard"
    )
    found = march(shipped["lifesize"], calls(), other)

    assert figure(found, "2024-03", account="acme-1").state is State.MET
    beta = figure(found, "2024-03", account="beta-1")
    assert beta.state is State.NOT_OWED
    assert "reason.not-owed" in reasons(beta, "extreme-plan")
    assert "reason.left-open" in reasons(beta, "official-agreement")


# -- Easymeeting --------------------------------------------------------------------------------

YEAR = "2020-10..2021-09"
ALLOWED = 365 * DAY // 100
"""1 % of 365 days: 87 hours 36 minutes."""


def year(*down: tuple[str, str], check: str = "meeting-servers") -> list[Run]:
    """October 2020 to September 2021: checks and the component's log, which agree."""
    stretch = ("2020-10-01", "2021-10-01")
    return joined(
        watched(*stretch, *down, check=check, every=5 * MINUTE),
        watched(*stretch, *down, check=check, every=MINUTE, kind="logs", source="log"),
    )


def easymeeting(agreement: Agreement, evidence: list[Run], *facts: Fact) -> Figure:
    """The year of the licence."""
    found = measured(agreement, evidence, "2021-10-01", *facts)
    return figure(found, YEAR, service="licence")


@pytest.mark.requirement("E12")
def test_easymeeting_is_at_least_99_0_over_12_months_service_by_service(
    shipped: dict[str, Agreement],
) -> None:
    start = datetime(2021, 1, 4, tzinfo=ZoneInfo("Europe/Oslo"))
    for more, state in ((0, State.MET), (1, State.MISSED)):
        end = start + timedelta(microseconds=ALLOWED) + timedelta(minutes=more)
        down = (start.isoformat(sep=" ")[:16], end.isoformat(sep=" ")[:16])
        one = easymeeting(shipped["easymeeting"], year(down))
        assert one.down == ALLOWED + more * MINUTE
        assert (one.state, one.owed) == (state, 365 * DAY)

    other = measured(shipped["easymeeting"], year(down), "2021-10-01")
    assert figure(other, YEAR, service="cloud-connect").state is State.UNKNOWN


@pytest.mark.requirement("E12", "E7")
@pytest.mark.parametrize(
    ("kind", "excluded"),
    [("planned", True), ("unplanned", True), ("requested", True), ("emergency", False)],
)
def test_easymeeting_excepts_planned_and_unplanned_maintenance(
    shipped: dict[str, Agreement], kind: str, excluded: bool
) -> None:
    facts = work(kind, "2021-02-02 01:00", "2021-02-02 05:00")
    down = ("2021-02-02 02:00", "2021-02-02 06:00")  # the same four hours, in Oslo
    one = easymeeting(shipped["easymeeting"], year(down), *facts)

    assert one.down == (0 if excluded else 4 * HOUR)
    assert one.owed == (365 * DAY - 4 * HOUR if excluded else 365 * DAY)
    assert one.availability == (ALL if excluded else share(4 * HOUR, 365 * DAY))


@pytest.mark.requirement("E7")
def test_easymeetings_windows_count_for_whom_they_were_arranged(
    shipped: dict[str, Agreement],
) -> None:
    down = ("2021-02-02 02:00", "2021-02-02 06:00")
    stretch = ("2021-02-02 01:00", "2021-02-02 05:00")
    scopes: tuple[dict[str, Any], ...] = ({"services": ["cloud-connect"]}, {"accounts": ["nord"]})
    for scope in scopes:
        one = easymeeting(shipped["easymeeting"], year(down), *work("planned", *stretch, **scope))
        assert (one.down, one.excluded) == (4 * HOUR, ())
    mine = work("planned", *stretch, services=["licence"])
    one = easymeeting(shipped["easymeeting"], year(down), *mine)
    assert (one.down, one.excluded) == (0, (("planned maintenance", 4 * HOUR),))
    assert "reason.interpretation" in reasons(one, "arranged")


@pytest.mark.requirement("E6", "E7")
@pytest.mark.parametrize(
    "cause", ["beyond-control", "third-party", "connection", "misuse", "unsupported", "content"]
)
def test_easymeeting_does_not_answer_for_causes_of_others(
    shipped: dict[str, Agreement], cause: str
) -> None:
    judged = fact("outage.judged", "2021-02-03", service="licence", cause=cause)
    reported = fact(
        "outage.reported",
        "2021-02-02 03:00",
        service="licence",
        start="2021-02-02T02:00:00+01:00",
        end="2021-02-02T06:00:00+01:00",
    )
    down = ("2021-02-02 02:00", "2021-02-02 06:00")
    one = easymeeting(shipped["easymeeting"], year(down), reported, judged)

    assert (one.down, one.excluded) == (0, ((f"cause {cause}", 4 * HOUR),))
    told = [reason for reason in one.because if reason.id == "reason.excluded-time"]
    assert [(each.data["kind"], each.data["clause"]) for each in told] == [
        (exclusion_words(f"cause {cause}"), one.clause)
    ]


# -- Connexys -----------------------------------------------------------------------------------


def servers(*down: tuple[str, str]) -> list[Run]:
    """March 2026 as an instrument saw it that looks every 15 minutes."""
    return watched("2026-03-01", "2026-04-01", *down, check="server-activity", every=15 * MINUTE)


@pytest.mark.requirement("C5")
def test_connexys_looks_every_15_minutes_and_shows_what_that_leaves_open(
    shipped: dict[str, Agreement],
) -> None:
    down = ("2026-03-10 10:00", "2026-03-10 11:00")
    found = measured(shipped["connexys"], servers(down), "2026-04-01")
    one = figure(found, "2026-03")

    month = 31 * DAY - HOUR
    (outage,) = one.outages
    assert outage.span == (us(down[0]), us(down[1]))
    assert one.availability == share(HOUR, month)
    assert one.lowest == share(75 * MINUTE, month)
    assert one.highest == share(45 * MINUTE, month)
    assert "reason.bounds" in ids(one)
    assert "reason.interpretation" in reasons(one, "measured-automatically")


@pytest.mark.requirement("C6")
def test_connexys_is_up_99_5_of_a_month_round_the_clock_in_dutch_time(
    shipped: dict[str, Agreement],
) -> None:
    month = 31 * DAY - HOUR
    three_quarters = ("2026-03-07 00:00", "2026-03-07 03:30")
    met = figure(measured(shipped["connexys"], servers(three_quarters), "2026-04-01"), "2026-03")
    assert (met.owed, met.state) == (month, State.MET)
    assert met.availability == share(210 * MINUTE, month)

    longer = ("2026-03-07 00:00", "2026-03-07 03:45")
    missed = figure(measured(shipped["connexys"], servers(longer), "2026-04-01"), "2026-03")
    assert missed.state is State.MISSED
    assert missed.availability is not None and missed.availability < Fraction(995, 1000)
    assert "reason.interpretation" in reasons(missed, "monthly-uptime")


# -- all of them --------------------------------------------------------------------------------


@pytest.mark.requirement("X2", "X3")
def test_every_figure_explains_itself_with_clause_revision_facts_and_arithmetic(
    shipped: dict[str, Agreement],
) -> None:
    hour = (utc("2024-03-05 10:00"), utc("2024-03-05 11:00"))
    facts = work("planned", "2024-03-05 10:30", "2024-03-05 11:00")
    one = figure(march(shipped["lifesize"], calls(hour), *facts), "2024-03")

    assert (one.clause, one.revision) == ("uptime", 1)
    assert {
        "reason.window",
        "reason.excluded-time",
        "reason.maintenance",
        "reason.owed-without",
        "reason.outage",
        "reason.downtime",
        "reason.share",
        "reason.target-met",
        "reason.left-open",
        "reason.interpretation",
    } <= set(ids(one))
    (maintenance,) = (each for each in one.because if each.id == "reason.maintenance")
    assert maintenance.data["fact"] == facts[0].id
    story = [Reader("en").text(reason) for reason in one.because]
    assert any("743 h 30 min" in line and "30 minutes" in line for line in story)


def test_the_agreements_without_a_promise_of_availability_only_measure(
    shipped: dict[str, Agreement],
) -> None:
    evidence = watched("2026-03-01", "2026-04-01", ("2026-03-10", "2026-03-11"), check="Manual")
    found = measured(shipped["biztek"], evidence, "2026-04-01")
    (one,) = found.figures

    assert (one.service, one.down, one.state) == ("Manual", DAY, State.NOT_OWED)
