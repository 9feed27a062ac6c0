"""Easymeeting: three priorities, two desks, channels by best effort, orders, maintenance."""

from __future__ import annotations

from typing import Final

from uphold.facts.times import format_time
from uphold.server.accounts.kinds import Role
from uphold.server.demo.chronicle import DAY, HOUR, MINUTE, Chronicle, Pen
from uphold.server.demo.event import Words
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

_TARGET: Final = {"high": 480, "medium": 2880, "low": 2400}
_CHANNELS: Final = ("portal", "e-mail", "portal", "telephone", "chat", "e-mail")


def past(chronicle: Chronicle) -> None:
    """Four months of requests and orders, as they come in."""
    draw, house = chronicle.draw, chronicle.house
    for place, at_us in enumerate(chronicle.days(4)):
        party = draw.choice(house.customers)
        if place % 6 == 5:
            order(chronicle.pen("order", at_us, party), draw.choice(_ITEMS))
        else:
            request(chronicle.pen("request", at_us, party), draw.choice(_LEVELS))
    for back in (97, 61, 20):
        at_us = chronicle.desk().add_us(chronicle.now_us - back * DAY, 90 * MINUTE)
        pen = chronicle.pen("complaint", at_us, draw.choice(house.customers))
        complaint(pen)
        pen.done()


_LEVELS: Final = ("high", "high", "high", "medium", "medium", "low")
_ITEMS: Final = (
    "online-licence",
    "online-licence",
    "manual-licence",
    "number-registration",
    "meeting-bridge",
    "webcast",
    "meeting-support",
)


def opened(pen: Pen, level: str, **fields: object) -> None:
    """Somebody asks for help."""
    words = pen.headed(level)
    role = "super user" if pen.author.has(Role.SUPER_USER) else "user"
    pen.tell("opened", words, author=pen.author.key, author_role=role, **fields)


def request(pen: Pen, level: str) -> None:
    """One request from its opening to its end, as most of them go, and some do not."""
    draw, chance = pen.draw, pen.chronicle.chance
    begin_us = pen.at_us
    kind = {"high": "incident", "medium": "problem", "low": "wish"}[level]
    told: dict[str, object] = {"channel": draw.choice(_CHANNELS), "kind": kind}
    told["service"] = draw.choice(("licence", "licence", "cloud-connect", "remote-assistance"))
    if chance(4):
        told["service"] = "room-design"
    opened(pen, level, **told)
    pen.by_day()
    pen.work(4, 40)
    pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
    if level != "high":
        pen.work(1, 20)
        pen.tell("classified", priority=level, by=pen.agent.key)
    if chance(3):
        withdrawn(pen)
        pen.done()
        return
    if chance(7):
        pen.tell("cause", cause=draw.choice(("connection", "third-party", "unsupported")))
    if chance(9):
        waited(pen, "representative", "awaited")
    if kind != "wish" or told["service"] == "remote-assistance":
        pen.share(begin_us, 480, draw.randrange(1050, 1900) if chance(8) else _some(pen))
        pen.tell("started", by=pen.agent.key)
    late = draw.randrange(1030, 1500) if chance(7) else _some(pen)
    pen.share(begin_us, _TARGET[level], late)
    pen.answer()
    _worked_on(pen)
    pen.done()


def _some(pen: Pen) -> int:
    """How much of the promised time goes when all goes well, of a thousand."""
    return pen.draw.randrange(40, 850)


def _worked_on(pen: Pen) -> None:
    """From the first answer to the end."""
    chance = pen.chronicle.chance
    if chance(30):
        pen.work(10, 120)
        cause, phrase = pen.draw.choice((("remote access", "access"), ("details", "details")))
        waited(pen, cause, phrase, most_minutes=1500)
    if chance(15):
        note(pen)
    if chance(12):
        start_us = pen.desk.next_open_us(pen.at_us + DAY) + 10 * HOUR
        pen.work(10, 30)
        pen.tell(
            "session arranged",
            start=format_time(start_us),
            end=format_time(start_us + HOUR),
            by=pen.agent.key,
        )
    for _ in range(pen.draw.randrange(3)):
        pen.work(60, 420)
        told_of_progress(pen)
    pen.work(30, 600)
    if chance(8):
        reopened(pen)
    else:
        resolved(pen)


def ordered(pen: Pen, item: str) -> Words:
    """What an order is headed by."""
    return pen.voice.line(pen.voice.tongue.orders[item], pen.author, "title")


def order(pen: Pen, item: str, *, permille: int | None = None) -> None:
    """One order; `permille` is how much of the promised time its delivery takes."""
    chance, draw = pen.chronicle.chance, pen.draw
    permille = permille or (draw.randrange(1050, 1600) if chance(9) else draw.randrange(200, 900))
    told: dict[str, object] = {"item": item, "author": pen.author.key, "channel": "portal"}
    if item in ("meeting-bridge", "webcast"):
        ahead = draw.randrange(3, 6) if chance(20) else draw.randrange(9, 20)
        told["wanted"] = format_time(pen.at_us + ahead * DAY)
        pen.tell("placed", ordered(pen, item), **told, quantity=1)
        pen.at_us += ahead * DAY - 2 * HOUR
    elif item == "online-licence":
        pen.tell("placed", ordered(pen, item), **told, quantity=draw.randrange(1, 30))
        pen.at_us += 5 * MINUTE * permille // 1000
    else:
        begin_us = pen.at_us
        pen.tell("placed", ordered(pen, item), **told, quantity=draw.randrange(1, 5))
        if item == "meeting-support" and chance(50):
            pen.work(30, 90)
            pen.tell("held", cause="remote access")
            pen.later(60, 900)
            pen.tell("resumed", cause="remote access")
        minutes = {"number-registration": 960}.get(item, 480)
        pen.share(begin_us, minutes, permille)
    pen.tell("delivered", by=pen.agent.key)
    pen.done()


