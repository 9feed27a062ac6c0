"""What somebody filled into a form, as texts, and what is wrong with it, in words."""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TypeVar

from uphold.facts.times import from_datetime
from uphold.messages import message
from uphold.server.accounts.shapes import NotDone, Wrong
from uphold.server.request import PageRequest
from uphold.worktime.zone import find_zone

Choice = TypeVar("Choice", bound=str)


def text(request: PageRequest, name: str, most: int = 500) -> str:
    """A posted field without the blanks around it; without NUL, and cut off far beyond any use."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def password(request: PageRequest) -> str:
    """The password as typed; what is longer than anybody types is not hashed."""
    return request.POST.get("password", "")[:1_000]


def searched(request: PageRequest) -> str:
    """What is searched for on a page, folded for comparison."""
    return request.GET.get("q", "").strip().casefold()[:100]


def choice(request: PageRequest, name: str, choices: Collection[Choice]) -> Choice:
    """The posted one of some choices. Raises `NotDone`."""
    posted = request.POST.get(name, "")
    for each in choices:
        if each == posted:
            return each
    raise NotDone(Wrong(name, message("accounts.choice-needed")))


def day(request: PageRequest, name: str, zone: str, *, is_last: bool = False) -> int | None:
    """The posted day's beginning in a zone, as microseconds; None where the field is empty.

    Of a last day it is the end. Raises `NotDone` for what is no day.
    """
    posted = text(request, name)
    if not posted:
        return None
    try:
        found = date.fromisoformat(posted)
        found += timedelta(days=is_last)
        midnight = datetime.combine(found, time(), find_zone(zone))
        return from_datetime(midnight)
    except (ValueError, OverflowError) as error:
        raise NotDone(Wrong(name, message("accounts.day-unfit", day=posted[:40]))) from error


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
