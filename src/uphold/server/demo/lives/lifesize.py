"""Lifesize: a guarantee of availability and no clocks; help is given, outages are judged."""

from __future__ import annotations

from typing import Final

from uphold.facts.times import format_time
from uphold.server.demo.chronicle import DAY, HOUR, MINUTE, Chronicle, Pen
from uphold.server.demo.lives.common import (
    asked_for,
    complaint,
    note,
    reopened,
    resolved,
    told_of_progress,
    waited,
    withdrawn,
)
from uphold.server.demo.lives.maintenance import maintenance

_LEVELS: Final = ("high", "medium", "medium", "low")
_CHANNELS: Final = ("portal", "e-mail", "telephone", "chat")
_SERVICE: Final = "cloud-service"


def past(chronicle: Chronicle) -> None:
    """Four months of requests, to which the agreement promises no time."""
    draw, house = chronicle.draw, chronicle.house
    for at_us in chronicle.days(2):
        request(chronicle.pen("request", at_us, draw.choice(house.customers)), draw.choice(_LEVELS))
    begins_us = chronicle.desk().add_us(chronicle.now_us - 44 * DAY, HOUR)
    pen = chronicle.pen("complaint", begins_us, draw.choice(house.customers))
    complaint(pen)
    pen.done()


def opened(pen: Pen, level: str) -> None:
    """Somebody asks for help."""
    words = pen.headed(level)
    told = {"author": pen.author.key, "author_role": "user", "channel": pen.draw.choice(_CHANNELS)}
    pen.tell("opened", words, **told, service=_SERVICE)


def request(pen: Pen, level: str) -> None:
    """One request from its opening to its end."""
    chance = pen.chronicle.chance
    opened(pen, level)
    pen.by_day()
    pen.work(5, 60)
    pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
    if chance(4):
        withdrawn(pen)
        pen.done()
        return
    pen.work(20, 300)
    pen.answer()
    if chance(30):
        pen.work(10, 100)
        waited(pen, "customer", "details")
    if chance(15):
        note(pen)
    if chance(40):
        pen.work(60, 500)
        told_of_progress(pen)
    pen.work(60, 900)
    if chance(8):
        reopened(pen)
    else:
        resolved(pen)
    pen.done()


def platform(chronicle: Chronicle) -> None:
    """Maintenance of the sorts that do not count, and outages, one of a single account."""
    now_us, party = chronicle.now_us, chronicle.house.customers[0]
    for back, kind, ahead in (
        (95, "planned", 12),
        (64, "requested", 5),
        (37, "emergency", 1),
        (15, "planned", 9),
        (-6, "planned", 13),
    ):
        start_us = chronicle.desk().next_working_day_close_us(now_us - back * DAY) + 5 * HOUR
        pen = chronicle.pen("maintenance", start_us - ahead * DAY - 11 * HOUR, party)
        maintenance(pen, kind, start_us, services=[_SERVICE], told_minutes=240)
    for back, minutes, alone in ((88, 52, False), (51, 31, True), (23, 4, False)):
        _outage(chronicle.pen("outage", now_us - back * DAY, party), minutes, alone=alone)


def _outage(pen: Pen, minutes: int, *, alone: bool) -> None:
    """Sign-in fails; a customer reports it, and a person settles from when to when it was."""
    begin_us = pen.at_us
    scope = {"accounts": [pen.account.name]} if alone else {}
    pen.later(3, 9)
    pen.tell("reported", service=_SERVICE, start=format_time(begin_us), **scope)
    pen.work(120, 300)
    end = format_time(begin_us + minutes * MINUTE)
    told = {"service": _SERVICE, "start": format_time(begin_us), "end": end, "cause": "own"}
    pen.tell("judged", **told, by=pen.agent.key, **scope)
    pen.done(everybodys=not alone)


def present(chronicle: Chronicle) -> None:
    """What is open now: new, in work, waiting for the customer."""
    draw, customers = chronicle.draw, chronicle.house.customers
    for place, (label, minutes) in enumerate(
        (
            ("new", 20),
            ("new", 55),
            ("new", 110),
            ("new", 190),
            ("in work", 240),
            ("in work", 330),
            ("in work", 420),
            ("in work", 600),
            ("in work", 820),
            ("waiting", 260),
            ("waiting", 500),
            ("waiting", 950),
        )
    ):
        begins_us = chronicle.desk().sub_us(chronicle.now_us, minutes * MINUTE)
        party, level = customers[place % len(customers)], draw.choice(_LEVELS)
        pen = chronicle.pen("request", begins_us, party, label=label)
        opened(pen, level)
        if label != "new":
            pen.work(4, 9)
            pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
            pen.work(20, 90)
            pen.answer()
        if label == "waiting":
            pen.work(10, 60)
            asked_for(pen, "customer", "details")
        pen.done()
