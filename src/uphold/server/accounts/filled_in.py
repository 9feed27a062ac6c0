"""What somebody filled into a form, as texts, and what is wrong with it, in words."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from functools import cache

from uphold.server.accounts.shapes import NotDone
from uphold.server.request import PageRequest


def text(request: PageRequest, name: str, most: int = 500) -> str:
    """A posted field without the blanks around it; without NUL, and cut off far beyond any use."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def password(request: PageRequest) -> str:
    """The password as typed; what is longer than anybody types is not hashed."""
    return request.POST.get("password", "")[:1_000]


def wrong(request: PageRequest, error: NotDone) -> Mapping[str, str]:
    """What is wrong by field, in the reader's words; `whole` for what is no field's."""
    return {each.field or "whole": request.reader.text(each.said) for each in error.wrong}


@cache
def zones() -> tuple[str, ...]:
    """The names of time zones that a form proposes: places of this world, and UTC."""
    found = (name for name in zoneinfo.available_timezones() if name.startswith(_CONTINENTS))
    return ("UTC", *sorted(found))


_CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
