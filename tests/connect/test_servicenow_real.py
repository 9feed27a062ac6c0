"""The real incident log of 2016: every count that the conversion gives, and why it is right."""

import csv
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from uphold.connect.servicenow import Conversion, convert
from uphold.facts import FactSet

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def path(shared: Callable[[str], Path]) -> Path:
    return shared("data/incident_event_log_2016.csv")


@pytest.fixture(scope="module")
def conversion(path: Path) -> Conversion:
    return convert(path, "Europe/Oslo")


@pytest.fixture(scope="module")
def incidents(path: Path) -> dict[str, Rows]:
    """The rows of each incident, read without any code of ours."""
    found: dict[str, Rows] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["number"], []).append(row)
    return found


def test_what_was_made(conversion: Conversion) -> None:
    report = conversion.report
    assert (report.rows, report.requests, report.facts) == (5998, 890, 7184)
    assert Counter(fact.type for fact in conversion.facts) == {
        "request.opened": 890,
        "request.assigned": 2049,
        "request.classified": 47,
        "request.answered": 691,
        "request.started": 691,
        "request.awaiting": 362,
        "request.resumed": 362,
        "request.cause": 6,
        "request.unrecorded": 284,
        "request.resolved": 901,
        "request.reopened": 11,
        "request.closed": 890,
    }


def test_what_could_not_be_used(conversion: Conversion) -> None:
    assert {each.code: each.count for each in conversion.report.findings} == {
        "row-silent": 1622,
        "rows-out-of-order": 1,
        "opened-late": 5,
        "response-unrecorded": 199,
        "supplier-unrecorded": 3,
        "change-unexplained": 47,
        "resolved-missing": 29,
        "resolved-differs": 17,
    }
    assert "vendor" in conversion.report.unused_columns
    assert Counter(conversion.report.made_sla.values()) == {True: 495, False: 395}


def test_the_facts_are_one_set_without_a_problem(conversion: Conversion) -> None:
    kept = FactSet.of(conversion.facts)
    assert kept.problems == ()
    assert len(kept) == 7184
    assert len(kept.subjects) == 890


def test_counts_are_those_of_the_rows(conversion: Conversion, incidents: dict[str, Rows]) -> None:
    """Each kind of fact counted again from the rows, in another way than it was made."""
    counted: Counter[str] = Counter()
    for rows in incidents.values():
        states = [row["incident_state"] for row in rows]
        entered = [states[0], *(now for before, now in pairwise(states) if now != before)]
        counted["resolved"] += entered.count("Resolved")
        counted["closed"] += entered.count("Closed")
        waits = ("Awaiting User Info", "Awaiting Problem", "Awaiting Evidence")
        counted["awaiting"] += sum(map(entered.count, waits))
        counted["cause"] += 2 * entered.count("Awaiting Vendor")
        counted["reopened"] += int(rows[-1]["reopen_count"])
        answered = any(row["incident_state"] != "New" and row["assigned_to"] != "?" for row in rows)
        counted["answered"] += answered
        levels = [(row["priority"], row["impact"], row["urgency"]) for row in rows]
        counted["classified"] += sum(before != now for before, now in pairwise(levels))
    made = Counter(fact.type.removeprefix("request.") for fact in conversion.facts)
    assert counted == {name: made[name] for name in counted}


def test_one_incident_from_its_first_row_to_its_last(conversion: Conversion) -> None:
    found = [fact for fact in conversion.facts if fact.subject == "request:INC0000062"]
    opened, *rest = found
    assert opened.written["at"] == "2016-02-29T06:58:00+01:00"
    assert opened.data == {
        "author": "Caller 3765",
        "channel": "telephone",
        "priority": "3",
        "impact": "2",
        "urgency": "2",
    }
    assert [(str(fact.written["at"])[5:16], fact.type, dict(fact.data)) for fact in rest] == [
        ("02-29T07:26", "request.assigned", {"team": "Group 70"}),
        (
            "02-29T07:29",
            "request.classified",
            {"priority": "2", "impact": "1", "by": "Updated by 340"},
        ),
        (
            "02-29T07:29",
            "request.unrecorded",
            {"what": ["request.classified"], "fields": ["reason", "decided_by", "unmet"]},
        ),
        ("02-29T07:29", "request.unrecorded", {"what": ["request.updated"]}),
        ("02-29T07:34", "request.assigned", {"team": "Group 23"}),
        ("02-29T15:51", "request.resolved", {}),
        ("03-05T16:00", "request.closed", {}),
        (
            "02-29T15:51",
            "request.unrecorded",
            {"what": ["request.answered", "request.started"]},
        ),
    ]


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kolkata", "UTC"])
def test_another_zone_moves_the_times_and_nothing_else(
    path: Path, conversion: Conversion, zone: str
) -> None:
    moved = convert(path, zone)
    assert [fact.id for fact in moved.facts] == [fact.id for fact in conversion.facts]
    assert [fact.data for fact in moved.facts] == [fact.data for fact in conversion.facts]
    assert moved.facts[0].at_us != conversion.facts[0].at_us
