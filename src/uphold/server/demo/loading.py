"""Filling an empty installation with the demo's world: parties, people, agreements, history.

The history comes in as any other would: through the services, one append for what customers agreed
to and one for all that happened since, with the rows made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from django.db import transaction

from uphold.cli.refusal import Refusal
from uphold.facts import Fact
from uphold.messages import message
from uphold.server.accounts import services as accounts
from uphold.server.accounts.kinds import OrganisationKind
from uphold.server.agreements import services as agreements
from uphold.server.demo.event import Story, Words, facts_of
from uphold.server.demo.history import SEED, history, numbered
from uphold.server.demo.party import House, Somebody
from uphold.server.demo.world import HOUSES
from uphold.server.desk.prose import INTERNAL, PUBLIC, joined
from uphold.server.ledger import services as ledger

_PACKED: Final = Path(__file__).with_name("agreements")
_BESIDE: Final = Path(__file__).resolve().parents[4] / "agreements"
_CONTEXT: Final = frozenset({"customer", "release"})


def is_loaded() -> bool:
    """Whether somebody, most likely the demo, has made providers here."""
    return bool(accounts.providers())


def load(now_us: int, seed: str = SEED, houses: Iterable[House] = HOUSES) -> None:
    """Makes the houses and all that has happened at them up to `now_us`, or nothing."""
    with transaction.atomic():
        for house in houses:
            provider = make_parties(house)
            _post(provider, house)
            _tell(provider, history(house, now_us, seed))


def make_parties(house: House) -> int:
    """The house, its parties and everybody's people; gives the provider's id."""
    provider = accounts.new_provider(
        house.name, key=house.key, language=house.language, zone=house.zone
    ).id
    _make_people(provider, house.people)
    for party in house.parties:
        made = accounts.new_party(
            provider,
            OrganisationKind(party.kind),
            party.name,
            key=party.key,
            sold_by=party.sold_by,
            language=party.language,
            zone=party.zone,
        )
        _make_people(made.id, party.people)
    return provider


def _make_people(organisation: int, people: Iterable[Somebody]) -> None:
    for somebody in people:
        first, *more = somebody.roles
        accounts.new_person(
            somebody.email,
            somebody.name,
            organisation=organisation,
            role=first,
            language=somebody.language,
            zone=somebody.zone,
            key=somebody.key,
        )
        for role in more:
            accounts.add_role(somebody.key, organisation=organisation, role=role)


def source_of(stem: str) -> str:
    """The page of a shipped agreement, packed with the demo or beside the source.

    Raises `Refusal` where it is in neither place.
    """
    folder = _PACKED if _PACKED.is_dir() else _BESIDE
    file = folder / f"{stem}.md"
    if not file.exists():
        raise Refusal(
            message("demo.agreements-missing", folder=str(folder), file=file.name),
            message("demo.agreements-where"),
        )
    return file.read_text(encoding="utf-8")


def _post(provider: int, house: House) -> None:
    agreements.post(
        provider,
        source_of(house.agreement),
        by=house.people[0].key,
        translations=[source_of(stem) for stem in house.translations],
    )


def _tell(provider: int, stories: Sequence[Story]) -> None:
    """Appends the stories: first what all else is judged by, then the rest, in order of time."""
    told = numbered(stories, lambda thing: next_subject(provider, thing))
    append(provider, [story for story in told if story.thing in _CONTEXT])
    append(provider, [story for story in told if story.thing not in _CONTEXT])


def next_subject(provider: int, thing: str) -> str:
    """The subject of a new thing, with the number that the ledger gives it."""
    return ledger.append_new(provider, thing, lambda _: ()).subject


def append(provider: int, stories: Iterable[Story]) -> None:
    """Appends all facts of the stories, with their words, in the order in which they happened."""
    facts: list[Fact] = []
    texts: list[ledger.NewText] = []

    def digest(words: Words) -> str:
        text = ledger.new_text(
            provider,
            joined(part for _, part in words.parts),
            kind=INTERNAL if words.is_internal else PUBLIC,
            person=words.person,
            language=words.language,
        )
        texts.append(text)
        return text.digest

    for story in stories:
        facts += facts_of(story, digest)
    facts.sort(key=lambda fact: fact.at_us)
    ledger.append(provider, facts, texts=texts)
