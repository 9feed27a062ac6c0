"""Connexys: super users pass requests on, kinds have their times, releases, complaints by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from uphold.facts.times import format_time
from uphold.server.accounts.kinds import Role
from uphold.server.demo.chronicle import DAY, HOUR, MINUTE, MONTHS, Chronicle, Pen
from uphold.server.demo.lives.common import (
    NOBODY,
    asked_for,
    complaint,
    note,
    reopened,
    resolved,
    told_of_progress,
    waited,
    withdrawn,
)
from uphold.server.demo.party import Party, Somebody

_REACTION: Final = {
    "gebruikersvraag": 720,
    "niveau-1": 180,
    "niveau-2": 480,
    "niveau-3": 480,
    "wijzigingsverzoek": 960,
}
_RESOLUTION: Final = {
    "gebruikersvraag": 720,
    "niveau-1": 480,
    "niveau-2": 2400,
    "niveau-3": 6000,
    "wijzigingsverzoek": 4800,
}
_PARTS: Final = ("niveau-2", "niveau-3")
_FIRST: Final = 14
"""The number of the first release."""
_KINDS: Final = (
    *(["gebruikersvraag"] * 6),
    *(["niveau-1"] * 2),
    *(["niveau-2"] * 4),
    *(["niveau-3"] * 2),
    "wijzigingsverzoek",
)


def past(chronicle: Chronicle) -> None:
    """Four months of requests, releases and complaints."""
    draw, house = chronicle.draw, chronicle.house
    releases(chronicle)
    for at_us in chronicle.days(4):
        party = draw.choice(house.customers)
        author = draw.choice(party.some(Role.USER, Role.USER, Role.SUPER_USER))
        request(chronicle.pen("request", at_us, party, author), draw.choice(_KINDS))
    for back, named, confirm, contact in (
        (104, True, (60, 300), (90, 300)),
        (81, False, (60, 300), (90, 300)),
        (58, True, (60, 300), (1100, 1300)),
        (30, True, (1100, 1300), (60, 120)),
        (17, True, (60, 300), (90, 300)),
    ):
        begins_us = chronicle.desk().add_us(chronicle.now_us - back * DAY, 90 * MINUTE)
        pen = chronicle.pen("complaint", begins_us, draw.choice(house.customers))
        complaint(pen, named=named, confirm=confirm, contact=contact)
        pen.done()


def releases(chronicle: Chronicle) -> None:
    """A release each month; the next is planned, and one date has moved."""
    party = chronicle.house.customers[0]
    for number, ships_us in enumerate(_shipping(chronicle)):
        pen = chronicle.pen("release", ships_us - 70 * DAY, party)
        product = {"product": "standaardapplicatie"}
        if number == 3:
            pen.tell("planned", planned=format_time(ships_us - 7 * DAY), **product)
            pen.later(20 * 24 * 60)
        pen.tell("planned", planned=format_time(ships_us), **product)
        pen.at_us = ships_us
        pen.tell("shipped", **product)
        pen.done(subject=f"release:{_FIRST + number}.0", everybodys=True)


def _shipping(chronicle: Chronicle) -> tuple[int, ...]:
    """When each release ships, from before the history to after it."""
    desk = chronicle.desk()
    begins_us = chronicle.now_us - MONTHS - 6 * DAY
    days = (desk.next_working_day_close_us(begins_us + 30 * n * DAY) for n in range(7))
    return tuple(closing_us - 3 * HOUR for closing_us in days)


def opened(pen: Pen, kind: str, *, channel_reason: str = "", **fields: object) -> None:
    """Somebody asks in the service desk."""
    words = pen.headed(kind)
    if channel_reason:
        words = replace(words, parts=(*words.parts, ("channel_reason", channel_reason)))
    role = "super user" if pen.author.has(Role.SUPER_USER) else "user"
    told = {"author": pen.author.key, "author_role": role, "kind": kind, "channel": "portal"}
    pen.tell("opened", words, **{**told, **fields})


def passed_on(pen: Pen) -> None:
    """A super user of the customer passes a colleague's request on."""
    if not pen.author.has(Role.SUPER_USER):
        pen.later(12, 400)
        pen.tell("forwarded", by=pen.party.some(Role.SUPER_USER)[0].key)


