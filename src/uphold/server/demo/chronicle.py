"""The setting of one house's history: its desk hours, its dice, and the pens that write stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from uphold.server.accounts.kinds import Role
from uphold.server.demo.bank import Talk, Tongue, Voice, tongue_of
from uphold.server.demo.event import Event, Story, Words
from uphold.server.demo.party import House, Party, Somebody, Subscribed
from uphold.worktime import Calendar, CompiledCalendar

MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MONTHS: Final = 120 * DAY
"""How far back the history reaches."""

_HOURS: Final = {
    "easymeeting": ("Europe/Oslo", "mon-fri: 08:00-16:00", "NO"),
    "america": ("America/New_York", "mon-fri: 08:00-16:00", "US-RI"),
    "biztek": ("Europe/Oslo", "mon-fri: 07:00-16:00", "NO"),
    "connexys": ("Europe/Amsterdam", "mon-fri: 09:00-17:00", "NL"),
    "lifesize": ("Europe/Warsaw", "mon-fri: 08:00-17:00", "PL"),
}


def desk_hours(name: str, now_us: int) -> CompiledCalendar:
    """When the agents of a desk work, around a time."""
    zone, hours, holidays = _HOURS[name]
    day, weekly = hours.split(": ")
    today = datetime.fromtimestamp(now_us // 1_000_000, UTC).date()
    calendar = Calendar(zone, {day: weekly}, holidays=holidays, name=name)
    return calendar.compiled(today + timedelta(days=150), since=today - timedelta(days=200))


@dataclass(slots=True)
class Chronicle:
    """One house's history in the making: the present, the dice, the hours, and what is told."""

    house: House
    now_us: int
    draw: Random
    hours: dict[str, CompiledCalendar]
    told: list[Story] = field(default_factory=list)
    _decks: dict[tuple[str, str], list[Talk]] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House, now_us: int, seed: str) -> Chronicle:
        """An empty one: the same house, present and seed give the same history."""
        names = [house.key, *(["america"] if house.key == "easymeeting" else [])]
        hours = {name: desk_hours(name, now_us) for name in names}
        return cls(house, now_us - now_us % MINUTE, Random(f"{house.key}:{seed}"), hours)

    def desk(self, party: Party | None = None) -> CompiledCalendar:
        """The hours of the desk that serves a party."""
        america = party and any(each.region == "america" for each in party.accounts)
        return self.hours["america" if america and "america" in self.hours else self.house.key]

    def pen(
        self,
        thing: str,
        begins_us: int,
        party: Party,
        author: Somebody | None = None,
        label: str = "",
    ) -> Pen:
        """A pen for the story of a thing of a customer that begins then."""
        author = author or self.draw.choice(party.people)
        account = self.draw.choice(party.accounts)
        return Pen(self, thing, begins_us, party, author, account, label)

    def days(self, most: int) -> Iterator[int]:
        """The instants at which things begin: up to `most` each working day, some at night."""
        since = self.now_us - MONTHS
        for opening, closing in self.desk().spans_us(since, self.now_us):
            for _ in range(self.draw.randrange(1, most + 1)):
                if self.chance(12):
                    yield closing + self.draw.randrange(120, 900) * MINUTE
                else:
                    yield opening + self.draw.randrange((closing - opening) // MINUTE) * MINUTE

    def talk(self, tongue: Tongue, sort: str) -> Talk:
        """The next talk of a sort: all of them come up before one comes again."""
        deck = self._decks.setdefault((tongue.language, sort), [])
        if not deck:
            deck += [each for each in tongue.talks if each.sort == sort]
            self.draw.shuffle(deck)
        return deck.pop()

    def chance(self, percent: int) -> bool:
        """Whether it happens this time."""
        return self.draw.randrange(100) < percent


class Pen:
    """Writes one story; `at_us` is when it has got to."""

    def __init__(
        self,
        chronicle: Chronicle,
        thing: str,
        begins_us: int,
        party: Party,
        author: Somebody,
        account: Subscribed,
        label: str,
    ) -> None:
        self.chronicle = chronicle
        self.draw = chronicle.draw
        self.thing = thing
        self.at_us = begins_us
        self.party = party
        self.author = author
        self.account = account
        self.label = label
        self.desk = chronicle.desk(party)
        self.agent = self._agent()
        tongue = tongue_of(chronicle.house, author.language)
        self.voice = Voice(tongue, self.draw, chronicle.house.name)
        self.talk: Talk | None = None
        self._events: list[Event] = []

    def headed(self, sort: str) -> Words:
        """The first letter of a request of a sort, under its headline; the talk goes on from it."""
        self.talk = talk = self.chronicle.talk(self.voice.tongue, sort)
        body, title = self.voice.fill(talk.opening), self.voice.fill(talk.title)
        return self.voice.letter(body, self.author, title=title)

    def reply(self, text: str) -> Words:
        """What the agent writes to the author."""
        return self.voice.reply(self.voice.fill(text), self.agent, self.author)

    @property
    def spoken(self) -> Talk:
        """The talk that the request opened."""
        assert self.talk is not None, f"nobody has opened this {self.thing} yet"
        return self.talk

    def tell(self, what: str, words: Words | None = None, /, **fields: object) -> None:
        """Something happens to the thing now; several things at one time come one after another."""
        name = what if "." in what else f"{self.thing}.{what}"
        if self._events and self._events[-1].at_us >= self.at_us:
            self.at_us = self._events[-1].at_us + MINUTE
        self._events.append(Event(name, self.at_us, fields, words))

    def work(self, least: int, most: int | None = None) -> None:
        """Some working minutes of the desk go by."""
        amount = least if most is None else self.draw.randrange(least, most)
        self.at_us = self.desk.add_us(self.at_us, amount * MINUTE)

    def later(self, least: int, most: int | None = None) -> None:
        """Some minutes go by, day or night."""
        self.at_us += (least if most is None else self.draw.randrange(least, most)) * MINUTE

    def answer(self) -> None:
        """The desk's first words on it."""
        self.tell("answered", self.reply(self.spoken.answer), by=self.agent.key)

    def by_day(self) -> None:
        """On to when the desk is open and somebody has come to it, if it is closed."""
        if not self.desk.is_open_us(self.at_us):
            self.at_us = self.desk.next_open_us(self.at_us)
            self.work(1, 12)

    def share(self, begin_us: int, minutes: int, permille: int) -> None:
        """On to where that much of a time of working minutes from `begin_us` has gone."""
        then = self.desk.add_us(begin_us, minutes * MINUTE * permille // 1000)
        self.at_us = max(self.at_us, then)
        self.by_day()

    def done(self, *, subject: str = "", everybodys: bool = False) -> Story:
        """Puts the story with the others; what concerns everybody names no customer."""
        story = Story(
            self.thing,
            tuple(self._events),
            subject,
            "" if everybodys else self.party.key,
            "" if everybodys else self.account.name,
            self.label,
        )
        self.chronicle.told.append(story)
        return story

    def _agent(self) -> Somebody:
        """Somebody at the desk that serves the party; the American desk has its own."""
        agents = self.chronicle.house.agents
        near = [
            each
            for each in agents
            if (each.zone == "America/New_York")
            == (self.desk is self.chronicle.hours.get("america"))
        ]
        only = [each for each in near or agents if each.has(Role.AGENT)]
        return self.draw.choice(only)
