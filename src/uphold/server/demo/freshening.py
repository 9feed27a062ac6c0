"""Bringing a demo that was left alone up to the present.

When nothing has happened in a house for some hours, its desk is taken to have worked on meanwhile:
what was open and old is answered and resolved at times when the desk was open, planned maintenance
is done, and new things have come in, so that clocks run now as they did on the first day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from uphold.facts import Fact
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import Role
from uphold.server.demo.chronicle import DAY, HOUR, Chronicle, Pen
from uphold.server.demo.event import Story
from uphold.server.demo.history import newly_open, numbered
from uphold.server.demo.loading import append, next_subject
from uphold.server.demo.party import House, Party, Somebody
from uphold.server.demo.world import HOUSES
from uphold.server.ledger import services as ledger

STALE_US: Final = 8 * HOUR
"""How long nothing has happened in a house that is brought up to the present."""
_LEFT_US: Final = DAY
"""How long a thing must have been left alone for the desk to be taken to have gone on with it."""

_ENDS: Final = frozenset(
    {
        "request.resolved",
        "request.closed",
        "request.cancelled",
        "request.merged",
        "complaint.answered",
        "order.delivered",
        "order.cancelled",
        "maintenance.ended",
        "maintenance.cancelled",
    }
)
_WORKED: Final = frozenset({"request", "complaint", "order", "maintenance"})


def freshen(now_us: int) -> int:
    """Brings every house up to `now_us` that needs it; gives how many new things are open."""
    keys = {each.key: each.id for each in accounts.providers()}
    count = 0
    with transaction.atomic():
        for house in HOUSES:
            if house.key in keys:
                count += _freshen(keys[house.key], house, now_us)
    return count


def _freshen(provider: int, house: House, now_us: int) -> int:
    position = ledger.position(provider)
    last = ledger.facts_since(provider, position - 1)
    last_us = max((fact.recorded_us or 0 for _, fact in last), default=0)
    if now_us - last_us < STALE_US:
        return 0
    seed, facts = f"since {position}", _every(provider)
    opened = numbered(newly_open(house, now_us, seed), lambda thing: next_subject(provider, thing))
    append(provider, (*gone_on(house, facts, now_us, seed), *opened))
    return len(opened)


def _every(provider: int) -> tuple[Fact, ...]:
    """All facts of a ledger."""
    found: list[tuple[int, Fact]] = []
    while some := ledger.facts_since(provider, found[-1][0] if found else 0):
        found += some
    return tuple(fact for _, fact in found)


def gone_on(house: House, facts: Iterable[Fact], now_us: int, seed: str) -> tuple[Story, ...]:
    """How the desk went on with what was left open a day ago or more, up to now."""
    chronicle = Chronicle.of(house, now_us, seed)
    for left in _left(facts, now_us):
        _go_on(chronicle, left)
    reached = (story.until(now_us) for story in chronicle.told)
    return tuple(filter(None, reached))


@dataclass(frozen=True, slots=True)
class Left:
    """A thing that is still open, with its facts in order of time."""

    subject: str
    facts: tuple[Fact, ...]

    @property
    def thing(self) -> str:
        """The kind of thing it is."""
        return self.facts[0].thing

    def has(self, *types: str) -> bool:
        """Whether something of these sorts has happened to it."""
        return any(fact.type.partition(".")[2] in types for fact in self.facts)

    def last(self, name: str) -> str:
        """The latest value of a field."""
        found = [str(fact.written[name]) for fact in self.facts if fact.written.get(name)]
        return found[-1] if found else ""

    @property
    def waits(self) -> bool:
        """Whether what it waited for last has not come."""
        kinds = [fact.type.partition(".")[2] for fact in self.facts]
        return any(
            kind in ("awaiting", "held") and "resumed" not in kinds[place:]
            for place, kind in enumerate(kinds)
        )


def _left(facts: Iterable[Fact], now_us: int) -> Sequence[Left]:
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.thing in _WORKED:
            by_subject[fact.subject].append(fact)
    found = []
    for subject, told in by_subject.items():
        told.sort(key=lambda fact: fact.at_us)
        reopened = [place for place, fact in enumerate(told) if fact.type == "request.reopened"]
        since = told[reopened[-1] :] if reopened else told
        is_done = any(fact.type in _ENDS for fact in since)
        if not is_done and told[-1].at_us < now_us - _LEFT_US:
            found.append(Left(subject, tuple(told)))
    return found


def _go_on(chronicle: Chronicle, left: Left) -> None:
    """Writes the story's end; what it needs and has not got comes first."""
    party = _party(chronicle.house, left)
    author = _author(party, left)
    pen = chronicle.pen(left.thing, left.facts[-1].at_us, party, author)
    account = left.last("account")
    pen.account = next((each for each in party.accounts if each.name == account), pen.account)
    pen.by_day()
    pen.work(10, 240)
    if left.waits:
        pen.tell("resumed")
    {
        "request": _request,
        "complaint": _complaint,
        "order": _order,
        "maintenance": _maintenance,
    }[left.thing](pen, left)
    pen.done(subject=left.subject, everybodys=not left.last("customer"))


