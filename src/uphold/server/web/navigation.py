"""Where a viewer can go: one table of places, in the order that the head of the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from uphold.messages import Message, message
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.kinds import May


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: a page by its name, what it is called, and what it takes.

    `for_staff` tells whether it is a page of the desk's (True), of the customers' (False), or of
    both (None).
    """

    page: str
    label: Message
    needs: May
    for_staff: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one page shows it: where it is, and whether the page is in it."""

    label: Message
    href: str
    is_current: bool


PLACES: Final = (
    Place("desk:queue", message("web.place-queue"), May.WORK, for_staff=True),
    Place("portal:home", message("web.place-portal"), May.READ, for_staff=False),
    Place("uptime:maintenance", message("web.place-maintenance"), May.READ),
    Place("agreements:list", message("web.place-agreements"), May.READ),
    Place("accounts:parties", message("web.place-parties"), May.WORK, for_staff=True),
    Place("accounts:parties", message("web.place-parties"), May.MANAGE, for_staff=False),
)

PERSONAL: Final = (
    Place("accounts:me", message("accounts.me"), May.READ),
    Place("accounts:parties", message("accounts.own-organisation"), May.READ, for_staff=False),
)
"""What is one's own, in the menu under one's name."""


def links(viewer: Viewer | None, path: str, places: tuple[Place, ...] = PLACES) -> tuple[Link, ...]:
    """The places open to the viewer, seen from the page at `path`; a visitor has none."""
    if viewer is None:
        return ()
    found = [(place, reverse(place.page)) for place in places if _is_open(place, viewer)]
    return tuple(Link(place.label, href, path.startswith(href)) for place, href in found)


def _is_open(place: Place, viewer: Viewer) -> bool:
    return viewer.may(place.needs) and place.for_staff in (None, viewer.is_staff)
