"""What goes alike in all houses: how work ends, complaints, what customers agreed to."""

from __future__ import annotations

from dataclasses import replace

from uphold.facts.times import format_time
from uphold.server.accounts.kinds import Role
from uphold.server.demo.chronicle import DAY, MONTHS, Chronicle, Pen
from uphold.server.demo.party import Somebody

NOBODY = "Een collega"
"""What a Dutch confirmation says where it names nobody, so that it does not count (C4)."""

_CONTACTS = {Role.ADMINISTRATIVE: "administrative", Role.TECHNICAL: "technical"}


def note(pen: Pen) -> None:
    """An agent writes something that the customer never sees."""
    words = pen.voice.line(pen.voice.phrase("note"), pen.agent)
    pen.tell("updated", replace(words, is_internal=True), by=pen.agent.key, internal=True)


def told_of_progress(pen: Pen) -> None:
    """The desk tells how far it is."""
    words = pen.voice.reply(pen.voice.phrase("update"), pen.agent, pen.author)
    pen.tell("updated", words, by=pen.agent.key)


def waited(pen: Pen, cause: str, phrase: str, *, most_minutes: int = 900) -> None:
    """The desk asks for something, and it comes."""
    asked_for(pen, cause, phrase)
    pen.later(40, most_minutes)
    pen.tell(
        "replied",
        pen.voice.letter(pen.voice.phrase("replied"), pen.author),
        by=pen.author.key,
    )
    pen.tell("resumed", cause=cause)
    pen.by_day()


def asked_for(pen: Pen, cause: str, phrase: str) -> None:
    """The desk asks for something without which it cannot go on."""
    pen.tell("awaiting", pen.voice.line(pen.voice.phrase(phrase), pen.agent, "what"), cause=cause)


def resolved(pen: Pen, **fields: object) -> None:
    """The desk resolves it; often somebody says thanks, and it is closed some days later."""
    pen.tell("resolved", pen.reply(pen.spoken.solved), by=pen.agent.key, **fields)
    if pen.chronicle.chance(45):
        pen.later(10, 300)
        thanks = pen.voice.line(pen.voice.phrase("thanks"), pen.author)
        pen.tell("replied", thanks, by=pen.author.key)
    pen.work(1400, 2600)
    pen.tell("closed", by=pen.agent.key)


def reopened(pen: Pen) -> None:
    """It was not resolved after all; it is taken up again and resolved better."""
    pen.tell("resolved", pen.reply(pen.spoken.solved), by=pen.agent.key)
    pen.later(300, 1800)
    again = pen.voice.letter(pen.voice.phrase("reopened"), pen.author)
    pen.tell("reopened", again, by=pen.author.key)
    pen.work(20, 200)
    told_of_progress(pen)
    pen.work(60, 500)
    resolved(pen)


def withdrawn(pen: Pen) -> None:
    """The customer takes it back."""
    pen.later(15, 200)
    words = pen.voice.line(pen.voice.phrase("withdrawn"), pen.author, "reason")
    pen.tell("cancelled", words, by=pen.author.key)


def complaint(
    pen: Pen,
    *,
    confirm: tuple[int, int] = (60, 400),
    named: bool = True,
    contact: tuple[int, int] = (120, 500),
) -> None:
    """A complaint comes by e-mail, is confirmed, talked about and answered; minutes of work."""
    talk = pen.draw.choice(pen.voice.tongue.complaints)
    letter = pen.voice.letter(talk["text"], pen.author, title=talk["title"])
    pen.tell("received", letter, author=pen.author.key, channel="e-mail")
    pen.work(*confirm)
    owner = pen.draw.choice([each for each in pen.chronicle.house.people if each != pen.agent])
    called = owner.name if named else NOBODY
    words = pen.voice.reply(talk["confirmed"].format(name=called), pen.agent, pen.author)
    pen.tell("confirmed", words, by=owner.key, **({"owner": owner.key} if named else {}))
    pen.work(*contact)
    contacted = pen.voice.reply(talk["contacted"], owner, pen.author)
    pen.tell("contacted", contacted, by=owner.key)
    pen.work(300, 1500)
    answered = pen.voice.reply(talk["answered"], owner, pen.author)
    pen.tell("answered", answered, by=owner.key)


def customers(chronicle: Chronicle, *, term_days: int = 0) -> None:
    """What each customer agreed to, whom it named, who was trained, before the history begins."""
    house = chronicle.house
    trainer = house.agents[0]
    for place, party in enumerate(house.customers):
        begins_us = chronicle.now_us - MONTHS - (60 + 35 * place) * DAY
        for account in party.accounts:
            pen = chronicle.pen("customer", begins_us, party)
            pen.account = account
            until = {"until": format_time(begins_us + term_days * DAY)} if term_days else {}
            told = {
                "provider": house.key,
                "agreement": house.agreement_name,
                "role": "customer",
                "plan": account.plan,
                "region": account.region,
                "office": account.office,
                "fee": account.fee,
                "reseller": party.sold_by,
            }
            pen.tell("agreed", **{k: v for k, v in told.items() if v}, **until)
            pen.later(30, 600)
            for addition in account.additions:
                pen.tell("added", addition=addition)
            pen.done(subject=f"customer:{party.key}")
        _people(chronicle, party.key, begins_us, trainer)


def _people(chronicle: Chronicle, key: str, begins_us: int, trainer: Somebody) -> None:
    """Contacts are named in the first days, and people trained."""
    party = next(each for each in chronicle.house.customers if each.key == key)
    pen = chronicle.pen("customer", begins_us + DAY, party)
    for somebody in party.people:
        for role in somebody.roles:
            if role in _CONTACTS:
                pen.tell("contact", person=somebody.key, role=_CONTACTS[role])
        if somebody.is_trained:
            pen.later(600, 4000)
            pen.tell("trained", person=somebody.key, by=trainer.key)
    pen.account = party.accounts[0]
    pen.done(subject=f"customer:{party.key}")
