"""What is done to platforms: maintenance told of well and late, failures of everything, backups."""

from __future__ import annotations

from typing import Final

from uphold.facts.times import format_time
from uphold.server.demo.chronicle import DAY, HOUR, MINUTE, MONTHS, Chronicle, Pen

_ALL: Final = ["customers", "partners", "resellers"]


def maintenance(
    pen: Pen,
    kind: str,
    start_us: int,
    *,
    services: list[str],
    told_days: int = 0,
    told_minutes: int = 0,
) -> None:
    """Planned, announced and done; told the morning so many days before, or minutes after planning.

    It is not announced where neither is given, or the time for it was before the planning.
    """
    lead = pen.chronicle.house.agents[0]
    words = pen.voice.line(pen.draw.choice(pen.voice.tongue.notices)["text"], lead)
    planned = {"start": format_time(start_us), "end": format_time(start_us + 2 * HOUR)}
    pen.tell("planned", words, kind=kind, **planned, services=services)
    told_us = (
        start_us - told_days * DAY - 12 * HOUR if told_days else pen.at_us + told_minutes * MINUTE
    )
    if told_us > pen.at_us:
        pen.at_us = told_us
        pen.tell("announced", to=_ALL, channel="e-mail")
    pen.at_us = start_us + pen.draw.randrange(0, 9) * MINUTE
    pen.tell("started")
    pen.later(50, 130)
    pen.tell("ended")
    pen.done(everybodys=True)


def platform(chronicle: Chronicle) -> None:
    """Easymeeting's platform: each sort of maintenance, emergencies, weekly backups."""
    now_us, party = chronicle.now_us, chronicle.house.customers[0]
    desk = chronicle.desk()
    for back, ahead, told, label in (
        (100, 24, 10, ""),
        (72, 21, 8, ""),
        (40, 16, 3, "announced late"),
        (12, 9, 8, "scheduled late"),
        (-9, 30, 12, "planned well"),
        (-13, 20, 0, "to be announced"),
    ):
        start_us = desk.next_working_day_close_us(now_us - back * DAY) + 6 * HOUR
        begins_us = start_us - ahead * DAY - 11 * HOUR
        pen = chronicle.pen("maintenance", begins_us, party, label=label)
        services = [pen.draw.choice(("licence", "cloud-connect"))]
        maintenance(pen, "planned", start_us, services=services, told_days=told)
    for back, minutes in ((55, 25), (18, 190)):
        start_us = now_us - back * DAY - now_us % HOUR
        pen = chronicle.pen("maintenance", start_us - 6 * HOUR, party)
        maintenance(pen, "unplanned", start_us, services=["licence"], told_minutes=minutes)
    for back, minutes in ((83, 45), (25, 2900)):
        emergency(chronicle.pen("outage", now_us - back * DAY, party), minutes)
    backups(chronicle)


def emergency(pen: Pen, told_minutes: int) -> None:
    """A failure of everything: reported, announced in time or not, judged afterwards."""
    begin_us = pen.desk.next_open_us(pen.at_us)
    pen.at_us = begin_us + 12 * MINUTE
    begin, end = format_time(begin_us), format_time(begin_us + 74 * MINUTE)
    pen.tell("reported", service="licence", start=begin, kind="emergency", users=1400)
    pen.later(told_minutes)
    pen.tell("announced", to=_ALL, channel="e-mail")
    pen.later(5, 30)
    pen.tell("ended")
    pen.work(200, 400)
    pen.tell("judged", service="licence", start=begin, end=end, cause="own", by=pen.agent.key)
    pen.done(everybodys=True)


def backups(chronicle: Chronicle) -> None:
    """A backup each week, one of them a day late; each is deleted after its time, one too soon."""
    party = chronicle.house.customers[0]
    for week in range(18):
        late = DAY if week == 6 else 0
        begins_us = chronicle.now_us - MONTHS + week * 7 * DAY + late + 3 * HOUR
        pen = chronicle.pen("backup", begins_us, party)
        pen.tell("taken", set="platform")
        pen.at_us += (18 if week == 9 else 26) * DAY
        pen.tell("deleted")
        pen.done(subject=f"backup:platform-{week + 1:02}", everybodys=True)


def changes_at_customers(chronicle: Chronicle) -> None:
    """Customers report changes to their own infrastructure."""
    for party in chronicle.house.customers[1:3]:
        begins_us = chronicle.now_us - chronicle.draw.randrange(10, 90) * DAY
        pen = chronicle.pen("customer", begins_us, party)
        pen.by_day()
        words = pen.voice.line(pen.voice.phrase("change"), pen.author, "what")
        pen.tell("infrastructure changed", words, by=pen.author.key)
        pen.done(subject=f"customer:{party.key}")
