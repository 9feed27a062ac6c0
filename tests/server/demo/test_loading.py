"""The demo loaded into a ledger: everybody finds their own, numbers go on, and time goes on too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from pytest_django import DjangoDbBlocker

from uphold.facts import Fact
from uphold.facts.times import from_datetime
from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.access import Viewer, visible
from uphold.server.agreements import services as agreements
from uphold.server.demo.freshening import freshen
from uphold.server.demo.loading import is_loaded, load
from uphold.server.demo.world import HOUSES
from uphold.server.desk import services as desk
from uphold.server.desk.models import Clock, Thing
from uphold.server.desk.prose import digests_in
from uphold.server.ledger import services as ledger
from uphold.server.uptime.models import Maintenance

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def providers(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, int]]:
    """The demo as of NOW, loaded once for the module; gives the providers' ids by key."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.clock_at(NOW):
        assert not is_loaded()
        load(from_datetime(NOW))
        yield {each.key: each.id for each in accounts.providers()}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _at_now(providers: dict[str, int], db: None) -> Iterator[None]:
    with clock.clock_at(NOW):
        yield


def every_fact(provider: int) -> list[Fact]:
    found: list[tuple[int, Fact]] = []
    while some := ledger.facts_since(provider, found[-1][0] if found else 0):
        found += some
    return [fact for _, fact in found]


def viewer(key: str) -> Viewer:
    found = accounts.viewer_of(get_user_model().objects.get(key=key))
    assert found is not None
    return found


def test_all_houses_are_there_with_their_agreements(providers: dict[str, int]) -> None:
    assert is_loaded()
    assert set(providers) == {house.key for house in HOUSES}
    for house in HOUSES:
        names = {each.name for each in agreements.revisions(providers[house.key])}
        assert names == {house.agreement_name}


def test_everybody_can_look_with_the_roles_they_have(providers: dict[str, int]) -> None:
    for house in HOUSES:
        for party, somebody in house.everybody():
            seen = viewer(somebody.key)
            assert seen.provider == providers[house.key]
            assert seen.roles == set(somebody.roles)
            assert seen.is_staff == (party is None)


def test_nobody_sees_another_house_or_customer() -> None:
    for house in HOUSES:
        sold: dict[str, set[str]] = {}
        for customer in house.customers:
            sold.setdefault(customer.sold_by, set()).add(customer.key)
        for party, somebody in house.everybody():
            seen = viewer(somebody.key)
            things = list(visible(seen, Thing.objects.all()))
            assert {each.provider_id for each in things} <= {seen.provider}
            if party is not None:
                own = {party.key} if party in house.customers else sold.get(party.key, set())
                assert {each.customer for each in things} <= own
            else:
                assert len(things) >= 100


def test_the_desks_rows_show_every_state_a_clock_can_be_in() -> None:
    states = set(Clock.objects.values_list("state", flat=True).distinct())
    assert states >= {"running", "held", "met", "missed", "not owed", "not started", "cancelled"}
    late = Thing.objects.filter(stage__lt=2, due_us__lt=from_datetime(NOW))
    soon = Thing.objects.filter(
        due_us__gt=from_datetime(NOW), due_us__lt=from_datetime(NOW + timedelta(hours=1))
    )
    assert late.exists()
    assert soon.exists()


def test_maintenance_lies_behind_and_ahead(providers: dict[str, int]) -> None:
    rows = Maintenance.objects.filter(provider=providers["easymeeting"])
    assert rows.filter(start_us__gt=from_datetime(NOW)).count() >= 2
    assert rows.filter(ended_us__lt=from_datetime(NOW)).count() >= 3


def test_all_words_are_kept_apart_from_the_facts(providers: dict[str, int]) -> None:
    for provider in providers.values():
        named = {digest for fact in every_fact(provider) for digest in digests_in(fact)}
        assert len(named) > 400
        assert all(ledger.texts(provider, named).values())


def test_the_next_thing_gets_a_number_of_its_own(providers: dict[str, int]) -> None:
    for provider in providers.values():
        known = {fact.subject.partition(":")[2] for fact in every_fact(provider)}
        subject = ledger.append_new(provider, "request", lambda _: ()).subject
        assert subject.partition(":")[2] not in known


def test_a_demo_that_was_just_used_is_left_as_it_is(providers: dict[str, int]) -> None:
    before = {each: ledger.position(each) for each in providers.values()}
    assert freshen(from_datetime(NOW + timedelta(hours=3))) == 0
    assert before == {each: ledger.position(each) for each in providers.values()}


ASKED = MappingProxyType(
    {
        "easymeeting": ("fjordhus", {"title": "No sound"}),
        "biztek": ("regnskapsbua", {"title": "Treg", "priority": "2"}),
        "connexys": ("zorggroep-waterkant", {"title": "Export hangt", "kind": "niveau-1"}),
    }
)


def test_every_row_is_made_again_alike_after_all_that_happened_and_what_people_do(
    providers: dict[str, int],
) -> None:
    for house in (each for each in HOUSES if each.key in ASKED):
        key, told = ASKED[house.key]
        party = next(each for each in house.customers if each.key == key)
        customer, agent = viewer(party.people[0].key), viewer(house.agents[0].key)
        subject = desk.act(customer, "open", None, told).subject
        for minutes, who, action, values in (
            (5, customer, "reply", {"words": "…"}),
            (10, agent, "classify", {"priority": "low"}),
            (12, agent, "wait", {"cause": "customer", "what": "…"}),
            (40, customer, "reply", {"words": "…"}),
            (90, agent, "answer", {"words": "…", "starts": "yes"}),
            (95, agent, "resolve", {"words": "…"}),
            (99, customer, "reopen", {"words": "…"}),
        ):
            with clock.clock_at(NOW + timedelta(minutes=minutes)):
                offered = {each.action for each in desk.offers(who, subject)}
                if action in offered and not desk.preview(who, action, subject, values).wrong:
                    desk.act(who, action, subject, values)
        with clock.clock_at(NOW + timedelta(days=40)):
            rebuilt = ledger.rebuild(providers[house.key])
        assert rebuilt.subjects > 140
        assert (rebuilt.differences, rebuilt.waiting) == ((), 0)


def test_a_demo_left_for_days_has_worked_on_and_runs_again(providers: dict[str, int]) -> None:
    later = NOW + timedelta(days=5, hours=2)
    later_us = from_datetime(later)
    was_open = set(
        Thing.objects.filter(stage__lt=2, changed_us__lt=from_datetime(NOW - timedelta(days=2)))
        .exclude(thing="order")
        .values_list("provider_id", "subject")
    )
    with clock.clock_at(later):
        assert freshen(later_us) >= 40
        assert freshen(later_us) == 0
    ended = Thing.objects.filter(stage__gte=2).values_list("provider_id", "subject")
    assert was_open <= set(ended)
    for house in HOUSES:
        provider = providers[house.key]
        assert max(fact.at_us for fact in every_fact(provider)) <= later_us
        still_open = Thing.objects.filter(provider=provider, stage__lt=2)
        assert 10 <= still_open.count() <= 50
    running = Thing.objects.filter(due_us__gt=later_us)
    assert running.filter(opened_us__gt=from_datetime(NOW)).exists()
