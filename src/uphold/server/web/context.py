"""What every template knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.http import HttpRequest

from uphold.messages import LANGUAGES
from uphold.server.accounts.access import Viewer
from uphold.server.accounts.services import Party, party_by_id
from uphold.server.web.navigation import PERSONAL, PLACES, Link, Place, links

THEME: Final = "theme"
"""The cookie that keeps a browser's choice; without it the page follows the system."""

THEMES: Final = ("auto", "light", "dark")

# Each language under its own name, so that whoever cannot read the page finds theirs.
LANGUAGE_NAMES: Final = {
    "en": "English",
    "nb": "Norsk bokmål",
    "pl": "Polski",
    "nl": "Nederlands",
    "es": "Español",
}


def page(request: HttpRequest) -> dict[str, Any]:
    """The reader, the viewer where somebody is signed in, and what the shell shows them."""
    viewer = getattr(request, "viewer", None)
    return {
        "reader": getattr(request, "reader", None),
        "viewer": viewer,
        "organisation": _organisation(viewer),
        "navigation": _navigation(request),
        "personal": _navigation(request, PERSONAL),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "theme": theme_of(request),
        "themes": THEMES,
    }


def _organisation(viewer: Viewer | None) -> Callable[[], Party | None]:
    """The organisation the viewer is in, asked for once and only where it is shown."""

    @cache
    def found() -> Party | None:
        return None if viewer is None else party_by_id(viewer.organisation)

    return found


def theme_of(request: HttpRequest) -> str:
    """Light, dark, or auto for what the system prefers."""
    chosen = request.COOKIES.get(THEME, "")
    return chosen if chosen in THEMES else "auto"


def _navigation(
    request: HttpRequest, places: tuple[Place, ...] = PLACES
) -> Callable[[], tuple[Link, ...]]:
    """Worked out only by templates that show it."""
    return lambda: links(getattr(request, "viewer", None), request.path, places)
