"""ServiceNow's incident log to facts: small logs, row by row, and what each of them says."""

import pytest
from tests.connect.logs import at, converted, noted, said, short

from uphold.facts import FactSet

ANN = {"assigned_to": "Ann"}


def test_an_ordinary_incident() -> None:
    found = converted(
        at("08:10", "New", assignment_group="Group 7"),
        at("08:40", "Active", assigned_to="Ann", assignment_group="Group 7"),
        at("09:00", "Active", assigned_to="Ann", assignment_group="Group 7"),
        at("09:30", "Resolved", assigned_to="Ann", assignment_group="Group 7"),
        at("10:30", "Closed", assigned_to="Ann", assignment_group="Group 7"),
    )
    assert said(found) == [
        "08:00 opened 3",
        "08:10 assigned Group 7",
        "08:40 assigned Ann Group 7",
        "08:40 answered Ann",
        "08:40 started Ann",
        "09:30 resolved Ann",
        "10:30 closed",
    ]
    assert noted(found) == {"row-silent": 1, "resolved-missing": 1}
    assert (found.report.rows, found.report.requests, found.report.facts) == (5, 1, 7)
    opened = found.facts[0]
    assert opened.written == {
        "type": "request.opened",
        "at": "2016-02-29T08:00:00+01:00",
        "subject": "request:INC1",
        "id": "servicenow:INC1:1:opened",
        "source": "servicenow",
        "seq": 0,
        "author": "Caller 1",
        "channel": "telephone",
        "priority": "3",
    }
    assert found.facts[3].id == "servicenow:INC1:2:answered"
    assert [fact.seq for fact in found.facts] == list(range(7))


def test_the_same_log_with_more_rows_keeps_the_ids_of_what_it_said_before() -> None:
    rows = [
        at("08:10", "New"),
        at("08:40", "Active", assigned_to="Ann"),
        at("09:00", "Awaiting User Info", assigned_to="Ann"),
        at("09:30", "Resolved", assigned_to="Ann"),
    ]
    before, after = converted(*rows[:3]).facts, converted(*rows).facts
    assert after[: len(before)] == before
    assert FactSet.of((*before, *after)).problems == ()


def test_waiting_for_the_user_holds_from_the_row_that_enters_it_to_the_one_that_leaves() -> None:
    found = converted(
        at("08:10", "New"),
        at("08:20", "Awaiting User Info"),
        at("08:30", "Awaiting User Info"),
        at("08:40", "Active"),
        at("08:50", "Awaiting User Info"),
        at("09:00", "Resolved"),
    )
    assert said(found)[1:] == [
        "08:20 awaiting customer",
        "08:40 resumed customer",
        "08:50 awaiting customer",
        "09:00 resumed customer",
        "09:00 resolved",
        "09:00 unrecorded ['request.answered', 'request.started']",
    ]


def test_a_problem_and_evidence_are_waited_for_under_their_own_causes() -> None:
    found = converted(
        at("08:10", "Awaiting Problem"),
        at("08:20", "Awaiting User Info"),
        at("08:30", "Awaiting Evidence"),
        at("08:40", "Active"),
    )
    assert said(found)[1:7] == [
        "08:10 awaiting problem",
        "08:20 resumed problem",
        "08:20 awaiting customer",
        "08:30 resumed customer",
        "08:30 awaiting evidence",
        "08:40 resumed evidence",
    ]


def test_the_vendor_is_a_third_party_until_the_state_is_left() -> None:
    found = converted(
        at("08:10", "Active", assigned_to="Ann"),
        at("08:20", "Awaiting Vendor", assigned_to="Ann"),
        at("08:30", "Awaiting User Info", assigned_to="Ann"),
        at("08:40", "Awaiting Vendor", assigned_to="Ann"),
    )
    assert said(found)[4:] == [
        "08:20 cause third-party",
        "08:20 unrecorded ['supplier.reported', 'request.updated']",
        "08:30 cause own",
        "08:30 awaiting customer",
        "08:40 resumed customer",
        "08:40 cause third-party",
        "08:40 unrecorded ['supplier.reported', 'request.updated']",
    ]
    assert noted(found)["supplier-unrecorded"] == 2


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([at("08:10", "Active"), at("08:20", "Resolved", assigned_to="Ann")], "08:20"),
        (
            [at("08:10", "New", assigned_to="Ann"), at("08:20", "Active", assigned_to="Ann")],
            "08:20",
        ),
        ([at("08:10", "Awaiting User Info", assigned_to="Ann")], "08:10"),
    ],
)
def test_the_first_response_is_the_first_row_neither_new_nor_unassigned(
    rows: list[dict[str, str]], first: str
) -> None:
    answers = [text for text in said(converted(*rows)) if "answered" in text]
    assert answers == [f"{first} answered Ann"]


@pytest.mark.parametrize(
    ("states", "clock"),
    [
        (["New", "Resolved", "Closed"], "08:11"),
        (["New", "Closed"], "08:11"),
        (["New", "Active"], "08:11"),
        (["New"], "08:10"),
    ],
)
def test_a_response_that_no_row_shows_is_unrecorded_when_the_work_was_done(
    states: list[str], clock: str
) -> None:
    found = converted(*(at(f"08:{minute}", state) for minute, state in enumerate(states, 10)))
    assert said(found)[-1] == f"{clock} unrecorded ['request.answered', 'request.started']"
    assert noted(found)["response-unrecorded"] == 1


