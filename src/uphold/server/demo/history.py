"""A house's whole history: four months of stories up to now, and what is open at this moment.

The dice are seeded and everything is laid out around `now`, so the same present gives the same
history, and some clocks are always about to run out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final

from uphold.server.demo.chronicle import Chronicle
from uphold.server.demo.event import Story
from uphold.server.demo.lives import biztek, connexys, easymeeting, lifesize
from uphold.server.demo.lives.common import customers
from uphold.server.demo.lives.maintenance import changes_at_customers, platform
from uphold.server.demo.party import House

SEED: Final = "uphold"

_Part = Callable[[Chronicle], None]
_PAST: Final = MappingProxyType[str, tuple[_Part, ...]](
    {
        "easymeeting": (easymeeting.past, platform, changes_at_customers),
        "biztek": (biztek.past,),
        "connexys": (connexys.past,),
        "lifesize": (lifesize.past, lifesize.platform),
    }
)
_PRESENT: Final = MappingProxyType[str, _Part](
    {
        "easymeeting": easymeeting.present,
        "biztek": biztek.present,
        "connexys": connexys.present,
        "lifesize": lifesize.present,
    }
)
_TERM_DAYS: Final = MappingProxyType({"lifesize": 365})


def history(house: House, now_us: int, seed: str = SEED) -> tuple[Story, ...]:
    """All that has happened at a house up to `now_us` (microseconds, UTC), in order of beginning.

    Requests, complaints, orders, maintenance and outages have no subject yet: see `numbered`.
    """
    chronicle = Chronicle.of(house, now_us, seed)
    customers(chronicle, term_days=_TERM_DAYS.get(house.key, 0))
    for part in _PAST[house.key]:
        part(chronicle)
    _PRESENT[house.key](chronicle)
    return _come_so_far(chronicle)


def newly_open(house: House, now_us: int, seed: str) -> tuple[Story, ...]:
    """What is open at a later moment, for a history that has grown stale; without subjects."""
    chronicle = Chronicle.of(house, now_us, seed)
    _PRESENT[house.key](chronicle)
    return _come_so_far(chronicle)


def numbered(stories: Iterable[Story], next_subject: Callable[[str], str]) -> tuple[Story, ...]:
    """The stories, those without a subject with the next one of their kind of thing."""
    return tuple(
        story if story.subject else story.about(next_subject(story.thing)) for story in stories
    )


def _come_so_far(chronicle: Chronicle) -> tuple[Story, ...]:
    reached = (story.until(chronicle.now_us) for story in chronicle.told)
    return tuple(sorted(filter(None, reached), key=lambda story: story.begins_us))
