"""Closed periods stay closed; a late fact states one anew, with its reason, change and price."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from tests.statement.made import (
    KEY,
    SALT,
    asked,
    at,
    fact,
    facts,
    runs,
    statement,
    the_agreement,
    window,
)

from uphold.facts import Fact, canonical_json
from uphold.messages import Reader
from uphold.statement import Kind, Statement, StatementError, build, restate, seal, verify
from uphold.statement.periods import periods_of

LATER = at("2026-10-05T00:00:00+02:00")


def again(
    restated: Statement,
    more: Iterable[Fact] = (),
    *,
    previous: Statement | None = None,
    reason: str = "The report came in late.",
) -> Statement:
    """August stated anew in October, with facts that were learned since."""
    return restate(
        restated,
        [the_agreement()],
        [*facts(), *more],
        runs(),
        reason,
        LATER,
        salt=SALT,
        previous=previous,
    )


def september(previous: Statement | None) -> Statement:
    autumn = window("2026-09", "2026-09-01", "2026-10-01")
    return build(
        [the_agreement()],
        facts(),
        runs(),
        asked(window=autumn, at=at("2026-10-02T00:00:00+02:00")),
        previous=previous,
    )


def late_report() -> Fact:
    return fact(
        "outage.reported",
        "2026-08-25T12:00:00+02:00",
        "outage:8",
        service="calling",
        start="2026-08-25T10:00:00+02:00",
        end="2026-08-25T11:00:00+02:00",
        accounts=["acme-2"],
        recorded="2026-10-01T12:00:00+02:00",
    )


def changes(made: Statement) -> dict[str, Any]:
    found: dict[str, Any] = made.parts["restates"]["changes"]
    return found


@pytest.mark.requirement("X4")
def test_a_late_fact_is_named_with_what_it_changes_and_its_price() -> None:
    august = statement()
    report = late_report()
    made = again(august, [report])
    told = made.parts["restates"]
    assert (told["digest"], told["reason"]) == (august.digest, "The report came in late.")
    assert changes(made)["facts"] == {
        "added": [
            {
                "id": report.id,
                "type": "outage.reported",
                "subject": "outage:8",
                "at": "2026-08-25T10:00:00Z",
            }
        ],
        "corrected": [],
        "retracted": [],
        "gone": [],
    }
    [figure] = changes(made)["figures"]
    assert figure["key"] == "account:acme-2/monthly/2026-08"
    assert (figure["before"]["availability"], figure["after"]["availability"]) == (
        "99.932",
        "99.798",
    )
    # acme-1's claim has lapsed since; acme-2 has earned 5 % of 50.00 EUR.
    assert {each["key"]: each["after"]["amount"] for each in changes(made)["credits"]} == {
        "account:acme-1/monthly-credit/2026-08": "10.00",
        "account:acme-2/monthly-credit/2026-08": "2.50",
    }
    assert changes(made)["price"] == [
        {"currency": "EUR", "before": "10.00", "after": "12.50", "difference": "2.50"}
    ]
    assert changes(made)["evidence"] == changes(made)["agreements"] == []


def test_a_correction_and_a_retraction_are_named_as_such() -> None:
    opened = next(each for each in facts() if each.subject == "request:3")
    reported = next(each for each in facts() if each.type == "outage.reported")
    corrected = fact(
        "request.opened",
        "2026-08-05T10:00:00+02:00",
        "request:3",
        account="acme-2",
        corrects=opened.id,
        recorded="2026-10-01T12:00:00+02:00",
    )
    retracted = fact(
        "outage.reported",
        "2026-08-12T12:00:00+02:00",
        "outage:7",
        retracts=reported.id,
        recorded="2026-10-01T12:00:00+02:00",
    )
    told = changes(again(statement(), [corrected, retracted]))
    assert [each["corrects"] for each in told["facts"]["corrected"]] == [opened.id]
    [taken_back] = told["facts"]["retracted"]
    assert taken_back["retracts"].startswith("~")  # the report named another's account
    assert told["facts"]["added"] == told["facts"]["gone"] == []
    [verdict] = told["verdicts"]
    assert verdict["key"] == "request:3/response"
    assert (verdict["before"]["due"], verdict["after"]["due"]) == (
        "2026-08-06T09:00:00+02:00",
        "2026-08-06T10:00:00+02:00",
    )
    figures = {each["key"]: each["after"]["availability"] for each in told["figures"]}
    assert figures == {"account:acme-1/monthly/2026-08": "99.932"}


def test_a_new_salt_alone_is_no_change_of_facts() -> None:
    august = statement()
    made = restate(august, [the_agreement()], facts(), runs(), "Only to see.", LATER, salt=b"new")
    assert not any(changes(made)["facts"].values())


def test_other_evidence_and_another_text_are_named() -> None:
    august = statement()
    made = restate(
        august, [the_agreement(target="90 %")], facts(), runs()[:2], "It was wrong.", LATER
    )
    assert changes(made)["evidence"] == ["checks oslo place-call", "checks oslo sign-in"][:1]
    assert changes(made)["agreements"] == ["fjordline-calling 1"]


def test_the_chain_names_the_statement_that_holds_for_each_period() -> None:
    august = statement()
    autumn = september(august)
    made = again(august, [late_report()], previous=autumn)
    assert made.parts["previous"]["digest"] == autumn.digest
    assert [(each.label, each.digest) for each in periods_of(made)] == [
        ("2026-08", made.digest),
        ("2026-09", autumn.digest),
    ]
    for old in (august, autumn):
        with pytest.raises(StatementError, match="not the one that holds"):
            again(old, previous=made if old is august else august)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_period_is_stated_anew_only_with_a_reason(reason: str) -> None:
    with pytest.raises(StatementError, match="only with a reason"):
        again(statement(), reason=reason)


def test_a_restatement_is_checked_against_what_it_restates() -> None:
    august = seal(statement(), KEY)
    made = seal(again(august, [late_report()]), KEY)
    old = august.to_bytes()
    found = verify(made.to_bytes(), KEY.public_key(), previous=old, restated=old)
    assert found.difference is None

    other = seal(september(None), KEY).to_bytes()
    found = verify(made.to_bytes(), restated=other)
    assert found.difference is not None and found.difference.kind is Kind.PREVIOUS
    assert "what it restates" in Reader("en").text(found.message)
    found = verify(made.to_bytes(), previous=old.replace(b"acme-2", b"acme-3", 1))
    assert found.difference is not None
    assert "not in order itself" in Reader("en").text(found.message)


def test_a_price_made_up_is_found_out() -> None:
    august = seal(statement(), KEY)
    parts = json.loads(canonical_json(dict(again(august, [late_report()]).parts)))
    parts["restates"]["changes"]["price"][0]["difference"] = "0.00"
    data = seal(Statement.of(parts), KEY).to_bytes()
    found = verify(data, KEY.public_key(), restated=august.to_bytes())
    assert found.difference is not None
    assert Reader("en").text(found.message) == (
        "what it restates does not follow from the facts, in “price 1.difference”: "
        "the statement says 0.00, the facts give 2.50."
    )
