"""Easymeeting's agreement on facts: backups, maintenance and emergencies."""

from __future__ import annotations

import pytest
from tests.agreements.easymeeting import FILE, at, fact, judge, local

from uphold.agreement import Agreement, load_agreement
from uphold.engine import evaluate
from uphold.facts import Fact

EVERYBODY = ("customers", "partners", "resellers")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


# -- backups


def backup(number: int, time: str) -> Fact:
    return fact("backup.taken", time, f"backup:{number}", set="core")


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    ("second", "state"), [("2020-10-11 02:00", "met"), ("2020-10-11 02:00:01", "missed")]
)
def test_the_register_of_backups_is_judged_weekly(
    agreement: Agreement, second: str, state: str
) -> None:
    taken = [backup(1, "2020-10-04 02:00"), backup(2, second)]
    verdicts = evaluate([agreement], taken, at("2020-10-11 12:00"))
    verdict = verdicts.of("register:core", "weekly-backup.taken")[0]
    assert (verdict.state, verdict.due) == (state, at("2020-10-11 02:00"))
    assert verdict.stopped == at(second)


@pytest.mark.requirement("E5")
@pytest.mark.parametrize(
    ("deleted", "state"), [("2020-10-24 02:00", "met"), ("2020-10-24 01:59:59", "missed")]
)
def test_a_backup_is_kept_for_twenty_days(agreement: Agreement, deleted: str, state: str) -> None:
    facts = [backup(1, "2020-10-04 02:00"), fact("backup.deleted", deleted, "backup:1")]
    verdict = judge(agreement, "2020-10-24 12:00", facts)["weekly-backup.kept"]
    assert (verdict.state, verdict.due) == (state, at("2020-10-24 02:00"))


# -- maintenance and emergencies


def planned(kind: str, time: str, start: str = "2020-10-19 22:00") -> Fact:
    return fact("maintenance.planned", time, "maintenance:1", kind=kind,
                start=local(start), end=local("2020-10-23 02:00"))  # fmt: skip


def announced(time: str, to: tuple[str, ...] = EVERYBODY) -> Fact:
    return fact("maintenance.announced", time, "maintenance:1", to=to)


@pytest.mark.requirement("E5", "E9a")
@pytest.mark.parametrize(
    ("schedule", "announcement", "to", "states"),
    [
        ("2020-10-05 22:00", "2020-10-12 22:00", EVERYBODY, ("met", "met")),
        ("2020-10-05 22:00:01", "2020-10-12 22:00", EVERYBODY, ("missed", "met")),
        ("2020-10-05 22:00", "2020-10-12 22:00:01", EVERYBODY, ("met", "missed")),
        ("2020-10-05 22:00", "2020-10-12 22:00", ("customers", "partners"), ("met", "missed")),
    ],
)
def test_planned_maintenance_is_scheduled_and_announced_to_all_in_time(
    agreement: Agreement,
    schedule: str,
    announcement: str,
    to: tuple[str, ...],
    states: tuple[str, str],
) -> None:
    facts = [planned("planned", schedule), announced(announcement, to)]
    judged = judge(agreement, "2020-10-13 12:00", facts)
    assert (
        judged["planned-maintenance.scheduled"].state,
        judged["planned-maintenance.announced"].state,
    ) == states
    assert judged["planned-maintenance.scheduled"].due == at("2020-10-05 22:00")
    assert judged["planned-maintenance.announced"].due == at("2020-10-12 22:00")


@pytest.mark.requirement("E9a")
def test_while_planning_it_shows_by_when_the_announcement_must_go_out(
    agreement: Agreement,
) -> None:
    judged = judge(agreement, "2020-10-12 21:00", [planned("planned", "2020-10-05 22:00")])
    assert judged["planned-maintenance.announced"].state == "running"
    assert judged["planned-maintenance.announced"].due == at("2020-10-12 22:00")


@pytest.mark.requirement("E9a")
def test_a_new_planned_start_is_scheduled_and_announced_anew(agreement: Agreement) -> None:
    moved = fact("maintenance.changed", "2020-10-13 10:00", "maintenance:1",
                 start=local("2020-10-22 22:00"), end=local("2020-10-23 02:00"))  # fmt: skip
    facts = [planned("planned", "2020-10-05 22:00"), announced("2020-10-12 12:00"), moved]
    verdicts = evaluate([agreement], facts, at("2020-10-16 10:00"))
    scheduled = verdicts.of("maintenance:1", "planned-maintenance.scheduled")[-1]
    again = verdicts.of("maintenance:1", "planned-maintenance.announced")[-1]
    assert (scheduled.state, scheduled.due) == ("missed", at("2020-10-08 22:00"))
    assert (again.state, again.due) == ("missed", at("2020-10-15 22:00"))


@pytest.mark.requirement("E9b")
@pytest.mark.parametrize(
    ("announcement", "state"), [("2020-10-11 00:30", "met"), ("2020-10-11 00:30:01", "missed")]
)
def test_unplanned_maintenance_is_announced_at_once(
    agreement: Agreement, announcement: str, state: str
) -> None:
    facts = [planned("unplanned", "2020-10-10 23:30"), announced(announcement, ("customers",))]
    judged = judge(agreement, "2020-10-11 12:00", facts)
    assert judged["unplanned-maintenance.announced"].state == state
    assert judged["unplanned-maintenance.announced"].due == at("2020-10-11 00:30")


@pytest.mark.requirement("E9c")
@pytest.mark.parametrize(
    ("failure", "announcement", "to", "due", "state"),
    [
        ("2020-10-05 10:00", "2020-10-05 23:59:59", EVERYBODY, "2020-10-06 00:00", "met"),
        ("2020-10-05 10:00", "2020-10-06 00:00:01", EVERYBODY, "2020-10-06 00:00", "missed"),
        ("2020-10-05 10:00", "2020-10-05 12:00", ("customers",), "2020-10-06 00:00", "missed"),
        ("2020-10-05 16:00", "2020-10-06 16:00", EVERYBODY, "2020-10-06 16:00", "met"),
        ("2020-10-10 10:00", "2020-10-12 16:00", EVERYBODY, "2020-10-12 16:00", "met"),
        ("2020-10-10 10:00", "2020-10-12 16:00:01", EVERYBODY, "2020-10-12 16:00", "missed"),
    ],
)
def test_an_emergency_is_announced_that_day_or_out_of_hours_the_next_business_day(
    agreement: Agreement, failure: str, announcement: str, to: tuple[str, ...], due: str, state: str
) -> None:
    facts = [
        fact("outage.reported", failure, "outage:1", service="licence", kind="emergency"),
        fact("outage.announced", announcement, "outage:1", to=to),
    ]
    verdict = judge(agreement, "2020-10-13 12:00", facts)["emergency-service.announced"]
    assert (verdict.state, verdict.due) == (state, at(due))


def test_a_failure_that_is_no_emergency_has_no_such_notice(agreement: Agreement) -> None:
    failure = fact("outage.reported", "2020-10-05 10:00", "outage:1", service="licence")
    judged = judge(agreement, "2020-10-06 12:00", [failure])
    assert "emergency-service.announced" not in {verdict.clock for verdict in judged.verdicts}
