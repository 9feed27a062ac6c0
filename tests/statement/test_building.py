"""What a statement holds: one customer's month, and nobody else's name."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.pages import agreement
from tests.statement.made import (
    DESK,
    KEY,
    RESPONSE,
    SALT,
    agreed,
    asked,
    at,
    fact,
    facts,
    run,
    runs,
    statement,
    the_agreement,
    window,
)

from uphold.engine.measure.figure_json import figure_json
from uphold.engine.money.credit_json import credit_json
from uphold.engine.settle import settle
from uphold.facts import Fact, FactSet
from uphold.facts.times import to_datetime
from uphold.statement import StatementError, build, recompute, salt_for, seal, verify
from uphold.statement.errors import PeriodClosedError

OTHERS = ("globex", "initech")


@pytest.mark.requirement("X4", "X2")
def test_a_statement_tells_the_month_of_one_customer() -> None:
    made = statement()
    verdicts = made.parts["verdicts"]
    figures = {each["key"]: each for each in verdicts["figures"]}
    assert {key: (each["availability"], each["state"]) for key, each in figures.items()} == {
        # 30 minutes by the checks and, for the account it names, the hour that was reported:
        # 43,200 - 90 and 44,640 - 30 minutes of 44,640.
        "account:acme-1/monthly/2026-08": ("99.798", "missed"),
        "account:acme-2/monthly/2026-08": ("99.932", "met"),
        "service:calling/whole/2026-08": ("99.932", "met"),
    }
    [credit] = verdicts["credits"]
    assert (credit["amount"], credit["currency"], credit["state"]) == ("10.00", "EUR", "claimable")
    assert {each["key"]: each["state"] for each in verdicts["verdicts"]} == {
        "request:1/response": "met",
        "request:3/response": "missed",
    }
    assert all(each["because"] for kind in verdicts.values() for each in kind)
    named = {each["id"] for each in made.parts["index"]["fact"]}
    told = json.dumps(verdicts)
    assert {each for each in named if each in told}


def test_a_statement_holds_the_facts_and_runs_that_it_rests_on_alone() -> None:
    subjects = [each["subject"] for each in statement().parts["facts"]]
    assert sorted(set(subjects)) == [
        "customer:acme",
        "maintenance:4",
        "outage:7",
        "request:1",
        "request:3",
    ]
    strange = run("globex-portal", "2026-08-01T00:00:00+02:00", "2026-08-02T00:00:00+02:00", "up")
    made = build([the_agreement()], facts(), (*runs(), strange), asked())
    assert {each["check"] for each in made.parts["runs"]} == {"sign-in", "place-call"}


@pytest.mark.parametrize("customer", ["acme", "globex", "initech"])
def test_no_other_customer_is_named_in_the_bytes(customer: str) -> None:
    data = seal(statement(customer), KEY).to_bytes().decode()
    assert customer in data
    for other in {"acme", "globex", "initech"} - {customer}:
        assert other not in data


NAMES = st.text("bcdfghjkmpqrtvwxyz", min_size=7, max_size=9)


@settings(max_examples=25)
@given(st.lists(NAMES, min_size=3, max_size=3, unique=True), st.sampled_from(["", "-1", ".x"]))
def test_no_name_of_another_customer_gets_out(names: list[str], ending: str) -> None:
    """Whatever the customers are called, and wherever free text names them."""
    renamed = dict(zip(("acme", "globex", "initech"), names, strict=True))
    given_facts: list[Fact] = []
    for each in facts():
        text = json.dumps(dict(each.written))
        for old, new in renamed.items():
            text = text.replace(old, new + ending)
        written = json.loads(text)
        given_facts.append(
            fact(written.pop("type"), written.pop("at"), written.pop("subject"), **written)
        )
    own = names[0] + ending
    data = statement(own, given_facts).to_bytes().decode()
    assert own in data
    assert [name for name in names[1:] if name in data] == []
    assert verify(data.encode()).difference is None


def test_what_people_write_names_nobody_in_any_case() -> None:
    told = fact(
        "outage.judged",
        "2026-08-14T09:00:00+02:00",
        "outage:7",
        cause="own",
        reason="Globex asked; so did INITECH-1 and Acme",
        by="Initech's desk",
    )
    made = statement(given=[*facts(), told])
    (judged,) = [
        each
        for each in made.parts["facts"]
        if each["type"] == "outage.judged" and each["at"].startswith("2026-08-14")
    ]
    assert re.fullmatch("~[0-9a-f]{16} asked; so did ~[0-9a-f]{16} and Acme", judged["reason"])
    data = seal(made, KEY).to_bytes().decode().casefold()
    assert not any(other in data for other in OTHERS)
    assert verify(seal(made, KEY).to_bytes()).difference is None


def test_a_name_that_is_part_of_ones_own_stays_whole() -> None:
    given_facts = [
        *facts(),
        agreed("globex-north", "globex-north-1"),
        fact("request.opened", "2026-08-06T09:00:00+02:00", "request:9", account="globex-north-1"),
    ]
    made = statement("globex-north", given_facts)
    assert made.about.accounts == ("globex-north-1",)
    assert [each["key"] for each in made.parts["verdicts"]["figures"]] == [
        "account:globex-north-1/monthly/2026-08",
        "service:calling/whole/2026-08",
    ]
    left = made.to_bytes().decode().replace("globex-north", "")
    assert "globex" not in left


def test_a_name_that_the_agreement_bears_anyway_is_left_there() -> None:
    given_facts = [*facts(), agreed("calling", "calling-1")]
    figures = statement(given=given_facts).parts["verdicts"]["figures"]
    assert {each["service"] for each in figures} == {"calling"}


def test_a_salt_of_ones_own_hides_each_name_behind_one_digest() -> None:
    hidden = [
        {
            name
            for each in made.parts["facts"]
            for name in each.get("accounts", ())
            if name != "acme-1"
        }
        for made in (statement(), statement(), statement(salt=b"another"), statement(salt=None))
    ]
    assert hidden[0] == hidden[1]
    assert len({frozenset(each) for each in hidden}) == 3
    assert {len(each) for each in hidden} == {2}


def test_a_corrected_fact_of_everybody_is_still_corrected_when_it_is_redacted() -> None:
    reported = next(each for each in facts() if each.type == "outage.reported")
    correction = fact(
        "outage.reported",
        "2026-08-12T12:00:00+02:00",
        "outage:7",
        service="calling",
        start="2026-08-12T11:50:00+02:00",
        end="2026-08-12T12:00:00+02:00",
        accounts=["acme-1", "globex-1"],
        corrects=reported.id,
        recorded="2026-08-14T12:00:00+02:00",
    )
    made = statement(given=[*facts(), correction])
    down = [each["downtime_seconds"] for each in made.parts["verdicts"]["figures"]]
    assert down == [30 * 60 + 10 * 60, 30 * 60, 30 * 60]
    before = statement(given=[*facts(), correction], known=at("2026-08-13T12:00:00+02:00"))
    assert before.parts["verdicts"]["figures"][0]["downtime_seconds"] == 90 * 60


@pytest.mark.parametrize("customer", ["acme", "globex", "initech"])
def test_leaving_others_out_changes_no_figure(customer: str) -> None:
    """What follows from one customer's facts is what follows for it from everybody's."""
    about = statement(customer).about
    whole = settle(
        [the_agreement()],
        facts(),
        runs(),
        to_datetime(about.at),
        asked=(about.start, about.end),
    )
    alone = recompute(statement(customer)).settlement
    own = [each for each in whole.figures if each.customer in (None, customer)]
    shown = [figure_json(each, the_agreement()) for each in own]
    stated = [figure_json(each, the_agreement()) for each in alone.figures]
    for each in (*shown, *stated):
        del each["because"]  # reasons name accounts, which are redacted in one of the two
    assert stated == shown
    assert [{**credit_json(each, the_agreement()), "because": None} for each in alone.credits] == [
        {**credit_json(each, the_agreement()), "because": None}
        for each in whole.credits
        if each.customer == customer
    ]


def test_only_the_customers_own_agreements_are_in_it() -> None:
    other = agreement(DESK, RESPONSE, name="globex-only")
    given_facts = [
        *facts(),
        fact(
            "agreement.posted",
            "2026-01-02T00:00:00+01:00",
            "agreement:globex-only",
            agreement="globex-only",
            revision="1",
        ),
    ]
    made = build([other, the_agreement()], given_facts, runs(), asked())
    assert [(name, revision) for name, revision, _ in made.about.agreements] == [
        ("fjordline-calling", 1)
    ]
    assert "globex-only" not in made.to_bytes().decode()
    with pytest.raises(StatementError, match="None of the agreements given is that of acme"):
        build([other], facts(), runs(), asked())


def test_an_unknown_customer_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(StatementError, match="did you mean acme"):
        statement("acne")
    with pytest.raises(StatementError, match="No fact names the customer"):
        statement("zzz")


def test_what_was_learned_later_is_left_out() -> None:
    late = fact(
        "request.answered",
        "2026-08-05T10:00:00+02:00",
        "request:3",
        recorded="2026-09-02T09:00:00+02:00",
    )
    given_facts = [*facts(), late]
    states = [
        made.parts["verdicts"]["verdicts"][1]["state"]
        for made in (
            statement(given=given_facts),
            statement(given=given_facts, known=at("2026-09-01T00:00:00+02:00")),
        )
    ]
    assert states == ["met", "missed"]


def test_a_statement_is_the_same_whatever_order_its_makings_come_in() -> None:
    one = statement().to_bytes()
    for order in itertools.islice(itertools.permutations(runs()), 0, 24, 7):
        given_facts = FactSet.of(reversed(facts()))
        assert build([the_agreement()], given_facts, order, asked()).to_bytes() == one


def test_a_closed_period_is_not_stated_twice() -> None:
    august = statement()
    half = window("2026-08-15..2026-09-14", "2026-08-15", "2026-09-15")
    for again in (window(), half):
        with pytest.raises(PeriodClosedError, match="2026-08 was stated already"):
            build([the_agreement()], facts(), runs(), asked(window=again), previous=august)
    september = build(
        [the_agreement()],
        facts(),
        runs(),
        asked(window=window("2026-09", "2026-09-01", "2026-10-01"), at=at("2026-10-02T00:00:00Z")),
        previous=august,
    )
    assert september.parts["previous"]["digest"] == august.digest
    with pytest.raises(PeriodClosedError):
        build([the_agreement()], facts(), runs(), asked(), previous=september)


def test_a_period_that_lasts_is_stated_provisionally_and_stays_open() -> None:
    early = statement(at=at("2026-08-20T12:00:00+02:00"))
    assert not early.about.is_over
    given = [the_agreement()], facts(), runs(), asked()
    final = build(*given, previous=early)
    assert final.about.is_over
    assert final.parts["previous"] == {"digest": early.digest, "periods": []}
    assert (
        verify(seal(final, KEY).to_bytes(), previous=seal(early, KEY).to_bytes()).difference is None
    )
    with pytest.raises(PeriodClosedError):
        build(*given, previous=final)


def test_no_path_of_the_machine_gets_into_a_statement() -> None:
    held = the_agreement()
    placed = replace(held.document, file="/srv/agreements/fjordline.md")
    made = build([replace(held, document=placed)], facts(), runs(), asked())
    assert made.parts["agreements"][0]["document"]["file"] == "fjordline.md"
    assert "/srv/" not in made.to_bytes().decode()


def test_the_salt_of_a_key_serves_all_statements_of_a_customer() -> None:
    salts = [salt_for(KEY, "acme"), salt_for(KEY, "acme"), SALT]
    digests = [statement(salt=salt).digest for salt in salts]
    assert digests[0] == digests[1] != digests[2]
