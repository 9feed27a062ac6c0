"""Biztek: three severities, contact and work, waits, lowering, suppliers, escalation by night."""

from __future__ import annotations

from typing import Final

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

_TARGET: Final = {"1": 60, "2": 240, "3": 480}
_LEVELS: Final = ("1", "2", "2", "2", "3", "3", "3", "3")
_CHANNELS: Final = ("portal", "e-mail", "e-mail", "telephone", "portal")
_SUPPLIERS: Final = ("microsoft-365", "microsoft-azure", "printix", "zendesk")


def past(chronicle: Chronicle) -> None:
    """Four months of requests, and a few complaints."""
    draw, house = chronicle.draw, chronicle.house
    for place, at_us in enumerate(chronicle.days(4)):
        pen = chronicle.pen("request", at_us, draw.choice(house.customers))
        if place % 11 == 6:
            handed_over(pen)
        elif place % 17 == 9:
            lowered(pen, complete=place % 3 > 0, told_minutes=draw.randrange(60, 330))
        elif place % 29 == 13:
            escalated(pen, noted=place % 3 > 0)
        else:
            request(pen, draw.choice(_LEVELS))
    for back in (88, 33):
        at_us = chronicle.desk().add_us(chronicle.now_us - back * DAY, 90 * MINUTE)
        pen = chronicle.pen("complaint", at_us, draw.choice(house.customers))
        complaint(pen)
        pen.done()


def opened(pen: Pen, level: str, **fields: object) -> None:
    """Somebody sends a request."""
    words = pen.headed(level)
    pen.tell("opened", words, author=pen.author.key, author_role="user", priority=level, **fields)


def contact(pen: Pen) -> None:
    """A consultant makes contact, and is at work a little later."""
    pen.answer()
    pen.later(1, 6)
    pen.tell("started", by=pen.agent.key)


def assigned(pen: Pen) -> None:
    """Somebody takes it."""
    pen.by_day()
    pen.work(1, 8)
    pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)


def request(pen: Pen, level: str) -> None:
    """One request from its opening to its end, as most of them go."""
    chance, draw, begin_us = pen.chronicle.chance, pen.draw, pen.at_us
    channel = "on-site" if chance(3) else draw.choice(_CHANNELS)
    opened(pen, level, channel=channel)
    assigned(pen)
    if chance(3):
        withdrawn(pen)
        pen.done()
        return
    if level == "3" and chance(10):
        pen.work(20, 120)
        words = pen.voice.line(pen.voice.phrase("raised"), pen.agent, "reason")
        pen.tell("classified", words, priority="2", by=pen.agent.key)
    if level != "1" and chance(18):
        waited(pen, "customer", "details")
    permille = draw.randrange(1010, 1700) if chance(9) else draw.randrange(60, 880)
    pen.share(begin_us, _TARGET[level], permille)
    contact(pen)
    if chance(20):
        note(pen)
    for _ in range(draw.randrange(3)):
        pen.work(40, 300)
        told_of_progress(pen)
    pen.work(20, 500)
    if chance(8):
        reopened(pen)
    else:
        resolved(pen)
    pen.done()


def lowered(pen: Pen, *, complete: bool, told_minutes: int) -> None:
    """Set down because the customer does not supply what is needed, with or without saying what."""
    opened(pen, "2", channel="e-mail")
    assigned(pen)
    pen.work(15, 60)
    asked_for(pen, "customer", "details")
    pen.work(90, 200)
    lower(pen, "3", complete=complete)
    pen.work(told_minutes)
    told_of_progress(pen)
    pen.work(30, 200)
    pen.tell("resumed", cause="customer")
    pen.work(10, 90)
    contact(pen)
    pen.work(60, 400)
    resolved(pen)
    pen.done()


def lower(pen: Pen, level: str, *, complete: bool = True) -> None:
    """The severity is set down, for a reason, and saying what the customer did not supply."""
    parts = [("reason", pen.voice.phrase("lowered"))]
    if complete:
        parts.append(("unmet", pen.voice.phrase("unmet")))
    words = Words(tuple(parts), pen.agent.key, pen.voice.tongue.language)
    lead = pen.chronicle.house.agents[0].key
    pen.tell("classified", words, priority=level, decided_by=lead, by=pen.agent.key)


def handed_over(pen: Pen) -> None:
    """The fault is a supplier's: it is told, and the customer each working day, mostly."""
    draw, chance = pen.draw, pen.chronicle.chance
    opened(pen, "2", channel=draw.choice(_CHANNELS))
    assigned(pen)
    pen.work(5, 60)
    contact(pen)
    at_supplier(pen, draw.choice(_SUPPLIERS), report_minutes=300 if chance(15) else 45)
    for _ in range(draw.randrange(1, 4)):
        pen.work(300, 700 if chance(85) else 1500)
        pen.tell("supplier.updated", supplier=draw.choice(_SUPPLIERS))
        told_of_progress(pen)
    pen.work(100, 300)
    resolved(pen)
    pen.done()