def _request(pen: Pen, left: Left) -> None:
    house = pen.chronicle.house.key
    if house == "connexys" and left.last("author_role") == "user" and not left.has("forwarded"):
        pen.tell("forwarded", by=_colleague(pen).key)
        pen.work(10, 60)
    if not left.has("answered"):
        words = pen.voice.reply(pen.voice.phrase("update"), pen.agent, pen.author)
        pen.tell("answered", words, by=pen.agent.key)
    if not left.has("started"):
        pen.tell("started", by=pen.agent.key)
    pen.work(30, 300)
    words = pen.voice.reply(pen.voice.phrase("closing"), pen.agent, pen.author)
    pen.tell("resolved", words, by=pen.agent.key)


def _complaint(pen: Pen, left: Left) -> None:
    owner = left.last("owner") or pen.chronicle.house.agents[0].key
    talk = pen.voice.tongue.complaints[0]
    if not left.last("owner"):
        pen.tell("confirmed", owner=owner, by=owner)
        pen.work(30, 120)
    if not left.has("contacted"):
        pen.tell("contacted", pen.voice.reply(talk["contacted"], pen.agent, pen.author), by=owner)
        pen.work(60, 300)
    pen.tell("answered", pen.voice.reply(talk["answered"], pen.agent, pen.author), by=owner)


def _order(pen: Pen, left: Left) -> None:
    wanted = next((fact.value("wanted") for fact in left.facts if "wanted" in fact.written), None)
    if isinstance(wanted, int):
        pen.at_us = max(pen.at_us, wanted - 2 * HOUR)
    pen.tell("delivered", by=pen.agent.key)


def _maintenance(pen: Pen, left: Left) -> None:
    plans = [fact for fact in left.facts if fact.written.get("start")]
    start = plans[-1].value("start")
    assert isinstance(start, int)
    if not left.has("announced") and pen.at_us < start:
        pen.tell("announced", to=["customers", "partners", "resellers"], channel="e-mail")
    pen.at_us = max(pen.at_us, start)
    if not left.has("started"):
        pen.tell("started")
    pen.later(50, 110)
    pen.tell("ended")


def _party(house: House, left: Left) -> Party:
    key = left.last("customer")
    return next((each for each in house.customers if each.key == key), house.customers[0])


def _author(party: Party, left: Left) -> Somebody:
    key = left.last("author")
    return next((each for each in party.people if each.key == key), party.people[0])


def _colleague(pen: Pen) -> Somebody:
    """Whoever passes requests on for the customer."""
    found = pen.party.some(Role.SUPER_USER)
    return found[0] if found else pen.author
