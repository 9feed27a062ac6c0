"""Nobody sees another customer's or provider's data on any path (E1; issue: Accounts).

Every address and every operation is asked for as every role and as a visitor, with the ids of
their own things, of another customer's and of another provider's. Canaries stand in everything
that is somebody's (`tests.server.canaries`).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker
from tests.server.canaries import ALL, Planted, may_see, plant
from tests.server.walking import (
    Address,
    Whose,
    addresses,
    body,
    fields,
    is_private,
    searches,
    values_for,
    whose,
)

from uphold.server import clock
from uphold.server.accounts.models import Membership, Organisation, Person, Token
from uphold.server.desk.models import Alarm
from uphold.server.ledger.services import facts_since

WALKERS = (
    "",
    "north agent",
    "north lead",
    "north administrator",
    "quay seller",
    "pilot seller",
    "fjord user",
    "fjord super user",
    "fjord administrative contact",
    "fjord technical contact",
)
FORM: Final = "application/x-www-form-urlencoded"
ENDS_THE_SESSION = {"account_logout"}
SAYS_THE_SAME_TO_ALL = {"account_reset_password_from_key", "api:nowhere", "nowhere"}


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Planted]:
    """One planted world for the whole walk, gone behind it."""
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def unhurried() -> Iterator[None]:
    """No walker walks too fast: the clock goes on by a second whenever it is read."""
    now = clock.now_us()

    def tick() -> int:
        nonlocal now
        now += 1_000_000
        return now

    clock.set_clock(tick)
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        yield
    clock.set_clock(None)


@pytest.mark.django_db
@pytest.mark.requirement("E1")
@pytest.mark.parametrize("who", WALKERS, ids=lambda who: who or "visitor")
def test_no_address_shows_or_changes_what_is_somebody_else_s(
    planted: Planted, unhurried: None, who: str
) -> None:
    forbidden = ALL - may_see(who)
    before = _belongings(planted, who)
    browser, program = _browser(planted, who), _program(planted, who)
    for address in addresses():
        is_api = address.route.startswith("api/")
        client = program if is_api else browser
        shut: set[str] = set()  # methods that the address has not, whosever things it is asked for
        for of in _asked_about(address, whose(planted, who)):
            for method, path in _asked(address, of, is_api=is_api):
                if method not in shut:
                    answer = _ask(client, address, method, path, of)
                    _hold(address, of, f"{method} {path}", answer, forbidden)
                    shut |= {method} if answer.status_code == 405 else set()
        if address.name in ENDS_THE_SESSION:
            browser = _browser(planted, who)
    assert _belongings(planted, who) == before


def _asked_about(address: Address, parties: tuple[Whose, ...]) -> tuple[Whose, ...]:
    """Whose things an address is asked with: pages of signing in show nothing of parties."""
    if address.name.startswith(("account_", "mfa_")):
        return parties[-1:]
    return parties if address.parameters else (parties[0], parties[-1])


def _asked(address: Address, of: Whose, *, is_api: bool) -> Iterator[tuple[str, str]]:
    """What is asked with one party's ids: method and path; changes are tried on others' alone."""
    for path in address.paths(values_for(address, of)):
        for method in address.methods:
            if method == "GET" or of.private:
                yield method, path
            if method == "POST" and of.private and is_api:
                yield method, f"{path}?preview=true"


def _hold(
    address: Address, of: Whose, asked: str, answer: HttpResponse, forbidden: frozenset[str]
) -> None:
    status, said = answer.status_code, _text(answer)
    assert status < 500, f"{asked}: {status}"
    assert status != 429, f"{asked} was refused for its rate, so the walk sees nothing"
    found = sorted(canary for canary in forbidden if canary in said)
    assert not found, f"{asked} with things of {of.name} shows {found}: {status}"
    if is_private(address, of) and address.name not in SAYS_THE_SAME_TO_ALL:
        assert status >= 300, f"{asked} answers {status} for things of {of.name}"


def _ask(client: Client, address: Address, method: str, path: str, of: Whose) -> Any:
    """The answer; a change is filled in so that nothing but the wall is in its way."""
    if method == "GET":
        return client.get(path, searches(of))
    if address.route.startswith("api/"):
        return client.post(path, json.dumps(body(address, of)), content_type="application/json")
    return client.post(path, urlencode(fields(of)), content_type=FORM)


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    return told + content.decode("utf-8", "replace")


def _browser(planted: Planted, who: str) -> Client:
    client = planted.world.client(who) if who else Client()
    client.raise_request_exception = False
    return client


def _program(planted: Planted, who: str) -> Client:
    """Whoever uses the API: by a token with all the rights that they have themselves."""
    headers = {"Authorization": f"Bearer {planted.tokens[who]}"} if who else None
    return Client(raise_request_exception=False, headers=headers)


def _belongings(planted: Planted, who: str) -> object:
    """Everything of others: facts about them, their parties, people, roles and tokens."""
    south = planted.world.provider("south")
    theirs = [facts_since(south, 0, 10_000)]
    others = [of for of in whose(planted, who) if of.private]
    subjects = {subject for of in others for subject in of.subjects}
    subjects |= {f"customer:{party}" for of in others for party in of.parties}
    north = facts_since(planted.world.provider("north"), 0, 10_000)
    theirs.append(tuple(row for row in north if row[1].subject in subjects))
    keys = [party for of in others for party in of.parties]
    of_them = Membership.objects.filter(organisation__key__in=keys)
    parties = Organisation.objects.filter(key__in=keys)
    alarms = [int(alarm) for of in others for alarm in of.alarms]
    party = who.partition(" ")[0] or "nobody"
    people = [key for name, key in planted.world.people.items() if not name.startswith(party)]
    return (
        theirs,
        sorted(of_them.values_list("person__key", "organisation__key", "role")),
        sorted(parties.values_list("key", "name", "language", "zone")),
        sorted(Person.objects.filter(key__in=people).values_list("key", "name", "email")),
        sorted(Token.objects.filter(organisation__key__in=keys).values_list("id", "revoked_us")),
        sorted(Alarm.objects.filter(pk__in=alarms).values_list("id", "seen_by")),
    )