def at_supplier(pen: Pen, supplier: str, *, report_minutes: int) -> None:
    """The cause is found to be a third party's, and reported there."""
    pen.work(30, 120)
    pen.tell("cause", cause="third-party")
    pen.work(report_minutes)
    reference = f"{supplier.upper()[:3]}-{pen.draw.randrange(10_000, 99_999)}"
    pen.tell("supplier.reported", supplier=supplier, reference=reference, by=pen.agent.key)


def escalated(pen: Pen, *, noted: bool) -> None:
    """A critical request by night, taken to the manufacturer; the time spent noted, mostly."""
    pen.at_us = pen.desk.next_open_us(pen.at_us) + 14 * HOUR
    opened(pen, "1", channel="telephone")
    pen.later(12, 40)
    spent = {"billable": True, "spent": f"{pen.draw.randrange(3, 12) * 15} minutes"}
    pen.tell("escalated", to="microsoft", by=pen.agent.key, **(spent if noted else {}))
    pen.by_day()
    pen.work(5, 50)
    contact(pen)
    pen.work(60, 300)
    resolved(pen)
    pen.done()


def present(chronicle: Chronicle) -> None:
    """What is open now: each severity in each state, lowered, at a supplier, escalated."""
    for label, level, minutes, key in (
        ("running", "1", 12, "klinikk-sor"),
        ("nearly due", "1", 51, "vestfjord-fisk"),
        ("missed", "1", 75, "regnskapsbua"),
        ("running", "2", 70, "klinikk-sor"),
        ("nearly due", "2", 222, "vestfjord-fisk"),
        ("missed", "2", 320, "hytteservice"),
        ("running", "3", 100, "regnskapsbua"),
        ("running", "3", 310, "vestfjord-fisk"),
        ("nearly due", "3", 461, "klinikk-sor"),
        ("missed", "3", 700, "hytteservice"),
    ):
        pen = _since(chronicle, minutes, key, label)
        opened(pen, level, channel=pen.draw.choice(_CHANNELS))
        if chronicle.chance(60):
            pen.later(1, 4)
            pen.tell("assigned", to=pen.agent.key, by=pen.agent.key)
        pen.done()
    _half_way(chronicle)
    _waiting(chronicle)


def _since(chronicle: Chronicle, minutes: int, key: str, label: str) -> Pen:
    party = next(each for each in chronicle.house.customers if each.key == key)
    begins_us = chronicle.desk().sub_us(chronicle.now_us, minutes * MINUTE)
    return chronicle.pen("request", begins_us, party, label=label)


def _half_way(chronicle: Chronicle) -> None:
    """Contact without work is no response; on site is not received; work under way."""
    pen = _since(chronicle, 150, "klinikk-sor", "contact, no work yet")
    opened(pen, "2", channel="portal")
    pen.work(40)
    pen.answer()
    pen.done()
    pen = _since(chronicle, 90, "regnskapsbua", "not received")
    opened(pen, "3", channel="chat")
    pen.done()
    for key, minutes in (("vestfjord-fisk", 800), ("regnskapsbua", 420), ("klinikk-sor", 300)):
        pen = _since(chronicle, minutes, key, "in work")
        opened(pen, "3", channel="e-mail")
        assigned(pen)
        pen.work(50, 120)
        contact(pen)
        pen.work(30, 60)
        told_of_progress(pen)
        pen.done()
    pen = chronicle.pen(
        "request", chronicle.now_us - 5 * HOUR, chronicle.house.customers[0], label="escalated"
    )
    opened(pen, "1", channel="telephone")
    pen.later(18)
    pen.tell("escalated", to="microsoft", by=pen.agent.key, billable=True, spent="90 minutes")
    pen.done()


def _waiting(chronicle: Chronicle) -> None:
    """Held for the customer, ready to be lowered, just lowered, at a supplier."""
    for key, minutes, label in (
        ("vestfjord-fisk", 180, "held"),
        ("hytteservice", 260, "held, may be lowered"),
    ):
        pen = _since(chronicle, minutes, key, label)
        opened(pen, "2", channel="e-mail")
        pen.work(20)
        asked_for(pen, "customer", "details")
        pen.done()
    pen = _since(chronicle, 330, "regnskapsbua", "lowered, not told yet")
    opened(pen, "2", channel="portal")
    pen.work(30)
    asked_for(pen, "customer", "details")
    pen.work(190)
    lower(pen, "3")
    pen.done()
    for minutes, report, label in (
        (300, 60, "at a supplier, the customer to be told"),
        (190, 900, "supplier to be told"),
    ):
        pen = _since(chronicle, minutes, "klinikk-sor", label)
        opened(pen, "2", channel="portal")
        pen.work(15)
        contact(pen)
        at_supplier(pen, "microsoft-365", report_minutes=report)
        pen.done()
