"""Figures, outages, questions and credits written as JSON, with the keys that `--json` promises."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.pages import agreement

from uphold.agreement import Agreement
from uphold.engine import State
from uphold.engine.measure import json_values
from uphold.engine.measure.figure import Counted, Figure, Window
from uphold.engine.measure.figure_json import figure_json, outage_json, question_json
from uphold.engine.measure.outage import Outage, Question, Showing
from uphold.engine.money.credit import Credit, CreditState
from uphold.engine.money.credit_json import credit_json
from uphold.facts.times import parse_time as us
from uphold.messages import message

SECOND = 1_000_000
HOUR = 3600 * SECOND


OCTOBER = (us("2026-10-01T00:00:00+02:00"), us("2026-11-01T00:00:00+01:00"))
HOURS = 31 * 24 + 1
DOWN = (us("2026-10-25T02:30:00+02:00"), us("2026-10-25T02:30:00+01:00"))


def page() -> Agreement:
    return agreement("calendar: boston\nzone: America/New_York\nhours: {mon-fri: 09:00-17:00}")


def figure(**changes: Any) -> Figure:
    owed = HOURS * HOUR
    whole = Figure(
        key="service:calling/uptime/2026-10",
        term="uptime",
        agreement="sample",
        revision=1,
        clause="all",
        service="calling",
        account=None,
        customer=None,
        window=Window("2026-10", *OCTOBER, OCTOBER, "Europe/Oslo"),
        target=Fraction(9995, 10000),
        state=State.MISSED,
        standing="promise",
        decimals=3,
        owed=owed,
        down=HOUR,
        unknown=0,
        excluded=(("planned maintenance", 0), ("cause customer", 1_500_000)),
        availability=Fraction(owed - HOUR, owed),
        lowest=Fraction(owed - HOUR - 60 * SECOND, owed),
        highest=Fraction(1),
        outages=(Counted(DOWN, HOUR, True, message("reason.rule", term="uptime")),),
        budget_left=-5 * SECOND,
        questions=0,
        because=(message("reason.rule", term="uptime", clause="all", rule="x"),),
    )
    return replace(whole, **changes)


def test_a_figure_has_the_keys_that_are_promised() -> None:
    found = figure_json(figure(), page())
    assert found["window"] == {
        "start": "2026-10-01T00:00:00+02:00",
        "end": "2026-11-01T00:00:00+01:00",
        "label": "2026-10",
        "partial": False,
        "zone": "Europe/Oslo",
    }
    assert {name: found[name] for name in ("service", "account", "state", "target", "clause")} == {
        "service": "calling",
        "account": None,
        "state": "missed",
        "target": "99.95",
        "clause": "all",
    }
    assert (found["availability"], found["lowest"], found["highest"]) == (
        "99.865",
        "99.863",
        "100.000",
    )
    assert found["exact"]["availability"] == "744/745"
    assert found["coverage"] == "100.000"
    assert (found["owed_seconds"], found["downtime_seconds"]) == (HOURS * 3600, 3600)
    assert (found["unknown_seconds"], found["excluded_seconds"]) == (0, 1.5)
    assert found["excluded"][1] == {"kind": "cause customer", "seconds": 1.5}
    assert found["budget_left_seconds"] == -5
    assert found["time_to_restore_seconds"] == 3600
    assert found["outages"] == [
        {
            "start": "2026-10-25T02:30:00+02:00",
            "end": "2026-10-25T02:30:00+01:00",
            "downtime_seconds": 3600,
            "counted": True,
            "why": {"id": "reason.rule", "term": "uptime"},
            "cause": None,
            "subject": None,
        }
    ]
    assert json.loads(json.dumps(found)) == found


def test_a_partial_window_tells_the_whole_one_too() -> None:
    clipped = Window("2026-10", OCTOBER[0], DOWN[0], OCTOBER, "Europe/Oslo")
    found = figure_json(figure(window=clipped), page())["window"]
    assert found["partial"] is True
    assert found["end"] == "2026-10-25T02:30:00+02:00"
    assert found["whole"]["end"] == "2026-11-01T00:00:00+01:00"


def test_times_are_in_the_zone_of_the_window() -> None:
    there = Window("2026-10", *OCTOBER, OCTOBER, "America/New_York")
    found = figure_json(figure(window=there), page())["window"]
    assert found["start"] == "2026-09-30T18:00:00-04:00"


def test_what_is_not_known_is_null() -> None:
    nothing = figure(
        target=None, availability=None, lowest=None, highest=None, owed=0, outages=(), down=0
    )
    found = figure_json(nothing, page())
    assert found["target"] is found["availability"] is found["coverage"] is None
    assert found["exact"] == dict.fromkeys(("availability", "lowest", "highest", "coverage"))
    assert found["longest_outage_seconds"] is found["time_to_restore_seconds"] is None


def test_an_outage_and_a_question_name_their_evidence() -> None:
    showing = Showing("checks", "oslo", "sign-in", DOWN)
    outage = Outage("calling", DOWN, DOWN, DOWN, (showing,), accounts=("acme-1",), facts=("f",))
    found = outage_json(outage, page())
    assert found["length_seconds"] == 3600
    assert found["accounts"] == ["acme-1"]
    assert found["shown_by"] == [
        {
            "kind": "checks",
            "source": "oslo",
            "check": "sign-in",
            "start": "2026-10-25T02:30:00+02:00",
            "end": "2026-10-25T02:30:00+01:00",
        }
    ]
    asked = question_json(Question("calling", DOWN, (showing,), asked=True), page())
    assert asked["asked"] is True
    assert asked["shown_by"] == found["shown_by"]


def test_a_credit_keeps_its_amount_to_the_last_digit() -> None:
    credit = Credit(
        key="account:acme-1/uptime-credit/2026-10",
        term="uptime-credit",
        agreement="sample",
        revision=1,
        clause="all",
        party="provider",
        customer="acme",
        account="acme-1",
        service=None,
        window=Window("2026-10", *OCTOBER, OCTOBER, "Europe/Oslo"),
        state=CreditState.CLAIMABLE,
        amount=Decimal("10.50"),
        currency="EUR",
        days=None,
        granted=None,
        earned_by=("service:calling/uptime/2026-10",),
        claim=None,
        claim_by=us("2026-12-01T00:00:00+01:00"),
        paid="next invoice",
        paid_on=None,
        because=(),
    )
    found = credit_json(credit, page())
    assert (found["amount"], found["currency"], found["days"]) == ("10.50", "EUR", None)
    assert found["claim_by"] == "2026-12-01T00:00:00+01:00"
    assert found["state"] == "claimable"


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_a_stated_share_keeps_all_its_digits(share: Decimal) -> None:
    text = json_values.percentage(Fraction(share) / 100)
    assert Decimal(text) == share


def test_a_share_without_an_end_is_cut_off() -> None:
    assert json_values.percentage(Fraction(2, 3)) == "66." + "6" * 20