def request(pen: Pen, kind: str) -> None:
    """One request from its opening to its end, as most of them go, and some do not."""
    chance, draw = pen.chronicle.chance, pen.draw
    part = {"part": "maatwerk" if chance(45) else "standaard"} if kind in _PARTS else {}
    opened(pen, kind, **part, **_channel(pen))
    if not pen.author.has(Role.SUPER_USER) and chance(7):
        pen.later(20, 300)
        superior = pen.party.some(Role.SUPER_USER)[0]
        words = pen.voice.line(pen.voice.phrase("declined"), superior, "reason")
        pen.tell("cancelled", words, by=superior.key)
        pen.done()
        return
    passed_on(pen)
    begin_us = pen.at_us
    pen.by_day()
    pen.work(5, 50)
    pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
    if chance(3):
        withdrawn(pen)
        pen.done()
        return
    late = draw.randrange(1020, 1600) if chance(8) else draw.randrange(50, 900)
    pen.share(begin_us, _REACTION[kind], late)
    pen.answer()
    if part.get("part") == "standaard":
        _with_a_release(pen)
    else:
        _solved(pen, kind, begin_us)
    pen.done()


def _with_a_release(pen: Pen) -> None:
    """On to the next release, now and then only to the one after, which resolves it."""
    coming = [
        (ships_us, _FIRST + number)
        for number, ships_us in enumerate(_shipping(pen.chronicle))
        if ships_us > pen.at_us
    ]
    ships_us, number = coming[1 if pen.chronicle.chance(30) and len(coming) > 1 else 0]
    pen.at_us = ships_us
    pen.later(20, 300)
    resolved(pen, release=f"{number}.0")


def _channel(pen: Pen) -> dict[str, str]:
    """Now and then by e-mail or telephone, with the reason recorded or not."""
    if not pen.chronicle.chance(6):
        return {}
    told = {"channel": pen.draw.choice(("e-mail", "telephone"))}
    if pen.chronicle.chance(70):
        told["channel_reason"] = pen.voice.phrase("unreachable")
    return told


def _solved(pen: Pen, kind: str, begin_us: int) -> None:
    """From the first contact to the end; standard parts wait for a release."""
    chance, draw = pen.chronicle.chance, pen.draw
    if chance(25):
        pen.work(10, 90)
        waited(pen, "customer", "details", most_minutes=1800)
    if chance(15):
        note(pen)
    for _ in range(draw.randrange(3)):
        pen.work(60, 300)
        told_of_progress(pen)
    late = draw.randrange(1030, 1400) if chance(8) else draw.randrange(200, 930)
    pen.share(begin_us, _REACTION[kind] + _RESOLUTION[kind], late)
    pen.work(1, 20)
    if chance(6):
        reopened(pen)
    else:
        resolved(pen)


def present(chronicle: Chronicle) -> None:
    """What is open now: at the super user, running, nearly due, held, missed, in a release."""
    _at_the_customer(chronicle)
    for label, kind, minutes in (
        ("running", "niveau-1", 60),
        ("nearly due", "niveau-1", 165),
        ("missed", "niveau-1", 240),
        ("running", "gebruikersvraag", 200),
        ("nearly due", "gebruikersvraag", 690),
        ("missed", "gebruikersvraag", 900),
        ("running", "niveau-1", 95),
        ("running", "wijzigingsverzoek", 300),
    ):
        pen = _since(chronicle, minutes, chronicle.draw.choice(chronicle.house.customers), label)
        opened(pen, kind)
        if chronicle.chance(50):
            pen.later(4, 14)
            pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
        pen.done()
    _in_work(chronicle)
    _unusual(chronicle)