def present(chronicle: Chronicle) -> None:
    """What is open now: a clock of each sort in each state, so that there is something to do."""
    for label, level, minutes in (
        ("running", "high", 130),
        ("running", "medium", 900),
        ("running", "low", 700),
        ("nearly due", "high", 446),
        ("missed", "high", 610),
        ("missed", "medium", 3100),
    ):
        pen = _since(chronicle, minutes, "nordlys-kommune", label)
        _fresh(pen, level, channel="portal", kind="incident" if level == "high" else "problem")
    _american(chronicle)
    _round_the_clock(chronicle)
    _waiting(chronicle)
    _by_best_effort(chronicle)
    _orders(chronicle)


def _since(chronicle: Chronicle, minutes: int, key: str, label: str, thing: str = "request") -> Pen:
    """A pen for what began so many working minutes ago."""
    party = next(each for each in chronicle.house.customers if each.key == key)
    begins_us = chronicle.desk(party).sub_us(chronicle.now_us, minutes * MINUTE)
    return chronicle.pen(thing, begins_us, party, label=label)


def _fresh(pen: Pen, level: str, **fields: object) -> None:
    """Asked, perhaps assigned, and not answered yet."""
    opened(pen, level, **fields)
    if level != "high":
        pen.work(2, 9)
        pen.tell("classified", priority=level, by=pen.agent.key)
    if pen.chronicle.chance(60):
        pen.work(2, 9)
        pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
    pen.done()


def _american(chronicle: Chronicle) -> None:
    """Requests of the American customer, counted in New York time."""
    for label, level, minutes in (
        ("American, running", "high", 200),
        ("American, running", "medium", 400),
        ("American, nearly due", "high", 455),
    ):
        pen = _since(chronicle, minutes, "hartwell-medical", label)
        _fresh(pen, level, channel="e-mail", kind="incident", service="licence")


def _round_the_clock(chronicle: Chronicle) -> None:
    """Calls under the 24x7 addition: their clocks tick at every hour of every day."""
    party = next(each for each in chronicle.house.customers if each.key == "fjordhus")
    for label, minutes in (
        ("ticks day and night", 95),
        ("ticks day and night", 252),
        ("nearly due day and night", 468),
        ("missed day and night", 540),
    ):
        begins_us = chronicle.now_us - minutes * MINUTE
        pen = chronicle.pen("request", begins_us, party, label=label)
        opened(pen, "high", channel="telephone", kind="incident", service="licence")
        pen.later(3, 9)
        pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
        pen.done()


def _waiting(chronicle: Chronicle) -> None:
    """Held clocks, work under way, a cause that is not ours."""
    pen = _since(chronicle, 320, "fjordhus", "held")
    opened(pen, "high", channel="portal", kind="incident")
    pen.work(30)
    asked_for(pen, "representative", "awaited")
    pen.done()
    pen = _since(chronicle, 300, "casa-bravia", "held after the answer")
    opened(pen, "high", channel="e-mail", kind="problem")
    pen.work(80)
    pen.answer()
    pen.work(5)
    asked_for(pen, "remote access", "access")
    pen.done()
    pen = _since(chronicle, 500, "lumen-academy", "in work")
    opened(pen, "high", channel="portal", kind="incident", service="remote-assistance")
    pen.work(60)
    pen.answer()
    pen.work(10)
    pen.tell("started", by=pen.agent.key)
    pen.work(120)
    told_of_progress(pen)
    note(pen)
    pen.done()
    pen = _since(chronicle, 260, "nordlys-kommune", "not owed")
    opened(pen, "high", channel="portal", kind="incident", service="cloud-connect")
    pen.work(40)
    pen.tell("cause", cause="connection")
    pen.done()


def _by_best_effort(chronicle: Chronicle) -> None:
    """What came by a channel or at an hour for which nothing is promised, or not yet."""
    desk = chronicle.desk()
    closed_us = desk.previous_close_us(chronicle.now_us)
    for channel, label, after in (
        ("e-mail", "after hours, by e-mail", 246),
        ("telephone", "after hours, by telephone", 185),
        ("chat", "by chat", -50),
    ):
        begins_us = min(closed_us + after * MINUTE, chronicle.now_us - 4 * MINUTE)
        party = next(each for each in chronicle.house.customers if each.key == "nordlys-kommune")
        pen = chronicle.pen("request", begins_us, party, label=label)
        opened(pen, "high", channel=channel, kind="incident")
        pen.done()


def _orders(chronicle: Chronicle) -> None:
    """Orders under way, one held, and one that came too late."""
    for item, minutes in (("manual-licence", 200), ("number-registration", 300)):
        pen = _since(chronicle, minutes, "hartwell-medical", "running", "order")
        pen.tell(
            "placed",
            ordered(pen, item),
            item=item,
            author=pen.author.key,
            channel="portal",
            quantity=2,
        )
        pen.done()
    pen = _since(chronicle, 240, "nordlys-kommune", "held", "order")
    pen.tell(
        "placed",
        ordered(pen, "meeting-support"),
        item="meeting-support",
        author=pen.author.key,
        channel="portal",
        quantity=1,
    )
    pen.work(20)
    pen.tell("held", cause="remote access")
    pen.done()
    for label, days in (("ordered too late", 4), ("ordered in time", 12)):
        pen = _since(chronicle, 400, "casa-bravia", label, "order")
        wanted = format_time(pen.at_us + days * DAY)
        told = {"item": "meeting-bridge", "author": pen.author.key, "quantity": 1}
        words = ordered(pen, "meeting-bridge")
        pen.tell("placed", words, **told, channel="portal", wanted=wanted)
        pen.done()
