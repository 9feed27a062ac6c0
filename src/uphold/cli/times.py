"""Instants and zones as they are given on the command line."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from uphold.cli import surroundings
from uphold.cli.refusal import Refusal
from uphold.messages import message
from uphold.worktime import UnknownZone
from uphold.worktime.zone import find_zone

_EXAMPLE = "2027-02-01T10:00:00+01:00"


def present() -> datetime:
    """The present, in UTC, to the second: the one place that reads a clock."""
    return datetime.now(UTC).replace(microsecond=0)


def instant(text: str, name: str, zone: str | None) -> datetime:
    """The instant that an option or argument gives; `zone` is where one without offset is shown.

    Raises `Refusal` for one without an offset: it names no instant.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(
            message("cli.time-unreadable", name=name, found=text),
            message("cli.time-form", example=_EXAMPLE),
        ) from None
    try:
        if found.tzinfo is not None:
            found.astimezone(UTC)
            return found
        there = zone or "UTC"
        meant = found.replace(tzinfo=ZoneInfo(there))
        meant.astimezone(UTC)
    except OverflowError:
        raise Refusal(message("cli.time-too-far", name=name, found=text)) from None
    raise Refusal(
        message("cli.time-without-offset", name=name, found=text),
        message("cli.time-with-offset", zone=there, example=meant.isoformat()),
    )


def viewer_zone(given: str | None) -> str | None:
    """The zone to show times in: the one given, else the machine's; None where it has none."""
    if given is None:
        return surroundings.zone(os.environ)
    return known_zone(given)


def known_zone(name: str) -> str:
    """The zone's name if there is such a zone; raises `Refusal` with the nearest names."""
    try:
        find_zone(name)
    except UnknownZone as error:
        near = error.data.get("near", ())
        hint = (
            message("cli.nearest", names=near)
            if isinstance(near, tuple) and near
            else message("cli.zone-form")
        )
        raise Refusal(message("cli.zone-unknown", zone=name), hint) from None
    return name
