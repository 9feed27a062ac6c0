"""The two providers of `tests.server.people` with something of everything, and a canary in each.

A canary is a made-up word that stands in nothing but what one of the parties may see. Wherever it
occurs in an answer to somebody else, a wall has a hole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.server.people import World, make_world

from uphold.server import clock
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import May
from uphold.server.accounts.models import Organisation, Person
from uphold.server.agreements import services as agreements
from uphold.server.desk import services as desk
from uphold.server.desk.models import Alarm, Thing
from uphold.server.ledger.models import Head
from uphold.server.uptime import services as uptime
from uphold.server.uptime.services import Action

SOUTH, FJORD, LAKE, MINE, COLLEAGUE, INTERNAL = (
    "zqsouth",
    "zqfjord",
    "zqlake",
    "zqmine",
    "zqcolleague",
    "zqinternal",
)
ALL = frozenset({SOUTH, FJORD, LAKE, MINE, COLLEAGUE, INTERNAL})
SHARED = "zebra"
"""A word that stands in every text beside its canary, so that searches can be tried with it."""

AGREEMENTS = Path(__file__).resolve().parents[2] / "agreements"


@dataclass(frozen=True, slots=True)
class Planted:
    """The world; subjects and alarms by name (`mine`, `colleague`, `fjord`, `lake`, `delta`, …)."""

    world: World
    subjects: Mapping[str, str]
    agreements: Mapping[str, str]
    tokens: Mapping[str, str]
    alarms: Mapping[str, int]


def may_see(who: str) -> frozenset[str]:
    """The canaries that may occur in answers to the person of that name, "" for a visitor."""
    if who.startswith("north"):
        return ALL - {SOUTH}
    if who.startswith("fjord"):
        return frozenset({FJORD, MINE} if who == "fjord user" else {FJORD, MINE, COLLEAGUE})
    return frozenset({LAKE} if who.startswith(("lake", "quay")) else ())


def plant() -> Planted:
    """Plants it all; inside a transaction or a test's database."""
    world = make_world()
    Head.objects.create(provider_id=world.provider("south"), next_number=7_001)
    _rename(world)
    names = {
        "north": _agreement(world, "north", "north-support", "Support"),
        "south": _agreement(world, "south", "south-support", f"{SOUTH} support"),
    }
    subjects: dict[str, str] = {}
    for provider, customer, person, canary in (
        ("north", "fjord", "fjord user", MINE),
        ("north", "fjord", "fjord colleague", COLLEAGUE),
        ("north", "lake", "lake user", LAKE),
        ("south", "delta", "delta user", SOUTH),
        ("south", "oasis", "oasis user", SOUTH),
    ):
        _customer(world, provider, customer, names[provider], canary)
        name = {MINE: "mine", COLLEAGUE: "colleague"}.get(canary, customer)
        subjects[name] = _request(world, provider, person, canary)
        subjects[f"{name} complaint"] = _thing(world, person, "receive", canary)
    subjects |= _maintenance(world)
    tokens = {name: _token(world, name) for name in world.people}
    return Planted(world, subjects, names, tokens, _alarms(subjects))


def _rename(world: World) -> None:
    """Every party and person of South bears its canary, of North each customer its own."""
    for key, party in world.parties.items():
        canary = {"fjord": FJORD, "lake": LAKE}.get(key, "")
        if party.provider == world.provider("south"):
            canary = SOUTH
        if canary:
            named = f"{party.name} {canary}"
            contact = {"telephone": canary}
            Organisation.objects.filter(pk=party.id).update(name=named, contact=contact)
    for name, key in world.people.items():
        if name.startswith(("south", "delta", "oasis", "mesa", "comet")):
            person = Person.objects.get(key=key)
            person.name, person.email = f"{person.name} {SOUTH}", f"{SOUTH}-{person.email}"
            person.save()


def _agreement(world: World, provider: str, name: str, title: str) -> str:
    source = (AGREEMENTS / "biztek.md").read_text(encoding="utf-8")
    source = source.replace("agreement: biztek-support", f"agreement: {name}")
    source = source.replace("title: Nivå for støtte og tjenester", f"title: {title}")
    by = world.people[f"{provider} administrator"]
    agreements.post(world.provider(provider), source, by=by)
    return name


def _customer(world: World, provider: str, customer: str, agreement: str, canary: str) -> None:
    home, person = world.provider(provider), world.people[f"{customer} user"]
    if accounts.infrastructure_changes(home, customer):
        return
    is_fjord = customer == "fjord"
    word = FJORD if is_fjord else canary
    accounts.agree(home, customer, "", agreement=agreement, plan=word, office=word, region=word)
    accounts.train(home, customer, person, by=world.people[f"{provider} lead"])
    told = f"{SHARED} {COLLEAGUE if is_fjord else canary}"
    by = world.people[f"{customer} technical contact"]
    accounts.report_infrastructure_change(home, customer, told, what="network", by=by)


def _request(world: World, provider: str, person: str, canary: str) -> str:
    """A request with a reply, an answer and a note that only the provider's people see."""
    subject = _thing(world, person, "open", canary)
    agent = world[f"{provider} agent"]
    words = f"{SHARED} {canary} answered"
    desk.act(agent, "answer", subject, {"words": words})
    hidden = canary if canary == SOUTH else INTERNAL
    desk.act(agent, "note", subject, {"words": f"{SHARED} {hidden}"})
    return subject


def _thing(world: World, person: str, action: str, canary: str) -> str:
    viewer = world[person]
    told: dict[str, object] = {"title": f"{SHARED} {canary}", "words": f"{SHARED} {canary} words"}
    offered = next(each for each in desk.openings(viewer) if each.action == action)
    for field in offered.fields:
        if field.required and field.name not in told:
            told[field.name] = field.value or field.choices[0][0]
    return desk.act(viewer, action, None, told).subject


def _alarms(subjects: Mapping[str, str]) -> dict[str, int]:
    """A warning about each request, that nobody has seen."""
    found = {}
    for name, subject in subjects.items():
        thing = Thing.objects.filter(subject=subject).first()
        if thing is not None:
            found[name] = Alarm.objects.create(
                provider_id=thing.provider_id,
                customer=thing.customer,
                author=thing.author,
                key=f"{subject} of {name}",
                subject=subject,
                clock="response",
                threshold="half",
                raised_us=clock.now_us(),
            ).pk
    return found


def _maintenance(world: World) -> dict[str, str]:
    """Work planned for everybody of South, and work that concerns Lake alone."""
    planned = {}
    for name, provider, customer, canary in (
        ("south maintenance", "south", "", SOUTH),
        ("lake maintenance", "north", "lake", LAKE),
        ("fjord maintenance", "north", "fjord", FJORD),
    ):
        values = {
            "title": f"{SHARED} {canary}",
            "words": f"{SHARED} {canary}",
            "kind": "planned",
            "start": "2026-12-24T22:00",
            "end": "2026-12-24T23:00",
            "customer": customer,
        }
        planned[name] = uptime.act(world[f"{provider} lead"], Action.PLAN, None, values).subject
    return planned


def _token(world: World, name: str) -> str:
    viewer = world[name]
    canary = SOUTH if viewer.provider == world.provider("south") else "token"
    scopes = [right for right in May if viewer.may(right)]
    return accounts.new_token(viewer, f"{name} {canary}", scopes)[1]
