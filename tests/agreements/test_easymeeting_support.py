"""Easymeeting's agreement on facts: hours, channels and the time to respond."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.agreements.easymeeting import FILE, at, customer, fact, judge, local, opened

from uphold.agreement import Agreement, load_agreement
from uphold.facts import Fact


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return load_agreement(FILE)


# -- hours and channels


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("region", "due"),
    [("europe", "2020-10-06 10:00"), ("america", "2020-10-05 22:00")],
)
def test_each_region_has_its_own_desk(agreement: Agreement, region: str, due: str) -> None:
    facts = [customer(region=region), opened()]
    verdict = judge(agreement, "2020-10-05 12:00", facts)["response"]
    assert verdict.due == at(due)


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("channel", "time", "term"),
    [
        ("telephone", "2020-10-05 16:00", "telephone-out-of-hours"),
        ("telephone", "2020-10-10 12:00", "telephone-out-of-hours"),
        ("chat", "2020-10-05 10:00", "chat"),
        ("on-site", "2020-10-05 10:00", "on-site"),
    ],
)
def test_some_channels_are_best_effort(
    agreement: Agreement, channel: str, time: str, term: str
) -> None:
    facts = [customer(), opened(time, channel=channel)]
    verdict = judge(agreement, "2020-10-13 12:00", facts)["response"]
    assert verdict.state == "not owed"
    assert verdict.leans_on(term)


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(
    ("channel", "time", "due"),
    [
        ("telephone", "2020-10-05 15:59:59", "2020-10-06 15:59:59"),
        ("telephone", "2020-10-06 08:00", "2020-10-06 16:00"),
        ("e-mail", "2020-10-10 12:00", "2020-10-12 16:00"),
        ("portal", "2020-10-10 12:00", "2020-10-12 16:00"),
    ],
)
def test_other_requests_are_promised_in_office_hours(
    agreement: Agreement, channel: str, time: str, due: str
) -> None:
    judged = judge(agreement, "2020-10-13 12:00", [customer(), opened(time, channel=channel)])
    assert (judged["response"].state, judged["response"].due) == ("missed", at(due))


@pytest.mark.requirement("E10")
def test_the_24x7_addition_changes_the_calendar_of_telephone_calls_alone(
    agreement: Agreement,
) -> None:
    added = fact("customer.added", "2020-10-01 00:00", "customer:nord", account="nord",
                 addition="24x7", service="licence")  # fmt: skip

    def due(**rest: object) -> datetime | None:
        facts = [customer(), added, opened("2020-10-10 12:00", **rest)]
        return judge(agreement, "2020-10-10 13:00", facts)["response"].due

    assert due(channel="telephone", service="licence") == at("2020-10-10 20:00")
    assert due(channel="e-mail", service="licence") == at("2020-10-12 16:00")
    assert due(channel="telephone", service="cloud-connect") is None


@pytest.mark.requirement("E10")
@pytest.mark.parametrize(("by", "state"), [("t3", "met"), (None, "missed")])
def test_help_outside_hours_is_arranged_by_the_technical_staff(
    agreement: Agreement, by: str | None, state: str
) -> None:
    said = {} if by is None else {"by": by}
    arranged = fact("request.session arranged", "2020-10-05 12:00", "request:1",
                    start=local("2020-10-10 18:00"), end=local("2020-10-10 20:00"),
                    **said)  # fmt: skip
    judged = judge(agreement, "2020-10-05 13:00", [customer(), opened(), arranged])
    assert judged["arranged-help"].state == state


# -- response


@pytest.mark.requirement("E11")
@pytest.mark.parametrize(
    ("priority", "due"),
    [
        ("high", "2020-10-06 10:00"),
        ("medium", "2020-10-13 10:00"),
        ("low", "2020-10-12 16:00"),
        (None, "2020-10-06 10:00"),
    ],
)
@pytest.mark.parametrize(
    ("clock", "stop", "service"),
    [
        ("response", "request.answered", "licence"),
        ("remote-help", "request.started", "remote-assistance"),
    ],
)
def test_response_and_remote_help_keep_to_the_time_of_the_priority(
    agreement: Agreement, priority: str | None, due: str, clock: str, stop: str, service: str
) -> None:
    said = {} if priority is None else {"priority": priority}
    asked = [customer(), opened(service=service, **said)]
    met = judge(agreement, "2020-10-14 12:00", [*asked, fact(stop, due, "request:1")])[clock]
    late = fact(stop, f"{due}:01", "request:1")
    missed = judge(agreement, "2020-10-14 12:00", [*asked, late])[clock]
    assert (met.state, met.due, met.standing) == ("met", at(due), "endeavour")
    assert (missed.state, missed.due) == ("missed", at(due))


@pytest.mark.requirement("E11")
def test_the_examples_of_each_priority_are_there_for_whoever_classifies(
    agreement: Agreement,
) -> None:
    term = agreement.priority_of("request")
    assert term is not None
    assert set(term.means) == set(term.order()) == {"high", "medium", "low"}


@pytest.mark.requirement("E11")
def test_a_change_of_priority_keeps_the_start_and_never_undoes_a_miss(
    agreement: Agreement,
) -> None:
    def classified(time: str, priority: str) -> Fact:
        return fact("request.classified", time, "request:1", priority=priority)

    lowered = [customer(), opened(), classified("2020-10-05 11:00", "low")]
    assert judge(agreement, "2020-10-05 12:00", lowered)["response"].due == at("2020-10-12 16:00")
    raised = [customer(), opened(priority="low"), classified("2020-10-07 09:00", "high")]
    assert judge(agreement, "2020-10-07 12:00", raised)["response"].due == at("2020-10-07 09:00")
    too_late = [customer(), opened(), classified("2020-10-06 12:00", "low")]
    assert judge(agreement, "2020-10-07 12:00", too_late)["response"].state == "missed"
