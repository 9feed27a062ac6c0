"""The register of customers: what facts say of accounts, training and contacts, as rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.server.people import World

from uphold.engine import State, evaluate
from uphold.facts import FactSet
from uphold.facts.times import from_datetime
from uphold.server import clock
from uphold.server.accounts import services
from uphold.server.accounts.kinds import OrganisationKind, Role
from uphold.server.accounts.models import Standing, Subscription
from uphold.server.accounts.registering import Register
from uphold.server.agreements import services as agreements
from uphold.server.ledger.services import facts_of

ROOT = Path(__file__).resolve().parents[3]

SPRING = datetime(2026, 3, 1, 8, tzinfo=UTC)
SUMMER = from_datetime(SPRING + timedelta(days=90))


def accounts_of(customer: str) -> dict[str, Subscription]:
    return {each.account: each for each in Subscription.objects.filter(customer=customer)}


def test_an_account_is_what_the_facts_about_it_say_last(world: World) -> None:
    north = world.provider()
    with clock.clock_at(SPRING):
        services.agree(
            north,
            "lake",
            "rooms",
            agreement="harbour",
            plan="gold",
            region="europe",
            fee="1000.00 NOK",
        )
    with clock.clock_at(SPRING + timedelta(days=1)):
        services.set_fee(north, "lake", "rooms", "1200.00 NOK")
        services.set_office(north, "lake", "rooms", office="Bergen", region="america")
        services.add_addition(north, "lake", "rooms", "24x7", service="telephone")
        services.renew(north, "lake", "rooms", plan="platinum", until_us=SUMMER)
    row = accounts_of("lake")["rooms"]
    assert (row.agreement, row.plan, row.fee) == ("harbour", "platinum", "1200.00 NOK")
    assert (row.region, row.office) == ("america", "Bergen")
    assert (row.from_us, row.until_us) == (from_datetime(SPRING), None)
    assert [(each["addition"], each["service"]) for each in row.additions] == [
        ("24x7", "telephone")
    ]
    agreed = facts_of(north, {"customer:lake"})[0]
    assert (agreed.written["reseller"], agreed.written["provider"]) == ("quay", "north")


def test_an_account_ends_when_it_is_said_to_end(world: World) -> None:
    north = world.provider()
    with clock.clock_at(SPRING):
        services.agree(north, "fjord", "", agreement="harbour")
        services.renew(north, "fjord", "", until_us=SUMMER * 2)
        services.end_account(north, "fjord", "", until_us=SUMMER)
    assert accounts_of("fjord")[""].until_us == SUMMER
    with pytest.raises(services.NotDone, match="no-such-account"):
        services.end_account(north, "fjord", "rooms", until_us=SUMMER)


@pytest.mark.requirement("C7")
def test_training_is_recorded_once_and_taken_back_when_it_was_a_mistake(world: World) -> None:
    north, person = world.provider(), world.people["fjord user"]
    lead = world.people["north lead"]
    with clock.clock_at(SPRING):
        services.train(north, "fjord", person, by=lead)
    row = Standing.objects.get(customer="fjord", what="trained")
    assert (row.author, row.since_us) == (person, from_datetime(SPRING))
    with pytest.raises(services.NotDone, match="trained-already"):
        services.train(north, "fjord", person, by=lead)
    with pytest.raises(services.NotDone, match="not-of-customer"):
        services.train(north, "fjord", world.people["lake user"], by=lead)
    services.untrain(north, "fjord", person, by=lead)
    assert not Standing.objects.filter(customer="fjord").exists()
    with pytest.raises(services.NotDone, match="not-trained"):
        services.untrain(north, "fjord", person, by=lead)


@pytest.mark.requirement("E4")
def test_a_named_contact_has_the_role_of_that_name(world: World) -> None:
    north, person = world.provider(), world.people["fjord user"]
    services.name_contact(north, "fjord", person, "technical")
    services.name_contact(north, "fjord", person, "representative")
    assert Role.TECHNICAL in world.person("fjord user").roles
    found = Standing.objects.filter(customer="fjord", author=person)
    assert {row.what for row in found} == {"technical", "representative"}
    services.drop_contact(north, "fjord", person, "technical")
    assert {row.what for row in found.all()} == {"representative"}


@pytest.mark.requirement("E4")
def test_a_customer_reports_a_change_to_its_own_infrastructure(world: World) -> None:
    north, person = world.provider(), world.people["fjord technical contact"]
    with clock.clock_at(SPRING):
        services.report_infrastructure_change(
            north, "fjord", "A new firewall", what="network", by=person
        )
    assert services.infrastructure_changes(north, "fjord") == (
        services.Reported(from_datetime(SPRING), person, "network", "A new firewall"),
    )
    fact = facts_of(north, {"customer:fjord"})[0]
    assert "firewall" not in str(dict(fact.written))
    for words, what, wrong in (("  ", "network", "words-needed"), ("x", "", "choice-needed")):
        with pytest.raises(services.NotDone, match=wrong):
            services.report_infrastructure_change(north, "fjord", words, what=what, by=person)


@pytest.mark.requirement("E4")
def test_a_reported_change_meets_what_the_agreement_asks_of_a_report(world: World) -> None:
    north, person = world.provider(), world.people["fjord technical contact"]
    source = (ROOT / "agreements" / "easymeeting.md").read_text(encoding="utf-8")
    with clock.clock_at(SPRING):
        agreements.post(north, source, by=world.people["north administrator"])
        services.agree(north, "fjord", "", agreement="easymeeting", region="europe")
        services.report_infrastructure_change(
            north, "fjord", "A new firewall", what="network", by=person
        )
    facts = FactSet.of(facts_of(north, {"customer:fjord"}))
    found = evaluate(agreements.revisions(north), facts, SPRING + timedelta(hours=1))
    verdict = found.get("customer:fjord/infrastructure-change")
    assert verdict is not None
    assert verdict.state == State.MET


def test_the_register_made_again_is_the_same(world: World) -> None:
    north, register = world.provider(), Register()
    for customer in ("fjord", "lake"):
        services.agree(north, customer, "rooms", agreement="harbour")
        services.train(north, customer, world.people[f"{customer} user"], by="x")
    before = {
        subject: register.snapshot(north, subject) for subject, _, _ in register.stated(north)
    }
    stated = list(register.stated(north))
    register.clear(north)
    assert list(register.stated(north)) == []
    for subject, as_of_us, position in stated:
        register.project(north, [subject], as_of_us, position)
    assert {subject: register.snapshot(north, subject) for subject in before} == before
    assert len(before) == 2


@pytest.mark.requirement("E1")
def test_parties_are_customers_resellers_and_partners_and_no_second_provider(world: World) -> None:
    with pytest.raises(services.NotDone, match="no-provider-of-a-provider"):
        services.new_party(world.provider(), OrganisationKind.PROVIDER, "Cuckoo")
    assert {each.key for each in services.providers()} == {"north", "south"}
    with pytest.raises(services.NotDone, match="name-needed"):
        services.new_party(world.provider(), OrganisationKind.CUSTOMER, "two\nlines")


def test_no_fact_goes_to_a_customer_of_another_provider(world: World) -> None:
    with pytest.raises(services.NotDone, match="no-such-customer"):
        services.agree(world.provider(), "delta", "", agreement="harbour")
    with pytest.raises(services.NotDone, match="no-such-customer"):
        services.agree(world.provider(), "quay", "", agreement="harbour")


def test_a_figure_that_cannot_be_says_so(world: World) -> None:
    with pytest.raises(services.NotDone) as refused:
        services.set_fee(world.provider(), "fjord", "", "a lot")
    assert refused.value.wrong