def test_changes_of_priority_are_classified_and_going_back_is_a_change_too() -> None:
    found = converted(
        at("08:10", "New", priority="3 - Moderate", impact="2 - Medium"),
        at("08:20", "New", priority="1 - Critical", impact="2 - Medium", sys_updated_by="Bob"),
        at("08:30", "New", priority="?", impact="1 - High"),
        at("08:40", "New", priority="3 - Moderate", impact="1 - High"),
    )
    changes = [fact for fact in found.facts if fact.type != "request.unrecorded"]
    assert [dict(fact.data) for fact in changes[:4]] == [
        {
            "author": "Caller 1",
            "channel": "telephone",
            "priority": "3",
            "impact": "2",
        },
        {"priority": "1", "by": "Bob"},
        {"impact": "1"},
        {"priority": "3"},
    ]


def test_that_the_log_has_no_reasons_is_said_once_a_request() -> None:
    found = converted(
        at("08:10", "New", priority="3 - Moderate"),
        at("08:20", "New", priority="1 - Critical"),
        at("08:30", "New", priority="3 - Moderate"),
    )
    said = [dict(fact.data) for fact in found.facts if fact.type == "request.unrecorded"]
    assert said[:2] == [
        {"what": ["request.classified"], "fields": ["reason", "decided_by", "unmet"]},
        {"what": ["request.updated"]},
    ]
    assert [each for each in said if "request.classified" in str(each["what"])] == said[:1]


def test_words_of_the_log_become_words_of_the_agreement() -> None:
    priority = {"1 - Critical": "critical", "3 - Moderate": "normal"}
    found = converted(
        at("08:10", "New", priority="3 - Moderate"),
        at("08:20", "New", priority="4 - Low"),
        at("08:30", "New", priority="1 - Critical"),
        priority=priority,
        customer="acme",
        account="acme-1",
    )
    assert said(found)[:2] == ["08:00 opened normal", "08:30 classified critical"]
    assert noted(found)["priority-unknown"] == 1
    assert {(fact.customer, fact.account) for fact in found.facts} == {("acme", "acme-1")}
    assert said(converted(at("08:10", "New", priority="High")))[0] == "08:00 opened High"


def test_a_resolved_incident_that_comes_back_is_reopened_and_resolved_anew() -> None:
    found = converted(
        at("08:10", "Active", assigned_to="Ann"),
        at("08:20", "Resolved", assigned_to="Ann"),
        at("08:25", "Resolved", assigned_to="Ann"),
        at("08:30", "Awaiting User Info", assigned_to="Ann", reopen_count="1"),
        at("08:40", "Resolved", assigned_to="Ann", reopen_count="1"),
        at("08:50", "Closed", assigned_to="Ann", reopen_count="1"),
        at("08:55", "Active", assigned_to="Ann", reopen_count="2"),
    )
    assert said(found)[4:] == [
        "08:20 resolved Ann",
        "08:30 reopened",
        "08:30 awaiting customer",
        "08:40 resumed customer",
        "08:40 resolved Ann",
        "08:50 closed",
        "08:55 reopened",
    ]


def test_a_count_that_lags_behind_the_state_is_no_second_reopening() -> None:
    found = converted(
        at("08:20", "Resolved", assigned_to="Ann"),
        at("08:30", "Active", assigned_to="Ann", reopen_count="0"),
        at("08:40", "Active", assigned_to="Ann", reopen_count="1"),
    )
    assert [text for text in said(found) if "reopened" in text] == ["08:30 reopened"]


def test_a_reopening_that_only_the_count_shows_is_one_and_is_reported() -> None:
    found = converted(
        at("08:20", "Resolved", assigned_to="Ann"),
        at("08:30", "Resolved", assigned_to="Ann", reopen_count="1"),
    )
    assert said(found)[-2:] == ["08:30 reopened", "08:30 resolved Ann"]
    assert noted(found)["reopening-unseen"] == 1


def test_closing_without_resolving_counts_as_resolving() -> None:
    found = converted(at("08:10", "Active", assigned_to="Ann"), at("08:20", "Closed"))
    assert said(found)[-2:] == ["08:20 resolved", "08:20 closed"]
    assert noted(found)["closed-unresolved"] == 1


def test_a_cancelled_incident_is_cancelled() -> None:
    assert "08:20 cancelled" in said(converted(at("08:10", "New"), at("08:20", "Canceled")))


def test_rows_of_one_minute_keep_the_order_of_the_file() -> None:
    found = converted(
        at("08:10", "Active", assigned_to="Ann"),
        at("08:20", "Resolved", assigned_to="Ann"),
        at("08:20", "Active", assigned_to="Ann"),
        at("08:20", "Resolved", assigned_to="Ann"),
    )
    kept = FactSet.of(reversed(found.facts)).of_subject("request:INC1")
    assert [short(fact) for fact in kept] == said(found)
    assert said(found)[-3:] == ["08:20 resolved Ann", "08:20 reopened", "08:20 resolved Ann"]


def test_rows_of_several_incidents_may_be_mixed() -> None:
    found = converted(
        at("08:10", "New", number="INC1"),
        at("08:15", "New", number="INC2"),
        at("08:20", "Resolved", number="INC1"),
    )
    assert [fact.subject for fact in found.facts] == ["request:INC1"] * 3 + ["request:INC2"] * 2


def test_resolved_at_is_compared_and_never_used() -> None:
    found = converted(
        at("08:20", "Resolved", resolved_at="29-02-2016 08:25"),
        at("08:25", "Resolved", resolved_at="29-02-2016 08:25"),
    )
    assert said(found)[1] == "08:20 resolved"
    assert noted(found)["resolved-differs"] == 1


def test_the_logs_own_judgement_is_kept_to_compare_with() -> None:
    found = converted(
        at("08:10", "New", number="INC1"),
        at("08:20", "New", number="INC1", made_sla="FALSE"),
        at("08:10", "New", number="INC2"),
        at("08:10", "New", number="INC3", made_sla="?"),
    )
    assert found.report.made_sla == {"request:INC1": False, "request:INC2": True}
