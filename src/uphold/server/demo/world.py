"""The demo's world: four houses, and how to find somebody in them."""

from __future__ import annotations

from typing import Final

from uphold.server.demo.houses.biztek import BIZTEK
from uphold.server.demo.houses.connexys import CONNEXYS
from uphold.server.demo.houses.easymeeting import EASYMEETING
from uphold.server.demo.houses.lifesize import LIFESIZE
from uphold.server.demo.party import House

HOUSES: Final[tuple[House, ...]] = (EASYMEETING, BIZTEK, CONNEXYS, LIFESIZE)
"""The houses, in the order in which the switch lists them."""

KEYS: Final = frozenset(somebody.key for house in HOUSES for _, somebody in house.everybody())
"""The keys of everybody in the demo: nobody else can be switched to."""