def _since(
    chronicle: Chronicle,
    minutes: int,
    party: Party,
    label: str,
    author: Somebody | None = None,
    thing: str = "request",
) -> Pen:
    """A pen for what a super user, or another author, began so many working minutes ago."""
    begins_us = chronicle.desk().sub_us(chronicle.now_us, minutes * MINUTE)
    author = author or party.some(Role.SUPER_USER)[0]
    return chronicle.pen(thing, begins_us, party, author, label)


def _at_the_customer(chronicle: Chronicle) -> None:
    """Colleagues' requests that wait for their super user."""
    waterkant, volta = chronicle.house.customers[:2]
    for party, hours, kind in (
        (waterkant, 2, "gebruikersvraag"),
        (waterkant, 27, "niveau-2"),
        (waterkant, 70, "wijzigingsverzoek"),
        (volta, 5, "niveau-3"),
    ):
        author = next(each for each in party.some(Role.USER) if each.is_trained)
        begins_us = chronicle.now_us - hours * HOUR
        pen = chronicle.pen("request", begins_us, party, author, "waits for the super user")
        opened(pen, kind)
        pen.done()


def _in_work(chronicle: Chronicle) -> None:
    """Answered, with the time to solve running, held, missed, or aimed at a release."""
    waterkant, volta, oosterveen, mertens = chronicle.house.customers
    for party, kind, part, minutes, label in (
        (waterkant, "niveau-1", "", 420, "to be solved"),
        (oosterveen, "niveau-1", "", 800, "solved too late"),
        (volta, "niveau-2", "maatwerk", 900, "to be solved"),
        (waterkant, "niveau-2", "standaard", 1500, "to be solved in a release"),
        (mertens, "niveau-3", "standaard", 1200, "no time to solve"),
        (oosterveen, "gebruikersvraag", "", 800, "held"),
    ):
        pen = _since(chronicle, minutes, party, label)
        opened(pen, kind, **({"part": part} if part else {}))
        pen.work(20, 60)
        pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
        pen.work(30, 90)
        pen.answer()
        pen.work(10, 60)
        if label == "held":
            pen.work(620)
            asked_for(pen, "customer", "details")
        else:
            told_of_progress(pen)
        pen.done()


def _unusual(chronicle: Chronicle) -> None:
    """Somebody untrained, a call with its reason, and complaints."""
    waterkant, volta, oosterveen, _ = chronicle.house.customers
    untrained = next(each for each in waterkant.people if not each.is_trained)
    pen = _since(chronicle, 260, waterkant, "not trained", untrained)
    opened(pen, "gebruikersvraag")
    pen.later(30)
    pen.tell("forwarded", by=waterkant.some(Role.SUPER_USER)[0].key)
    pen.done()
    pen = _since(chronicle, 130, volta, "by telephone")
    reason = pen.voice.phrase("unreachable")
    opened(pen, "niveau-1", channel="telephone", channel_reason=reason)
    pen.done()
    for party, minutes, label, named in (
        (oosterveen, 200, "to be confirmed", None),
        (volta, 430, "confirmed without a name", False),
        (waterkant, 700, "to be contacted", True),
    ):
        pen = _since(chronicle, minutes, party, label, thing="complaint")
        talk = pen.draw.choice(pen.voice.tongue.complaints)
        letter = pen.voice.letter(talk["text"], pen.author, title=talk["title"])
        pen.tell("received", letter, author=pen.author.key, channel="e-mail")
        if named is not None:
            pen.work(60)
            owner = chronicle.house.agents[0]
            called = owner.name if named else NOBODY
            words = pen.voice.reply(talk["confirmed"].format(name=called), owner, pen.author)
            named_owner = {"owner": owner.key} if named else {}
            pen.tell("confirmed", words, by=owner.key, **named_owner)
        pen.done()
